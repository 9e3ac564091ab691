"""A changed calendar or rule: its page shows every due date that moves before it is saved."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from engine import Database
from tests.web.conftest import Enter, token
from tests.web.scenes import TRANSPORT, Scenes
from workflows import calendar, limits
from workflows.calendar import SpecialDay
from workflows.tables import Urgency

URGENT = "/admin/limits/instruction.urgent"
RULE = {
    "number": "8", "unit": "working_days", "starts": "handed_over", "stops": "suspension",
    "objection": "object", "extensions": "2", "longest_number": "", "longest_unit": "months",
}  # fmt: skip
SEAL = re.compile(r'name="seal" value="(\w+)"')


@pytest.fixture
def hemin(enter: Enter) -> FlaskClient:
    """Sign the administrator in."""
    return enter("hemin")


@pytest.fixture
def scenes(database: Database) -> Scenes:
    """Give the office at work."""
    return Scenes(database)


def send(client: FlaskClient, path: str, **typed: str) -> tuple[int, str]:
    """Send a form with its token."""
    form = {"csrf_token": token(client, "/admin/limits/"), **typed}
    answer = client.post(path, data=form)
    return answer.status_code, answer.text


def seal_of(page: str) -> str:
    """Return the seal of what a page shows."""
    (seal,) = SEAL.findall(page)
    return str(seal)


def table_without(database: Database, *days: date) -> dict[str, str]:
    """Return the form of the year's table with these days off as well."""
    with database.read() as session:
        known = calendar.year_table(session, days[0].year).special.values()
    wanted = [day for day in known if day.day.month != calendar.DECEMBER]
    wanted += [SpecialDay(day, working=False, name="防汛") for day in days]
    rows = "\n".join(f"{d.day}\t{d.name}\t{'上班' if d.working else '放假'}" for d in wanted)
    return {"year": str(days[0].year), "source": "省政府通知", "rows": rows}


@pytest.mark.usefixtures("unreviewed")
def test_a_rule_that_something_runs_by_shows_what_would_move_and_asks(
    hemin: FlaskClient, scenes: Scenes
) -> None:
    item_id = scenes.received(urgency=Urgency.URGENT)
    before = scenes.part(item_id, TRANSPORT).due_on

    status, page = send(hemin, URGENT, **RULE)
    kept = send(hemin, URGENT, **RULE, follow="no", seal=seal_of(page))

    assert (status, kept[0]) == (200, 303)
    assert scenes.item(item_id).number in page
    assert scenes.item(item_id).title not in page
    assert str(before) in page
    assert scenes.part(item_id, TRANSPORT).due_on == before
    with scenes.database.read() as session:
        assert limits.span_of(session, "instruction.urgent").number == 8


@pytest.mark.usefixtures("unreviewed")
def test_what_runs_follows_if_that_was_chosen_and_seen(hemin: FlaskClient, scenes: Scenes) -> None:
    item_id = scenes.received(urgency=Urgency.URGENT)
    before = scenes.part(item_id, TRANSPORT).due_on
    _, page = send(hemin, URGENT, **RULE)

    unseen = send(hemin, URGENT, **RULE, follow="yes", seal="old")
    status, _ = send(hemin, URGENT, **RULE, follow="yes", seal=seal_of(page))

    assert (unseen[0], status) == (409, 303)
    moved = scenes.part(item_id, TRANSPORT).due_on
    assert before
    assert moved
    assert moved > before


def test_a_pasted_table_shows_what_it_moves_and_saving_moves_it(
    hemin: FlaskClient, scenes: Scenes
) -> None:
    item_id = scenes.received(urgency=Urgency.URGENT)
    old = scenes.part(item_id, TRANSPORT).due_on
    assert old
    form = table_without(scenes.database, old)

    _, preview = send(hemin, "/admin/calendar/preview", **form)
    shown = scenes.part(item_id, TRANSPORT).due_on
    unseen, again = send(hemin, "/admin/calendar/import", **form)
    saved, _ = send(hemin, "/admin/calendar/import", **form, seal=seal_of(preview))

    assert str(old) in preview
    assert TRANSPORT in preview
    assert (shown, unseen, saved) == (old, 409, 303)
    assert seal_of(again) == seal_of(preview)
    moved = scenes.part(item_id, TRANSPORT)
    assert moved.due_on
    assert moved.due_on > old
    assert moved.due_why[-1]["because"] == "calendar"


def test_reporting_periods_are_a_page_that_shows_which_reports_would_move(
    hemin: FlaskClient, scenes: Scenes
) -> None:
    item_id = scenes.received(urgency=Urgency.LONG_TERM)
    before = scenes.part(item_id, TRANSPORT).interim_due_on

    status, page = send(hemin, "/admin/periods/", **{"period-long_term": "monthly"})
    told = {"period-long_term": "monthly", "follow": "yes", "seal": seal_of(page)}
    saved, _ = send(hemin, "/admin/periods/", **told)

    assert (status, saved) == (200, 303)
    assert f"{before}" in page
    moved = scenes.part(item_id, TRANSPORT).interim_due_on
    assert before
    assert moved
    assert moved > before
    assert 'value="monthly" selected' in hemin.get("/admin/periods/").text
