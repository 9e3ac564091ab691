"""Of a secret row nothing is kept but the place that gave it away."""

from datetime import date, datetime, time

import pytest

from tests import ledgers
from tests.workflows.imports.office import Office
from workflows.imports import batches, book, redaction
from workflows.imports.sheets import RawSheet
from workflows.tables import ImportBatch


def kept(office: Office, content: bytes) -> bytes:
    batch: ImportBatch = office.act(batches.batch_of, office.upload(content))
    return batches.content_of(batch)


def test_nothing_of_a_secret_row_lies_in_the_database(office: Office) -> None:
    sheets = book.read_cells(kept(office, ledgers.real()))

    row = sheets[0].cells[21]
    assert [cell for cell in row if cell] == [redaction.MARK]
    assert "韩某" not in str(sheets)


def test_the_row_is_still_named_by_its_cell(office: Office) -> None:
    (note,) = office.rows(ledgers.real())[22].problems

    assert (note.code, note.cell) == ("secret", "E22")


def test_everything_else_is_kept_as_it_was(office: Office) -> None:
    before, after = (
        book.read_cells(content) for content in (ledgers.real(), kept(office, ledgers.real()))
    )

    for was, now in zip(before, after, strict=True):
        assert now.name == was.name
        assert sorted(map(str, now.merged)) == sorted(map(str, was.merged))
        changed = [n for n, row in enumerate(was.cells) if row != now.cells[n]]
        assert changed == ([21] if was is before[0] else [])


def test_a_file_without_secrets_is_kept_as_it_is(office: Office) -> None:
    content = ledgers.made_up()

    assert kept(office, content) == content


@pytest.mark.parametrize("sheet", ["人大建议政协提案", "重点项目"])
def test_sheets_that_are_not_read_yet_are_struck_as_well(office: Office, sheet: str) -> None:
    content = ledgers.changed({"D4": "机密"}, sheet)

    (found,) = (raw for raw in book.read_cells(kept(office, content)) if raw.name == sheet)

    assert [cell for cell in found.cells[3] if cell] == [redaction.MARK]


def test_cells_of_every_kind_survive_being_written() -> None:
    cells = [["=1+1", 1.5, True, date(2019, 9, 1), datetime(2019, 9, 1, 8, 30), time(8, 30)]]  # noqa: DTZ001 (as a sheet holds it)

    (sheet,) = book.read_cells(redaction.written([RawSheet("一", cells, [])]))

    assert sheet.cells == cells
