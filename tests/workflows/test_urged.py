"""Who was urged how often: ranked for the office and leaders, its own for each unit."""

from datetime import date

import pytest

from tests.workflows.ladder.climbing import approve
from tests.workflows.town import Town
from workflows import urged, urges
from workflows.errors import NotYours
from workflows.tables import Urgency
from workflows.urged import How, Wanted

MARCH = Wanted(date(2020, 3, 1), date(2020, 3, 31))


def urge(town: Town, item_id: int, unit: str) -> None:
    """Let the supervisor urge a unit by hand."""
    town.act("li", urges.urge, [town.part(item_id, unit).id], "telephone", "请抓紧")


@pytest.fixture
def item_id(small_town: Town) -> int:
    """Return an item of two units: one urged by hand and late, one urged by hand only."""
    item_id = small_town.handled("finance", urgency=Urgency.URGENT)  # due on 5 March
    small_town.finish(item_id, "finance")
    other = small_town.assigned(lead="finance")
    urge(small_town, item_id, "parks")
    urge(small_town, other, "finance")
    small_town.act("yang", urges.open_urges, other)
    small_town.pass_days(date(2020, 3, 10))
    approve(small_town, item_id)
    return item_id


def test_units_are_ranked_by_how_often_they_were_urged(small_town: Town, item_id: int) -> None:
    first, second = small_town.look("mayor", urged.standings, MARCH)

    assert [(each.place, each.unit.name) for each in (first, second)] == [
        (1, "市园林绿化处"), (2, "市财政局"),
    ]  # fmt: skip
    assert {how: first.count(how) for how in How} == {How.HAND: 1, How.LADDER: 1, How.SLIP: 1}
    assert (first.items, first.unread, second.items, second.unread) == (1, 3, 1, 0)
    assert [each.item.id for each in first.urged] == [item_id] * 3
    assert small_town.look("li", urged.standings, Wanted(date(2020, 4, 1), date(2020, 4, 2))) == []


@pytest.mark.usefixtures("item_id")
def test_each_number_opens_its_urges(small_town: Town) -> None:
    parks = small_town.units["parks"]
    wanted = Wanted(MARCH.since, MARCH.until, parks, How.HAND)

    (by_hand,) = small_town.look("zhang", urged.urged, wanted)

    assert (by_hand.by, by_hand.text, by_hand.method) == ("李文", "请抓紧", "telephone")


@pytest.mark.usefixtures("item_id")
def test_a_unit_sees_its_own_urges_and_no_ranking(small_town: Town) -> None:
    town = small_town

    own = town.look("gao", urged.urged, MARCH)

    assert {each.unit.id for each in own} == {town.units["finance"]}
    assert own[0].read_by == "杨帆"
    assert town.look("gao", urged.unit_urged, town.units["finance"]).name == "市财政局"
    with pytest.raises(NotYours):
        town.look("gao", urged.standings, MARCH)
    with pytest.raises(NotYours):
        town.look("gao", urged.unit_urged, town.units["parks"])
