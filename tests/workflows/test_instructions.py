"""Several leaders' words on one paper: differing ones are settled first, each gets the result."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.workflows.town import NOT_THEIRS, Town
from workflows import results
from workflows.errors import DayAhead, NoItem, PostRefused, PostTwice, TextMissing
from workflows.instructions import Asks, InstructionDetails, Words, resolve
from workflows.items import register_item
from workflows.tables import LeaderInstruction, Resolution, Todo


def two_leaders(town: Town, *, differs: bool) -> InstructionDetails:
    """Return the secretary's words beside the mayor's."""
    words = Words(town.posts["secretary"], "重点工程不能停。", date(2020, 3, 1), differs=differs)
    return InstructionDetails(given_on=date(2020, 2, 28), others=(words,))


def present(town: Town, item_id: int, who: str, *, new: bool) -> None:
    """Let a leader answer the result."""
    (todo,) = [t for t in _presented(town, item_id) if t[1] == town.posts[who]]
    town.act(who, results.record_instruction, todo[0], new, "意见")


def _presented(town: Town, item_id: int) -> list[tuple[object, int | None]]:
    wanted = select(Todo).where(
        Todo.item_id == item_id, Todo.step == "instruct", Todo.closed_at.is_(None)
    )
    return [(todo.task_id, todo.post_id) for todo in town.rows(wanted)]


def test_each_leaders_words_are_kept(town: Town) -> None:
    item_id = town.registered(details=two_leaders(town, differs=False))

    rows = town.rows(select(LeaderInstruction).order_by(LeaderInstruction.id))
    assert [(row.post_id, row.given_on, row.differs) for row in rows] == [
        (town.posts["mayor"], date(2020, 2, 28), False),
        (town.posts["secretary"], date(2020, 3, 1), False),
    ]
    assert rows[0].words == town.item(item_id).basis


def test_words_that_agree_are_handed_out_at_once(town: Town) -> None:
    item_id = town.approved(details=two_leaders(town, differs=False))

    assert town.open_steps(item_id) == ["assign"]


def test_words_that_differ_are_settled_by_the_director_first(town: Town) -> None:
    item_id = town.approved(details=two_leaders(town, differs=True))
    assert town.open_steps(item_id) == ["resolve"]

    town.act("zhang", resolve, town.task(item_id, "resolve"), "settle", "错时放行")

    assert town.open_steps(item_id) == ["assign"]
    assert town.item(item_id).basis.endswith("2020-03-02 错时放行")
    assert town.story(item_id)[-1] == "difference_settled"


def test_the_director_may_ask_the_principal_leader(town: Town) -> None:
    item_id = town.approved(details=two_leaders(town, differs=True))

    town.act("zhang", resolve, town.task(item_id, "resolve"), "refer", "请市长定")
    assert town.todo(item_id, "resolve").post_id == town.posts["mayor"]
    with pytest.raises(NOT_THEIRS):
        town.act("secretary", resolve, town.task(item_id, "resolve"), "settle", "我定")
    town.act("mayor", resolve, town.task(item_id, "resolve"), "settle", "一律暂停")

    assert town.open_steps(item_id) == ["assign"]
    told = town.rows(select(Resolution).order_by(Resolution.id))
    assert [(row.referred, row.words) for row in told] == [(True, "请市长定"), (False, "一律暂停")]


@pytest.mark.parametrize("who", ["li", "mayor", "chu", "fan", "auditor", "admin"])
def test_nobody_else_settles_it(town: Town, who: str) -> None:
    item_id = town.approved(details=two_leaders(town, differs=True))

    with pytest.raises(NOT_THEIRS):
        town.act(who, resolve, town.task(item_id, "resolve"), "settle", "按我说的")


def test_a_settlement_says_what_holds(town: Town) -> None:
    item_id = town.approved(details=two_leaders(town, differs=True))

    with pytest.raises(TextMissing):
        town.act("zhang", resolve, town.task(item_id, "resolve"), "settle", " ")


def test_the_result_goes_back_to_each_and_all_must_have_nothing_new(town: Town) -> None:
    item_id = town.accepted(details=two_leaders(town, differs=False))
    assert {post for _, post in _presented(town, item_id)} == {
        town.posts["mayor"],
        town.posts["secretary"],
    }

    present(town, item_id, "secretary", new=False)
    assert town.open_steps(item_id) == ["instruct"]
    present(town, item_id, "mayor", new=False)

    assert town.open_steps(item_id) == ["close"]


def test_one_new_instruction_hands_it_out_again(town: Town) -> None:
    item_id = town.accepted(details=two_leaders(town, differs=False))

    present(town, item_id, "mayor", new=True)
    present(town, item_id, "secretary", new=False)

    assert town.open_steps(item_id) == ["assign"]


def test_what_only_asks_to_be_read_is_no_item(town: Town) -> None:
    with pytest.raises(NoItem):
        town.act("li", register_item, town.registration(details=InstructionDetails(Asks.READING)))


def test_words_nobody_can_have_said_are_refused(town: Town) -> None:
    secretary = Words(town.posts["secretary"], "同意")
    for others, refusal in (
        ((Words(town.posts["fan"], "同意"),), PostRefused),
        ((Words(town.posts["secretary"], " "),), TextMissing),
        ((secretary, secretary), PostTwice),
        ((Words(town.posts["secretary"], "同意", date(2020, 3, 3)),), DayAhead),
    ):
        said = town.registration(details=InstructionDetails(others=others))
        with pytest.raises(refusal):
            town.act("li", register_item, said)
