"""How a unit receives, reports, signs and asks."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from engine import Session
from workflows import assignments, changes, papers, reports, steps, store
from workflows.actors import Actor
from workflows.blanks import blank
from workflows.projects import milestones
from workflows.projects.money import Figures
from workflows.reports import ReportText
from workflows.simulation.habits import final_day, slackness
from workflows.simulation.year import Player, Year
from workflows.tables import Assignment, Item, Milestone, MilestoneState, Part, Project, Todo

MONTHS = 12
FULL = 100


def _acknowledge(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    until = assignments.objection_until(session, part)
    if year.chance(4) and year.today <= until:
        reason = "此事项不属于本单位职责，请改交有关单位。"
        assignments.object_to(session, actor, todo.task_id, reason)
    else:
        assignments.acknowledge(session, actor, todo.task_id, "承办人")


def _report(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    item = session.get_one(Item, part.item_id)
    final = year.today >= final_day(year, session, part, item)
    figures = _figures(year, session, part, item)
    if figures is not None:
        _claim(year, session, actor, item, all_of_them=final)
        final = final and not _open_nodes(session, item)
    percent = FULL if final else min(95, part.percent + year.random.randrange(3, 25))
    said = ReportText(final, "已按计划推进，完成阶段任务。", "", "下一步按期办结。", percent)
    reports.submit_report(session, actor, todo.task_id, said, (), figures)


def _figures(year: Year, session: Session, part: Assignment, item: Item) -> Figures | None:
    project = session.get(Project, item.id)
    if project is None or part.part is not Part.LEAD:
        return None
    planned = next(
        (one.planned for one in project.years if one.year == year.today.year), Decimal(0)
    )
    pace = Decimal(str(round(year.random.uniform(0.5, 1.2) - 0.4 * slackness(part.unit_id), 2)))
    done = (planned / MONTHS * pace * Decimal(year.today.day) / 30).quantize(Decimal("0.01"))
    return Figures(year.today.year, year.today.month, max(done, Decimal(0)))


def _open_nodes(session: Session, item: Item) -> list[Milestone]:
    wanted = select(Milestone).where(
        Milestone.project_id == item.id, Milestone.state == MilestoneState.OPEN
    )
    return list(session.scalars(wanted.order_by(Milestone.position)))


def _claim(year: Year, session: Session, actor: Actor, item: Item, *, all_of_them: bool) -> None:
    """Show the milestones that are reached, each by a photograph."""
    slow = timedelta(days=round(20 * slackness(store.lead_unit_id(session, item))))
    for node in _open_nodes(session, item):
        if all_of_them or node.due_on + slow <= year.today:
            paper = papers.keep_paper(session, actor, item.id, blank("节点照片.pdf"))
            session.flush()
            milestones.claim(session, actor, node.id, year.today, [paper.id])


def _confirm(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    sign = not year.chance(3)
    reports.confirm_report(session, actor, todo.task_id, sign=sign, reason="数字请再核实。")


def _endorse_change(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    endorse = not year.chance(10)
    changes.endorse_change(session, actor, todo.task_id, endorse, "单位内部先挖潜。")


def _advise_change(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    pass_on = not year.chance(15)
    changes.advise_change(session, actor, todo.task_id, pass_on, "情况属实。")


STEPS: Mapping[str, Player] = {
    steps.ACKNOWLEDGE: _acknowledge,
    steps.REPORT: _report,
    steps.CONFIRM: _confirm,
    steps.ENDORSE_CHANGE: _endorse_change,
    steps.ADVISE_CHANGE: _advise_change,
}
