"""Finding with the reader's rights: nothing in an item that the reader may not see.

Each kind is asked for with the very conditions by which its own page shows it: what isn't
signed yet, drafts, hidden visits and replies that aren't issued stay with those who know them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, cast, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from engine import Session
from workflows import grams, papers, rules, store
from workflows.actors import Actor
from workflows.calendar import instant_of, office_day
from workflows.readership import open_to
from workflows.search.hits import Found, Group, Hit, Seek, Sort
from workflows.search.marking import holds, marked, snippet
from workflows.tables import (
    Assignment,
    Item,
    Paper,
    Passage,
    Publication,
    PublicationState,
    Reply,
    Report,
    Role,
    Subject,
    Unit,
)

FEW, MOST = 5, 100
CANDIDATES = 400
READERS = tuple(role for role in Role if role is not Role.ADMINISTRATOR)


def find(session: Session, actor: Actor, seek: Seek, each: int = FEW) -> Found:
    """Return what holds every word, by kind; administering finds nothing."""
    rules.must_have(actor, *READERS)
    words = grams.words_of(seek.text)
    if not words:
        return Found((), ())
    sorts = seek.sorts or tuple(Sort)
    groups = [_group(sort, FINDERS[sort](session, actor, seek, words), each) for sort in sorts]
    return Found(words, [group for group in groups if group.count])


def _group(sort: Sort, hits: Sequence[Hit], each: int) -> Group:
    return Group(sort, hits[:each], min(len(hits), MOST), more=len(hits) > MOST)


# -- items --------------------------------------------------------------------------------


def _items(session: Session, actor: Actor, seek: Seek, words: Sequence[str]) -> list[Hit]:
    held = grams.matches(seek.text)
    query = select(Item).where(store.visible_to(actor), *_narrowed(seek, Item.registered_at))
    if held is not None:
        query = query.where(held)
    found = session.scalars(query.order_by(Item.registered_at.desc()).limit(MOST + 1)).all()
    units = _leads(session, [item.id for item in found])
    hits = [_item_hit(item, units.get(item.id, ""), words) for item in found]
    return sorted(hits, key=lambda hit: not _in_title(hit, words))


def _in_title(hit: Hit, words: Sequence[str]) -> bool:
    return holds(hit.number + "".join(mark.text for mark in hit.title), words)


def _item_hit(item: Item, unit: str, words: Sequence[str]) -> Hit:
    fields = (item.basis, item.target, item.responsible_person, item.contact, item.remarks)
    told = next((each for each in fields if any(holds(each, [word]) for word in words)), "")
    return Hit(
        Sort.ITEM,
        str(item.id),
        item,
        marked(item.title, words),
        snippet(told or item.basis, words),
        unit,
        office_day(item.registered_at),
        item.number,
    )


def _leads(session: Session, item_ids: Sequence[int]) -> Mapping[int, str]:
    part = aliased(Assignment)
    query = (
        select(part.item_id, Unit.name)
        .join(Unit, Unit.id == part.unit_id)
        .where(part.item_id.in_(item_ids))
        .order_by(part.round, part.part.desc(), part.id.desc())
    )
    return dict(session.execute(query).all())


# -- what was said about them -------------------------------------------------------------


def _reports(session: Session, actor: Actor, seek: Seek, words: Sequence[str]) -> list[Hit]:
    part = aliased(Assignment)
    query = (
        _passages(Subject.REPORT, words, Report)
        .join(Item, Item.id == Report.item_id)
        .join(part, part.id == Report.assignment_id)
        .join(Unit, Unit.id == part.unit_id)
        .where(
            store.visible_to(actor),
            Report.withdrawn_at.is_(None),
            _signed_or_own(actor, part),
            *_narrowed(seek, Report.submitted_at),
        )
        .add_columns(Item, Unit.name)
        .order_by(Report.submitted_at.desc(), Report.id.desc())
    )
    return [
        _said(
            Sort.REPORT,
            passage,
            About(item, item.title, unit, office_day(report.submitted_at)),
            words,
        )
        for passage, report, item, unit in _once(session, query)
    ]


def _signed_or_own(actor: Actor, part: type[Assignment]) -> ColumnElement[bool]:
    """Say whether a unit's leader has signed a report: until then it is the unit's own."""
    below = store.units_below(_units(actor))
    return or_(Report.confirmed_at.is_not(None), part.unit_id.in_(select(below.c.id)))


def _replies(session: Session, actor: Actor, seek: Seek, words: Sequence[str]) -> list[Hit]:
    query = (
        _passages(Subject.REPLY, words, Reply)
        .join(Item, Item.id == Reply.item_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(
            store.visible_to(actor),
            store.replies_open_to(actor),
            *_narrowed(seek, Reply.drafted_at),
        )
        .add_columns(Item, Unit.name)
        .order_by(Reply.drafted_at.desc(), Reply.id.desc())
    )
    return [
        _said(
            Sort.REPLY,
            passage,
            About(item, item.title, unit, office_day(reply.issued_at or reply.drafted_at)),
            words,
        )
        for passage, reply, item, unit in _once(session, query)
    ]


def _papers(session: Session, actor: Actor, seek: Seek, words: Sequence[str]) -> list[Hit]:
    """Find papers by their text; those of drafts and hidden visits are somebody else's still."""
    query = (
        _passages(Subject.PAPER, words, Paper)
        .join(Item, Item.id == Paper.item_id)
        .where(store.visible_to(actor), *_narrowed(seek, Paper.uploaded_at))
        .add_columns(Item)
        .order_by(Paper.uploaded_at.desc(), Paper.id)
    )
    found = _once(session, query)
    ids = {item.id for _, _, item in found}
    hidden = {item_id: papers.unsent(session, actor, item_id) for item_id in ids}
    shown = [row for row in found if str(row[1].id) not in hidden[row[2].id]]
    leads = _leads(session, sorted(ids))
    return [
        _said(
            Sort.PAPER,
            passage,
            About(item, paper.name, leads.get(item.id, ""), office_day(paper.uploaded_at)),
            words,
        )
        for passage, paper, item in shown
    ]


