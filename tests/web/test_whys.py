"""Why a due date is that day: one sentence after the other, in both languages."""

from datetime import date

import pytest
from flask import Flask

from web.words.whys import LIMITS, due_words, moved_because, why_words
from workflows import limits
from workflows.calendar import SpecialDay, WorkCalendar, YearDays
from workflows.reckoning import Reckoner, Span, Stop
from workflows.tables import LimitUnit, StartEvent

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
ON = date(2019, 1, 9)


def reckoner(*, published: bool = True) -> Reckoner:
    """Return what reckons on a year with one holiday."""
    special = {date(2019, 2, 5): SpecialDay(date(2019, 2, 5), working=False, name="春节")}
    calendar = WorkCalendar(lambda year: YearDays(year, special, "测试", int(published)))
    return Reckoner(calendar, roll=False, warn_at=30, warn_again_at=15)


def said(app: Flask, language: str, why: list[dict[str, object]]) -> str:
    """Tell a reason to a reader of this language."""
    with app.test_request_context(headers={"Accept-Language": language}):
        return why_words(why)


def test_every_limit_has_a_name() -> None:
    assert set(limits.DEFAULTS) - set(LIMITS) == set()


def test_fifteen_natural_days_from_the_ninth_of_january(app: Flask) -> None:
    span = Span(15, LimitUnit.NATURAL_DAYS, "instruction.normal")
    due = reckoner().due(ON, span, StartEvent.HANDED_OVER)

    assert said(app, "en", due.why) == (
        "Instruction, normal: 15 natural days. It began on 9 Jan 2019, when it was handed over; "
        "counting starts the day after, 10 Jan 2019 (Thu). Counting 15 natural days leads to "
        "24 Jan 2019 (Thu), a working day."
    )
    assert said(app, "zh-CN", due.why) == (
        "批示一般件：15个自然日。2019年1月9日交办，次日2019年1月10日（周四）起算。"
        "15个自然日到2019年1月24日（周四），是工作日。"
    )


def test_a_stop_is_told_with_its_days_and_the_new_day(app: Flask) -> None:
    by = reckoner()
    due = by.due(ON, Span(15, LimitUnit.NATURAL_DAYS))
    moved = by.stopped(due.why, ON, due.on, Stop("objection", date(2019, 1, 10), date(2019, 1, 14)))

    assert said(app, "en", moved.why).endswith(
        "The clock stood still while an objection was decided, from 10 Jan 2019 to 14 Jan 2019: "
        "4 natural days. So the limit moves to 28 Jan 2019 (Mon), a working day."
    )
    assert said(app, "zh-CN", moved.why).endswith(
        "裁定退办期间（2019年1月10日至2019年1月14日）停止计时4个自然日，"
        "时限顺延到2019年1月28日（周一），是工作日。"
    )


@pytest.mark.parametrize(("language", "words"), [("en", "provisional"), ("zh-CN", "暂定")])
def test_a_guessed_year_says_so(app: Flask, language: str, words: str) -> None:
    due = reckoner(published=False).due(ON, Span(5, LimitUnit.WORKING_DAYS))

    assert words in said(app, language, due.why)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"because": "rule", "rule": "proposal"}, "the rule “Proposal” was changed"),
        ({"because": "calendar", "year": 2019}, "the calendar of 2019 was changed"),
        ({"because": "stopped", "cause": "review"},
         "the clock stood still while the office reviewed a report"),
    ],
)  # fmt: skip
def test_why_a_limit_moved_is_told(app: Flask, facts: dict[str, object], words: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert moved_because(facts) == words


def test_a_day_of_an_old_ledger_says_that_it_was_taken_over(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert due_words([], ON) == "The day was taken over as it stood."
        assert due_words([], None) == ""
