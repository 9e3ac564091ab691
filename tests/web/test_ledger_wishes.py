"""The address of the ledger says what is wished, and nothing else gets in."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from web.ledger_wishes import COLUMNS, DEFAULT, DENSITIES, Wish, wish_of
from workflows.ledger import Sort
from workflows.ledger_filter import LedgerFilter, Scope
from workflows.lights import Light
from workflows.steps import STEPS
from workflows.tables import Source, Urgency

numbers = st.one_of(st.none(), st.integers(1, 2**31 - 1))
days = st.one_of(st.none(), st.dates())


def some(kind: object) -> st.SearchStrategy[tuple[object, ...]]:
    """Draw several values of a list, each once."""
    return st.lists(st.sampled_from(list(kind)), unique=True).map(tuple)  # type: ignore[call-overload] # any list


wishes = st.builds(
    Wish,
    filter=st.builds(
        LedgerFilter,
        scope=st.sampled_from(Scope),
        text=st.text(st.sampled_from("市园林2019〔〕 "), max_size=20).map(str.strip),
        lights=some(Light),
        sources=some(Source),
        urgencies=some(Urgency),
        steps=some(STEPS),
        unit_id=numbers,
        post_id=numbers,
        supervisor_id=numbers,
        batch_id=numbers,
        year=numbers,
        assigned_from=days,
        assigned_to=days,
        due_from=days,
        due_to=days,
    ),
    sort=st.sampled_from(Sort),
    descending=st.booleans(),
    columns=some(COLUMNS).filter(bool),
    rows=st.sampled_from(DENSITIES),
    page=st.integers(1, 10_000),
)


def read(query: dict[str, str]) -> Wish:
    """Return the wish of an address."""
    return wish_of(MultiDict(parse_qsl(urlencode(query))))


@given(wish=wishes)
def test_an_address_says_the_whole_wish(wish: Wish) -> None:
    assert read(wish.query(page=wish.page)) == wish


def test_what_is_usual_is_not_said() -> None:
    assert Wish().query() == {}


@given(wish=wishes)
def test_another_filter_leads_back_to_the_first_page(wish: Wish) -> None:
    assert read(wish.query(unit=7)).page == 1


def test_a_choice_is_added_and_taken_away() -> None:
    once = read(Wish().toggled("light", Light.RED))
    twice = read(once.toggled("light", Light.BLUE))

    assert twice.filter.lights == (Light.RED, Light.BLUE)
    assert read(twice.toggled("light", Light.RED)).filter.lights == (Light.BLUE,)


def test_a_head_turns_the_order_round() -> None:
    sorted_once = read(Wish().sorted_by(Sort.NUMBER))

    assert (sorted_once.sort, sorted_once.descending) == (Sort.NUMBER, False)
    assert read(sorted_once.sorted_by(Sort.NUMBER)).descending


def test_boxes_and_commas_mean_the_same() -> None:
    boxes = wish_of(MultiDict([("light", "red"), ("light", "blue")]))

    assert boxes == wish_of(MultiDict([("light", "red,blue")]))


@pytest.mark.parametrize(
    "query",
    [
        {"light": "purple"},
        {"scope": "none"},
        {"unit": "-1"},
        {"unit": "9" * 30},
        {"unit": "x"},
        {"due_from": "gestern"},
        {"step": "'; DROP TABLE item"},
        {"columns": "password,token"},
        {"sort": "password"},
        {"page": "0"},
        {"rows": "huge"},
        {"year": "2019.5"},
    ],
)
def test_what_cannot_be_meant_is_left_out(query: dict[str, str]) -> None:
    assert read(query) == Wish()


def test_every_usual_column_is_one_of_all() -> None:
    assert set(DEFAULT) <= set(COLUMNS)
    assert len(COLUMNS) == len(set(COLUMNS))


def test_a_day_is_kept_as_it_is() -> None:
    assert read({"due_from": "2019-09-30"}).filter.due_from == date(2019, 9, 30)
