"""What tests of decisions begin with: a registered one, and rows to break it down by."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from tests.workflows.town import Town
from workflows.calendar import office_day
from workflows.decisions.breakdown import BreakdownRow, decompose
from workflows.tables import Item, Source

LIMIT, AHEAD = date(2020, 6, 30), timedelta(days=60)


def row(town: Town, unit: str = "parks", **changed: object) -> BreakdownRow:
    """Return a whole row, but for what a test changes."""
    usual: dict[str, Any] = {
        "title": f"{unit}的任务",
        "sponsor_post_id": town.posts["secretary"],
        "lead_unit_id": town.units[unit],
        "responsible_person": "范志国",
        "due_on": max(LIMIT, office_day(town.clock.now()) + AHEAD),
    }
    return BreakdownRow(**{**usual, **changed})


def decided(town: Town, **changed: object) -> int:
    """Return a meeting's decision that waits to be broken down."""
    usual = {"source": Source.EXECUTIVE_MEETING, "title": "老旧小区改造"}
    return town.approved(**{**usual, **changed})


def broken_down(town: Town, *units: str, **changed: object) -> tuple[int, list[int]]:
    """Return a decision that was broken down into a part for each unit, and the parts."""
    whole = decided(town, **changed)
    rows = [row(town, unit) for unit in units]
    town.act("li", decompose, town.task(whole, "decompose"), rows)
    return whole, parts(town, whole)


def parts(town: Town, whole: int) -> list[int]:
    """Return the numbers of a decision's parts, in their order."""
    wanted = select(Item.id).where(Item.parent_id == whole)
    return town.rows(wanted.order_by(Item.part_no))


def done(town: Town, part: int, unit: str) -> None:
    """Let a unit sign for its part, report for good and be accepted."""
    town.acknowledge(part, unit)
    town.finish(part, unit)
