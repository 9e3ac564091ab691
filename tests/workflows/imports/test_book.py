"""Files from outside: what is read of them, and which are turned away before that."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from openpyxl import Workbook

from tests import ledgers
from workflows.errors import PaperRefused, Refusal, SheetRefused
from workflows.imports import book
from workflows.imports.columns import letter_of
from workflows.imports.matching import Field, match


def test_a_header_of_two_merged_rows_is_found_below_title_and_note() -> None:
    sheets = book.read_book(ledgers.real())

    table = book.must_have_table(sheets[0])
    assert table.header == (2, 3)
    assert len(table.above) == 2
    assert [column.title for column in table.columns][7:9] == [
        "责任单位 › 牵头单位",
        "责任单位 › 协办单位",
    ]
    assert (table.rows[0].number, len(table.rows)) == (5, 23)


def test_every_sheet_is_listed_and_known_for_what_it_lists() -> None:
    sheets = book.read_book(ledgers.real())

    assert [(sheet.name, sheet.table is None) for sheet in sheets[1:]] == [
        ("人大建议政协提案", False),
        ("重点项目", False),
    ]


def test_columns_are_known_by_other_names_in_another_order() -> None:
    table = book.must_have_table(book.read_book(ledgers.made_up())[0])

    assert match(table.columns) == {
        0: Field.TITLE,
        1: Field.LIMIT,
        2: Field.UNITS,
        3: Field.PERCENT,
        4: Field.NUMBER,
        5: Field.ASSIGNED,
        6: Field.SOURCE,
        7: Field.URGENCY,
        8: Field.PROGRESS,
        9: Field.REMARKS,
    }


@pytest.mark.parametrize("limit", ["办结时限", "办理期限"])
def test_the_day_of_closing_is_no_limit(limit: str) -> None:
    content = ledgers.made_up(head=(ledgers.HEAD[0], "办结时间", limit, *ledgers.HEAD[2:]))

    found = match(book.must_have_table(book.read_book(content)[0]).columns)

    assert (found[0], found.get(1), found[2]) == (Field.TITLE, None, Field.LIMIT)


def test_columns_have_the_letters_of_the_sheet() -> None:
    assert [letter_of(place) for place in (0, 16, 25, 26, 51, 52, 701, 702)] == [
        "A", "Q", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


# -- hostile files -----------------------------------------------------------------------


def repacked(**members: bytes) -> bytes:
    """Return the real ledger with members added or replaced."""
    file = BytesIO()
    with ZipFile(ledgers.REAL) as real, ZipFile(file, "w", ZIP_DEFLATED) as copy:
        for member in real.infolist():
            if member.filename not in members:
                copy.writestr(member.filename, real.read(member))
        for name, content in members.items():
            copy.writestr(name, content)
    return file.getvalue()


def with_link() -> bytes:
    """Return the real ledger with a symbolic link inside."""
    link = ZipInfo("xl/link")
    link.external_attr = 0o120777 << 16
    file = BytesIO(ledgers.real())
    with ZipFile(file, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def with_too_many() -> bytes:
    """Return the real ledger with more members than any workbook has."""
    return repacked(**{f"xl/media/{number}.txt": b"" for number in range(2_001)})


def far_away() -> bytes:
    """Return a small workbook whose one sheet claims to be as large as a sheet can be."""
    sheet = Workbook()
    sheet.active["A1"] = "督查事项"
    sheet.active["XFD1048576"] = "末"
    return ledgers.saved(sheet)


def without_header() -> bytes:
    """Return a workbook of numbers."""
    sheet = Workbook()
    for row in range(20):
        sheet.active.append([row, row + 1, row + 2])
    return ledgers.saved(sheet)


HOSTILE: dict[str, tuple[Callable[[], bytes], type[Refusal], str]] = {
    "bomb": (
        lambda: repacked(**{"xl/worksheets/sheet1.xml": b" " * 200 * 1024 * 1024}),
        PaperRefused,
        "bomb",
    ),
    "macros": (lambda: repacked(**{"xl/vbaProject.bin": b"\xd0\xcf"}), PaperRefused, "macros"),
    "odd path": (lambda: repacked(**{"../../evil.xml": b"<a/>"}), PaperRefused, "path"),
    "link": (with_link, PaperRefused, "path"),
    "too many": (with_too_many, PaperRefused, "bomb"),
    "far away": (far_away, SheetRefused, "too_heavy"),
    "old xls": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        SheetRefused,
        "not_xlsx",
    ),
    "csv": (lambda: "编号,事项,单位\n1,甲,乙\n".encode("gb18030"), SheetRefused, "not_xlsx"),
    "nothing": (lambda: b"", SheetRefused, "not_xlsx"),
    "half": (lambda: ledgers.real()[:6_000], PaperRefused, "broken"),
    "another archive": (lambda: zipped("a.txt", b"a"), SheetRefused, "not_xlsx"),
    "broken sheet": (
        lambda: repacked(**{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}),
        SheetRefused,
        "broken",
    ),
    "entities": (
        lambda: repacked(
            **{"xl/sharedStrings.xml": b'<!DOCTYPE a [<!ENTITY b "bb">]><sst><si><t>&b;</t></si>'}
        ),
        SheetRefused,
        "broken",
    ),
    "too large": (lambda: b"PK\x03\x04" + b"0" * book.MOST_BYTES, SheetRefused, "too_large"),
}


def zipped(name: str, content: bytes) -> bytes:
    """Return an archive of one member."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_turned_away_with_its_reason(kind: str) -> None:
    make, refusal, why = HOSTILE[kind]

    with pytest.raises(refusal) as refused:
        book.read_book(make())

    assert refused.value.facts["why"] == why


def test_a_sheet_without_a_header_is_refused_as_a_ledger() -> None:
    (sheet,) = book.read_book(without_header())

    with pytest.raises(SheetRefused) as refused:
        book.must_have_table(sheet)

    assert refused.value.facts["why"] == "no_header"
