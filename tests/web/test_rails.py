"""The limit rail: every day on its place, and no two labels on each other."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from web.rails import LONGEST, Course, Rail, Reported, rail_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BEGAN, DUE = date(2020, 3, 2), date(2020, 3, 17)


@pytest.fixture(autouse=True)
def reader(app: Flask) -> Iterator[None]:
    """Let a Chinese reader ask."""
    with app.test_request_context():
        yield


def course(**changed: object) -> Course:
    """Return a part that runs to plan, but for what a test changes."""
    usual = {"began": BEGAN, "due_on": DUE, "today": date(2020, 3, 9), "warn_on": date(2020, 3, 13)}
    return Course(**{**usual, **changed})


def kinds(rail: Rail) -> list[str]:
    return [kind for _, _, kind in rail.parts]


def test_time_as_planned_is_one_band_up_to_today() -> None:
    rail = rail_of(course())

    assert rail.parts == [(0.0, pytest.approx(LONGEST * 7 / 15, abs=0.1), "went")]
    assert rail.words == "3月2日交办，时限3月17日，今天3月9日"


def test_close_to_the_limit_the_band_turns_yellow() -> None:
    assert kinds(rail_of(course(today=date(2020, 3, 16)))) == ["went", "warn"]


def test_past_the_limit_the_band_is_red_and_the_mark_too() -> None:
    rail = rail_of(course(today=date(2020, 3, 20), late_words="超过3个工作日"))

    assert kinds(rail) == ["went", "late"]
    assert "m lim" in [kind for _, kind in rail.marks]
    assert rail.words.endswith("今天3月20日，超过3个工作日")


def test_an_extension_is_a_band_of_its_own() -> None:
    extended = course(original=DUE, due_on=date(2020, 3, 27), today=date(2020, 4, 1))

    assert kinds(rail_of(extended)) == ["went", "ext", "late"]


def test_what_was_done_in_time_isnt_late_afterwards() -> None:
    done = course(ended=date(2020, 3, 16), today=date(2020, 6, 1))

    rail = rail_of(done)

    assert kinds(rail) == ["went"]
    assert "3月16日办结" in rail.words


def test_a_limit_of_one_day_can_be_drawn() -> None:
    rail = rail_of(course(due_on=BEGAN, today=BEGAN, warn_on=BEGAN))

    assert all(0 <= at <= LONGEST for at, _ in rail.marks)


def test_labels_that_have_no_room_give_way() -> None:
    days = [Reported(BEGAN + timedelta(days=day), day % 2 == 0) for day in range(15)]

    labels = rail_of(course(reports=days)).labels

    below = [label for label in labels if label[1].startswith("dn")]
    assert 2 <= len(below) < len(days)
    assert any("今天" in words for _, _, words in below)
