"""A process to be killed: it issues one publication after another, and tells each number."""

from collections.abc import Sequence
from multiprocessing.connection import Connection

from engine import Session, open_database
from tests.conftest import KEY
from workflows import processes, serials
from workflows.tables import Publication


def issue(session: Session, publication_id: int) -> int:
    """Lock an approved draft, then give it its number, as the verb does."""
    draft = session.get_one(Publication, publication_id, with_for_update=True)
    serials.put_out(session, draft, None)
    return draft.number or 0


def labour(url: str, drafts: Sequence[int], told: Connection) -> None:
    """Issue drafts until killed; a number is told after its commit has returned."""
    database = open_database(url, processes.registry(), key=KEY)
    for publication_id in drafts:
        number = database.write(lambda session, one=publication_id: issue(session, one))
        told.send((publication_id, number))
    database.sql.dispose()
