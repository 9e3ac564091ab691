"""The index by which texts are found by any two characters, kept as they are written.

One row for each pair of neighbouring characters: plain SQL that both databases answer by
index, where their own full-text searches split Chinese in different ways. Items have pairs of
their own; what reports, papers, replies and publications say is kept in passages, each with its
pairs. What is typed is indexed in the transaction that keeps it, files by the worker.
"""

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    ForeignKey,
    String,
    UniqueConstraint,
    delete,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from engine import Base, Instant
from workflows.tables.items import Item, Paper, Report
from workflows.tables.proposals import Reply
from workflows.tables.publications import Publication

LONGEST = 4_000
"""Characters of an item that are indexed; nobody searches a basis beyond."""


class ItemGram(Base):
    """A pair of neighbouring characters, and an item whose text holds it."""

    __tablename__ = "item_gram"

    gram: Mapped[str] = mapped_column(String(2), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey(Item.id, ondelete="CASCADE"), primary_key=True, index=True
    )


def folded(text: str) -> str:
    """Return letters and digits only, in half width and lower case: 督字〔2019〕 is 督字2019."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def grams(text: str) -> frozenset[str]:
    """Return every pair of neighbouring characters of a folded text."""
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def _text(item: Item) -> str:
    """Return what an item is found by; lines keep a pair from spanning two fields."""
    fields = (
        item.number, item.title, item.target, item.basis, item.responsible_person,
        item.contact, item.remarks,
    )  # fmt: skip
    return "\n".join(folded(field) for field in fields if field)[:LONGEST]


@event.listens_for(Item, "before_insert")
@event.listens_for(Item, "before_update")
def _fold(_mapper: Mapper[Any], _connection: Connection, item: Item) -> None:
    text = _text(item)
    if item.search != text:
        item.search = text


@event.listens_for(Item, "after_insert")
def _index(_mapper: Mapper[Any], connection: Connection, item: Item) -> None:
    _add(connection, item)


@event.listens_for(Item, "after_update")
def _index_again(_mapper: Mapper[Any], connection: Connection, item: Item) -> None:
    if inspect(item).attrs.search.history.has_changes():
        connection.execute(delete(ItemGram).where(ItemGram.item_id == item.id))
        _add(connection, item)


def _add(connection: Connection, item: Item) -> None:
    found = {gram for line in item.search.split("\n") for gram in grams(line)}
    if found:
        rows = [{"gram": gram, "item_id": item.id} for gram in sorted(found)]
        connection.execute(insert(ItemGram), rows)


# -- passages ----------------------------------------------------------------------------

PIECE, OVERLAP = 4_000, 100
"""How long a passage is at most, and how much of it the next one repeats: no word is cut."""


class Subject(StrEnum):
    """What a passage is of."""

    REPORT = "report"
    PAPER = "paper"
    REPLY = "reply"
    PUBLICATION = "publication"


class Passage(Base):
    """A piece of a text as it reads and as it is searched; ``ref`` is the number of its subject."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("subject", "ref", "piece"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[Subject]
    ref: Mapped[str] = mapped_column(String(36))
    piece: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id, ondelete="CASCADE"), index=True)
    text: Mapped[str]
    folded: Mapped[str]


class PassageGram(Base):
    """A pair of neighbouring characters, and a passage that holds it."""

    __tablename__ = "passage_gram"

    gram: Mapped[str] = mapped_column(String(2), primary_key=True)
    passage_id: Mapped[int] = mapped_column(
        ForeignKey(Passage.id, ondelete="CASCADE"), primary_key=True, index=True
    )


_ADD_PASSAGE = insert(Passage).returning(Passage.id)
_ADD_GRAMS = insert(PassageGram)


class TextState(StrEnum):
    """What became of reading a file's text: a scan has none, some files can't be read."""

    READ = "read"
    EMPTY = "empty"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


class PaperText(Base):
    """That a paper's text was read, or why it can't be searched; ``cut`` if only its beginning."""

    __tablename__ = "paper_text"

    paper_id: Mapped[UUID] = mapped_column(
        ForeignKey(Paper.id, ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[TextState]
    why: Mapped[str] = mapped_column(String(40), default="")
    cut: Mapped[bool] = mapped_column(default=False)
    characters: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(Instant)


def keep_text(
    connection: Connection, subject: Subject, ref: str, item_id: int | None, text: str
) -> None:
    """Index a text in the place of what its subject said before; an empty one is kept as known."""
    forget_text(connection, subject, ref)
    _write_text(connection, subject, ref, item_id, text)


def _write_text(
    connection: Connection, subject: Subject, ref: str, item_id: int | None, text: str
) -> None:
    for piece, part in enumerate(pieces(text)):
        words = folded(part)
        told = {
            "subject": subject,
            "ref": ref,
            "piece": piece,
            "item_id": item_id,
            "text": part,
            "folded": words,
        }
        passage = connection.execute(_ADD_PASSAGE, told).scalar_one()
        rows = [{"gram": gram, "passage_id": passage} for gram in sorted(grams(words))]
        if rows:
            connection.execute(_ADD_GRAMS, rows)


def forget_text(connection: Connection, subject: Subject, ref: str) -> None:
    """Take a text out of the index."""
    old = (Passage.subject == subject, Passage.ref == ref)
    ids = select(Passage.id).where(*old)
    connection.execute(delete(PassageGram).where(PassageGram.passage_id.in_(ids)))
    connection.execute(delete(Passage).where(*old))


def pieces(text: str) -> Iterator[str]:
    """Cut a text into passages, each repeating the end of the one before."""
    start = 0
    while True:
        yield text[start : start + PIECE]
        start += PIECE - OVERLAP
        if start + OVERLAP >= len(text):
            return


def report_text(report: Report) -> str:
    """Return what a report is found by."""
    return "\n".join(filter(None, (report.progress, report.problems, report.next_steps)))


def reply_text(reply: Reply) -> str:
    """Return what a reply is found by."""
    return "\n".join(filter(None, (reply.document_number, reply.said, reply.promise)))


def publication_text(issue: Publication) -> str:
    """Return what an issue is found by."""
    return issue.words


@event.listens_for(Publication, "after_update")
def _index_issue(_mapper: Mapper[Any], connection: Connection, issue: Publication) -> None:
    if issue.issued_at is not None and _changed(issue, "issued_at", "words"):
        text = publication_text(issue)
        keep_text(connection, Subject.PUBLICATION, str(issue.id), None, text)


@event.listens_for(Report, "after_insert")
def _index_report(_mapper: Mapper[Any], connection: Connection, report: Report) -> None:
    ref, text = str(report.id), report_text(report)
    _write_text(connection, Subject.REPORT, ref, report.item_id, text)


@event.listens_for(Report, "after_update")
def _index_report_again(_mapper: Mapper[Any], connection: Connection, report: Report) -> None:
    if _changed(report, "progress", "problems", "next_steps"):
        text = report_text(report)
        keep_text(connection, Subject.REPORT, str(report.id), report.item_id, text)


@event.listens_for(Reply, "after_insert")
@event.listens_for(Reply, "after_update")
def _index_reply(_mapper: Mapper[Any], connection: Connection, reply: Reply) -> None:
    if _changed(reply, "document_number", "said", "promise"):
        keep_text(connection, Subject.REPLY, str(reply.id), reply.item_id, reply_text(reply))


@event.listens_for(Paper, "after_delete")
def _forget_paper(_mapper: Mapper[Any], connection: Connection, paper: Paper) -> None:
    forget_text(connection, Subject.PAPER, paper.id.hex)


def _changed(row: Base, *names: str) -> bool:
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in names)
