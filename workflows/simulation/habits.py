"""When somebody means to do a step: who is slow stays slow.

A unit is diligent, usual or slack for the whole year. The numbers here are habits of a
simulated city, not rules of the office.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from engine import Session
from workflows import steps, store
from workflows.simulation.year import Year
from workflows.tables import Assignment, AssignmentState, Item, Project, Role, Todo

PATIENCE: Mapping[str, tuple[int, int]] = {
    steps.APPROVE: (0, 1),
    steps.ASSIGN: (0, 1),
    steps.DECOMPOSE: (1, 3),
    steps.INSTRUCT: (1, 4),
    steps.CONSENT: (1, 2),
    steps.CLOSE: (0, 2),
    steps.REVIEW: (1, 3),
    steps.REVISIT: (5, 18),
    steps.CONTACT: (15, 40),
    steps.OPINION: (8, 22),
    steps.REPLY: (3, 10),
    steps.SATISFACTION: (5, 12),
}
"""From how many to how many working days somebody takes; everything else takes a day or two."""


def slackness(unit_id: int | None) -> float:
    """Return how slack a unit is, from 0 to 1; the same all year."""
    return ((unit_id or 0) * 37 % 10) / 10


def day_for(year: Year, session: Session, todo: Todo, item: Item) -> date:
    """Return the day on which somebody means to do a step."""
    if todo.step == steps.REPORT:
        return _report_day(year, session, todo, item)
    if todo.step == steps.ACCEPTANCE:
        return year.later(5)
    least, most = PATIENCE.get(todo.step, (0, 2))
    slack = slackness(todo.unit_id) if todo.role in (Role.HANDLER, Role.UNIT_HEAD) else 0.3
    return year.later(least + year.random.random() * (most - least) * (0.6 + slack))


def _report_day(year: Year, session: Session, todo: Todo, item: Item) -> date:
    """Return the day of the next report: the interim one that is due, or the last one."""
    part = store.assignment_of(session, todo.assignment_id)
    final = final_day(year, session, part, item)
    if part.state is AssignmentState.RETURNED:
        return year.later(2 + year.random.random() * 4)
    interim = part.interim_due_on
    if interim is not None and interim < final:
        return max(year.today, interim - timedelta(days=year.random.randrange(2)))
    return max(year.today, final)


def final_day(year: Year, session: Session, part: Assignment, item: Item) -> date:
    """Return when a unit means to be done: near its limit, a slack one beyond it."""
    if part.id not in year.memory.finished:
        project = session.get(Project, item.id)
        target = part.due_on or year.today + timedelta(days=60)
        if project is not None:
            target = project.ends_on
        late = year.random.gauss(-6 + 12 * slackness(part.unit_id), 5)
        year.memory.finished[part.id] = max(year.today, target + timedelta(days=round(late)))
        if year.chance(12) and part.due_on is not None:
            year.memory.wishes[part.id] = part.due_on - timedelta(days=2)
    return year.memory.finished[part.id]
