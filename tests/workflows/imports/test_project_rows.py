"""The sheet of key projects comes in on its own diagram, untidy as it is."""

from datetime import date
from decimal import Decimal

import pytest

from tests import ledgers
from tests.workflows.imports.office import Office, units_of
from workflows.imports import batches, project_rows
from workflows.imports.batches import Preview
from workflows.imports.cells import CellUnread
from workflows.projects import overview
from workflows.projects.overview import ProjectFile
from workflows.projects.templates import seed_templates
from workflows.tables import Kind, MilestoneState, Period, ProjectType

SHEET = "重点项目"


@pytest.fixture
def previewed(office: Office) -> tuple[Office, int, Preview]:
    """Give the office that looks at the real ledger's sheet of projects."""
    office.database.write(seed_templates)
    batch_id = uploaded(office)
    return office, batch_id, office.preview(batch_id)


def uploaded(office: Office) -> int:
    """Upload the real ledger and turn to its sheet of projects."""
    batch_id = office.upload(ledgers.real())
    sheets = office.look(batches.sheets_of, batch_id)
    office.act(batches.choose_sheet, batch_id, SHEET, sheets)
    return batch_id


def file_of(office: Office, title: str) -> ProjectFile:
    """Return a project's file."""
    found = office.look(overview.file_of, office.item(title).id)
    assert found is not None
    return found


def test_every_row_is_ready_and_tells_what_was_worked_out(
    previewed: tuple[Office, int, Preview],
) -> None:
    rows = {row.title: row for row in previewed[2].rows}

    notes = {title: [note.code for note in row.notes] for title, row in rows.items()}
    assert [row.verdict for row in rows.values() if row.problems] == []
    assert "not_begun" in notes["新能源汽车产业园"]
    assert "node_read" in notes["市域铁路一期工程"]
    assert "node_read" not in notes["超级电容项目"]


def test_each_comes_in_as_a_project_with_its_money_and_milestones(
    previewed: tuple[Office, int, Preview],
) -> None:
    office, batch_id, _ = previewed
    office.run(batch_id)

    square = file_of(office, "高铁站站前广场改造").standing
    rail = file_of(office, "市域铁路一期工程").standing
    item = office.item("市域铁路一期工程")

    assert (item.kind, item.reporting_period) == (Kind.KEY_PROJECT, Period.WEEKLY)
    assert units_of(item) == ["市铁路建设办公室"]
    assert item.problems == "征地拆迁滞后"
    assert office.steps(item.title) == ["report"]
    assert (square.planned, square.done, square.share) == (6800, 5440, 80)
    assert (rail.project.type, rail.project.investment) == (ProjectType.CONTINUED, 1_250_000)
    assert rail.current is not None
    assert rail.current.name == "主体施工"
    states = [node.state for node in rail.project.milestones]
    assert states == [MilestoneState.DONE] * 8 + [MilestoneState.OPEN] * 3
    assert all(node.due_on >= date(2019, 9, 20) for node in rail.project.milestones[8:])
    assert file_of(office, "新能源汽车产业园").standing.project.starts_on is None


def test_a_second_time_nothing_comes_in(previewed: tuple[Office, int, Preview]) -> None:
    office, batch_id, _ = previewed
    office.run(batch_id)
    again = uploaded(office)

    refused = [row for row in office.preview(again).rows if [note.code for note in row.problems]]

    assert {note.code for row in refused for note in row.problems} == {"on_ledger"}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (96000.0, "96000"),
        ("5,440", "5440"),
        ("１２，５００．５", "12500.50"),
        ("1.2亿元", "12000"),
        ("35000元", "3.5"),
    ],
)
def test_amounts_are_read_as_offices_write_them(cell: str | float, expected: str) -> None:
    assert project_rows.amount(cell) == Decimal(expected)


@pytest.mark.parametrize("cell", ["约三千", "-5", "12..5", "1e5", ""])
def test_what_is_no_amount_is_asked_about(cell: str) -> None:
    with pytest.raises(CellUnread):
        project_rows.amount(cell)


def test_an_amount_beyond_all_measure_is_asked_about() -> None:
    for text in ("9" * 30, "9" * 5000, "100000000亿元"):
        with pytest.raises(CellUnread):
            project_rows.amount(text)
