"""Responsibility breakdown 责任分解: a decision becomes parts, each with whoever answers for it.

None may be missing: what, the leader in charge, the responsible unit, the responsible
person, the limit. A decision that one unit sees to alone has one row: it is handed out
itself. One of several rows gets a part, an item of its own below the decision, for each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

import engine
from engine import Session, now
from workflows import assignments, desk, limits, rules, steps, store, story
from workflows.actors import Actor
from workflows.assignments import UnitTask
from workflows.calendar import today
from workflows.errors import BreakdownHoles
from workflows.parents import key_of, parts_of
from workflows.periods import step_of
from workflows.story import Happened
from workflows.tables import Item, ItemState, Part, PlannedUnit, Post, Role, Unit

PROCESS = "decision_part"
"""The diagram that each part runs on."""

TITLE, NAME, MOST_ROWS, MOST_WEIGHT = 200, 80, 200, 1000
NEEDED = ("title", "sponsor_post_id", "lead_unit_id", "responsible_person", "due_on")


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One row of a breakdown as it was typed; nothing of it is sure to be there."""

    title: str = ""
    target: str = ""
    sponsor_post_id: int | None = None
    lead_unit_id: int | None = None
    co_unit_ids: tuple[int, ...] = ()
    responsible_person: str = ""
    due_on: date | None = None
    weight: int = 1

    @property
    def units(self) -> list[int]:
        """Return the units, the lead unit first."""
        return [*([self.lead_unit_id] if self.lead_unit_id else []), *self.co_unit_ids]


@dataclass(frozen=True, slots=True)
class Hole:
    """A field of a row that is missing or can't be what it is; ``why`` says which."""

    row: int
    field: str
    why: str

    @property
    def facts(self) -> dict[str, object]:
        """Return it as the facts of a refusal."""
        return {"row": self.row, "field": self.field, "why": self.why}


def decompose(
    session: Session, actor: Actor, task_id: UUID, rows: Sequence[BreakdownRow]
) -> Sequence[Item]:
    """Break a decision down; a single row hands the decision itself out, and makes no part."""
    errand = steps.take(session, actor, task_id, steps.DECOMPOSE)
    must_be_whole(session, rows)
    item = store.item_to_change(session, errand.todo.item_id)
    if len(rows) == 1:
        data = _hand_out_whole(session, actor, item, rows[0])
        made: Sequence[Item] = ()
    else:
        made = _add_parts(session, actor, item, rows)
        data = {"units": [], "interim_period": step_of(session, item.reporting_period)}
    desk.move_on(session, actor, errand.task, "decompose", {**data, "several": bool(made)})
    return made


def must_be_whole(session: Session, rows: Sequence[BreakdownRow]) -> None:
    """Refuse a breakdown with a hole; every row and field that has one is named."""
    found = holes(session, rows)
    if found:
        raise BreakdownHoles([hole.facts for hole in found])


def holes(session: Session, rows: Sequence[BreakdownRow]) -> list[Hole]:
    """Name every field of every row that is missing or can't be."""
    if not rows:
        return [Hole(1, "title", "missing")]
    if len(rows) > MOST_ROWS:
        return [Hole(MOST_ROWS + 1, "title", "too_many")]
    day, known = today(session), _known(session, rows)
    return [
        Hole(place, field, why)
        for place, row in enumerate(rows, start=1)
        for field, why in (*_missing(row), *_unfit(row, day), *_unknown(row, known))
    ]


def _missing(row: BreakdownRow) -> Iterator[tuple[str, str]]:
    for field in NEEDED:
        value = getattr(row, field)
        if not (value.strip() if isinstance(value, str) else value):
            yield field, "missing"


def _unfit(row: BreakdownRow, day: date) -> Iterator[tuple[str, str]]:
    if len(row.title.strip()) > TITLE:
        yield "title", "too_long"
    if len(row.responsible_person.strip()) > NAME:
        yield "responsible_person", "too_long"
    if row.due_on is not None and row.due_on < day:
        yield "due_on", "past"
    if row.due_on is not None and row.due_on > day + rules.FURTHEST:
        yield "due_on", "too_far"
    if not 1 <= row.weight <= MOST_WEIGHT:
        yield "weight", "out_of_range"
    if len(set(row.units)) != len(row.units):
        yield "co_unit_ids", "twice"


def _unknown(
    row: BreakdownRow, known: tuple[frozenset[int], frozenset[int]]
) -> Iterator[tuple[str, str]]:
    leaders, units = known
    if row.sponsor_post_id is not None and row.sponsor_post_id not in leaders:
        yield "sponsor_post_id", "unknown"
    if row.lead_unit_id is not None and row.lead_unit_id not in units:
        yield "lead_unit_id", "unknown"
    if not units.issuperset(row.co_unit_ids):
        yield "co_unit_ids", "unknown"


