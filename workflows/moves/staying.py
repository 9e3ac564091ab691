"""Days that somebody chose: no calendar moves them, but one may make them a day off."""

from collections.abc import Iterator

from sqlalchemy import select

from engine import Session
from workflows import rules, store
from workflows.actors import Actor
from workflows.calendar import WorkCalendar, calendar_of, today
from workflows.moves.finding import open_parts, open_rungs
from workflows.moves.moved import Stay
from workflows.reckoning import is_fixed
from workflows.tables import (
    Item,
    MeetingDecision,
    Milestone,
    MilestoneState,
    Revisit,
    StationProblem,
)


def stays(session: Session, actor: Actor, planned: WorkCalendar) -> Iterator[Stay]:
    """Yield the open days from today on that are worked now, and wouldn't be any more."""
    day, own = today(session), calendar_of(session)
    for each in _chosen(session, actor):
        if each.on >= day and own.is_working(each.on) and not planned.is_working(each.on):
            yield each


def _chosen(session: Session, actor: Actor) -> Iterator[Stay]:
    """Yield the days of parts, milestones, tasks of meetings, visits, and problems on the spot."""
    yield from _chosen_of_parts(session)
    nodes = select(Milestone, Item).join(Item, Item.id == Milestone.project_id)
    for node, item in session.execute(
        nodes.where(Milestone.state == MilestoneState.OPEN, Item.state.in_(rules.ALIVE))
    ):
        yield Stay("milestone", node.due_on, item, name=node.name)
    tasks = select(MeetingDecision).where(MeetingDecision.done_at.is_(None))
    for task in session.scalars(tasks):
        yield Stay("task", task.due_on, task.item, task.unit, task.text)
    visits = select(Revisit, Item).join(Item, Item.id == Revisit.item_id)
    known = (Revisit.done_at.is_(None), store.visits_open_to(actor))
    for visit, item in session.execute(visits.where(*known)):
        if visit.planned_on is not None:
            yield Stay("visit", visit.planned_on, item)
    problems = select(StationProblem).where(StationProblem.settled_on.is_(None))
    for problem in session.scalars(problems):
        yield Stay("problem", problem.due_on, None, problem.owner_unit, problem.text)


def _chosen_of_parts(session: Session) -> Iterator[Stay]:
    """Yield the days on which parts are due, and on which slips want their answer."""
    for part in open_parts(session):
        if part.due_on is not None and is_fixed(part.due_why):
            yield Stay("limit", part.due_on, part.item, part.unit)
    for rung, part in open_rungs(session):
        if rung.answer_by is not None and is_fixed(rung.answer_why):
            yield Stay("answer", rung.answer_by, part.item, part.unit)
