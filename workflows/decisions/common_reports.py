"""One report for several parts: a unit writes once, its head signs once, each part is reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

import engine
from engine import Session, now
from workflows import reports, rules, steps, store
from workflows.actors import Actor
from workflows.errors import NotYours, TooFewParts
from workflows.reports import ReportText
from workflows.tables import Assignment, CommonReport, Item, Report, Role, Todo

FEWEST = 2


@dataclass(frozen=True, slots=True)
class PartShare:
    """How far one part has come, by the task that asks for its report."""

    task_id: UUID
    percent: int
    final: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A part whose report is due, with its item."""

    todo: Todo
    item: Item
    part: Assignment


def reportable(session: Session, actor: Actor) -> Sequence[Waiting]:
    """Return the parts whose reports the actor may write now, by unit and limit."""
    mine = actor.unit_ids(Role.HANDLER)
    wanted = (
        select(Todo, Item, Assignment)
        .join(Item, Item.id == Todo.item_id)
        .join(Assignment, Assignment.id == Todo.assignment_id)
        .where(Todo.step == steps.REPORT, Todo.closed_at.is_(None), Todo.unit_id.in_(mine))
        .options(joinedload(Assignment.unit))
        .order_by(Todo.unit_id, Todo.due_on.is_(None), Todo.due_on, Todo.task_id)
    )
    rows = session.execute(wanted).all()
    return [Waiting(*row) for row in rows if rules.may_do(actor, row[0])]


def submit_common(
    session: Session,
    actor: Actor,
    shares: Sequence[PartShare],
    words: ReportText,
) -> CommonReport:
    """File one text for several of a unit's parts, each with how far it has come.

    ``words`` says progress, problems and next steps; what it says of the share is each part's own.
    """
    rules.must_have(actor, Role.HANDLER)
    todos = [store.todo_of(session, share.task_id) for share in shares]
    unit_id = _one_unit(todos)
    common = CommonReport(unit_id=unit_id, author_id=actor.person_id, at=now(session))
    session.add(common)
    session.flush()
    for share in sorted(shares, key=lambda each: _instance(session, each.task_id)):
        text = ReportText(
            share.final, words.progress, words.problems, words.next_steps, share.percent
        )
        report = reports.submit_report(session, actor, share.task_id, text)
        report.common_id = common.id
    return common


def confirm(
    session: Session,
    actor: Actor,
    task_id: UUID,
    sign: bool,  # noqa: FBT001 (the head's answer)
    reason: str = "",
) -> Report:
    """Sign a report; one that serves several parts is signed, or declined, for all that wait."""
    todo = store.todo_of(session, task_id)
    tasks = {task_id, *_sisters(session, todo)}
    answered = {
        each: reports.confirm_report(session, actor, each, sign, reason)
        for each in sorted(tasks, key=lambda each: _instance(session, each))
    }
    return answered[task_id]


def serves(session: Session, actor: Actor, report: Report | None) -> Sequence[tuple[Report, Item]]:
    """Return the same text's reports about other parts whose items the actor may see."""
    if report is None or report.common_id is None:
        return []
    wanted = (
        select(Report, Item)
        .join(Item, Item.id == Report.item_id)
        .where(
            Report.common_id == report.common_id,
            Report.id != report.id,
            store.visible_to(actor),
        )
    )
    return [(other, item) for other, item in session.execute(wanted.order_by(Report.id))]


def others_to_report(session: Session, todo: Todo) -> int:
    """Count the unit's other parts that wait for a report."""
    wanted = select(func.count()).where(
        Todo.step == steps.REPORT,
        Todo.closed_at.is_(None),
        Todo.unit_id == todo.unit_id,
        Todo.task_id != todo.task_id,
    )
    return session.scalar(wanted) or 0


def _one_unit(todos: Sequence[Todo]) -> int:
    """Name the unit whose parts these are; a report is one unit's, for two parts at least."""
    if len({todo.task_id for todo in todos}) < FEWEST or len(todos) < FEWEST:
        raise TooFewParts(FEWEST)
    units = {todo.unit_id for todo in todos}
    unit_id = todos[0].unit_id
    if len(units) > 1 or unit_id is None:
        raise NotYours(Role.HANDLER.value, unit_id)
    return unit_id


def _sisters(session: Session, todo: Todo) -> Sequence[UUID]:
    """Return the tasks at which the same report waits for the same head."""
    part = None if todo.assignment_id is None else store.assignment_of(session, todo.assignment_id)
    if part is None or part.reports_made == 0:
        return []
    report = store.latest_report(session, part)
    if report.common_id is None:
        return []
    wanted = (
        select(Todo.task_id)
        .join(Assignment, Assignment.id == Todo.assignment_id)
        .join(
            Report,
            (Report.assignment_id == Assignment.id) & (Report.number == Assignment.reports_made),
        )
        .where(
            Report.common_id == report.common_id,
            Todo.step == steps.CONFIRM,
            Todo.closed_at.is_(None),
        )
    )
    return session.scalars(wanted).all()


def _instance(session: Session, task_id: UUID) -> UUID:
    """Return a task's instance: several are locked in the order of their numbers."""
    return engine.find_task(session, task_id).instance_id
