"""Where items wait: the figures of a play that can be reckoned by hand, on either database."""

from datetime import date

import pytest
from sqlalchemy import text

import engine
from tests.workflows.town import Town
from workflows import heat, ledger
from workflows.errors import NotYours
from workflows.heat import Asked, Figure, Place
from workflows.ledger_filter import LedgerFilter
from workflows.processes import DIAGRAMS
from workflows.tables import Verdict

DAY = 86_400
UNITS = Asked("unit_handling")


@pytest.fixture
def item_id(town: Town) -> int:
    """Let two units have an item: one is returned once, the other signed for it late."""
    item_id = town.assigned("finance")
    town.set_clock(date(2020, 3, 3))
    town.acknowledge(item_id)
    town.set_clock(date(2020, 3, 5))
    town.acknowledge(item_id, "finance")
    town.set_clock(date(2020, 3, 6), hour=15)  # a Friday
    town.report(item_id)
    town.set_clock(date(2020, 3, 9))
    town.sign(item_id)
    town.set_clock(date(2020, 3, 10))
    town.review(item_id, verdict=Verdict.RETURNED, problem_solved=False, reason="未落实")
    town.set_clock(date(2020, 3, 11))
    town.report(item_id)
    town.sign(item_id)
    town.set_clock(date(2020, 3, 12))
    return item_id


def test_the_figures_are_those_of_a_reckoning_by_hand(town: Town, item_id: int) -> None:
    found = town.look("zhang", heat.figures, UNITS)
    finance = town.look(
        "zhang", heat.figures, Asked("unit_handling", unit_id=town.units["finance"])
    )
    march_ninth = town.look(
        "zhang", heat.figures, Asked("unit_handling", first=date(2020, 3, 9), last=date(2020, 3, 9))
    )

    signed_for = found["acknowledge"]
    assert (signed_for.ended, signed_for.median, signed_for.p90) == (2, DAY, 3 * DAY)
    assert (signed_for.dated, signed_for.late) == (2, 1)
    # From Tuesday at nine to Friday at three; then from one morning to the next.
    report = found["report"]
    assert (report.median, report.p90) == (DAY, 3.25 * DAY)
    assert (report.repeated, report.now, report.now_items) == (1, 1, 1)
    # From Friday at three to Monday at nine lie nine hours of Friday and nine of Monday.
    assert (found["confirm"].median, found["confirm"].p90) == (0, 0.75 * DAY)
    review = found["review"]
    assert (review.ended, review.returned, review.seconds) == (1, 1, DAY)
    assert (review.now, review.now_median) == (1, DAY)
    assert (finance["acknowledge"].median, "review" in finance) == (3 * DAY, False)
    assert [name for name, each in march_ninth.items() if each.ended] == ["confirm"]
    closed = text(
        "SELECT element_id, count(*) FROM engine_task WHERE closed_at IS NOT NULL "
        "AND element_id IN ('acknowledge', 'report', 'confirm', 'review') GROUP BY element_id"
    )
    with town.database.read() as session:
        counted = {str(name): number for name, number in session.execute(closed)}
    assert counted == {name: each.ended for name, each in found.items() if each.ended}


def test_every_figure_opens_its_rows_and_what_waits_is_the_ledgers_list(
    town: Town, item_id: int
) -> None:
    town.registered(title="另一件")
    at = {
        step: LedgerFilter(at=Place("unit_handling", step))
        for step in ("review", "report", "acknowledge")
    }

    (row,), count = town.look("zhang", heat.visits, UNITS, "acknowledge", Figure.LATE)
    listed = {step: town.look("zhang", ledger.rows, wanted) for step, wanted in at.items()}

    assert (count, row.unit, row.seconds, row.late) == (1, "市财政局", 3 * DAY, True)
    assert [[each.item.id for each in rows] for rows in listed.values()] == [
        [item_id],
        [item_id],
        [],
    ]
    of_parks = LedgerFilter(at=Place("unit_handling", "report"), unit_id=town.units["parks"])
    assert town.look("zhang", ledger.count, of_parks) == 0
    assert town.look("chu", ledger.count, at["report"]) == 0  # a unit learns nothing by a filter
    called = town.look("zhang", heat.figures, Asked("instruction"))["units"]
    assert (called.now_items, called.ended) == (1, 0)
    with pytest.raises(NotYours):
        town.look("admin", heat.visits, UNITS, "acknowledge", Figure.LATE)
    with pytest.raises(NotYours):
        town.look("chu", heat.figures, UNITS)


def test_what_another_version_lacks_is_told_beside_its_picture(town: Town, item_id: int) -> None:
    xml = (DIAGRAMS / "unit_handling.bpmn").read_bytes().replace(b'"confirm"', b'"sign_it"')
    xml = xml.replace(b'duban:step="sign_it"', b'duban:step="confirm"')
    changed = town.database.write(lambda session: engine.deploy(session, xml, by="person:1"))

    on_the_newest = town.look("admin", heat.heat_map, UNITS)
    of_the_newest = town.look(
        "admin", heat.heat_map, Asked("unit_handling", definition_id=changed.id)
    )

    assert on_the_newest.definition.id == changed.id
    assert [(spot.id, spot.versions) for spot in on_the_newest.elsewhere] == [("confirm", (1,))]
    assert of_the_newest.spots == []
