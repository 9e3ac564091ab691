"""Whatever stands in a cell is read or refused; whatever the data hold is decided or fails."""

from contextlib import suppress
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Fault
from engine.decisions import check, passed
from engine.decisions.parse import expression, unary_tests
from engine.decisions.refusals import CellRefused
from engine.values import fit
from tests.engine.decisions.drawing import column, decision, file, output

PIECES = [
    *"()[]-+*/<>=!,. \t0159ax",
    *("..", "<=", ">=", "not(", "null", "true", '"a"', "a.b", "1e9", ".5", "9" * 40),
    *('date("2020-02-29")', 'date and time("2020-01-01T00:00:00")', 'duration("P1D")'),
    *('duration("P9999Y")', 'date("9999-12-31")', 'date("0001-01-01")', "__class__", "督办"),
]
CELLS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
KINDS = st.sampled_from(
    ["", "string", "number", "boolean", "date", "dateTime", "dayTimeDuration", "yearMonthDuration"]
)
DATA = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["2020-01-01", "2020-01-01T00:00:00Z", "P1D", "P1M", "0001-01-01"]),
    st.dictionaries(st.sampled_from(["b", "x"]), st.integers(), max_size=2),
    st.lists(st.integers(), max_size=2),
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(CELLS, st.text(max_size=30)))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (unary_tests, expression):
        with suppress(CellRefused):
            read(text)


@settings(max_examples=150, deadline=None)
@given(CELLS, CELLS, st.tuples(KINDS, KINDS), st.booleans(), st.tuples(DATA, DATA))
def test_what_passes_the_gate_is_decided_or_fails_by_rule(
    cell: str,
    result: str,
    kinds: tuple[str, str],
    collects: bool,  # noqa: FBT001
    data: tuple[Any, Any],
) -> None:
    columns, outputs = [column("a", kinds[0]), column("x")], [output("r", kinds[1])]
    row = f"{cell} | - -> {result}".replace("\t", " ")
    more = {"policy": "COLLECT", "aggregation": "MAX"} if collects else {}
    xml = file(decision("d", columns, outputs, row, **more))
    if check(xml).problems:
        return

    with suppress(Fault):
        decided = passed(xml).decide("d", dict(zip("ax", data, strict=True))).result
        assert orjson.loads(orjson.dumps(fit({"r": decided}))) == {"r": decided}