def _known(session: Session, rows: Sequence[BreakdownRow]) -> tuple[frozenset[int], frozenset[int]]:
    posts = {row.sponsor_post_id for row in rows if row.sponsor_post_id}
    units = {unit_id for row in rows for unit_id in row.units}
    leaders = select(Post.id).where(Post.id.in_(posts), Post.role == Role.LEADER)
    active = select(Unit.id).where(Unit.id.in_(units), Unit.active)
    return frozenset(session.scalars(leaders)), frozenset(session.scalars(active))


# -- one row: the decision itself ---------------------------------------------------------


def _hand_out_whole(
    session: Session, actor: Actor, item: Item, row: BreakdownRow
) -> Mapping[str, object]:
    item.sponsor_post_id = row.sponsor_post_id
    item.responsible_person = row.responsible_person.strip()
    item.target = row.target.strip() or item.target
    item.planned_due_on = row.due_on
    tasks = [UnitTask(unit_id, row.due_on) for unit_id in row.units]
    return assignments.handed(session, item, assignments.hand_out(session, item, tasks, actor))


# -- several rows: a part for each --------------------------------------------------------


def _add_parts(
    session: Session, actor: Actor, whole: Item, rows: Sequence[BreakdownRow]
) -> Sequence[Item]:
    """Write the parts down; they start once the diagram says so."""
    whole.round += 1
    whole.state = ItemState.OPEN
    numbered = enumerate(rows, start=next_part_no(session, whole))
    made = [_part(session, whole, row, number) for number, row in numbered]
    session.add_all(made)
    session.flush()
    for part, row in zip(made, rows, strict=True):
        _plan_units(session, part, row)
        facts = {"source": part.source, "number": part.number}
        story.tell(session, part, Happened.REGISTERED, actor, facts)
    _take_over_limit(session, whole, [row.due_on for row in rows if row.due_on])
    told = [{"number": part.number, "title": part.title} for part in made]
    story.tell(session, whole, Happened.DECOMPOSED, actor, {"parts": told, "round": whole.round})
    return made


def next_part_no(session: Session, whole: Item) -> int:
    """Return the number below the decision's that its next part gets."""
    wanted = select(func.max(Item.part_no)).where(Item.parent_id == whole.id)
    return (session.scalar(wanted) or 0) + 1


def _part(session: Session, whole: Item, row: BreakdownRow, number: int) -> Item:
    return Item(
        kind=whole.kind,
        source=whole.source,
        parent_id=whole.id,
        parent_number=whole.number,
        part_no=number,
        weight=row.weight,
        basis=whole.basis,
        title=row.title.strip(),
        target=row.target.strip(),
        urgency=whole.urgency,
        instructing_post_id=whole.instructing_post_id,
        sponsor_post_id=row.sponsor_post_id,
        supervisor_id=whole.supervisor_id,
        registered_by_id=whole.registered_by_id,
        registered_at=now(session),
        planned_due_on=row.due_on,
        reporting_period=whole.reporting_period,
        responsible_person=row.responsible_person.strip(),
        contact="",
    )


def _plan_units(session: Session, part: Item, row: BreakdownRow) -> None:
    for unit_id in row.units:
        takes = Part.LEAD if unit_id == row.lead_unit_id else Part.CO
        session.add(PlannedUnit(item_id=part.id, unit_id=unit_id, part=takes))


def _take_over_limit(session: Session, whole: Item, days: Sequence[date]) -> None:
    """Let the whole be due when the last of its parts is."""
    day = today(session)
    due = limits.chosen_date(session, day, max(days))
    whole.assigned_on = day
    whole.due_on, whole.warn_on, whole.due_why = due.on, due.warn_on, due.why


def start_parts(session: Session, whole: Item, by: str) -> str:
    """Let every part that waits to begin run on its own diagram; return what their end is told by.

    A part of an earlier round runs or has ended already.
    """
    for part in parts_of(session, whole.id):
        if part.state is ItemState.REGISTERED and part.instance_id is None:
            instance = engine.start(session, PROCESS, {}, key=str(part.id), by=by)
            part.instance_id = instance.id
    return key_of(whole)


def hand_out_part(session: Session, part: Item) -> Mapping[str, object]:
    """Hand a part to the units that the breakdown names."""
    wanted = select(PlannedUnit).where(PlannedUnit.item_id == part.id)
    planned = session.scalars(wanted.order_by(PlannedUnit.part.desc(), PlannedUnit.unit_id)).all()
    tasks = [UnitTask(row.unit_id, part.planned_due_on) for row in planned]
    return assignments.handed(session, part, assignments.hand_out(session, part, tasks))
