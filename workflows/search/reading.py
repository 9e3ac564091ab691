"""Bringing texts into the index: a paper when it is kept, and what was kept before there was one.

The worker reads a paper outside of any transaction; only what it read is written in one.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, select

import engine
from engine import Attempt, Database, Session, now
from workflows import papers
from workflows.search.extracting import Extract, extract
from workflows.tables import (
    Paper,
    PaperText,
    Passage,
    Publication,
    Reply,
    Report,
    Subject,
    TextState,
)
from workflows.tables.search import keep_text, publication_text, reply_text, report_text

GATHER = "search.gather"
"""The job that indexes what was kept before it could be searched."""
BATCH = 100


class Source(NamedTuple):
    """Rows whose words are typed: what they say, and which of them can be found."""

    model: type[Any]
    text: Callable[[Any], str]
    only: Sequence[ColumnElement[bool]] = ()
    of_items: bool = True


TEXTS: Mapping[Subject, Source] = MappingProxyType(
    {
        Subject.REPORT: Source(Report, report_text),
        Subject.REPLY: Source(Reply, reply_text),
        Subject.PUBLICATION: Source(
            Publication, publication_text, (Publication.issued_at.is_not(None),), of_items=False
        ),
    }
)


def ask_to_gather(session: Session) -> None:
    """Leave it to the worker to index what isn't yet; however often it is asked, once."""
    engine.enqueue(session, GATHER, {}, job_key=GATHER)


def gather(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Index the texts that lack it, some in each transaction, and then read the papers."""
    del payload, attempt
    while database.write(_gather_some):
        pass
    with database.read() as session:
        waiting = list(session.scalars(_unread()))
    for paper_id in waiting:
        _read(database, paper_id)


def read_paper(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Read the text of a paper that was kept; one that was taken back is left alone."""
    del attempt
    _read(database, UUID(payload["paper"]))


def unsearchable(session: Session, paper_ids: Sequence[UUID]) -> Mapping[UUID, TextState]:
    """Return which of some papers can't be found by their text, and why."""
    wanted = select(PaperText.paper_id, PaperText.state).where(
        PaperText.paper_id.in_(paper_ids), PaperText.state != TextState.READ
    )
    return dict(session.execute(wanted).all())


def _read(database: Database, paper_id: UUID) -> None:
    with database.read() as session:
        paper = session.get(Paper, paper_id)
        media_type = paper.media_type if paper else ""
    path = papers.path_of(paper_id)
    if media_type and path.is_file():
        found = extract(path, media_type)
        database.write(lambda session: _keep(session, paper_id, found))


def _keep(session: Session, paper_id: UUID, found: Extract) -> None:
    paper = session.get(Paper, paper_id)
    if paper is None:
        return
    session.merge(
        PaperText(
            paper_id=paper_id,
            state=found.state,
            why=found.why,
            cut=found.cut,
            characters=len(found.text),
            at=now(session),
        )
    )
    text = f"{paper.name}\n{found.text}"
    keep_text(session.connection(), Subject.PAPER, paper_id.hex, paper.item_id, text)


def _unread() -> Select[UUID]:
    known = select(PaperText.paper_id)
    return select(Paper.id).where(Paper.media_type.not_in(papers.PICTURES), Paper.id.not_in(known))


def _gather_some(session: Session) -> int:
    """Index some texts that have no passage; return how many of a kind there were at most."""
    return max(_gather(session, subject) for subject in TEXTS)


def _gather(session: Session, subject: Subject) -> int:
    source = TEXTS[subject]
    known = select(Passage.ref).where(Passage.subject == subject)
    wanted = select(source.model).where(cast(source.model.id, String).not_in(known), *source.only)
    rows = session.scalars(wanted.order_by(source.model.id).limit(BATCH)).all()
    for row in rows:
        item_id = getattr(row, "item_id", None) if source.of_items else None
        keep_text(session.connection(), subject, str(row.id), item_id, source.text(row))
    return len(rows)