def _publications(session: Session, actor: Actor, seek: Seek, words: Sequence[str]) -> list[Hit]:
    if seek.unit_id is not None:
        return []
    day = Publication.issued_at
    query = (
        _passages(Subject.PUBLICATION, words, Publication)
        .where(
            Publication.state == PublicationState.ISSUED,
            open_to(actor),
            *_within(day, seek.since, seek.until),
        )
        .order_by(day.desc().nulls_last(), Publication.id.desc())
    )
    return [
        _said(
            Sort.PUBLICATION,
            passage,
            About(None, issue.title, issue.serial.title, office_day(issue.issued_at)),
            words,
        )
        for passage, issue in _once(session, query)
    ]


FINDERS: Mapping[Sort, Callable[[Session, Actor, Seek, Sequence[str]], Sequence[Hit]]] = {
    Sort.ITEM: _items,
    Sort.REPORT: _reports,
    Sort.PAPER: _papers,
    Sort.REPLY: _replies,
    Sort.PUBLICATION: _publications,
}


# -- what they share ----------------------------------------------------------------------


def _passages(subject: Subject, words: Sequence[str], model: type[Any]) -> Select[Any]:
    """Select the passages that hold the words, with what they are of."""
    ref = model.id == cast(Passage.ref, model.id.type)
    held = [word for word in words if len(word) >= grams.SHORTEST]
    query: Select[Any] = select(Passage, model).join(model, ref)
    if len(held) < len(words):
        return query.where(Passage.id < 0)
    return query.where(grams.passages(subject, held)).limit(CANDIDATES)


def _once(session: Session, query: Select[Any]) -> list[Any]:
    """Return the rows, of each text only the first passage that was found."""
    found: dict[str, Any] = {}
    for row in session.execute(query.order_by(Passage.piece)):
        found.setdefault(row[0].ref, row)
    return list(found.values())


class About(NamedTuple):
    """What a passage belongs to: an item, whose it is, and of which day."""

    item: Item | None
    title: str
    unit: str
    on: date


def _said(sort: Sort, passage: Passage, about: About, words: Sequence[str]) -> Hit:
    number = about.item.number if about.item else ""
    text, title = snippet(passage.text, words), marked(about.title, words)
    return Hit(sort, passage.ref, about.item, title, text, about.unit, about.on, number)


def _narrowed(seek: Seek, moment: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
    return [*_within(moment, seek.since, seek.until), *_with_unit(seek.unit_id)]


def _within(
    moment: InstrumentedAttribute[Any], since: date | None, until: date | None
) -> Iterator[ColumnElement[bool]]:
    if since is not None and since > date.min:
        yield moment >= instant_of(since)
    if until is not None and until < date.max:
        yield moment < instant_of(until + timedelta(days=1))


def _with_unit(unit_id: int | None) -> Iterator[ColumnElement[bool]]:
    if unit_id is not None:
        part = aliased(Assignment)
        yield exists(select(part.id).where(and_(part.item_id == Item.id, part.unit_id == unit_id)))


def _units(actor: Actor) -> Iterable[int]:
    return frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))
