"""A table that is made to cost much is refused, or read to its end within what is allowed."""

import pytest

from engine.decisions import check, passed
from tests.bench.cases.tables import HUNDRED, LAST
from tests.engine.decisions.drawing import column, decision, file, output, wide
from tests.engine.effort import frugal

CHAIN = file(
    *(
        decision(f"d{n}", [column("a")], [output()], "- -> 1", needs=[f"d{n + 1}"] * 50)
        for n in range(99)
    ),
    decision("d99", [column("a")], [output()], "- -> 1"),
)
LONG_SUM = file(decision("d", [column("a")], [output()], "- -> " + '"a"' + ' + "a"' * 98))
ALIKE = file(decision("d", [column("a", "number")], [output()], *["- -> 1"] * 2000))


def repeated(cell: str, rows: int) -> bytes:
    """Return a table of one column that has the same cell in every row."""
    return file(decision("d", [column("a")], [output()], *[f"{cell} -> 1"] * rows))


BRACKETS, NUMBERS, NAMES = "(" * 1990, "1," * 990 + "1", "x " * 990
STRINGS = '"a",' * 490 + '"b"'


@pytest.mark.parametrize(
    ("hostile", "refused"),
    [
        (wide(200, 50), set()),
        (wide(20, 50), set()),
        (ALIKE, set()),
        (LONG_SUM, set()),
        (CHAIN, set()),
        (repeated(BRACKETS, 98), {"cell_parts"}),
        (repeated(NUMBERS, 98), set()),
        (repeated(NAMES, 98), {"name_unknown"}),
        (repeated(STRINGS, 98), set()),
        *((repeated(cell, 900), {"table_large"}) for cell in (BRACKETS, NUMBERS, NAMES, STRINGS)),
    ],
)
def test_a_hostile_table_is_refused_or_read_to_its_end(hostile: bytes, refused: set[str]) -> None:
    with frugal():
        problems = check(hostile).problems

    assert {problem.code for problem in problems} == refused


def test_the_last_of_a_hundred_rules_is_found() -> None:
    assert passed(HUNDRED).decide("d", LAST).result == {"r": 198, "why": "because"}
