"""What the pages of the revisit read: visits with their papers, people and objections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from engine import Session
from workflows import casefile, rules, store
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import NotNow, RevisitUnknown
from workflows.lights import Light, light_of
from workflows.revisits.objections import objection_until
from workflows.tables import (
    Assignment,
    Item,
    Paper,
    Revisit,
    RevisitObjection,
    Todo,
)

SHOWN = 200


class Scope(StrEnum):
    """Which visits a list shows."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class VisitFile:
    """A visit with everything that a reader may know of it."""

    visit: Revisit
    people: Mapping[int, str]
    papers: Sequence[Paper]
    objections: Sequence[tuple[RevisitObjection, Assignment]]
    until: date | None
    may_object: Sequence[Assignment]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit as a line of a list, with its light and what waits for it."""

    visit: Revisit
    item: Item
    lead: str
    light: Light
    todo: Todo | None
    visitor: str


def sees_samples(actor: Actor) -> bool:
    """Say whether somebody may look at the samples and lots of the office."""
    return store.sees_all(actor)


def files_of(session: Session, actor: Actor, item_id: int) -> list[VisitFile]:
    """Return an item's visits that the actor may know of, the latest first."""
    store.visible_item(session, actor, item_id)
    wanted = select(Revisit).where(Revisit.item_id == item_id, store.visits_open_to(actor))
    visits = session.scalars(wanted.order_by(Revisit.id.desc())).all()
    return [_file(session, actor, visit) for visit in visits]


def visit_file(session: Session, actor: Actor, revisit_id: int) -> VisitFile:
    """Return one visit that the actor may know of; any other doesn't exist for them."""
    wanted = select(Revisit).where(Revisit.id == revisit_id, store.visits_open_to(actor))
    visit = session.scalars(wanted).one_or_none()
    if visit is None:
        raise RevisitUnknown(revisit_id)
    store.visible_item(session, actor, visit.item_id)
    return _file(session, actor, visit)


def objected_at(session: Session, todo: Todo) -> VisitFile:
    """Return the visit whose conclusion a todo asks to decide about."""
    wanted = select(RevisitObjection.revisit_id).where(
        RevisitObjection.assignment_id == todo.assignment_id,
        RevisitObjection.decided_at.is_(None),
    )
    revisit_id = session.scalars(wanted.order_by(RevisitObjection.id.desc())).first()
    if revisit_id is None:
        raise NotNow("conclusion", "decided")
    return _file(session, None, session.get_one(Revisit, revisit_id))


def lines(session: Session, actor: Actor, scope: Scope) -> Sequence[VisitLine]:
    """Return the office's visits to be made or made, the most pressing or the latest first."""
    rules.must_have(actor, *store.SEES_ALL)
    order = (Revisit.due_on, Revisit.id) if scope is Scope.OPEN else (Revisit.done_at.desc(),)
    is_open = Revisit.done_at.is_(None)
    rows = session.execute(
        select(Revisit, Item)
        .join(Item, Item.id == Revisit.item_id)
        .where(is_open if scope is Scope.OPEN else ~is_open)
        .order_by(*order)
        .limit(SHOWN)
    ).all()
    todos = _todos(session, [item.id for _, item in rows])
    names = casefile.names_of(session, [visit.done_by_id for visit, _ in rows])
    day = today(session)
    return [
        VisitLine(
            visit=visit,
            item=item,
            lead=_lead_name(item),
            light=light_of(visit.due_on, visit.warn_on, day, done=visit.done_at is not None),
            todo=todos.get(item.id) if scope is Scope.OPEN else None,
            visitor=names.get(visit.done_by_id or 0, ""),
        )
        for visit, item in rows
    ]


def _lead_name(item: Item) -> str:
    """Name the unit that leads in the present round."""
    leading = (part for part in item.assignments if part.round == item.round)
    return next((part.unit.name for part in leading if casefile.is_leading(part)), "")


def _file(session: Session, actor: Actor | None, visit: Revisit) -> VisitFile:
    rows = session.execute(
        select(RevisitObjection, Assignment)
        .join(Assignment, Assignment.id == RevisitObjection.assignment_id)
        .where(RevisitObjection.revisit_id == visit.id)
        .order_by(RevisitObjection.id)
    )
    objections = [(objection, part) for objection, part in rows]
    until = objection_until(session, visit)
    people = {visit.asked_by_id, visit.planned_by_id, visit.done_by_id, *visit.team}
    people |= {person for each, _ in objections for person in (each.made_by_id, each.decided_by_id)}
    papers = session.scalars(
        select(Paper).where(Paper.visit_id == visit.id).order_by(Paper.uploaded_at, Paper.id)
    ).all()
    in_time = until is not None and today(session) <= until
    return VisitFile(
        visit=visit,
        people=casefile.names_of(session, people),
        papers=papers,
        objections=objections,
        until=until,
        may_object=_own_parts(session, actor, visit, objections) if actor and in_time else (),
    )


def _own_parts(
    session: Session,
    actor: Actor,
    visit: Revisit,
    objections: Sequence[tuple[RevisitObjection, Assignment]],
) -> list[Assignment]:
    """Return the parts for which the actor could still object."""
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))
    objected = {part.id for _, part in objections}
    parts = store.parts_of_round(session, visit.item_id, visit.round)
    return [part for part in parts if part.unit_id in mine and part.id not in objected]


def _todos(session: Session, ids: Sequence[int]) -> Mapping[int, Todo]:
    wanted = select(Todo).where(
        Todo.item_id.in_(ids), Todo.step == store.VISIT, Todo.closed_at.is_(None)
    )
    return {todo.item_id: todo for todo in session.scalars(wanted)}
