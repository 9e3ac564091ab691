"""The end of an item: the leader's word, the lot of the revisit, re-opening, closing."""

from datetime import date

import pytest
from sqlalchemy import select

from engine import Session
from tests.workflows.town import NOT_THEIRS, Town, found
from workflows import items, results, revisits
from workflows.closing import close_item
from workflows.errors import ChoiceUnknown, ItemUnknown, NotNow, TextMissing
from workflows.revisits.lots import lot
from workflows.tables import ClosedHow, ItemState, LeaderDecision, Notice, Revisit, Setting


def presented(town: Town, **changed: object) -> int:
    """Return an item whose leader had nothing to add."""
    item_id = town.accepted(**changed)
    town.answer(item_id, new_instruction=False, opinion="已阅")
    return item_id


def always_revisit(town: Town) -> None:
    """Let every lot win."""

    def change(session: Session) -> None:
        session.get_one(Setting, "revisit.chance").value = "100"

    town.database.write(change)


def visited(town: Town, item_id: int, *, solved: bool) -> None:
    """Let the office record what it found."""
    task = town.task(item_id, "revisit")
    town.act("li", revisits.record_revisit, task, found("unannounced", "实地查看", solved=solved))


def test_the_result_goes_to_the_leader_who_gave_the_instruction(town: Town) -> None:
    item_id = town.accepted()

    assert town.todo(item_id, "instruct").post_id == town.posts["mayor"]
    told = town.rows(select(Notice.person_id).where(Notice.kind == "instruct"))
    assert told == [town.people["mayor"]]


def test_without_an_instructing_leader_the_sponsor_is_asked(town: Town) -> None:
    item_id = town.accepted(instructing_post_id=None)

    assert town.todo(item_id, "instruct").post_id == town.posts["secretary"]


@pytest.mark.parametrize("who", ["secretary", "li", "zhang", "auditor"])
def test_nobody_else_speaks_for_the_leader(town: Town, who: str) -> None:
    task = town.task(town.accepted(), "instruct")

    with pytest.raises(NOT_THEIRS):
        town.act(who, results.record_instruction, task, new_instruction=False)


def test_nothing_new_lets_the_item_go_to_its_end(town: Town) -> None:
    item_id = presented(town)

    assert town.open_steps(item_id) == ["close"]
    assert town.rows(select(LeaderDecision.opinion)) == ["已阅"]


def test_a_new_instruction_hands_the_item_out_again(town: Town) -> None:
    item_id = town.accepted()
    town.set_clock(date(2020, 3, 10))

    town.answer(item_id, new_instruction=True, opinion="年底前完成移交")
    town.assign(item_id, "finance", lead="staffing")

    assert town.item(item_id).basis.endswith("\n2020-03-10 年底前完成移交")
    assert town.item(item_id).round == 2
    assert town.part(item_id, "parks").round == 1
    assert town.part(item_id, "staffing").due_on == date(2020, 3, 25)


def test_a_new_instruction_says_something(town: Town) -> None:
    task = town.task(town.accepted(), "instruct")

    with pytest.raises(TextMissing):
        town.act("mayor", results.record_instruction, task, new_instruction=True)


def test_closing_strikes_the_item_off_the_ledger(town: Town) -> None:
    item_id = presented(town)

    town.act("zhang", close_item, town.task(item_id, "close"))

    item = town.item(item_id)
    assert (item.state, item.closed_how) == (ItemState.CLOSED, ClosedHow.DONE)
    assert item.closed_at == town.clock.now()
    assert town.open_steps(item_id) == []


@pytest.mark.parametrize("who", ["li", "chu", "mayor"])
def test_only_the_director_closes(town: Town, who: str) -> None:
    task = town.task(presented(town), "close")

    with pytest.raises(NOT_THEIRS):
        town.act(who, close_item, task)


def test_a_lot_can_be_drawn_again_by_anybody(town: Town) -> None:
    always_revisit(town)

    item_id = presented(town)

    (revisit,) = town.rows(select(Revisit))
    assert revisit.drawn
    assert revisit.chance == 1
    assert lot(revisit.seed) == lot(revisit.seed) < 1
    assert town.open_steps(item_id) == ["revisit"]


def test_a_lot_is_fair(town: Town) -> None:
    lots = [lot(f"{item}-1-{item * 7919:x}") for item in range(4000)]

    share = sum(lot < 0.3 for lot in lots) / len(lots)

    assert 0.27 < share < 0.33


def test_a_revisit_that_was_asked_for_needs_no_lot(town: Town) -> None:
    item_id = town.accepted()
    town.act("mayor", revisits.ask_for_revisit, item_id)

    town.answer(item_id)

    (revisit,) = town.rows(select(Revisit))
    assert not revisit.drawn
    assert town.open_steps(item_id) == ["revisit"]


def test_a_solved_matter_can_be_closed(town: Town) -> None:
    always_revisit(town)
    item_id = presented(town)

    visited(town, item_id, solved=True)

    assert town.open_steps(item_id) == ["close"]


def test_an_unsolved_matter_is_taken_up_under_the_same_number(town: Town) -> None:
    always_revisit(town)
    item_id = presented(town)
    number = town.item(item_id).number

    visited(town, item_id, solved=False)

    item = town.item(item_id)
    assert (item.number, item.state, item.times_reopened) == (number, ItemState.OPEN, 1)
    assert town.open_steps(item_id) == ["assign"]
    assert town.story(item_id)[-2:] == ["revisited", "reopened"]


def test_findings_and_a_known_method_are_needed(town: Town) -> None:
    always_revisit(town)
    task = town.task(presented(town), "revisit")

    with pytest.raises(TextMissing):
        town.act("li", revisits.record_revisit, task, found("on_site", " ", solved=True))
    with pytest.raises(ChoiceUnknown):
        town.act("li", revisits.record_revisit, task, found("telepathy", "已核实", solved=True))


@pytest.mark.parametrize("who", ["chu", "fan", "auditor"])
def test_only_the_office_or_a_leader_asks_for_a_revisit(town: Town, who: str) -> None:
    item_id = town.handled()

    with pytest.raises(NOT_THEIRS):
        town.act(who, revisits.ask_for_revisit, item_id)


def test_an_item_that_was_never_opened_is_past_asking(town: Town) -> None:
    item_id = town.registered()
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "refuse", "不属督查")

    with pytest.raises(NotNow):
        town.act("li", revisits.ask_for_revisit, item_id)
    with pytest.raises(ItemUnknown):
        town.act("li", revisits.ask_for_revisit, 4711)
