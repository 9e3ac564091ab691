"""Rows pasted from a spreadsheet fill the form; what nobody knows is told by row and field."""

from tests.workflows.town import Town
from workflows.decisions.pasting import Pasted, Unread, co_units, paste


def pasted(town: Town, text: str) -> Pasted:
    """Read pasted cells."""
    with town.database.read() as session:
        return paste(session, text)


def test_a_head_tells_the_columns_in_any_order(small_town: Town) -> None:
    found = pasted(
        small_town,
        "责任单位\t工作任务\t责任人\t牵头领导\t完成时限\n"
        "市园林绿化处\t补植绿地\t范志国\t秘书长\t2020年6月30日前\n",
    )

    (row,) = found.rows
    assert row["title"] == "补植绿地"
    assert row["lead_unit_id"] == str(small_town.units["parks"])
    assert row["sponsor_post_id"] == str(small_town.posts["secretary"])
    assert row["responsible_person"] == "范志国"
    assert row["due_on"] == "2020-06-30"
    assert found.unread == []


def test_without_a_head_the_columns_stand_as_in_the_form(small_town: Town) -> None:
    found = pasted(small_town, "1\t修路\t3公里\t市长\t市财政局\t市委编办\t高山\t6月底\t3")

    (row,) = found.rows
    assert (row["title"], row["target"], row["co_unit_ids"]) == ("修路", "3公里", "市委编办")
    assert (row["due_on"], row["weight"]) == ("2020-06-30", "3")
    assert row["lead_unit_id"] == str(small_town.units["finance"])


def test_what_nobody_knows_is_left_empty_and_told(small_town: Town) -> None:
    found = pasted(small_town, "修路\t\t县长\t市气象局\t\t高山\t尽快")

    assert found.rows[0]["lead_unit_id"] == ""
    assert found.unread == [
        Unread(1, "sponsor_post_id", "县长"),
        Unread(1, "lead_unit_id", "市气象局"),
        Unread(1, "due_on", "尽快"),
    ]


def test_cells_with_line_breaks_stay_one_cell(small_town: Town) -> None:
    found = pasted(small_town, '"修路\n补植"\t目标\n\n\n拆违\t')

    assert [row["title"] for row in found.rows] == ["修路\n补植", "拆违"]


def test_units_are_known_by_name(small_town: Town) -> None:
    with small_town.database.read() as session:
        ids, strangers = co_units(session, "市财政局、市气象局、市委编办")

    assert ids == [small_town.units["finance"], small_town.units["staffing"]]
    assert strangers == ["市气象局"]
