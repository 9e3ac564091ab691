"""Search by any two characters, the same on both databases."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.workflows.town import Town
from workflows import items, search, units
from workflows.tables import Item, UnitKind
from workflows.units import UnitForm


def found(town: Town, question: str) -> list[int]:
    with town.database.read() as session:
        wanted = select(Item.id).where(search.matches(session, question)).order_by(Item.id)
        return list(session.scalars(wanted))


def test_a_text_becomes_its_pairs_of_characters() -> None:
    assert search.pairs("市园林，No.１2") == "市园 园林 林 no o 12 2"


@pytest.mark.parametrize(
    "question", ["园林", "经费形式", "费", "绿化处经费", "ＰＰＰ", "ppp", "林 绿化"]
)
def test_any_characters_of_the_title_are_found(town: Town, question: str) -> None:
    item_id = town.registered(title="市园林绿化处经费形式变更（PPP模式）")
    town.registered(title="校车安全")

    assert found(town, question) == [item_id]


def test_characters_that_only_stand_apart_are_not_found(town: Town) -> None:
    town.registered(title="园丁与林业")

    assert found(town, "园林") == []


def test_every_word_must_be_there(town: Town) -> None:
    item_id = town.registered(title="校园食品安全")
    town.registered(title="校园建设")

    assert found(town, "校园 食品") == [item_id]


def test_a_number_is_found_as_soon_as_there_is_one(town: Town) -> None:
    item_id = town.approved()

    assert found(town, "督字〔2020〕1号") == [item_id]


def test_the_names_of_units_are_found_once_they_have_the_item(town: Town) -> None:
    item_id = town.approved(title="校车安全")
    before = found(town, "财政局")

    town.assign(item_id, "finance")

    assert before == []
    assert found(town, "财政局") == [item_id]


def test_a_unit_is_found_by_its_new_name(town: Town) -> None:
    item_id = town.assigned(lead="staffing", title="校车安全")
    form = UnitForm("市事业编制局", UnitKind.DEPARTMENT)

    town.act("admin", units.change_unit, town.units["staffing"], form)

    assert found(town, "事业编制") == [item_id]
    assert found(town, "编办") == []


def test_who_sees_to_it_is_found_once_signed_for(town: Town) -> None:
    item_id = town.handled()

    assert found(town, "某某") == [item_id]


def test_an_amended_title_is_found_and_the_old_one_is_not(town: Town) -> None:
    item_id = town.registered(title="校车安全")
    returned = town.task(item_id, "approve")
    town.act("zhang", items.approve_item, returned, "return", "题目不清")

    again = town.registration(title="校园周边食品安全")
    town.act("li", items.amend_registration, town.task(item_id, "register"), again)

    assert found(town, "周边") == [item_id]
    assert found(town, "校车") == []


@pytest.mark.parametrize("question", ["", "！？", '"', "园' OR '1", "* NEAR(", ":* & |", "()"])
def test_signs_are_no_commands(town: Town, question: str) -> None:
    item_id = town.registered(title="校车安全")
    town.set_clock(date(2020, 3, 3))

    assert found(town, question) in ([item_id], [])
