"""Search by any two characters, the same on both databases."""

import pytest
from sqlalchemy import select

from tests.workflows.town import Town
from workflows import grams as pairs
from workflows import items
from workflows.tables import Item
from workflows.tables.search import folded, grams


def found(town: Town, question: str) -> list[int]:
    """Return the items that a question finds."""
    with town.database.read() as session:
        condition = pairs.matches(question)
        assert condition is not None
        return list(session.scalars(select(Item.id).where(condition).order_by(Item.id)))


def test_a_text_is_known_by_its_pairs() -> None:
    assert grams(folded("市 园林，Ｎo.1")) == {"市园", "园林", "林n", "no", "o1"}


@pytest.mark.parametrize(
    "question", ["园林", "经费形式", "费", "绿化处经费", "ＰＰＰ", "ppp", "林 绿化"]
)
def test_any_characters_of_the_title_are_found(town: Town, question: str) -> None:
    item_id = town.registered(title="市园林绿化处经费形式变更（PPP模式）")
    town.registered(title="校车安全")

    assert found(town, question) == [item_id]


def test_characters_that_only_stand_apart_are_not_found(town: Town) -> None:
    town.registered(title="园丁与林业", basis="市长批示")

    assert found(town, "园林") == []


def test_a_word_does_not_span_two_fields(town: Town) -> None:
    town.registered(title="整治河道", basis="路面批示")

    assert found(town, "道路") == []


def test_every_word_must_be_there(town: Town) -> None:
    item_id = town.registered(title="校园食品安全")
    town.registered(title="校园建设")

    assert found(town, "校园 食品") == [item_id]


@pytest.mark.parametrize("question", ["督字〔2020〕1号", "督字[2020]1号", "2020 1号"])
def test_a_number_is_found_as_soon_as_there_is_one(town: Town, question: str) -> None:
    item_id = town.approved()

    assert found(town, question) == [item_id]


def test_the_names_of_units_are_found_once_they_have_the_item(town: Town) -> None:
    item_id = town.approved(title="校车安全")
    before = found(town, "财政局")

    town.assign(item_id, "finance")

    assert before == []
    assert found(town, "财政局") == [item_id]


def test_an_amended_title_is_found_and_the_old_one_is_not(town: Town) -> None:
    item_id = town.registered(title="校车安全")
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "return", "题目不清")

    again = town.registration(title="校园周边食品安全")
    town.act("li", items.amend_registration, town.task(item_id, "register"), again)

    assert found(town, "周边") == [item_id]
    assert found(town, "校车") == []


def test_who_sees_to_it_is_found_once_signed_for(town: Town) -> None:
    item_id = town.handled()

    assert found(town, "某某") == [item_id]


@pytest.mark.parametrize("question", ["", "！？", '"', " "])
def test_signs_alone_ask_for_nothing(question: str) -> None:
    assert pairs.matches(question) is None


@pytest.mark.parametrize("question", ["园' OR '1", "校%全", "校_安", "安*校", "车 NEAR(校"])
def test_signs_are_no_commands(town: Town, question: str) -> None:
    town.registered(title="校车安全", basis="市长批示")

    assert found(town, question) == []
