"""What the pages read of targets: all of a year with how they stand, one with its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import joinedload

from engine import Session
from workflows import rules, store
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import TargetUnknown
from workflows.figures import Counted, Measured
from workflows.tables import Item, Measure, Path, Role, Target, TargetReading, TargetState, Unit
from workflows.targets.measuring import reached, readings_of
from workflows.targets.path import HUNDREDTH, WHOLE, Course, Standing
from workflows.targets.setting import COUNTED_IN, FULL

ORDER = (Standing.MISSED, Standing.BEHIND, Standing.ON_PATH, Standing.REACHED, Standing.UNKNOWN)
SHOWN_TO_UNITS = (TargetState.IN_FORCE, TargetState.REPLACED, TargetState.ENDED)
PARTED = frozenset({Measured.PERCENT, Measured.MONTHS, COUNTED_IN[Measure.INVESTMENT]})
"""What is counted in parts; anything else there is wholly or not at all."""
STANDING = (TargetState.IN_FORCE, TargetState.DRAFTED, TargetState.RETURNED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which targets are looked for; what is left out doesn't narrow."""

    year: int
    unit_id: int | None = None
    measure: Measure | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A target with what the ledger says to it."""

    target: Target
    day: date
    counted: Counted
    readings: Sequence[TargetReading]

    @property
    def course(self) -> Course:
        """Return the way to its amount."""
        return course_of(self.target)

    @property
    def value(self) -> Decimal | None:
        """Return how far it has come."""
        return self.counted.value

    @property
    def expected(self) -> Decimal:
        """Return where it should be by now."""
        return self.course.expected(self.day)

    @property
    def stands(self) -> Standing:
        """Say how it stands."""
        return self.course.stands(self.day, self.value)

    @property
    def forecast(self) -> Decimal | None:
        """Return what the year would come to at this pace."""
        told = self.course.forecast(self.day, self.value)
        full = self.target.counted_in == Measured.PERCENT
        return min(told, FULL) if told is not None and full else told


def lines(session: Session, actor: Actor, wanted: Wanted) -> list[Line]:
    """Return a year's targets that the actor may see, the worst first."""
    asked = _targets().where(
        Target.year == wanted.year, Target.state.in_(STANDING), visible_to(actor)
    )
    if wanted.unit_id is not None:
        asked = asked.where(Target.unit_id == wanted.unit_id)
    if wanted.measure is not None:
        asked = asked.where(Target.measure == wanted.measure)
    found = _measured(session, actor, session.scalars(asked).all())
    kept = [line for line in found if wanted.standing in (None, line.stands)]
    return sorted(kept, key=lambda line: (ORDER.index(line.stands), line.target.id))


def of_item(session: Session, actor: Actor, item_id: int) -> list[Line]:
    """Return the targets of an item that the actor may see, as they stand."""
    asked = _targets().where(Target.item_id == item_id, Target.state == TargetState.IN_FORCE)
    found = session.scalars(asked.where(visible_to(actor)).order_by(Target.year, Target.id))
    return _measured(session, actor, found.all())


def one(session: Session, actor: Actor, target_id: int) -> Line:
    """Return a target that the actor may see; any other doesn't exist for them."""
    asked = _targets().where(Target.id == target_id, visible_to(actor))
    target = session.scalars(asked).one_or_none()
    if target is None:
        raise TargetUnknown(target_id)
    return _measured(session, actor, [target])[0]


def history(session: Session, actor: Actor, target: Target) -> list[Target]:
    """Return what a target replaced, and what replaces it, the latest first."""
    found = [target]
    while (older := found[-1].older_id) is not None:
        found.append(session.get_one(Target, older))
    later = _targets().where(Target.older_id == target.id, visible_to(actor))
    return [*session.scalars(later.order_by(Target.id.desc())), *found]


def years(session: Session, actor: Actor) -> list[int]:
    """Return the years that have targets, and this one."""
    asked = select(Target.year).where(visible_to(actor)).distinct()
    return sorted({*session.scalars(asked), today(session).year}, reverse=True)


def units(session: Session, actor: Actor, year: int) -> Sequence[Unit]:
    """Return the units that have a target in a year."""
    own = select(Target.unit_id).where(Target.year == year, visible_to(actor))
    return session.scalars(select(Unit).where(Unit.id.in_(own)).order_by(Unit.position)).all()


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which an actor may see a target; a unit sees no drafts."""
    rules.must_have(actor, *store.SEES_ALL, *store.IN_A_UNIT)
    if store.sees_all(actor):
        return true()
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))
    below = store.units_below(mine)
    items = select(Item.id).where(store.visible_to(actor))
    own = or_(Target.unit_id.in_(select(below.c.id)), Target.item_id.in_(items))
    return own & Target.state.in_(SHOWN_TO_UNITS)


def may_set(actor: Actor) -> bool:
    """Say whether somebody may draft targets."""
    return actor.has(Role.SUPERVISOR) or actor.has(Role.DIRECTOR)


def course_of(target: Target) -> Course:
    """Return the way to a target's amount."""
    marks = (target.first, target.second, target.third)
    kept = tuple(mark for mark in marks if mark is not None)
    told = kept if target.path is Path.QUARTERS else ()
    step = HUNDREDTH if target.counted_in in PARTED else WHOLE
    return Course(target.year, target.direction, target.amount, target.path, told, step)


def _measured(session: Session, actor: Actor, targets: Sequence[Target]) -> list[Line]:
    readings = readings_of(session, [target.id for target in targets])
    found = [(target, reached(session, actor, target)) for target in targets]
    return [Line(target, told.day, told.counted, readings[target.id]) for target, told in found]


def _targets() -> Select[Target]:
    return select(Target).options(
        joinedload(Target.unit),
        joinedload(Target.item),
        joinedload(Target.drafted_by),
        joinedload(Target.decided_by),
    )
