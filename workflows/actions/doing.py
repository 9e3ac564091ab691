"""Actions 督查活动: planned, carried out and recorded, or called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine import Session, now
from workflows import notices, revisits, rules, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import ActionUnknown, DayAhead, NotNow, TextMissing
from workflows.methods import Method
from workflows.revisits import Guest
from workflows.story import Happened
from workflows.tables import (
    ActionState,
    Item,
    Party,
    Person,
    Role,
    SupervisionAction,
)

LINE = 200


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """What is going to be done: how, what about, where, when and with whom."""

    method: Method | str
    title: str
    planned_on: date
    place: str = ""
    special: bool = False
    team: Sequence[int] = ()
    guests: Sequence[Guest] = ()
    joint: Sequence[Party] = ()
    item_ids: Sequence[int] = ()
    unit_ids: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """What was found and came of it."""

    held_on: date
    findings: str
    outcome: str
    place: str = ""


def plan_action(session: Session, actor: Actor, plan: ActionPlan) -> SupervisionAction:
    """Plan an action; whom it concerns hears of it, unless it comes unannounced."""
    rules.must_have(actor, *rules.OFFICE)
    method = revisits.known_method(plan.method)
    if method == Method.JOINT and not plan.joint:
        raise TextMissing("joint")
    rules.must_be_near(plan.planned_on, today(session))
    action = SupervisionAction(
        method=method,
        title=rules.must_say("title", plan.title, LINE),
        place=_place(plan.place),
        special=plan.special,
        planned_on=plan.planned_on,
        team=revisits.must_be_of_the_office(session, plan.team),
        guests=[revisits.named(guest) for guest in plan.guests],
        joint=[party.value for party in Party if party in plan.joint],
        items=[store.visible_item(session, actor, each) for each in dict.fromkeys(plan.item_ids)],
        units=list(store.active_units(session, list(dict.fromkeys(plan.unit_ids))).values()),
        planned_by_id=actor.person_id,
        planned_at=now(session),
    )
    session.add(action)
    session.flush()
    if method != Method.UNANNOUNCED:
        _tell(session, actor, action, Happened.ACTION_PLANNED)
    return action


def record_action(
    session: Session, actor: Actor, action_id: int, record: ActionRecord
) -> SupervisionAction:
    """Record what an action found and what came of it; now everybody concerned may know."""
    action = _planned(session, actor, action_id, "record")
    day = today(session)
    if record.held_on > day:
        raise DayAhead("held_on", record.held_on)
    action.findings = rules.must_say("findings", record.findings)
    action.outcome = rules.must_say("outcome", record.outcome)
    action.place = _place(record.place) or action.place
    action.held_on, action.state = record.held_on, ActionState.DONE
    action.recorded_by_id, action.recorded_at = actor.person_id, now(session)
    _tell(session, actor, action, Happened.ACTION_DONE)
    return action


def call_off_action(
    session: Session, actor: Actor, action_id: int, reason: str
) -> SupervisionAction:
    """Call a planned action off, and say why."""
    action = _planned(session, actor, action_id, "call_off")
    action.outcome, action.state = rules.must_give_reason(reason), ActionState.CALLED_OFF
    action.recorded_by_id, action.recorded_at = actor.person_id, now(session)
    if action.method != Method.UNANNOUNCED:
        _tell(session, actor, action, Happened.ACTION_CALLED_OFF)
    return action


def _planned(session: Session, actor: Actor, action_id: int, deed: str) -> SupervisionAction:
    """Return an action that still waits to be carried out, locked, for the office to act on."""
    rules.must_have(actor, *rules.OFFICE)
    wanted = select(SupervisionAction).where(SupervisionAction.id == action_id)
    action = session.scalars(wanted.with_for_update()).one_or_none()
    if action is None:
        raise ActionUnknown(action_id)
    if action.state is not ActionState.PLANNED:
        raise NotNow(deed, action.state.value)
    return action


def _place(text: str) -> str:
    said = text.strip()
    rules.must_fit("place", said, LINE)
    return said


def _tell(session: Session, actor: Actor, action: SupervisionAction, kind: Happened) -> None:
    """Tell the story of every item it is about, and everybody in the units concerned."""
    facts = {
        "action": action.id,
        "title": action.title,
        "method": action.method,
        "on": (action.held_on or action.planned_on).isoformat(),
    }
    for item in action.items:
        story.tell(session, item, kind, actor, {**facts, "outcome": action.outcome})
    notices.notify(session, _people(session, action), kind.value, facts=facts)


def _people(session: Session, action: SupervisionAction) -> list[Person]:
    """Return the people of the units that an action names, and of those that have its items."""
    unit_ids = {unit.id for unit in action.units}
    unit_ids.update(unit_id for item in action.items for unit_id in _units_of(session, item))
    return [
        person
        for unit_id in sorted(unit_ids)
        for person in store.people_of_unit(session, unit_id, (Role.HANDLER, Role.UNIT_HEAD))
    ]


def _units_of(session: Session, item: Item) -> Sequence[int]:
    return store.part_ids(session, item.id, item.round)
