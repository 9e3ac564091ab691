"""The catalogue: what a diagram may name, whole, in both languages, for administrators only."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import web
from tests.conftest import copied
from tests.web.conftest import Enter
from web.words.panels import WORDS
from workflows import limits
from workflows.desk import WHO
from workflows.operations import OPERATIONS
from workflows.processes import DUE_DATES
from workflows.steps import STEPS

PANEL = Path(web.__file__).parent / "frontend/src/editor/properties"
CODE = re.compile(r"[a-z]+(?:[._][a-z]+)+")
"""A name of the code where words are wanted."""
Catalogue = Mapping[str, Any]


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the city on one product: nothing here is about the database."""
    yield from copied(request, tmp_path, sqlite="sqlite_city", postgresql="postgres_city")


@pytest.fixture
def administrator(enter: Enter) -> FlaskClient:
    """Give the browser of an administrator, in a house with the shipped diagrams."""
    return enter("hemin")


def catalogue(client: FlaskClient, language: str = "en") -> Catalogue:
    """Ask for the catalogue in a language."""
    answer = client.get("/diagrams/catalogue", headers={"Accept-Language": language})
    found: Catalogue = answer.get_json()
    return found


def names(entries: Iterable[Catalogue]) -> set[str]:
    return {entry["name"] for entry in entries}


def test_everything_that_the_gate_knows_is_in_it(administrator: FlaskClient) -> None:
    found = catalogue(administrator)

    assert names(found["steps"]) == STEPS.keys()
    assert names(found["operations"]) == OPERATIONS.keys()
    assert names(found["who"]) == WHO.keys()
    assert names(found["limits"]) == limits.DEFAULTS.keys()
    assert names(found["due_dates"]) == DUE_DATES.keys()
    written = chain(*(each.writes for each in (*STEPS.values(), *OPERATIONS.values())))
    assert names(found["data"]) >= {"outcome", *written}


def test_a_step_ends_in_the_words_of_the_diagrams_that_use_it(administrator: FlaskClient) -> None:
    steps = {step["name"]: step for step in catalogue(administrator)["steps"]}

    assert {outcome["value"] for outcome in steps["approve"]["outcomes"]} == {
        "approve",
        "return",
        "refuse",
    }
    assert {"value": "refuse", "label": "不予立项", "label_en": "Refuse"} in steps["approve"][
        "outcomes"
    ]
    assert steps["form"]["outcomes"] is None


def test_a_process_says_what_it_is_given_and_gives_back(administrator: FlaskClient) -> None:
    processes = {each["id"]: each for each in catalogue(administrator)["processes"]}

    assert processes["unit_handling"]["given"] == ["assignment", "interim_period"]
    assert processes["instruction"]["given"] == []
    assert {"revisit", "solved"} <= set(processes["revisit"]["data"])


def test_it_is_told_in_the_readers_language(administrator: FlaskClient) -> None:
    chinese, english = (catalogue(administrator, language) for language in ("zh-CN", "en"))

    for kind in (
        "steps",
        "roles",
        "who",
        "limits",
        "own_limits",
        "operations",
        "due_dates",
        "data",
    ):
        for ours, theirs in zip(chinese[kind], english[kind], strict=True):
            assert re.search("[一-鿿]", ours["label"]), ours
            assert theirs["label"] != ours["label"]
            assert not CODE.fullmatch(theirs["label"]), theirs
    assert chinese["words"].keys() == english["words"].keys()
    urgency = next(datum for datum in chinese["data"] if datum["name"] == "urgency")
    assert {"name": "flash", "label": "特急"} in urgency["values"]


def test_the_panel_says_no_word_that_isnt_there() -> None:
    sources = "\n".join(path.read_text() for path in PANEL.rglob("*.js*"))
    said = set(re.findall(r"""\bsay\(\s*"([^"]+)\"""", sources))
    begun = tuple(re.findall(r"`([a-z_]+[._])\$\{", sources))
    quoted = set(re.findall(r'"([^"\n]+)"', sources))

    assert said <= WORDS.keys()
    assert [word for word in WORDS if word not in quoted and not word.startswith(begun)] == []


def test_an_example_tells_until_when_and_why(administrator: FlaskClient) -> None:
    english = {"Accept-Language": "en"}
    ask = "/diagrams/catalogue/example?on=2020-03-06&limit="
    rule = administrator.get(f"{ask}review", headers=english).get_json()
    own = administrator.get(f"{ask}10 working_days", headers=english).get_json()

    assert (rule["due_on"], own["due_on"]) == ("2020-03-10", "2020-03-20")
    assert "Review a report: 2 working days." in rule["why"]
    assert "The limit is 10 working days." in own["why"]
    assert administrator.get(f"{ask}nonsense").status_code == 422


def test_only_administrators_see_it(enter: Enter) -> None:
    supervisor = enter("liwen")

    assert supervisor.get("/diagrams/catalogue").status_code == 403
    assert supervisor.get("/diagrams/catalogue/example?limit=review").status_code == 403
