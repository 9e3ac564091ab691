"""Climbing: which rung is due, the director's word on it, and its way to the unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

import engine
from engine import Session, now
from workflows import (
    desk,
    ladder_rules,
    limits,
    messages,
    rules,
    settings,
    steps,
    store,
    story,
)
from workflows.actors import Actor
from workflows.calendar import today, working_days_between
from workflows.errors import NotNow
from workflows.ladder import slips
from workflows.ladder.lateness import overdue_since
from workflows.ladder_rules import Case, Rule
from workflows.steps import Errand
from workflows.story import Happened
from workflows.tables import Assignment, AssignmentState, Escalation, Item, Role, Rung, RungState

SETTLED = "settled"

SLIPS: Mapping[Rung, str] = {
    Rung.NOTICE_BLUE: "slip.blue",
    Rung.NOTICE_YELLOW: "slip.yellow",
    Rung.NOTICE_RED: "slip.red",
}
"""The supervision notices 督查通知, and the limit within which each wants an answer."""

SUGGESTED = frozenset({Rung.CRITICISM, Rung.ACCOUNTABILITY})
"""The rungs that are only suggested: a leader approves, a competent organ carries out."""

ON_ITS_WAY = frozenset({RungState.WAITING, RungState.APPROVED})
AT_OFFICE = rules.FINISHED | {AssignmentState.CONFIRMED}


# -- which rung is due ------------------------------------------------------------------


def escalate(
    session: Session, part: Assignment, instance_id: UUID | None = None
) -> Escalation | None:
    """Climb the next rung if the table says so today; the report stays due.

    While a signed report waits for its review it is the office's turn, and the unit climbs
    nothing. Nor does it while a rung is on its way: no higher one comes before a lower one.
    """
    since = overdue_since(session, part)
    day = today(session)
    if part.due_on is None or since is None or day <= since:
        return None
    if part.state in AT_OFFICE or part.stopped_on is not None:
        return None
    before = store.escalations_of(session, part.id)
    if any(one.state in ON_ITS_WAY for one in before):
        return None
    item = session.get_one(Item, part.item_id)
    days = working_days_between(session, since, day)
    times = reached(before) + store.urges_of(session, part.id)
    case = Case(item.kind, item.urgency, days, times, climbed(part, before))
    row = ladder_rules.decide(ladder_rules.table(session), case)
    if row is None:
        return None
    rung = Escalation(
        assignment_id=part.id,
        rung=row.rung,
        days_overdue=days,
        rule=_told(part, row, since),
        at=now(session),
        state=RungState.WAITING,
        instance_id=instance_id,
        demand=settings.text(session, "slip.demand") if row.rung in SLIPS else "",
    )
    session.add(rung)
    session.flush()
    return rung


def climbed(part: Assignment, before: Sequence[Escalation]) -> list[Rung]:
    """Return the rungs climbed since the limit that holds now; a later limit begins anew."""
    due_on = story.plain(part.due_on)
    return [
        one.rung
        for one in before
        if one.rule["due_on"] == due_on and one.state is not RungState.LAPSED
    ]


def reached(before: Sequence[Escalation]) -> int:
    """Count the rungs that have reached the unit."""
    return sum(one.state is RungState.DELIVERED for one in before)


def _told(part: Assignment, row: Rule, since: date) -> dict[str, object]:
    counted = {} if since == part.due_on else {"counted_from": since.isoformat()}
    return {"due_on": story.plain(part.due_on), **row.told, **counted}


# -- the director's word ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """What the director says to a rung; a slip also says what is demanded, and by when."""

    approve: bool
    reason: str = ""
    demand: str = ""
    answer_by: date | None = None


def approve_rung(session: Session, actor: Actor, task_id: UUID, word: Word) -> Escalation:
    """Let a slip go out or an interview be held, or decline it and say why."""
    errand = steps.take(session, actor, task_id, steps.APPROVE_RUNG)
    rung = waiting_rung(session, errand)
    rung.opinion = word.reason.strip() if word.approve else rules.must_give_reason(word.reason)
    if word.approve and rung.rung in SLIPS:
        rules.must_lie_ahead(word.answer_by, today(session))
        rung.demand = rules.must_say("demand", word.demand or rung.demand)
        rung.answer_by = word.answer_by
    rung.state = RungState.APPROVED if word.approve else RungState.DECLINED
    rung.decided_by_id, rung.decided_at = actor.person_id, now(session)
    session.flush()
    desk.move_on(session, actor, errand.task, "approve" if word.approve else "decline")
    return rung


def waiting_rung(session: Session, errand: Errand) -> Escalation:
    """Return the rung that a task is about."""
    rung = store.rung_of(session, errand.task.instance_id)
    if rung is None or rung.state not in ON_ITS_WAY:
        raise NotNow(errand.todo.step, "" if rung is None else rung.state.value)
    return rung


# -- its way to the unit ----------------------------------------------------------------


def deliver(session: Session, rung: Escalation) -> None:
    """Bring a rung to its unit: a slip takes its number now, and no number is lost."""
    part = store.assignment_of(session, rung.assignment_id)
    if rung.rung in SLIPS:
        day = today(session)
        issued = slips.issue_slip(session, rung, part)
        rung.year, rung.serial = issued.year, issued.number
        due = limits.due_date(session, day, SLIPS[rung.rung])
        if rung.answer_by not in (None, due.on):
            due = limits.chosen_date(session, day, rung.answer_by)
        rung.answer_by, rung.answer_why = due.on, due.why
    if rung.rung is Rung.URGE:
        store.note(session, part.item_id, times_urged=Item.times_urged + 1)
    tell_delivered(session, part, rung, Happened.ESCALATED)


def tell_delivered(
    session: Session,
    part: Assignment,
    rung: Escalation,
    happened: Happened,
    actor: Actor | None = None,
) -> None:
    """Note that a rung has reached its unit, and tell the unit and the office."""
    rung.state, rung.delivered_at = RungState.DELIVERED, now(session)
    counted_from = rung.rule.get("counted_from")
    facts = {
        "rung": rung.rung,
        "days_overdue": rung.days_overdue,
        "rule": rung.rule,
        "escalation_id": rung.id,
        "number": number_of(session, rung),
        "answer_by": rung.answer_by,
        **({"counted_from": counted_from} if counted_from else {}),
    }
    story.tell(session, part.item_id, happened, actor, facts, part)
    messages.to_unit(session, part, "escalated", facts)
    if not (counted_from and rung.rung is Rung.REMINDER):  # the import's summary has told it
        messages.to_supervisor(session, part, "escalated", facts)


def number_of(session: Session, rung: Escalation) -> str:
    """Return a slip's number, 督查通知〔2020〕第3期, or nothing as long as it has none."""
    if rung.serial is None:
        return ""
    return f"{settings.text(session, 'slip.number')}〔{rung.year}〕第{rung.serial}期"


