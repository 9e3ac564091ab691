"""What happens beside the steps: wishes for more time, urging, milestones, samples."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select

from engine import Session
from workflows import changes, revisits, store, urges
from workflows.changes import Wish
from workflows.methods import Method
from workflows.projects import milestones
from workflows.simulation.year import Year
from workflows.tables import (
    Assignment,
    AssignmentState,
    ChangeKind,
    Item,
    ItemState,
    Kind,
    Milestone,
    MilestoneState,
    Role,
)

QUARTER_ENDS = ((4, 8), (7, 8), (10, 9))
SAMPLED = 5
FRIDAY = 5


def _ask_for_changes(year: Year) -> None:
    """Let units ask for more time before their limits, one in twenty to be let go."""
    for part_id, on in list(year.memory.wishes.items()):
        if on > year.today:
            continue
        del year.memory.wishes[part_id]
        year.write(_ask, part_id)


def _ask(session: Session, year: Year, part_id: int) -> None:
    part = store.assignment_of(session, part_id)
    item = session.get_one(Item, part.item_id)
    if part.state is not AssignmentState.HANDLING or part.due_on is None:
        return
    if item.kind is Kind.KEY_PROJECT or part.due_on < year.today:
        return
    actor = year.city.seat(Role.HANDLER, part.unit_id)
    later = part.due_on + timedelta(days=year.random.randrange(5, 25))
    wish = Wish(ChangeKind.EXTEND, "汛期影响施工。", "已完成六成。", later)
    if year.chance(5):
        wish = Wish(ChangeKind.CANCEL, "上级政策调整，事项不再需要。", "已停止。")
    changes.ask_change(session, actor, part_id, wish)


def _urge(year: Year) -> None:
    """Let the office urge on Fridays whoever is late."""
    if year.today.isoweekday() != FRIDAY:
        return
    with year.database.read() as session:
        late = select(Assignment.id).join(Item, Item.id == Assignment.item_id)
        running = (AssignmentState.HANDLING, AssignmentState.RETURNED, AssignmentState.ASSIGNED)
        ids = session.scalars(
            late.where(
                Assignment.due_on < year.today,
                Assignment.state.in_(running),
                Item.state == ItemState.OPEN,
            ).order_by(Assignment.id)
        ).all()
    if ids:
        text = "时限已过，请说明原因并尽快反馈。"
        year.act(year.city.supervisors[0], urges.urge_many, ids, Method.SYSTEM, text)


def _review_nodes(year: Year) -> None:
    """Let the office look at the milestones that units say are reached."""
    with year.database.read() as session:
        wanted = select(Milestone).where(Milestone.state == MilestoneState.CLAIMED)
        ids = [node.id for node in session.scalars(wanted.order_by(Milestone.id))]
    for node_id in ids:
        accepted = not year.chance(10)
        reason = "" if accepted else "照片看不出进度。"
        year.act(year.city.supervisors[0], milestones.review, node_id, accepted, reason)


def _sample(year: Year) -> None:
    """Let the office draw a sample of what was closed, once a quarter."""
    for month, day in QUARTER_ENDS:
        if (year.today.month, year.today.day) < (month, day) or (month, day) in year.memory.sampled:
            continue
        year.memory.sampled.add((month, day))
        since = date(year.today.year, month - 3, 1)
        until = date(year.today.year, month, 1) - timedelta(days=1)
        year.act(year.city.supervisors[0], revisits.draw_sample, since, until, list(Kind), SAMPLED)


DAILY: tuple[Callable[[Year], None], ...] = (_ask_for_changes, _urge, _review_nodes, _sample)
"""What happens beside the steps, tried on every working day."""
