"""The boards: every number opens exactly the rows that it counts, whoever looks."""

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from engine import Database, MovableClock
from tests.web.conftest import Enter
from tests.web.scenes import CITY, TRANSPORT, Scenes, actor
from web.ledger_wishes import wish_of
from workflows import ledger, urges

NUMBER = re.compile(r'<a [^>]*href="([^"]+)"[^>]*data-n="(\d+)"[^>]*>')
LATER = ("trend", "burden", "sources", "visits")


@pytest.fixture
def scenes(app: Flask) -> Scenes:
    """Give the office at work."""
    return Scenes(app.extensions["database"])


def a_busy_city(scenes: Scenes, clock: MovableClock) -> None:
    """Fill the ledger: late, due, reported, accepted, urged, registered only."""
    late = scenes.received()
    scenes.assigned(CITY, due_on=date(2020, 3, 20), title="本周到期的")
    scenes.accepted()
    part = scenes.part(late, TRANSPORT).id
    clock.move(timedelta(days=16))
    scenes.act("liwen", urges.urge, [part], "telephone", "请抓紧办理。")
    scenes.registered(title="只登记了的")
    scenes.reported(scenes.received(title="刚报的"))


def numbers(client: FlaskClient, path: str, *, whole: bool) -> list[tuple[str, int]]:
    """Return every number of a board with its address; of a whole one those fetched later, too."""
    board = client.get(path)
    assert board.status_code == 200
    parts = re.findall(r'hx-get="(/board/parts/[^"]+)"', board.text) if whole else []
    pages = [board, *(client.get(unescape(part)) for part in parts)]
    assert all(page.status_code == 200 for page in pages)
    told = "".join(page.text for page in pages)
    return [(unescape(href), int(number)) for href, number in NUMBER.findall(told)]


def rows_behind(database: Database, client: FlaskClient, login: str, href: str) -> int:
    """Count the rows that an address lists: the ledger's as its page counts it, others as shown."""
    path, query = urlsplit(href).path, urlsplit(href).query
    if path != "/ledger":
        return client.get(href).text.split("<tbody>")[-1].count("<tr")
    wanted = wish_of(MultiDict(parse_qsl(query))).filter
    with database.read() as session:
        return ledger.count(session, actor(session, login), wanted)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_number_of_a_board_opens_exactly_its_rows(
    scenes: Scenes, enter: Enter, database: Database, clock: MovableClock
) -> None:
    a_busy_city(scenes, clock)
    boards = [
        ("luyuan", "/board/", True),
        ("qianjin", "/board/", True),
        ("liwen", "/board/", False),
        ("shenji", "/board/", False),
        ("luyuan", "/board/?whose=instructed", False),
        ("luyuan", "/board/?whose=sponsored", False),
    ]

    wrong: list[str] = []
    known: dict[tuple[bool, str], int] = {}
    summed = 0
    for login, path, whole in boards:
        client = enter(login)
        for href, number in set(numbers(client, path, whole=whole)):
            rows = (login == "qianjin", href)  # whoever sees every item is shown the same rows
            if rows not in known:
                known[rows] = rows_behind(database, client, login, href)
            behind = known[rows]
            summed += number
            if behind != number:
                wrong.append(f"{login} {path}: {number} said, {behind} behind {href}")

    assert wrong == []
    seen = {href.partition("?")[0].rstrip("0123456789") for _, href in known}
    assert seen >= {
        "/ledger",
        "/board/asks",
        "/urges/units/",
        "/diagrams/unit_handling/heat/report",
    }
    assert summed > 100, "most numbers of this city aren't nothing"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_board_is_a_leader_s_first_room_and_its_cards_are_given_as_workbooks(
    scenes: Scenes, enter: Enter, clock: MovableClock
) -> None:
    a_busy_city(scenes, clock)
    leader, unit = enter("luyuan"), enter("qianjin")

    workbooks = [leader.get(f"/board/{card}.xlsx").status_code for card in (*LATER, "late", "due")]

    assert leader.get("/sign-in").location == "/board/"
    assert unit.get("/sign-in").location == "/"
    assert set(workbooks) == {200}
    assert leader.get("/board/steps").status_code == 200
    assert unit.get("/board/steps").status_code == unit.get("/board/late").status_code == 200
    assert unit.get("/board/asks?unit=1").status_code == 404
    assert enter("hemin").get("/board/").status_code == 403


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_units_with_as_many_overdue_items_the_latest_comes_first(
    scenes: Scenes, enter: Enter, clock: MovableClock
) -> None:
    for unit, due_on in ((TRANSPORT, date(2020, 3, 9)), (CITY, date(2020, 3, 6))):
        scenes.assigned(lead=unit, due_on=due_on)
    clock.move(timedelta(days=14))

    told = enter("luyuan").get("/board/late").text

    assert told.index(CITY) < told.index(TRANSPORT)
