"""The heat map's page: what its address says, how it is coloured, and whom its numbers lead on."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.web.callers import As
from tests.web.conftest import Enter
from tests.web.scenes import Scenes
from web.heat_wishes import wish_of
from web.words import heat as heat_words
from workflows.heat import Heat, Spot


def spot(name: str, late: int, dated: int, **changed: object) -> Spot:
    """Return an element of which so many were late."""
    heat = Heat(name, ended=dated, late=late, dated=dated, **changed)  # type: ignore[arg-type]
    return Spot(heat, name, name, "", "", drawn=True, versions=(1,), share=0.5)


def test_the_hottest_is_of_the_fifth_degree_and_the_cold_of_none() -> None:
    spots = [spot("sign", 128, 474), spot("report", 375, 1828), spot("review", 1, 300)]
    spots += [spot("close", 0, 10)]

    assert heat_words.levels(spots, "late") == {"sign": 5, "report": 4, "review": 1}


def test_an_address_says_what_is_asked_and_nothing_that_can_not_be_meant() -> None:
    told = MultiDict(
        {"first": "2020-03-01", "unit": "7", "kind": "nonsense", "show": "late", "sort": "x"}
    )

    wish = wish_of("instruction", told)

    assert wish.query() == {"first": "2020-03-01", "unit": "7", "show": "late"}
    assert wish.sorted_by("late") == {**wish.query(), "sort": "late"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_office_is_led_to_the_rows_and_the_administrator_sees_numbers(
    app: Flask, scenes: Scenes, enter: Enter, called: As
) -> None:
    scenes.approved()
    at = "/ledger?at=instruction:assign&amp;scope=all"
    office, administrator = enter("liwen"), enter("hemin")

    shown = office.get("/diagrams/instruction/heat").text
    numbers = administrator.get("/diagrams/instruction/heat").text
    rows = office.get("/diagrams/instruction/heat/approve?figure=ended").text

    told = called("liwen").get("/diagrams/instruction/heat").get_json()["spots"]

    assert at in shown
    assert {each["element_id"]: each["now_items"] for each in told}["assign"] == 1
    assert "/ledger" not in numbers
    assert "/heat/approve" not in numbers
    assert "高铁站服务环境提升" in rows
    assert administrator.get("/diagrams/instruction/heat/approve").status_code == 403
    assert office.get("/diagrams/instruction/heat.xlsx").status_code == 200
    assert office.get("/diagrams/nonsense/heat").status_code == 404


@pytest.fixture
def scenes(app: Flask) -> Scenes:
    """Give the office at work."""
    return Scenes(app.extensions["database"])
