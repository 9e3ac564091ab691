"""Several people at once: nothing is counted twice, nothing is lost, nobody is kept waiting."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import UUID

import pytest

import engine
from engine import Session
from tests.workflows.town import Town, judgement, text
from workflows import items, lineup, store, urges
from workflows.errors import NotNow, UrgedLately
from workflows.reports import submit_report
from workflows.reviews import review_report
from workflows.tables import Item, ItemState, Verdict

UNITS = ("parks", "finance", "staffing")


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do things at the same time; return what each gave, or why it was refused."""

    def attempt(deed: Callable[[], object]) -> object:
        try:
            return deed()
        except (engine.TaskClosed, engine.InstanceEnded, NotNow, UrgedLately) as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(attempt, deeds))


def test_units_returned_at_once_are_all_counted_on_the_item(town: Town) -> None:
    item_id = town.handled("finance", "staffing")
    for unit in UNITS:
        town.report(item_id, unit)
        town.sign(item_id, unit)
    verdict = judgement(verdict=Verdict.RETURNED, reason="再核实")

    def returning(task: UUID) -> Callable[[], object]:
        return lambda: town.act("li", review_report, task, verdict)

    at_once(*(returning(town.task(item_id, "review", unit)) for unit in UNITS))

    assert town.item(item_id).times_returned == 3
    assert town.open_steps(item_id) == ["report"] * 3


def test_the_last_two_units_to_finish_at_once_still_open_the_result(town: Town) -> None:
    item_id = town.handled("finance", "staffing")
    for unit in UNITS:
        town.report(item_id, unit)
        town.sign(item_id, unit)

    def accepting(task: UUID) -> Callable[[], object]:
        return lambda: town.act("li", review_report, task, judgement())

    at_once(*(accepting(town.task(item_id, "review", unit)) for unit in UNITS))

    assert town.open_steps(item_id) == ["instruct"]


def test_a_report_sent_twice_at_once_is_filed_once(town: Town) -> None:
    item_id = town.handled()
    task = town.task(item_id, "report")

    def sending() -> object:
        return town.act("chu", submit_report, task, text())

    answers = at_once(*[sending] * 6)

    refused = [answer for answer in answers if isinstance(answer, engine.TaskClosed)]
    assert len(refused) == 5
    assert town.part(item_id, "parks").reports_made == 1


def test_items_approved_at_once_get_different_numbers_without_a_gap(town: Town) -> None:
    waiting = [town.registered() for _ in range(6)]

    def approving(task: UUID) -> Callable[[], object]:
        return lambda: town.act("zhang", items.approve_item, task, "approve")

    at_once(*(approving(town.task(item_id, "approve")) for item_id in waiting))

    assert sorted(town.item(item_id).serial or 0 for item_id in waiting) == [1, 2, 3, 4, 5, 6]


def test_urging_doesnt_disturb_an_item_that_moves_meanwhile(town: Town) -> None:
    item_id = town.handled()
    part = town.part(item_id, "parks")
    task = town.task(item_id, "report")

    at_once(
        lambda: town.act("li", urges.urge, [part.id], "telephone", "请反馈"),
        lambda: town.act("chu", submit_report, task, text()),
        lambda: town.act("zhou", urges.urge, [part.id], "sms", "请反馈"),
    )

    item = town.item(item_id)
    assert (item.times_urged, item.state) == (1, ItemState.OPEN)  # the other was spared
    assert town.open_steps(item_id) == ["confirm"]


def test_a_unit_withdrawn_by_two_at_once_is_let_go_once(
    town: Town, town_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    item_id = town.handled("finance")
    part_id = town.part(item_id, "finance").id
    both_have_looked, lock = Barrier(2), store.item_to_change
    patience = 0 if town_url.startswith("sqlite") else 20

    def lock_after_both_have_looked(session: Session, item_id: int) -> Item:
        with suppress(BrokenBarrierError):  # on SQLite the second looks once the first is done
            both_have_looked.wait(patience)
        return lock(session, item_id)

    monkeypatch.setattr(store, "item_to_change", lock_after_both_have_looked)

    def withdrawing(who: str) -> Callable[[], object]:
        return lambda: town.act(who, lineup.withdraw_unit, part_id, "不涉及")

    done = at_once(withdrawing("li"), withdrawing("zhou"))

    assert sorted(type(each).__name__ for each in done) == ["Assignment", "NotNow"]
    assert town.story(item_id).count("unit_withdrawn") == 1
