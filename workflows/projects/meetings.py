"""The weekly meeting 例会: its agenda from the ledger, its decisions as tasks with an end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from engine import Session, now
from workflows import notices, rules, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import DecisionUnknown, MeetingUnknown, NotNow, ProjectRefused
from workflows.lights import Light, light_of
from workflows.projects import overview
from workflows.projects.overview import ProjectLine, Sort
from workflows.story import Happened, plain
from workflows.tables import Item, MeetingDecision, ProjectMeeting, Role, Unit

NAME = 80
OFFICE = (Role.SUPERVISOR, Role.DIRECTOR)
READERS = store.SEES_ALL
ON_THE_AGENDA = (Light.RED, Light.YELLOW)


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """A decision as the meeting makes it: none of unit, person and limit may be missing."""

    text: str
    unit_id: int
    responsible_person: str
    due_on: date
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A decision with its light, and the item that it is about if the reader may see that."""

    decision: MeetingDecision
    light: Light
    item: Item | None


def agenda(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Return what the next meeting has to talk about, the worst first, ready to be kept.

    A project is on it that is yellow or red, has missed a milestone or told of a problem, or
    has a decision of an earlier meeting that isn't done.
    """
    must_read(actor)
    undone = _undone(session)
    lines = overview.ledger(session, actor, Sort.LIGHT)
    return [
        _point(line, undone.get(line.item.id, []))
        for line in lines
        if _is_pressing(line) or line.item.id in undone
    ]


def _is_pressing(line: ProjectLine) -> bool:
    standing = line.standing
    return bool(standing.light in ON_THE_AGENDA or standing.missed or line.item.problems)


def _point(line: ProjectLine, undone: Sequence[MeetingDecision]) -> dict[str, Any]:
    """Return one point of an agenda, as JSON keeps it."""
    standing = line.standing
    return {
        "item_id": line.item.id,
        "number": line.item.number,
        "title": line.item.title,
        "unit": line.unit.name if line.unit else "",
        "light": standing.light.value,
        "planned_share": f"{standing.planned_share:.1f}",
        "share": f"{standing.share:.1f}",
        "behind": f"{standing.behind:.1f}",
        "missed": [
            {"name": node.name, "name_en": node.name_en, "due_on": plain(node.due_on)}
            for node in standing.missed
        ],
        "problems": line.item.problems,
        "undone": [
            {
                "text": decision.text,
                "unit": decision.unit.name,
                "person": decision.responsible_person,
                "due_on": plain(decision.due_on),
            }
            for decision in undone
        ],
    }


def _undone(session: Session) -> Mapping[int, list[MeetingDecision]]:
    wanted = select(MeetingDecision).where(
        MeetingDecision.done_at.is_(None), MeetingDecision.item_id.is_not(None)
    )
    found: dict[int, list[MeetingDecision]] = {}
    for decision in session.scalars(
        wanted.options(joinedload(MeetingDecision.unit)).order_by(MeetingDecision.due_on)
    ):
        found.setdefault(decision.item_id or 0, []).append(decision)
    return found


# -- holding one -------------------------------------------------------------------------


def hold_meeting(session: Session, actor: Actor, held_on: date, chair: str = "") -> ProjectMeeting:
    """Open the record of a meeting, with its agenda as it stands now."""
    rules.must_have(actor, *OFFICE)
    if held_on > today(session):
        raise ProjectRefused("meeting_ahead", held_on=held_on)
    name = chair.strip()
    rules.must_fit("chair", name, NAME)
    meeting = ProjectMeeting(
        held_on=held_on,
        chair=name,
        agenda=agenda(session, actor),
        recorded_by_id=actor.person_id,
        recorded_at=now(session),
    )
    session.add(meeting)
    session.flush()
    return meeting


def decide(
    session: Session, actor: Actor, meeting_id: int, entry: DecisionEntry
) -> MeetingDecision:
    """Record what a meeting decided, as a task of a unit; the unit is told."""
    rules.must_have(actor, *OFFICE)
    meeting = _meeting(session, meeting_id)
    text = rules.must_say("text", entry.text)
    person = rules.must_say("responsible_person", entry.responsible_person, NAME)
    rules.must_lie_ahead(entry.due_on, today(session))
    unit = store.active_units(session, [entry.unit_id])[entry.unit_id]
    item = None if entry.item_id is None else store.visible_item(session, actor, entry.item_id)
    decision = MeetingDecision(
        meeting_id=meeting.id,
        item_id=item.id if item else None,
        text=text,
        unit_id=unit.id,
        responsible_person=person,
        due_on=entry.due_on,
    )
    session.add(decision)
    session.flush()
    facts = {"text": text, "unit": unit.name, "due_on": entry.due_on, "person": person}
    _tell(session, actor, decision, item, facts)
    return decision


def _tell(
    session: Session,
    actor: Actor,
    decision: MeetingDecision,
    item: Item | None,
    facts: Mapping[str, Any],
) -> None:
    if item is not None:
        story.tell(session, item, Happened.MEETING_DECIDED, actor, facts)
    people = store.people_of_unit(session, decision.unit_id, store.IN_A_UNIT)
    told = {name: plain(fact) for name, fact in facts.items()}
    notices.notify(session, people, "meeting_decided", facts=told)


def finish_decision(
    session: Session, actor: Actor, decision_id: int, result: str
) -> MeetingDecision:
    """Say how a decision was carried out; its unit does, or the office."""
    decision = _decision(session, actor, decision_id)
    if not any(map(actor.has, OFFICE)):
        rules.must_speak_for(actor, decision.unit_id)
    if decision.done_at is not None:
        raise NotNow("finish_decision", "done")
    decision.result = rules.must_say("result", result)
    decision.done_by_id, decision.done_at = actor.person_id, now(session)
    if decision.item_id is not None:
        facts = {"text": decision.text, "result": decision.result}
        story.tell(session, decision.item_id, Happened.MEETING_DONE, actor, facts)
    return decision


def open_as_item(session: Session, actor: Actor, decision_id: int, item_id: int) -> MeetingDecision:
    """Note that a decision was opened as an item of its own, which is supervised from now on."""
    rules.must_have(actor, *OFFICE)
    decision = _decision(session, actor, decision_id)
    if decision.became_item_id is not None:
        raise NotNow("open_as_item", "done")
    decision.became_item_id = store.visible_item(session, actor, item_id).id
    return decision


# -- reading -----------------------------------------------------------------------------


def must_read(actor: Actor) -> None:
    """Refuse whoever has no sight of the meetings."""
    rules.must_have(actor, *READERS)


def meetings(session: Session, actor: Actor) -> Sequence[ProjectMeeting]:
    """Return the meetings, the latest first."""
    must_read(actor)
    ordered = select(ProjectMeeting).order_by(
        ProjectMeeting.held_on.desc(), ProjectMeeting.id.desc()
    )
    return session.scalars(ordered).all()


def meeting_of(session: Session, actor: Actor, meeting_id: int) -> ProjectMeeting:
    """Return a meeting with its agenda and its decisions."""
    must_read(actor)
    return _meeting(session, meeting_id)


def tasks(
    session: Session, actor: Actor, *, done: bool = False, meeting_id: int | None = None
) -> list[Task]:
    """Return the decisions that the actor may see: the office all, a unit its own."""
    state = MeetingDecision.done_at.is_not(None) if done else MeetingDecision.done_at.is_(None)
    wanted = select(MeetingDecision).where(_visible(actor))
    wanted = (
        wanted.where(state)
        if meeting_id is None
        else wanted.where(MeetingDecision.meeting_id == meeting_id)
    )
    loaded = wanted.options(
        joinedload(MeetingDecision.unit),
        joinedload(MeetingDecision.item),
        joinedload(MeetingDecision.meeting),
    )
    day = today(session)
    found = session.scalars(loaded.order_by(MeetingDecision.due_on)).all()
    about = {decision.item_id for decision in found if decision.item_id}
    open_ = select(Item.id).where(Item.id.in_(about), store.visible_to(actor))
    seen = set(session.scalars(open_))
    return [
        Task(
            decision,
            light_of_decision(decision, day),
            decision.item if decision.item_id in seen else None,
        )
        for decision in found
    ]


def light_of_decision(decision: MeetingDecision, day: date) -> Light:
    """Return a decision's light: red past its limit."""
    return light_of(decision.due_on, None, day, done=decision.done_at is not None)


def _visible(actor: Actor) -> ColumnElement[bool]:
    if any(map(actor.has, READERS)):
        return MeetingDecision.id.is_not(None)
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))
    return MeetingDecision.unit_id.in_(select(store.units_below(mine).c.id))


def _meeting(session: Session, meeting_id: int) -> ProjectMeeting:
    meeting = session.get(ProjectMeeting, meeting_id)
    if meeting is None:
        raise MeetingUnknown(meeting_id)
    return meeting


def _decision(session: Session, actor: Actor, decision_id: int) -> MeetingDecision:
    wanted = select(MeetingDecision).where(MeetingDecision.id == decision_id, _visible(actor))
    decision = session.scalars(wanted.with_for_update()).one_or_none()
    if decision is None:
        raise DecisionUnknown(decision_id)
    return decision


def units_to_choose(session: Session) -> Sequence[Unit]:
    """Return the units that take work."""
    return session.scalars(select(Unit).where(Unit.active).order_by(Unit.position, Unit.id)).all()
