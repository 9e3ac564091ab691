"""Visits: planned with a method and a team, recorded with a checklist, findings and a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from engine import Session, now
from workflows import desk, limits, messages, papers, rules, steps, store, story
from workflows.actors import Actor, holders
from workflows.calendar import today
from workflows.errors import ChoiceUnknown, PersonUnknown
from workflows.methods import Method
from workflows.papers import Checked
from workflows.revisits import checklist, ordering
from workflows.revisits.checklist import Answer
from workflows.story import Happened
from workflows.tables import Cause, Item, Paper, Person, Revisit

CHOICES = tuple(method.value for method in Method)
NAME = 80
OBJECT = "conclusion.object"
"""The limit within which a unit may object to a conclusion."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody from elsewhere who comes along: the name, and whom they belong to."""

    name: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How, when and by whom an item is to be visited."""

    method: Method | str
    planned_on: date
    team: Sequence[int] = ()
    guests: Sequence[Guest] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a visit found: in words, by the checklist, on photographs, and the verdict."""

    method: Method | str
    findings: str
    solved: bool
    answers: Sequence[Answer] = ()
    paper_ids: Sequence[UUID] = ()


def office_people(session: Session) -> Sequence[Person]:
    """Return who can be on a team: everybody who holds a post of the office today."""
    found = {person.id: person for role in rules.OFFICE for person in holders(session, role)}
    return [found[person_id] for person_id in sorted(found)]


def plan_visit(session: Session, actor: Actor, task_id: UUID, plan: Plan) -> Revisit:
    """Plan a visit; the units hear of it, unless it comes unannounced."""
    method = known_method(plan.method)
    errand = steps.take(session, actor, task_id, steps.REVISIT)
    item = store.item_to_change(session, errand.todo.item_id)
    rules.must_lie_ahead(plan.planned_on, today(session))
    revisit = _ordered(session, item)
    revisit.method, revisit.planned_on = method, plan.planned_on
    revisit.planned_by_id = actor.person_id
    revisit.team = must_be_of_the_office(session, plan.team)
    revisit.guests = [named(guest) for guest in plan.guests]
    facts = {"method": method, "on": plan.planned_on}
    story.tell(session, item, Happened.VISIT_PLANNED, actor, facts, revisit)
    if method != Method.UNANNOUNCED:
        _tell_units(session, revisit, "visit_planned", facts)
    return revisit


def keep_photograph(session: Session, actor: Actor, task_id: UUID, checked: Checked) -> Paper:
    """Keep a photograph or paper with the visit that is being made."""
    errand = steps.take(session, actor, task_id, steps.REVISIT)
    visit = _ordered(session, store.item_to_change(session, errand.todo.item_id))
    return papers.keep_paper(session, actor, errand.todo.item_id, checked, visit)


def record_revisit(session: Session, actor: Actor, task_id: UUID, finding: Finding) -> Revisit:
    """Record what a revisit found and tell the units; the diagram re-opens what isn't solved."""
    method, solved = known_method(finding.method), finding.solved
    errand = steps.take(session, actor, task_id, steps.REVISIT)
    said = rules.must_say("findings", finding.findings)
    marks = checklist.answered(checklist.questions(session), finding.answers, solved=solved)
    item = store.item_to_change(session, errand.todo.item_id)
    revisit = _ordered(session, item)
    revisit.method, revisit.findings, revisit.solved = method, said, solved
    revisit.checklist = marks
    revisit.done_by_id, revisit.done_at = actor.person_id, now(session)
    session.flush()
    _attach(session, actor, revisit, finding.paper_ids)

    facts = {"method": method, "findings": said, "solved": solved}
    story.tell(session, item, Happened.REVISITED, actor, facts, revisit)
    until = limits.due_date(session, today(session), OBJECT).on
    _tell_units(session, revisit, "revisit_concluded", {**facts, "until": until})
    outcome = "solved" if solved else "unsolved"
    desk.move_on(session, actor, errand.task, outcome, {"solved": solved})
    return revisit


def visits(session: Session, actor: Actor, item_id: int) -> Sequence[Revisit]:
    """Return an item's visits that the actor may know of, the oldest first."""
    store.visible_item(session, actor, item_id)
    wanted = select(Revisit).where(Revisit.item_id == item_id, store.visits_open_to(actor))
    return session.scalars(wanted.order_by(Revisit.id)).all()


def known_method(method: Method | str) -> str:
    """Return a method's name, or refuse one that the office doesn't have."""
    if method not in CHOICES:
        raise ChoiceUnknown("method", str(method), CHOICES)
    return Method(method).value


def must_be_of_the_office(session: Session, team: Sequence[int]) -> list[int]:
    """Return a team's people without repeats; refuse whoever holds no post of the office."""
    known = {person.id for person in office_people(session)}
    for person_id in team:
        if person_id not in known:
            raise PersonUnknown(person_id)
    return list(dict.fromkeys(team))


def named(guest: Guest) -> dict[str, str]:
    """Return somebody from elsewhere as the plan keeps them."""
    rules.must_fit("guests", guest.organisation, NAME)
    name = rules.must_say("guests", guest.name, NAME)
    return {"name": name, "organisation": guest.organisation.strip()}


def visitors_of(revisit: Revisit) -> frozenset[int]:
    """Name everybody of the house who was there, and whoever recorded it."""
    return frozenset(revisit.team) | {revisit.done_by_id or 0}


def _ordered(session: Session, item: Item) -> Revisit:
    """Return the revisit that was ordered; a diagram may ask for one that no lot was drawn for."""
    pending = store.pending_revisit(session, item.id)
    return pending or ordering.order(session, item, Cause.ASKED)


def _attach(session: Session, actor: Actor, revisit: Revisit, paper_ids: Sequence[UUID]) -> None:
    """Give the visit the photographs that its recorder kept with the item for it."""
    wanted = select(Paper).where(
        Paper.id.in_(list(paper_ids)),
        Paper.item_id == revisit.item_id,
        Paper.uploaded_by_id == actor.person_id,
        Paper.report_id.is_(None),
        or_(Paper.visit_id.is_(None), Paper.visit_id == revisit.id),
    )
    for paper in session.scalars(wanted):
        paper.visit_id = revisit.id


def _tell_units(session: Session, revisit: Revisit, kind: str, facts: Mapping[str, object]) -> None:
    """Tell every unit that had the item in the round that is visited."""
    for part in store.parts_of_round(session, revisit.item_id, revisit.round):
        messages.to_unit(session, part, kind, facts)
