"""The ladder of escalation 升级: which rung an overdue part has reached, and climbing it."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from engine import Session, now
from workflows import messages, store, story
from workflows.calendar import office_day, today, working_days_between
from workflows.story import Happened
from workflows.tables import Assignment, AssignmentState, Escalation, Item, LadderRule, Rung

ORDER = list(Rung)


def escalate(session: Session, part: Assignment) -> Escalation | None:
    """Climb the next rung if the ladder says so today; the report stays due.

    While a signed report waits for its review it is the office's turn, and the unit climbs nothing.
    """
    if part.state is AssignmentState.CONFIRMED:
        return None
    item = session.get_one(Item, part.item_id)
    day = today(session)
    if part.due_on is None or day <= part.due_on:
        return None
    since = overdue_since(session, part) or part.due_on
    days = working_days_between(session, since, day)
    before = store.escalations_of(session, part.id)
    taken = [one.rung for one in before if one.rule["due_on"] == part.due_on.isoformat()]
    times = len(before) + store.urges_of(session, part.id)
    rule = _next(_rules(session, item), taken, days, times)
    if rule is None:
        return None
    counted = {} if since == part.due_on else {"counted_from": since.isoformat()}
    return _climb(session, part, rule, days, counted)


def imported_on(session: Session, part: Assignment) -> date | None:
    """Return the day on which a part came in with an old ledger, if it did."""
    item = session.get_one(Item, part.item_id)
    if item.batch_id is None or part.assigned_at > item.registered_at:
        return None
    return office_day(item.registered_at)


def overdue_since(session: Session, part: Assignment) -> date | None:
    """Return the day from which a part's lateness counts for the ladder.

    That is its limit. What was late already when it came in with an old ledger begins on
    the day of the import: nobody could have climbed the rungs before.
    """
    imported = imported_on(session, part)
    if part.due_on is None or imported is None:
        return part.due_on
    return max(part.due_on, imported)


def _rules(session: Session, item: Item) -> Sequence[LadderRule]:
    """Return the item's ladder: its urgency's own, and above that the rungs of any urgency."""
    found = session.scalars(select(LadderRule)).all()
    own = [rule for rule in found if rule.urgency == item.urgency.value]
    top = max((_height(rule) for rule in own), default=-1)
    above = [rule for rule in found if rule.urgency is None and _height(rule) > top]
    return sorted([*own, *above], key=_height)


def _height(rule: LadderRule) -> int:
    return ORDER.index(rule.rung)


def _next(
    rules: Sequence[LadderRule], taken: Sequence[Rung], days: int, times: int
) -> LadderRule | None:
    """Return the lowest rung above those climbed in this overdue period that is due today."""
    highest = max((ORDER.index(rung) for rung in taken), default=-1)
    for rule in rules:
        if _height(rule) > highest and rule.days_overdue <= days and rule.times_before <= times:
            return rule
    return None


def _climb(
    session: Session, part: Assignment, rule: LadderRule, days: int, counted: Mapping[str, str]
) -> Escalation:
    rung = Escalation(
        assignment_id=part.id,
        rung=rule.rung,
        days_overdue=days,
        rule={
            "due_on": story.plain(part.due_on),
            "days_overdue": rule.days_overdue,
            "times_before": rule.times_before,
            "urgency": rule.urgency,
            **counted,
        },
        at=now(session),
    )
    session.add(rung)
    if rule.rung is Rung.URGE:
        store.note(session, part.item_id, times_urged=Item.times_urged + 1)
    facts = {"rung": rule.rung, "days_overdue": days, "rule": rung.rule, **counted}
    story.tell(session, part.item_id, Happened.ESCALATED, None, facts, part)
    messages.to_unit(session, part, "escalated", facts)
    if not (counted and rule.rung is Rung.REMINDER):  # the summary of the import has told it
        messages.to_supervisor(session, part, "escalated", facts)
    return rung