def open_rungs(session: Session, actor: Actor, item_id: int) -> Sequence[Escalation]:
    """Leave the receipt of every rung that has reached one's own unit about an item."""
    mine = actor.unit_ids(Role.HANDLER) | actor.unit_ids(Role.UNIT_HEAD)
    wanted = (
        select(Escalation, Assignment)
        .join(Assignment, Assignment.id == Escalation.assignment_id)
        .where(
            Assignment.item_id == item_id,
            Assignment.unit_id.in_(list(mine)),
            Escalation.state == RungState.DELIVERED,
            Escalation.rung.not_in(SUGGESTED),
            Escalation.read_at.is_(None),
        )
        .order_by(Escalation.id)
    )
    opened = []
    for rung, part in session.execute(wanted):
        rung.read_at, rung.read_by_id = now(session), actor.person_id
        slips.note_read(session, rung)
        facts = {"rung": rung.rung, "escalation_id": rung.id}
        story.tell(session, item_id, Happened.RUNG_READ, actor, facts, part)
        opened.append(rung)
    return opened


def settle(session: Session, part: Assignment, by: str) -> None:
    """Let what is on its way to a unit lapse: its part is finished, or has a new limit.

    A diagram that doesn't catch the message leaves it to the director. Suggestions go on:
    the lateness stays a fact.
    """
    for rung in store.escalations_of(session, part.id):
        waits = rung.state in ON_ITS_WAY and rung.rung not in SUGGESTED
        if waits and rung.instance_id is not None and rung.instance_id != part.instance_id:
            try:
                engine.send(session, SETTLED, instance_id=rung.instance_id, by=by)
            except engine.NobodyWaits:
                continue
