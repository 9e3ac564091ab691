"""The verbs: look at what a change moves, save it, and move what was shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select

from engine import Session
from workflows import calendar, limits, periods, rules
from workflows.actors import Actor
from workflows.calendar import SpecialDay, YearDays, office_day, today
from workflows.errors import MovesUnseen
from workflows.moves.applying import apply
from workflows.moves.finding import NewRule, Otherwise, moves, open_parts, report_by
from workflows.moves.moved import Moved, Moves, What
from workflows.moves.staying import stays
from workflows.tables import Assignment, Item, Period, Role


def of_calendar(
    session: Session, actor: Actor, year: int, days: Iterable[SpecialDay], source: str
) -> Moves:
    """Return what this table of a year would move, and what stays on a day off."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    planned = calendar.with_year(session, year, days, source)
    other = Otherwise(session, limits.reckoner(session, planned))
    return Moves(moves(other).touched, list(stays(session, actor, planned)))


def of_rules(session: Session, actor: Actor, wanted: Iterable[NewRule]) -> Moves:
    """Return what would move if everything that runs followed these rules."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    changed = {rule.name: rule for rule in wanted}
    for rule in changed.values():
        limits.must_be_sound(rule.name, rule.span, rule.clause)
    return moves(Otherwise(session, limits.reckoner(session), changed)) if changed else Moves([])


def of_periods(session: Session, actor: Actor, wanted: Mapping[str, Period | None]) -> Moves:
    """Return which next reports would move if what runs followed these periods."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    periods.must_be_known(wanted)
    return Moves(list(_of_periods(session, wanted)))


def change_calendar(
    session: Session,
    actor: Actor,
    year: int,
    days: Sequence[SpecialDay],
    source: str,
    seal: str | None = None,
) -> YearDays:
    """Replace a year's table and move what it moves, if whoever saves it has seen that."""
    found = of_calendar(session, actor, year, days, source)
    _must_be_seen(found, seal)
    table = calendar.import_year(session, actor, year, days, source)
    apply(session, actor, found, {"because": "calendar", "year": year})
    return table


def change_rules(
    session: Session,
    actor: Actor,
    wanted: Sequence[NewRule],
    *,
    follow: bool = False,
    seal: str | None = None,
) -> None:
    """Change rules; what already runs keeps its day, or follows if whoever saves has seen that."""
    found = of_rules(session, actor, wanted)
    for rule in wanted:
        limits.change_limit(session, actor, rule.name, rule.span, rule.clause)
    if follow:
        follow_rules(session, actor, found, seal)


def follow_rules(session: Session, actor: Actor, found: Moves, seal: str | None) -> None:
    """Let what runs follow rules that have changed, if whoever changed them has seen that."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    _must_be_seen(found, seal)
    apply(session, actor, found, {"because": "rule"})


def change_periods(
    session: Session,
    actor: Actor,
    wanted: Mapping[str, Period | None],
    *,
    follow: bool = False,
    seal: str | None = None,
) -> None:
    """Change how often is reported; open items keep their period, or follow if that was seen."""
    found = of_periods(session, actor, wanted)
    if follow:
        _must_be_seen(found, seal)
        for item, period in _following(session, wanted):
            item.reporting_period = period
        session.flush()
    periods.change_table(session, actor, wanted)
    if follow:
        apply(session, actor, found, {"because": "period"})


def _must_be_seen(found: Moves, seal: str | None) -> None:
    if found.moved and seal != found.seal:
        raise MovesUnseen(len(found.moved))


# -- periods ----------------------------------------------------------------------------


def _of_periods(session: Session, wanted: Mapping[str, Period | None]) -> Iterator[Moved]:
    """Yield the next report of every part of the items that would follow."""
    following = {item.id: period for item, period in _following(session, wanted)}
    for part in open_parts(session):
        if part.item_id in following:
            yield from _next_report(session, part, following[part.item_id])


def _next_report(session: Session, part: Assignment, period: Period | None) -> Iterator[Moved]:
    """Yield how a part's next report moves; a meeting's first one doesn't."""
    old, began = part.interim_due_on, office_day(part.assigned_at)
    first = periods.meeting_report(session, part.item, began)
    if first is not None and first.on == old:
        return
    due = None
    if period is not None:
        due = report_by(part, periods.turn_of(session, period), today(session))
    if old or due:
        yield Moved(What.PERIOD, part.item, old, due, part)


def _following(
    session: Session, wanted: Mapping[str, Period | None]
) -> Iterator[tuple[Item, Period | None]]:
    """Yield the open items that report as is usual now, and how often they would report."""
    now, then = periods.table(session), {**periods.table(session), **wanted}
    alive = select(Item).where(Item.state.in_(rules.ALIVE)).order_by(Item.id)
    for item in session.scalars(alive).all():
        usual, period = (periods.usual(each, item.source, item.urgency) for each in (now, then))
        if item.reporting_period == usual != period:
            yield item, period
