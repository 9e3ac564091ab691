"""Running items go on with another version, as far as that can be proved, and back."""

import pytest

import engine
from engine import Attempt
from tests.workflows.town import Town
from workflows.errors import NothingToMove, NotYours, ReasonMissing
from workflows.items import approve_item
from workflows.processes import DIAGRAMS
from workflows.tables import MigrationRun, MoveState, RunState
from workflows.trials import moving

SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
RENAMED = SHIPPED.replace("立项审批".encode(), "主任审批".encode())
WHY = "审批改由主任办"
FIRST = Attempt(1, 1, last=False)


def newer(town: Town, xml: bytes = RENAMED) -> int:
    """Deploy a version in which a step is called something else."""
    return town.database.write(lambda session: engine.deploy(session, xml, by="admin")).id


def work(town: Town, run: MigrationRun) -> MigrationRun:
    """Do the job that was ordered, and return the migration as it is then."""
    moving.work(town.database, {"run": run.id, "undo": run.undoing}, FIRST)
    return town.look("admin", moving.run_of, run.id)


def states(town: Town, run: MigrationRun) -> list[MoveState]:
    with town.database.read() as session:
        return [one.state for one in session.get_one(MigrationRun, run.id).moves]


def test_the_plan_says_where_each_item_stands_and_shows_no_titles(town: Town) -> None:
    item = town.registered()
    version = newer(town)

    plan = town.look("admin", moving.plan, version)

    (one,) = plan.runners
    assert (one.business_key, one.reason, one.title) == (str(item), None, "")
    assert [place.name for place in one.at] == ["立项审批"]
    with pytest.raises(NotYours):
        town.look("li", moving.plan, version)


def test_chosen_items_move_with_their_todos_and_are_taken_back(town: Town) -> None:
    items = [town.registered(), town.registered(title="另一件事")]
    chosen = {town.item(items[0]).instance_id}
    run = town.act("admin", moving.order, newer(town), chosen, WHY)

    done = work(town, run)

    assert (done.state, states(town, run)) == (RunState.DONE, [MoveState.MOVED])
    assert [town.todo(item, "approve").name for item in items] == ["主任审批", "立项审批"]

    back = work(town, town.act("admin", moving.order_undo, run.id))

    assert (back.state, states(town, run)) == (RunState.DONE, [MoveState.UNDONE])
    assert town.todo(items[0], "approve").name == "立项审批"
    with pytest.raises(NothingToMove):
        town.act("admin", moving.order_undo, run.id)


def test_what_has_gone_on_since_is_not_taken_back(town: Town) -> None:
    item = town.registered()
    run = work(town, town.act("admin", moving.order, newer(town), None, WHY))
    town.act("zhang", approve_item, town.task(item, "approve"), "approve")

    work(town, town.act("admin", moving.order_undo, run.id))

    assert states(town, run) == [MoveState.KEPT]


def test_a_worker_that_was_stopped_between_two_words_forgets_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = town.registered()
    run = town.act("admin", moving.order, newer(town), None, WHY)

    def stopped(*_told: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(moving, "_tell", stopped)
        with pytest.raises(KeyboardInterrupt):
            work(town, run)
    assert town.todo(item, "approve").name == "主任审批"
    work(town, run)
    assert states(town, run) == [MoveState.MOVED]

    back = town.act("admin", moving.order_undo, run.id)
    with monkeypatch.context() as patched:
        patched.setattr(moving, "_put", stopped)
        with pytest.raises(KeyboardInterrupt):
            work(town, back)
    work(town, back)

    assert states(town, run) == [MoveState.UNDONE]
    assert town.todo(item, "approve").name == "立项审批"


def test_what_ends_before_its_turn_is_passed_over(town: Town) -> None:
    item = town.registered()
    run = town.act("admin", moving.order, newer(town), None, WHY)
    town.act("zhang", approve_item, town.task(item, "approve"), "refuse", "不属督查范围")

    work(town, run)

    assert states(town, run) == [MoveState.PASSED]


def test_without_a_reason_or_anything_that_can_move_nothing_is_ordered(town: Town) -> None:
    with pytest.raises(NothingToMove):
        town.act("admin", moving.order, newer(town), None, WHY)
    town.registered()
    version = newer(town, SHIPPED)
    with pytest.raises(ReasonMissing):
        town.act("admin", moving.order, version, None, "  ")
    with pytest.raises(NothingToMove):
        town.act("admin", moving.order, version, set(), WHY)
