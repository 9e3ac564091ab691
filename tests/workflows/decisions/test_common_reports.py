"""One report serves several parts: written once, signed once, reviewed part by part."""

import pytest
from sqlalchemy import select

from tests.workflows.decisions.stories import broken_down, parts, row
from tests.workflows.town import NOT_THEIRS, Town, text
from workflows import reports, reviews
from workflows.decisions import common_reports
from workflows.decisions.breakdown import decompose
from workflows.decisions.common_reports import PartShare, reportable, submit_common
from workflows.errors import NotYours, PercentOutOfRange, TooFewParts
from workflows.reviews import Judgement
from workflows.tables import CommonReport, Report, Source
from workflows.withdrawals import withdraw


def two_of_the_parks(town: Town) -> list[int]:
    """Return two parts of a decision that the parks have both in hand."""
    whole = town.approved(source=Source.WORK_REPORT_CITY)
    rows = [row(town, title="补植"), row(town, title="修路")]
    town.act("li", decompose, town.task(whole, "decompose"), rows)
    both = parts(town, whole)
    for part in both:
        town.acknowledge(part, "parks")
    return both


def send(town: Town, both: list[int], *percents: int, who: str = "chu") -> CommonReport:
    """Let somebody write one report for both parts."""
    shares = [
        PartShare(town.task(part, "report"), percent)
        for part, percent in zip(both, percents, strict=True)
    ]
    return town.act(who, submit_common, shares, text(final=False, progress="均已开工。"))


def test_each_part_gets_its_own_row_of_the_one_report(town: Town) -> None:
    both = two_of_the_parks(town)
    assert [line.item.id for line in town.look("chu", reportable)] == both

    common = send(town, both, 30, 60)

    rows = town.rows(select(Report).order_by(Report.item_id))
    assert [(each.item_id, each.percent) for each in rows] == list(zip(both, (30, 60), strict=True))
    assert {each.common_id for each in rows} == {common.id}
    assert {each.progress for each in rows} == {"均已开工。"}


def test_the_head_signs_once_and_each_part_is_reviewed(town: Town) -> None:
    first, second = both = two_of_the_parks(town)
    send(town, both, 30, 60)

    town.act("fan", common_reports.confirm, town.task(second, "confirm"), sign=True)

    assert town.open_steps(first) == town.open_steps(second) == ["review"]
    fine = Judgement("returned", True, False, False, "说清修了几条")  # noqa: FBT003
    town.act("li", reviews.review_report, town.task(second, "review"), fine)
    assert town.open_steps(first) == ["review"]
    assert town.open_steps(second) == ["report"]


def test_a_head_who_declines_declines_for_all(town: Town) -> None:
    first, second = both = two_of_the_parks(town)
    send(town, both, 30, 60)

    task = town.task(first, "confirm")
    town.act("fan", common_reports.confirm, task, sign=False, reason="数字不实")

    assert town.open_steps(first) == town.open_steps(second) == ["report"]


def test_what_was_taken_back_for_one_part_is_not_signed_there(town: Town) -> None:
    first, second = both = two_of_the_parks(town)
    send(town, both, 30, 60)
    town.act("chu", withdraw, town.task(first, "confirm"))

    town.act("fan", common_reports.confirm, town.task(second, "confirm"), sign=True)

    assert town.open_steps(first) == ["report"]
    assert town.open_steps(second) == ["review"]


def test_an_own_report_is_signed_alone(town: Town) -> None:
    first, second = two_of_the_parks(town)
    for part in (first, second):
        task = town.task(part, "report")
        town.act("chu", reports.submit_report, task, text(final=False))

    town.act("fan", common_reports.confirm, town.task(first, "confirm"), sign=True)

    assert town.open_steps(second) == ["confirm"]


def test_one_part_alone_is_refused(small_town: Town) -> None:
    first, _ = two_of_the_parks(small_town)

    with pytest.raises(TooFewParts):
        send(small_town, [first], 30)
    with pytest.raises(TooFewParts):
        send(small_town, [first, first], 30, 40)


def test_two_units_parts_are_never_mixed(small_town: Town) -> None:
    _, both = broken_down(small_town, "parks", "finance")
    for part, unit in zip(both, ("parks", "finance"), strict=True):
        small_town.acknowledge(part, unit)

    with pytest.raises(NotYours):
        send(small_town, both, 30, 40)


@pytest.mark.parametrize("who", ["yang", "fan", "li", "zhang", "mayor", "auditor"])
def test_only_the_units_handler_writes_it(small_town: Town, who: str) -> None:
    both = two_of_the_parks(small_town)

    with pytest.raises(NOT_THEIRS):
        send(small_town, both, 30, 40, who=who)


def test_a_share_that_cant_be_is_refused_for_all(small_town: Town) -> None:
    both = two_of_the_parks(small_town)

    with pytest.raises(PercentOutOfRange):
        send(small_town, both, 30, 140)

    assert small_town.rows(select(Report)) == []


def test_only_whoever_sees_them_hears_which_other_parts_a_report_serves(town: Town) -> None:
    first, second = both = two_of_the_parks(town)
    send(town, both, 30, 60)
    report = town.rows(select(Report).where(Report.item_id == first))[0]

    def served(who: str) -> list[int]:
        return [item.id for _, item in town.look(who, common_reports.serves, report)]

    assert (served("fan"), served("li"), served("gao")) == ([second], [second], [])
