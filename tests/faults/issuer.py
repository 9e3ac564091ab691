"""A process to be killed: it issues one publication after another, and tells each number."""

from collections.abc import Sequence
from multiprocessing.connection import Connection

from engine import Session, open_database
from tests.conftest import KEY
from workflows import documents, processes, publications
from workflows.actors import actor_of
from workflows.tables import Publication


def issue(session: Session, person_id: int, publication_id: int) -> int:
    """Issue an approved draft: its number, its files, its deliveries and their notices."""
    draft = session.get_one(Publication, publication_id)
    actor = actor_of(session, person_id)
    return publications.issue(session, actor, draft.id, draft.revision).number or 0


def labour(url: str, person_id: int, drafts: Sequence[int], told: Connection) -> None:
    """Issue drafts until killed; a number is told after its commit has returned.

    Typesetting touches no row and takes long, so it is left out.
    """
    documents.docx = documents.pdf = lambda *_: b"set"  # type: ignore[assignment]
    database = open_database(url, processes.registry(), key=KEY)
    for publication_id in drafts:
        number = database.write(lambda session, one=publication_id: issue(session, person_id, one))
        told.send((publication_id, number))
    database.sql.dispose()
