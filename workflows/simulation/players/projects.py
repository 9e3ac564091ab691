"""How a key project is supervised and accepted."""

from collections.abc import Mapping

from sqlalchemy import select

from engine import Session
from workflows import steps
from workflows.actors import Actor
from workflows.methods import Method
from workflows.projects import milestones, supervision
from workflows.simulation.year import Player, Year
from workflows.tables import Milestone, MilestoneState, Todo


def _supervise(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    sound = not year.chance(20)
    said = "进度正常。" if sound else "征地进度滞后。"
    supervision.supervise(session, actor, todo.task_id, Method.ON_SITE, said, sound)


def _acceptance(_: Year, session: Session, actor: Actor, todo: Todo) -> None:
    for node in _claimed(session, todo.item_id):
        milestones.review(session, actor, node.id, True)  # noqa: FBT003 (the verdict)
    session.flush()
    supervision.accept_project(session, actor, todo.task_id, True, "验收合格。")  # noqa: FBT003 (the verdict)


def _claimed(session: Session, item_id: int) -> list[Milestone]:
    wanted = select(Milestone).where(
        Milestone.project_id == item_id, Milestone.state == MilestoneState.CLAIMED
    )
    return list(session.scalars(wanted.order_by(Milestone.id)))


STEPS: Mapping[str, Player] = {
    steps.SUPERVISE: _supervise,
    steps.ACCEPTANCE: _acceptance,
}
