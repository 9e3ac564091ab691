"""Setting targets: a supervisor drafts, the director approves; what was set before stays."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from engine import Session, now
from workflows import notices, rules, store
from workflows.actors import Actor, holders
from workflows.calendar import today
from workflows.errors import NotNow, TargetRefused, TargetUnknown
from workflows.figures import FIGURES, Measured
from workflows.tables import (
    Direction,
    Item,
    Measure,
    Path,
    Person,
    Project,
    Role,
    Target,
    TargetState,
    Unit,
)
from workflows.targets.path import lead_up
from workflows.units import unit_of

OFFICE = (Role.SUPERVISOR, Role.DIRECTOR)
MOST = Decimal(10**12)
FULL = Decimal(100)
NOTE = 2_000
EARLIEST, AHEAD = 2000, 5
OPEN = frozenset({TargetState.DRAFTED, TargetState.RETURNED})
STANDS = frozenset({*OPEN, TargetState.IN_FORCE})
COUNTED_IN = {
    Measure.PERCENT: "percent",
    Measure.MILESTONES: "milestones",
    Measure.INVESTMENT: "money",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A target as it is written down; without unit and item it is the whole city's."""

    year: int
    measure: Measure
    amount: Decimal
    figure: str = ""
    unit_id: int | None = None
    item_id: int | None = None
    direction: Direction = Direction.AT_LEAST
    path: Path = Path.STRAIGHT
    marks: tuple[Decimal | None, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a target can be changed; what it is about can't."""

    amount: Decimal
    direction: Direction = Direction.AT_LEAST
    path: Path = Path.STRAIGHT
    marks: tuple[Decimal | None, ...] = ()
    note: str = ""


def draft(session: Session, actor: Actor, entry: Entry) -> Target:
    """Draft a target; there is one of a kind for a unit or item in a year."""
    rules.must_have(actor, *OFFICE)
    _must_be_sound(session, entry)
    if _same(session, entry) is not None:
        raise TargetRefused("twice")
    target = _written(Target(), session, actor, entry)
    return _put_forward(session, target)


def change(
    session: Session, actor: Actor, target_id: int, terms: Terms, reason: str = ""
) -> Target:
    """Change a draft; or draft what is to replace a target in force, and say why."""
    rules.must_have(actor, *OFFICE)
    older = known(session, target_id)
    entry = _of_the_same(older, terms)
    _must_be_sound(session, entry)
    if older.state in OPEN:
        return _put_forward(session, _written(older, session, actor, entry))
    if older.state is not TargetState.IN_FORCE:
        raise NotNow("change_target", older.state.value)
    if _change_of(session, older) is not None:
        raise TargetRefused("changing")
    target = Target(older_id=older.id, reason=rules.must_give_reason(reason))
    return _put_forward(session, _written(target, session, actor, entry))


def decide(
    session: Session,
    actor: Actor,
    target_id: int,
    approve: bool,  # noqa: FBT001 (the director's answer)
    opinion: str = "",
) -> Target:
    """Put a drafted target in force, or return it and say why; an older one is replaced."""
    rules.must_have(actor, Role.DIRECTOR)
    target = known(session, target_id)
    if target.state is not TargetState.DRAFTED:
        raise NotNow("decide_target", target.state.value)
    if target.drafted_by_id == actor.person_id:
        raise TargetRefused("own_draft")
    target.opinion = opinion.strip() if approve else rules.must_give_reason(opinion, "opinion")
    target.decided_by_id, target.decided_at = actor.person_id, now(session)
    target.state = TargetState.IN_FORCE if approve else TargetState.RETURNED
    older = session.get(Target, target.older_id) if approve and target.older_id else None
    if older is not None:
        older.state = TargetState.REPLACED
    session.flush()
    _tell(session, target)
    return target


def end(session: Session, actor: Actor, target_id: int, reason: str) -> Target:
    """Take a target out of force, or drop a draft; it stays on record with the reason."""
    rules.must_have(actor, *OFFICE)
    target = known(session, target_id)
    in_force = target.state is TargetState.IN_FORCE
    if in_force:
        rules.must_have(actor, Role.DIRECTOR)
    if target.state not in STANDS:
        raise NotNow("end_target", target.state.value)
    target.opinion = rules.must_give_reason(reason)
    target.decided_by_id, target.decided_at = actor.person_id, now(session)
    target.state = TargetState.ENDED
    session.flush()
    return target


def known(session: Session, target_id: int) -> Target:
    """Return a target as it is now, for whoever changes it."""
    target = session.get(Target, target_id, with_for_update=True)
    if target is None:
        raise TargetUnknown(target_id)
    return target


def _of_the_same(older: Target, terms: Terms) -> Entry:
    """Return a target of the same thing on other terms."""
    return Entry(
        year=older.year,
        measure=older.measure,
        amount=terms.amount,
        figure=older.figure,
        unit_id=older.unit_id,
        item_id=older.item_id,
        direction=terms.direction,
        path=terms.path,
        marks=terms.marks,
        note=terms.note,
    )


def _must_be_sound(session: Session, entry: Entry) -> None:
    last = today(session).year + AHEAD
    if not EARLIEST <= entry.year <= last:
        raise TargetRefused("year", first=EARLIEST, last=last)
    rules.must_fit("note", entry.note, NOTE)
    _must_measure(session, entry)
    if not 0 <= entry.amount <= MOST:
        raise TargetRefused("amount")
    if counted_in(entry) == Measured.PERCENT.value and entry.amount > FULL:
        raise TargetRefused("above_full")
    marks = _marks(entry)
    if entry.path is Path.QUARTERS and (len(marks) != 3 or not lead_up(marks, entry.amount)):  # noqa: PLR2004 (quarters before the last)
        raise TargetRefused("marks")


def _must_measure(session: Session, entry: Entry) -> None:
    """Refuse what isn't there to be measured."""
    if entry.unit_id is not None and entry.item_id is not None:
        raise TargetRefused("subject")
    if entry.unit_id is not None:
        unit_of(session, entry.unit_id)
    if entry.measure is Measure.FIGURE:
        if entry.figure not in FIGURES:
            raise TargetRefused("figure")
        if entry.item_id is not None:
            raise TargetRefused("subject")
        return
    if entry.item_id is None or session.get(Item, entry.item_id) is None:
        raise TargetRefused("subject")
    if entry.measure is not Measure.PERCENT and session.get(Project, entry.item_id) is None:
        raise TargetRefused("not_a_project")


def counted_in(entry: Entry) -> str:
    """Return the unit of measure: a figure brings its own."""
    if entry.measure is Measure.FIGURE:
        return FIGURES[entry.figure].measured.value
    return COUNTED_IN[entry.measure]


def _marks(entry: Entry) -> tuple[Decimal, ...]:
    return tuple(mark for mark in entry.marks if mark is not None)


def _same(session: Session, entry: Entry) -> Target | None:
    """Return the target of the same thing that stands or waits, if there is one."""
    wanted = select(Target).where(
        Target.year == entry.year,
        Target.measure == entry.measure,
        Target.figure == (entry.figure if entry.measure is Measure.FIGURE else ""),
        Target.unit_id.is_(None) if entry.unit_id is None else Target.unit_id == entry.unit_id,
        Target.item_id.is_(None) if entry.item_id is None else Target.item_id == entry.item_id,
        Target.state.in_(STANDS),
    )
    return session.scalars(wanted.limit(1)).first()


def _change_of(session: Session, older: Target) -> Target | None:
    wanted = select(Target).where(Target.older_id == older.id, Target.state.in_(OPEN))
    return session.scalars(wanted.limit(1)).first()


def _written(target: Target, session: Session, actor: Actor, entry: Entry) -> Target:
    target.year, target.measure = entry.year, entry.measure
    target.figure = entry.figure if entry.measure is Measure.FIGURE else ""
    target.unit_id, target.item_id = entry.unit_id, entry.item_id
    target.direction, target.amount = entry.direction, entry.amount
    target.counted_in, target.path = counted_in(entry), entry.path
    marks = _marks(entry) if entry.path is Path.QUARTERS else (None, None, None)
    target.first, target.second, target.third = marks
    target.note = entry.note.strip()
    target.drafted_by_id, target.drafted_at = actor.person_id, now(session)
    return target


def _put_forward(session: Session, target: Target) -> Target:
    """Lay a draft before the director."""
    target.state = TargetState.DRAFTED
    target.decided_by_id = target.decided_at = None
    target.opinion = ""
    session.add(target)
    session.flush()
    notices.notify(session, holders(session, Role.DIRECTOR), "target_drafted", facts=_facts(target))
    return target


def _tell(session: Session, target: Target) -> None:
    """Tell who drafted it what the director said, and its unit that it is in force."""
    returned = target.state is TargetState.RETURNED
    drafter = session.get_one(Person, target.drafted_by_id)
    kind = "target_returned" if returned else "target_set"
    notices.notify(session, [drafter], kind, facts=_facts(target))
    unit = session.get(Unit, target.unit_id) if target.unit_id else None
    if unit is not None and not returned:
        heads = store.people_of_unit(session, unit.id, [Role.UNIT_HEAD])
        notices.notify(session, heads, "target_set", facts=_facts(target))


def _facts(target: Target) -> dict[str, object]:
    return {
        "target": target.id,
        "year": target.year,
        "measure": target.measure.value,
        "figure": target.figure,
        "amount": str(target.amount),
        "counted_in": target.counted_in,
        "opinion": target.opinion,
    }
