"""Urging by hand, with a receipt."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.workflows.town import Town
from workflows import settings, urges
from workflows.errors import (
    AssignmentUnknown,
    ChoiceUnknown,
    NotNow,
    NotYours,
    TextMissing,
    UrgedLately,
)
from workflows.tables import Notice, Urge


def urged(town: Town, *units: str) -> int:
    """Return an item whose units were urged by telephone."""
    item_id = town.handled(*units)
    ids = [town.part(item_id, unit).id for unit in ("parks", *units)]
    town.act("li", urges.urge, ids, "telephone", "请于周五前反馈")
    return item_id


def test_an_urge_is_counted_and_told(town: Town) -> None:
    item_id = urged(town)

    assert town.item(item_id).times_urged == 1
    assert town.story(item_id)[-1] == "urged"


def test_the_handler_and_the_head_of_the_unit_hear_of_it(town: Town) -> None:
    urged(town)

    told = town.rows(select(Notice.person_id).where(Notice.kind == "urged"))
    assert sorted(told) == sorted([town.people["chu"], town.people["fan"]])


def test_every_unit_gets_its_own_urge(town: Town) -> None:
    item_id = urged(town, "finance", "staffing")

    assert len(town.rows(select(Urge))) == 3
    assert town.item(item_id).times_urged == 3


def test_opening_the_item_leaves_the_receipt_of_ones_own_unit(town: Town) -> None:
    item_id = urged(town, "finance")

    town.act("chu", urges.open_urges, item_id)
    town.act("fan", urges.open_urges, item_id)

    read = town.rows(select(Urge.read_by_id).order_by(Urge.id))
    assert read == [town.people["chu"], None]
    assert town.story(item_id).count("urge_read") == 1


def test_the_office_leaves_no_receipt(town: Town) -> None:
    item_id = urged(town)

    assert town.act("li", urges.open_urges, item_id) == []


@pytest.mark.parametrize("who", ["chu", "fan", "mayor", "auditor"])
def test_only_the_office_urges(town: Town, who: str) -> None:
    part = town.part(town.handled(), "parks")

    with pytest.raises(NotYours):
        town.act(who, urges.urge, [part.id], "telephone", "请反馈")


def test_an_urge_says_something_in_a_way_that_there_is(town: Town) -> None:
    part = town.part(town.handled(), "parks")

    with pytest.raises(TextMissing):
        town.act("li", urges.urge, [part.id], "telephone", " ")
    with pytest.raises(ChoiceUnknown):
        town.act("li", urges.urge, [part.id], "pigeon", "请反馈")


def test_who_is_done_is_left_in_peace(town: Town) -> None:
    part = town.part(town.accepted(), "parks")

    with pytest.raises(NotNow):
        town.act("li", urges.urge, [part.id], "telephone", "请反馈")


def test_a_part_that_isnt_there_cannot_be_urged(town: Town) -> None:
    with pytest.raises(AssignmentUnknown):
        town.act("li", urges.urge, [4711], "telephone", "请反馈")


def test_a_unit_is_urged_once_in_two_days_and_the_refusal_says_who_and_until_when(
    town: Town,
) -> None:
    item_id = urged(town)
    part = town.part(item_id, "parks")
    town.set_clock(date(2020, 3, 3))

    with pytest.raises(UrgedLately) as refused:
        town.act("zhou", urges.urge, [part.id], "sms", "请反馈")

    facts = refused.value.facts
    assert (facts["unit"], facts["by"]) == ("市园林绿化处", "李文")
    assert facts["again_on"] == date(2020, 3, 4)
    town.set_clock(date(2020, 3, 4))
    town.act("zhou", urges.urge, [part.id], "sms", "请反馈")
    assert town.item(item_id).times_urged == 2


def test_an_administrator_lets_urge_more_often(town: Town) -> None:
    item_id = urged(town)
    part = town.part(item_id, "parks")

    town.act("admin", settings.change, "urge.most", "2")
    town.act("li", urges.urge, [part.id], "sms", "请反馈")

    with pytest.raises(UrgedLately):
        town.act("li", urges.urge, [part.id], "sms", "请反馈")


def test_one_spared_unit_keeps_none_of_many_from_being_urged(town: Town) -> None:
    item_id = urged(town)
    other = town.handled()
    parts = [town.part(each, "parks").id for each in (item_id, other)]

    sent = town.act("li", urges.urge_many, parts, "sms", "请反馈")

    assert [urge.assignment_id for urge in sent.urges] == [parts[1]]
    assert [spared.facts["by"] for spared in sent.spared] == ["李文"]
