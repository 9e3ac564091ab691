"""Targets: the path to December, who sets them, what a change leaves, and how they are measured."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path as File
from typing import Any

import pytest

from tests.workflows.town import HANDLERS, HEADS, NOT_THEIRS, Town
from workflows import figures, targets
from workflows.errors import NotNow, ReasonMissing, SheetRefused, TargetRefused, TargetUnknown
from workflows.figures import Span
from workflows.tables import Direction, Measure, Path, Target, TargetState
from workflows.targets import Entry, measuring, overview, sheets
from workflows.targets.path import WHOLE, Course, Standing
from workflows.workbooks import workbook

JUNE, END = date(2019, 6, 30), date(2019, 12, 31)


@pytest.fixture
def town_url(sqlite_town: File, tmp_path: File) -> str:
    """Play on one product."""
    path = tmp_path / "town.sqlite"
    path.write_bytes(sqlite_town.read_bytes())
    return f"sqlite:///{path}"


def course(direction: str, amount: int, path: str, *marks: int) -> Course:
    """Return a way through 2019."""
    told = tuple(map(Decimal, marks))
    return Course(2019, Direction(direction), Decimal(amount), Path(path), told)


@pytest.mark.parametrize(
    ("way", "day", "expected"),
    [
        (course("at_least", 365, "straight"), date(2019, 1, 1), 1),
        (course("at_least", 365, "straight"), JUNE, 181),
        (course("at_least", 95, "level"), date(2019, 1, 1), 95),
        (course("at_least", 100, "quarters", 10, 40, 70), date(2019, 3, 31), 10),
        (course("at_least", 100, "quarters", 10, 40, 70), JUNE, 40),
        (course("at_least", 100, "quarters", 10, 40, 70), END, 100),
        (course("at_least", 100, "straight"), date(2018, 12, 31), 0),
    ],
)
def test_where_a_target_should_be(way: Course, day: date, expected: int) -> None:
    assert way.expected(day) == expected
    line = [amount for _, amount in way.line()]
    assert line == sorted(line)
    assert line[-1] == way.amount


def test_what_counts_wholly_is_expected_wholly() -> None:
    items = replace(course("at_least", 150, "straight"), step=WHOLE)

    assert items.expected(date(2019, 11, 27)) == 136
    assert items.forecast(date(2019, 11, 27), Decimal(16)) == 18
    assert items.stands(date(2019, 11, 27), Decimal(136)) is Standing.ON_PATH


@pytest.mark.parametrize(
    ("way", "day", "value", "stands"),
    [
        (course("at_least", 100, "straight"), JUNE, 50, Standing.ON_PATH),
        (course("at_least", 100, "straight"), JUNE, 49, Standing.BEHIND),
        (course("at_least", 100, "straight"), JUNE, 100, Standing.REACHED),
        (course("at_least", 100, "straight"), END, 99, Standing.MISSED),
        (course("at_most", 20, "straight"), JUNE, 9, Standing.ON_PATH),
        (course("at_most", 20, "straight"), JUNE, 12, Standing.BEHIND),
        (course("at_most", 20, "straight"), JUNE, 21, Standing.MISSED),
        (course("at_most", 20, "straight"), END, 20, Standing.REACHED),
        (course("at_least", 95, "level"), JUNE, 96, Standing.ON_PATH),
        (course("at_least", 95, "level"), JUNE, 94, Standing.BEHIND),
        (course("at_most", 5, "level"), JUNE, 6, Standing.BEHIND),
        (course("at_least", 1, "level"), date(2018, 1, 1), 6, Standing.UNKNOWN),
    ],
)
def test_how_a_target_stands(way: Course, day: date, value: int, stands: Standing) -> None:
    assert way.stands(day, Decimal(value)) is stands


def entry(**changed: Any) -> Entry:
    """Return a sound target: so many items of the year, at least."""
    usual: dict[str, Any] = {
        "year": 2020,
        "measure": Measure.FIGURE,
        "figure": "items_registered",
        "amount": Decimal(12),
    }
    return Entry(**{**usual, **changed})


def in_force(town: Town, **changed: Any) -> Target:
    """Let a supervisor draft a target and the director approve it."""
    drafted = town.act("li", targets.draft, entry(**changed))
    return town.act("zhang", targets.decide, drafted.id, approve=True)


def test_a_supervisor_drafts_and_the_director_puts_it_in_force(town: Town) -> None:
    drafted = town.act("li", targets.draft, entry())
    with pytest.raises(NOT_THEIRS):
        town.act("li", targets.decide, drafted.id, approve=True)
    with pytest.raises(ReasonMissing):
        town.act("zhang", targets.decide, drafted.id, approve=False)

    town.act("zhang", targets.decide, drafted.id, approve=False, opinion="偏低")
    town.act("li", targets.change, drafted.id, targets.Terms(Decimal(20)))
    found = town.act("zhang", targets.decide, drafted.id, approve=True)

    assert (found.state, found.amount, found.counted_in) == (TargetState.IN_FORCE, 20, "items")
    with pytest.raises(TargetRefused) as refusal:
        town.act("li", targets.draft, entry())
    assert refusal.value.facts["why"] == "twice"
    with pytest.raises(NOT_THEIRS):
        town.act(HEADS["parks"], targets.draft, entry())


def test_a_change_keeps_the_old_target_with_its_reason(town: Town) -> None:
    old = in_force(town)
    with pytest.raises(ReasonMissing):
        town.act("li", targets.change, old.id, targets.Terms(Decimal(15)))
    new = town.act("li", targets.change, old.id, targets.Terms(Decimal(15)), "年中调整")
    with pytest.raises(TargetRefused):
        town.act("li", targets.change, old.id, targets.Terms(Decimal(16)), "再调")

    town.act("zhang", targets.decide, new.id, approve=True)

    with town.database.read() as session:
        kept = session.get_one(Target, old.id)
        assert (kept.state, kept.amount) == (TargetState.REPLACED, 12)
    with pytest.raises(NotNow):
        town.act("li", targets.change, old.id, targets.Terms(Decimal(9)), "再改")
    assert [each.id for each in town.act("auditor", overview.history, new)] == [new.id, old.id]
    town.act("zhang", targets.end, new.id, "不再考核")
    assert town.act("auditor", overview.lines, overview.Wanted(2020)) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"figure": "nothing"}, "figure"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"figure": "closing_rate", "amount": Decimal(101)}, "above_full"),
        ({"year": 1999}, "year"),
        ({"measure": Measure.PERCENT}, "subject"),
        ({"path": Path.QUARTERS, "marks": (Decimal(1), Decimal(2))}, "marks"),
        ({"path": Path.QUARTERS, "marks": tuple(map(Decimal, (5, 4, 9)))}, "marks"),
    ],
)
def test_what_cannot_be_a_target(town: Town, changed: dict[str, Any], why: str) -> None:
    with pytest.raises(TargetRefused) as refusal:
        town.act("li", targets.draft, entry(**changed))

    assert refusal.value.facts["why"] == why


def test_a_target_is_measured_live_and_stays_as_it_was_frozen(town: Town) -> None:
    item_id = town.handled()
    part = town.part(item_id, "parks")
    whole = in_force(town)
    own = in_force(town, unit_id=part.unit_id)
    share = in_force(town, measure=Measure.PERCENT, figure="", item_id=item_id, amount=Decimal(100))
    snapshot = town.act("li", measuring.freeze, 2020)
    town.handled(title="又一件事项")

    line = town.act("auditor", overview.one, whole.id)

    counted = town.act("auditor", figures.measure, "items_registered", Span.year(2020))
    assert line.value == counted.value == 2
    assert [row.ref for row in line.counted.rows] == [row.ref for row in counted.rows]
    assert [(each.value, each.snapshot_id) for each in line.readings] == [(1, snapshot.id)]
    seen = town.act(HANDLERS["parks"], overview.lines, overview.Wanted(2020))
    assert {line.target.id for line in seen} == {own.id, share.id}
    with pytest.raises(TargetUnknown):
        town.act(HANDLERS["parks"], overview.one, whole.id)
    with pytest.raises(NOT_THEIRS):
        town.act("admin", overview.lines, overview.Wanted(2020))


def test_a_workbook_brings_targets_all_or_none(town: Town) -> None:
    names = {"立项数": sheets.Named("items_registered", level=False)}
    heads = ["单位", "指标", "目标值", "方向", "一季度", "二季度", "三季度"]
    good = ["市园林绿化处", "立项数", "12", "至少", "2", "5", "9"]
    bad = ["没有这个单位", "立项数", "12", "", "", "", ""]
    endless = ["市园林绿化处", "立项数", "NaN", "", "", "", ""]

    with pytest.raises(TargetRefused):
        town.act("li", targets.take_in, 2020, workbook("目标", heads, [endless]), names)
    both = workbook("目标", heads, [good, bad])
    with pytest.raises(TargetRefused) as refusal:
        town.act("li", targets.take_in, 2020, both, names)
    assert refusal.value.facts["row"] == 3
    (made,) = town.act("li", targets.take_in, 2020, workbook("目标", heads, [good]), names)

    assert (made.path, made.second, made.unit_id) == (Path.QUARTERS, 5, town.units["parks"])
    with pytest.raises(SheetRefused):
        town.act("li", targets.take_in, 2020, b"no workbook", names)
