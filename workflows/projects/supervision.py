"""Weekly supervision 每周督查 and acceptance 验收: what the office does about a project."""

from uuid import UUID

from sqlalchemy import select

from engine import Session, now
from workflows import desk, messages, rules, steps, store, story
from workflows.actors import Actor
from workflows.errors import ChoiceUnknown, NodesOpen
from workflows.methods import Method
from workflows.projects.lights import relight
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    Item,
    Milestone,
    MilestoneState,
    Part,
    Project,
    WeeklyFinding,
)

CHOICES = tuple(method.value for method in Method)


def call(session: Session, item: Item) -> bool:
    """Look at a project anew once a week; say whether somebody has to go and see.

    Where the last week's supervision waits still, no second one is called for.
    """
    project = session.get(Project, item.id)
    if project is not None:
        relight(session, project)
    return store.open_todo_of_item(session, item.id, steps.SUPERVISE) is None


def supervise(
    session: Session,
    actor: Actor,
    task_id: UUID,
    method: str,
    finding: str,
    sound: bool,  # noqa: FBT001 (the finding itself)
) -> WeeklyFinding:
    """Record what the week's supervision found; a problem is told to the units."""
    if method not in CHOICES:
        raise ChoiceUnknown("method", method, CHOICES)
    errand = steps.take(session, actor, task_id, steps.SUPERVISE)
    said = rules.must_say("finding", finding)
    item = session.get_one(Item, errand.todo.item_id)
    found = WeeklyFinding(
        item_id=item.id,
        method=method,
        finding=said,
        sound=sound,
        found_by_id=actor.person_id,
        found_at=now(session),
    )
    session.add(found)
    facts = {"method": method, "finding": said, "sound": sound}
    story.tell(session, item, Happened.SUPERVISED, actor, facts)
    if not sound:
        for part in _leading(session, item):
            messages.to_unit(session, part, "supervised", facts)
    desk.move_on(session, actor, errand.task, "sound" if sound else "problem")
    return found


def accept_project(
    session: Session,
    actor: Actor,
    task_id: UUID,
    passed: bool,  # noqa: FBT001 (the verdict itself)
    opinion: str = "",
) -> Item:
    """Accept a finished project, every milestone of it reviewed; or send it back to its units."""
    errand = steps.take(session, actor, task_id, steps.ACCEPTANCE)
    said = opinion.strip() if passed else rules.must_give_reason(opinion, "opinion")
    item = session.get_one(Item, errand.todo.item_id)
    if passed:
        _must_be_done(session, item)
    facts = {"passed": passed, "opinion": said}
    story.tell(session, item, Happened.PROJECT_ACCEPTED, actor, facts)
    desk.move_on(session, actor, errand.task, "pass" if passed else "rework")
    return item


def _must_be_done(session: Session, item: Item) -> None:
    wanted = select(Milestone.name).where(
        Milestone.project_id == item.id, Milestone.state != MilestoneState.DONE
    )
    waiting = session.scalars(wanted.order_by(Milestone.due_on)).all()
    if waiting:
        raise NodesOpen(waiting)


def _leading(session: Session, item: Item) -> list[Assignment]:
    unit_id = store.lead_unit_id(session, item)
    return [
        part
        for part in item.assignments
        if part.part is Part.LEAD and part.round == item.round and part.unit_id == unit_id
    ]
