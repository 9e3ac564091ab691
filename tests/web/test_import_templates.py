"""Templates of imports: a matching kept under a name, offered to files with the same header."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine import Database, Registry
from tests import ledgers
from tests.web.conftest import Enter
from tests.web.scenes import Scenes, send, words
from tests.web.test_imports import ROWS, upload
from workflows import processes
from workflows.imports import batches, finishing

ASSIGNED, REMARKS = "column-5", "column-9"
COLUMNS = {
    "column-0": "title", "column-1": "limit", "column-2": "units", "column-3": "percent",
    "column-4": "number", ASSIGNED: "assigned_on", "column-6": "source",
}  # fmt: skip
"""A matching that leaves the urgency, the progress and the remarks of the file out."""


@pytest.fixture
def registry() -> Registry:
    """Know imports as jobs, as the worker does."""
    return processes.registry({batches.JOB: batches.run, finishing.JOB: finishing.finish})


@pytest.fixture
def office(app: Flask, database: Database, enter: Enter) -> FlaskClient:
    """Give the browser of a supervisor in a city whose diagrams are deployed."""
    assert app
    Scenes(database)
    return enter("liwen")


def saved(client: FlaskClient, name: str = "县区月报") -> str:
    """Upload a file, match it in a way of one's own, and keep that; return its page."""
    path: str = upload(client).location
    answer = send(client, f"{path}/template", **COLUMNS, template=name)
    assert answer.status_code == 303
    return path


def chosen(client: FlaskClient, path: str) -> int:
    """Count the columns that are matched."""
    return client.get(path).text.count(" selected>")


def test_a_matching_is_kept_under_a_name(office: FlaskClient) -> None:
    page = words(office.get(saved(office)))

    assert "已存为模板“县区月报”" in page
    assert "按模板“县区月报”对列" in page


def test_the_next_file_with_the_same_header_is_matched_by_it(office: FlaskClient) -> None:
    assert chosen(office, saved(office)) == len(COLUMNS)

    later = upload(office, ledgers.made_up(ROWS[:1]), "五月.xlsx").location

    assert "按模板“县区月报”对列" in words(office.get(later))
    assert chosen(office, later) == len(COLUMNS)


def test_it_is_the_whole_office_s(office: FlaskClient, enter: Enter) -> None:
    saved(office)
    director = enter("zhangming")

    assert "按模板“县区月报”对列" in words(director.get(upload(director).location))


def test_a_file_with_another_header_is_matched_by_names(office: FlaskClient) -> None:
    saved(office)
    other = ledgers.made_up((ROWS[0][:-1],), ledgers.HEAD[:-1])

    page = words(office.get(upload(office, other).location))

    assert "县区月报" not in page


def test_one_may_turn_to_the_names_and_back(office: FlaskClient) -> None:
    path = saved(office)

    send(office, f"{path}/use", use="")
    assert "按列名对列" in words(office.get(path))
    assert chosen(office, path) == len(ledgers.HEAD)
    send(office, f"{path}/use", use="1")

    assert chosen(office, path) == len(COLUMNS)


def test_the_same_name_again_takes_the_new_matching(office: FlaskClient) -> None:
    saved(office)
    path = upload(office).location

    send(office, f"{path}/template", **COLUMNS, **{REMARKS: "remarks"}, template=" 县区月报 ")

    assert chosen(office, upload(office).location) == len(COLUMNS) + 1


def test_what_was_corrected_by_hand_says_so(office: FlaskClient) -> None:
    path = saved(office)

    send(office, f"{path}/matching", **COLUMNS, **{REMARKS: "remarks"})

    assert "已手工改过对列" in words(office.get(path))


@pytest.mark.parametrize("name", ["", " ", "长" * 61])
def test_a_template_needs_a_name_of_fitting_length(office: FlaskClient, name: str) -> None:
    path = upload(office).location

    answer = send(office, f"{path}/template", **COLUMNS, template=name)

    assert answer.status_code == 422
    assert "模板要有名称" in words(answer)
