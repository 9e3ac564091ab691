"""What is asked before an item is opened: burden, plan, secrets, and papers only read."""

from datetime import date

import pytest

from tests.workflows.town import NOT_THEIRS, Town
from workflows.errors import (
    ChoiceUnknown,
    DaysCrossed,
    NoItem,
    SoundsSecret,
    TextMissing,
    UnitTwice,
)
from workflows.items import register_item
from workflows.opening.burden import burdens
from workflows.opening.plans import Plan, keep_plan
from workflows.tables import Period


def test_a_units_burden_counts_parts_and_requests_by_week(small_town: Town) -> None:
    town = small_town
    town.handled(reporting_period=Period.WEEKLY, planned_due_on=date(2020, 3, 27))
    town.handled(planned_due_on=date(2020, 3, 11))
    town.pass_days(date(2020, 3, 10))

    with town.database.read() as session:
        (burden,) = burdens(session, [town.units["parks"]])

    assert burden.open_parts == 2
    assert [week.requests for week in burden.weeks if not week.coming][:3] == [0, 0, 0]
    assert burden.past >= 1
    assert [week.requests for week in burden.weeks if week.coming] == [2, 1, 2, 1]


def test_a_unit_at_rest_has_no_burden(small_town: Town) -> None:
    with small_town.database.read() as session:
        (burden,) = burdens(session, [small_town.units["finance"], 999])

    assert (burden.open_parts, burden.past, burden.coming, burden.busiest) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        (Plan(scope="全市"), TextMissing),
        (Plan("看", methods=("by_dream",)), ChoiceUnknown),
        (Plan("看", from_on=date(2020, 3, 9), until_on=date(2020, 3, 8)), DaysCrossed),
        (Plan("看", until_on=date(2020, 3, 8)), DaysCrossed),
        (Plan("看", unit_ids=(3, 3)), UnitTwice),
    ],
)
def test_a_plan_that_cant_be_is_refused(
    small_town: Town, plan: Plan, refusal: type[Exception]
) -> None:
    item_id = small_town.registered()

    with pytest.raises(refusal):
        small_town.act("li", keep_plan, item_id, plan)


@pytest.mark.parametrize("who", ["mayor", "chu", "fan", "auditor", "admin"])
def test_only_the_office_plans(small_town: Town, who: str) -> None:
    item_id = small_town.handled()

    with pytest.raises(NOT_THEIRS):
        small_town.act(who, keep_plan, item_id, Plan("看"))


def test_a_plan_is_written_again_while_the_item_runs(small_town: Town) -> None:
    item_id = small_town.registered()
    small_town.act("li", keep_plan, item_id, Plan("看进度"))
    small_town.act("zhang", keep_plan, item_id, Plan("看质量"))

    assert small_town.story(item_id)[-2:] == ["planned", "planned"]


@pytest.mark.parametrize("words", ["机密★1年的会议纪要", "涉密工程", "绝密文件传达"])
def test_words_that_sound_secret_are_asked_about_again(small_town: Town, words: str) -> None:
    town = small_town
    with pytest.raises(SoundsSecret) as refused:
        town.act("li", register_item, town.registration(title=words))
    assert refused.value.facts["words"]

    town.act("li", register_item, town.registration(title=words, secret_checked=True))


@pytest.mark.parametrize("words", ["商业秘密保护专项整治", "市保密局办公用房", "非涉密采购"])
def test_other_words_are_not_asked_about(small_town: Town, words: str) -> None:
    small_town.act("li", register_item, small_town.registration(title=words))


@pytest.mark.parametrize(
    "words", ["市长批示：请阅。", "已阅", "圈阅", "请秘书长阅，王局长阅知。", "批阅。"]
)
def test_a_paper_that_was_only_read_is_no_item(small_town: Town, words: str) -> None:
    with pytest.raises(NoItem):
        small_town.act("li", register_item, small_town.registration(basis=words))


@pytest.mark.parametrize("words", ["请抓紧办理，结果报我阅。", "请市财政局阅处。", "阅，请落实。"])
def test_words_that_ask_for_action_are_one(small_town: Town, words: str) -> None:
    small_town.act("li", register_item, small_town.registration(basis=words))
