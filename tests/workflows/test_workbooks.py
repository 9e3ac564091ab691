"""Workbooks that go out: text and nothing but text."""

from io import BytesIO
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from workflows.workbooks import workbook

texts = st.one_of(
    st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://a.example", "0012", "1e5"]),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40),
)


@given(cell=texts)
def test_whatever_a_cell_says_it_is_a_text(cell: str) -> None:
    file = BytesIO(workbook("台账", ["列"], [[cell]]))

    assert (load_workbook(file).active["A2"].value or "") == cell
    with ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_a_title_with_signs_that_sheets_may_not_have_is_cut_to_fit() -> None:
    book = load_workbook(BytesIO(workbook("[a]:*?/\\'" + "长" * 40, ["列"], [])))

    assert len(book.active.title) <= 31


def test_the_head_stays_in_sight() -> None:
    book = load_workbook(BytesIO(workbook("台账", ["甲", "乙"], [["1", "2"]])))

    assert book.active.freeze_panes == "A2"
    assert [cell.value for cell in book.active[1]] == ["甲", "乙"]
