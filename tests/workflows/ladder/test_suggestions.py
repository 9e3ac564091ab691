"""Suggestions: evidence, director, leader, hand-over, outcome; nothing happens by itself."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.workflows.ladder.climbing import (
    EVIDENCE,
    climb_to,
    endorse,
    give_evidence,
    records,
    rungs,
    settle_suggestion,
    states,
    suggestion,
)
from tests.workflows.town import NOT_THEIRS, Town
from workflows import ladder
from workflows.closing import close_item
from workflows.errors import (
    AlreadyAsked,
    ChoiceUnknown,
    DayOutside,
    NotYours,
    ReasonMissing,
    TextMissing,
)
from workflows.ladder import register
from workflows.tables import Rung, RungState, Suggestion, SuggestionKind, SuggestionState

TODAY = date(2020, 3, 2)


def praised(town: Town) -> int:
    """Return an item about which praise was suggested by hand."""
    item_id = town.handled()
    town.act("li", ladder.suggest, town.part(item_id, "parks").id, "praise")
    return item_id


def test_the_ladder_only_suggests_criticism_and_the_leader_decides(town: Town) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.CRITICISM)
    assert suggestion(town).kind is SuggestionKind.CRITICISM

    settle_suggestion(town, item_id)

    found = suggestion(town)
    assert (found.state, found.organ) == (SuggestionState.HANDED_OVER, "市纪委监委")
    assert [rung["rung"] for rung in found.facts["rungs"]] == [rung.value for rung in Rung][:6]
    assert states(town)[-1] is RungState.DELIVERED
    assert town.todo(item_id, "record_outcome").due_on is not None


def test_what_a_leader_declines_ends_there_and_the_next_rung_may_come(town: Town) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.CRITICISM)

    settle_suggestion(town, item_id, approved=False)

    assert suggestion(town).state is SuggestionState.DECLINED
    assert states(town)[-1] is RungState.DECLINED
    assert "hand_over" not in town.open_steps(item_id)
    climb_to(town, item_id, Rung.ACCOUNTABILITY)
    assert rungs(town)[-1] is Rung.ACCOUNTABILITY


def test_the_outcome_is_recorded_later_even_after_the_item_has_closed(town: Town) -> None:
    item_id = praised(town)
    settle_suggestion(town, item_id)
    town.finish(item_id)
    town.answer(item_id)
    town.act("zhang", close_item, town.task(item_id, "close"))
    town.pass_days(date(2020, 3, 20))

    task = town.task(item_id, "record_outcome")
    town.act("li", ladder.record_outcome, task, "已通报表扬", date(2020, 3, 18))

    assert suggestion(town).state is SuggestionState.CONCLUDED
    assert town.item(item_id).state == "closed"
    assert town.open_steps(item_id) == []


def test_a_suggestion_that_ends_leaves_its_item_under_way(town: Town) -> None:
    item_id = praised(town)

    town.act("li", ladder.drop_suggestion, town.task(item_id, "evidence"), "证据不足")

    assert town.item(item_id).state == "open"
    assert suggestion(town).state is SuggestionState.DROPPED


def test_the_director_returns_it_for_better_evidence(town: Town) -> None:
    item_id = praised(town)
    give_evidence(town, item_id)
    task = town.task(item_id, "endorse_suggestion")
    with pytest.raises(ReasonMissing):
        town.act("zhang", ladder.endorse_suggestion, task, "return")
    with pytest.raises(ChoiceUnknown):
        town.act("zhang", ladder.endorse_suggestion, task, "perhaps")

    town.act("zhang", ladder.endorse_suggestion, task, "return", "请附材料")

    assert town.open_steps(item_id) == ["evidence", "report"]
    assert suggestion(town).endorsement == "请附材料"


def test_criticism_needs_its_basis_and_every_suggestion_its_evidence(town: Town) -> None:
    item_id = town.handled()
    town.act("li", ladder.suggest, town.part(item_id, "parks").id, "criticism")
    task = town.task(item_id, "evidence")

    for text in (ladder.Evidence("某某", "", "事实"), ladder.Evidence("某某", "依据", " ")):
        with pytest.raises(TextMissing):
            town.act("li", ladder.submit_evidence, task, text)


def test_praise_needs_no_regulation(town: Town) -> None:
    item_id = praised(town)
    text = ladder.Evidence("市园林绿化处", "", "提前办结，群众满意")

    town.act("li", ladder.submit_evidence, town.task(item_id, "evidence"), text)

    assert suggestion(town).state is SuggestionState.SUBMITTED


def test_the_hand_over_names_organ_document_and_a_day_that_can_be(town: Town) -> None:
    item_id = praised(town)
    give_evidence(town, item_id)
    endorse(town, item_id)
    town.act(
        "secretary",
        ladder.approve_suggestion,
        town.task(item_id, "approve_suggestion"),
        approve=True,
    )
    task = town.task(item_id, "hand_over")

    for organ, document in (("", "函"), ("市政府办公室", "")):
        with pytest.raises(TextMissing):
            town.act("li", ladder.hand_over, task, ladder.Handing(organ, document, TODAY))
    for days in ((date(2020, 3, 3), None), (TODAY, date(2020, 3, 1))):
        handing = ladder.Handing("市政府办公室", "函", *days)
        with pytest.raises(DayOutside):
            town.act("li", ladder.hand_over, task, handing)


def test_two_of_a_kind_dont_run_side_by_side(town: Town) -> None:
    item_id = praised(town)
    part = town.part(item_id, "parks").id

    with pytest.raises(AlreadyAsked):
        town.act("li", ladder.suggest, part, "praise")
    with pytest.raises(ChoiceUnknown):
        town.act("li", ladder.suggest, part, "reward")
    town.act("li", ladder.suggest, part, "criticism")
    assert len(town.rows(select(Suggestion))) == 2


@pytest.mark.parametrize("who", ["mayor", "chu", "fan", "auditor", "admin"])
def test_only_the_office_suggests_by_hand(town: Town, who: str) -> None:
    part = town.part(town.handled(), "parks")

    with pytest.raises(NOT_THEIRS):
        town.act(who, ladder.suggest, part.id, "praise")


Verb = tuple[Callable[..., Any], tuple[Any, ...]]
STEPS: dict[str, Verb] = {
    "evidence": (ladder.submit_evidence, (EVIDENCE,)),
    "endorse_suggestion": (ladder.endorse_suggestion, ("approve",)),
    "approve_suggestion": (ladder.approve_suggestion, (True,)),
    "hand_over": (ladder.hand_over, (ladder.Handing("市纪委监委", "函", TODAY),)),
    "record_outcome": (ladder.record_outcome, ("已处理", TODAY)),
}
WHOSE = {
    "evidence": {"li", "zhou"},
    "endorse_suggestion": {"zhang"},
    "approve_suggestion": {"secretary"},
    "hand_over": {"li", "zhou"},
    "record_outcome": {"li", "zhou"},
}


def test_every_step_refuses_everybody_elses_hand(town: Town) -> None:
    item_id = praised(town)

    for step, (verb, said) in STEPS.items():
        task = town.task(item_id, step)
        for who in set(town.people) - WHOSE[step]:
            with pytest.raises(NOT_THEIRS):
                town.act(who, verb, task, *said)
        town.act(min(WHOSE[step]), verb, task, *said)

    assert suggestion(town).state is SuggestionState.CONCLUDED


@pytest.mark.parametrize("who", ["chu", "fan", "admin"])
def test_units_see_no_suggestions(town: Town, who: str) -> None:
    praised(town)

    with pytest.raises(NotYours):
        town.look(who, register.register, register.Wanted())
    assert len(town.look("auditor", register.register, register.Wanted())) == 1
    assert records(town) == []
