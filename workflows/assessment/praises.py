"""Praise on record 表扬: of the office, of a unit, of persons; with the document that says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine import Session, now
from workflows import papers, rules, store, units
from workflows.actors import Actor
from workflows.assessment import quarters, sight
from workflows.assessment.quarters import quarter_of
from workflows.calendar import today
from workflows.errors import AssessmentRefused, PaperUnknown, PraiseUnknown
from workflows.papers import Checked, OpenedPaper
from workflows.tables import AssessmentState, Praise, Praised, PraiseLevel

TEXT = 200


@dataclass(frozen=True, slots=True)
class PraiseForm:
    """Who praises whom, on which level and day, by which document."""

    level: PraiseLevel
    whom: Praised
    title: str
    by: str
    on: date
    document: str = ""
    unit_id: int | None = None
    item_id: int | None = None
    persons: int = 0
    names: str = ""


def record_praise(
    session: Session, actor: Actor, form: PraiseForm, checked: Checked | None = None
) -> Praise:
    """Put praise on record; a unit's counts for its score, once its document is attached."""
    rules.must_have(actor, *rules.OFFICE)
    title, by = rules.must_say("title", form.title, TEXT), rules.must_say("by", form.by, TEXT)
    rules.must_fit("document", form.document.strip(), TEXT)
    _must_be_whole(session, actor, form, checked)
    praise = Praise(
        level=form.level,
        whom=form.whom,
        unit_id=None if form.whom is Praised.OFFICE else form.unit_id,
        item_id=form.item_id,
        title=title,
        by=by,
        document=form.document.strip(),
        on=form.on,
        counted_on=_counted_on(session, form),
        persons=form.persons,
        names=form.names.strip(),
        recorded_by_id=actor.person_id,
        recorded_at=now(session),
    )
    if checked is not None:
        praise.paper_id, praise.paper_name = uuid4(), checked.name
        praise.paper_type, praise.paper_size = checked.kind.media_type, checked.size
        papers.keep_file(checked, praise.paper_id)
    session.add(praise)
    session.flush()
    return praise


def withdraw_praise(session: Session, actor: Actor, praise_id: int, reason: str) -> Praise:
    """Take praise off the record, and say why; what a frozen quarter has counted stays."""
    rules.must_have(actor, *rules.OFFICE)
    said = rules.must_give_reason(reason)
    praise = session.get(Praise, praise_id, with_for_update=True, populate_existing=True)
    if praise is None:
        raise PraiseUnknown(praise_id)
    if praise.withdrawn_at is not None:
        raise AssessmentRefused("withdrawn")
    if praise.whom is Praised.UNIT and _is_frozen(session, praise.counted_on):
        raise AssessmentRefused("praise_counted")
    praise.withdrawn_at, praise.withdrawn_by_id = now(session), actor.person_id
    praise.withdrawn_why = said
    session.flush()
    return praise


def praises(session: Session, actor: Actor, year: int | None = None) -> Sequence[Praise]:
    """Return the praise that an actor may see, the latest first; a unit sees its own."""
    seen = sight.scope(session, actor)
    wanted = select(Praise).options(joinedload(Praise.unit), joinedload(Praise.item))
    if seen is not None:
        wanted = wanted.where(Praise.unit_id.in_(seen))
    if year is not None:
        wanted = wanted.where(Praise.on.between(date(year, 1, 1), date(year, 12, 31)))
    return session.scalars(wanted.order_by(Praise.on.desc(), Praise.id.desc())).all()


def praise_of(session: Session, actor: Actor, praise_id: int) -> Praise:
    """Return praise that the actor may see; any other doesn't exist for them."""
    seen, praise = sight.scope(session, actor), session.get(Praise, praise_id)
    if praise is None or (seen is not None and praise.unit_id not in seen):
        raise PraiseUnknown(praise_id)
    return praise


def open_praise(session: Session, actor: Actor, praise_id: int) -> OpenedPaper:
    """Return the document that praise comes with."""
    praise = praise_of(session, actor, praise_id)
    if praise.paper_id is None:
        raise PaperUnknown(praise_id)
    path: Path = papers.path_of(praise.paper_id)
    if not path.is_file():
        raise PaperUnknown(praise.paper_id)
    return OpenedPaper(praise.paper_name, praise.paper_type, praise.paper_size, path)


def _must_be_whole(
    session: Session, actor: Actor, form: PraiseForm, checked: Checked | None
) -> None:
    if form.on > today(session):
        raise AssessmentRefused("future", field="on")
    if form.whom is Praised.PERSONS and form.persons < 1:
        raise AssessmentRefused("persons_missing", field="persons")
    if form.whom is Praised.UNIT:
        if form.unit_id is None:
            raise AssessmentRefused("unit_missing", field="unit_id")
        if checked is None and form.level is not PraiseLevel.LEADER:
            raise AssessmentRefused("paper_missing", field="paper")
    if form.unit_id is not None:
        units.unit_of(session, form.unit_id)
    if form.item_id is not None:
        store.visible_item(session, actor, form.item_id)


def _counted_on(session: Session, form: PraiseForm) -> date:
    """Return the day on which it counts: what a frozen quarter doesn't know counts today."""
    return today(session) if _is_frozen(session, form.on) else form.on


def _is_frozen(session: Session, on: date) -> bool:
    row = quarters.row_of(session, quarter_of(on))
    return quarters.state_of(row) is not AssessmentState.RUNNING
