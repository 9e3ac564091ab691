"""The safe language: what it computes, and that nothing in it can act."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import ExpressionRefused, Fault
from engine.diagrams import Expression
from engine.machine import Run, freeze, thaw
from engine.machine.runs import SAFE
from tests.engine.attacks import payloads
from tests.engine.effort import frugal
from tests.engine.shapes import SHAPES
from tests.engine.walking import Hours, planned

DATA: dict[str, Any] = {
    "outcome": "accept",
    "final": False,
    "percent": 40,
    "units": ["a", "b"],
    "item": {"urgency": "flash", "days": 3},
    "none": None,
}
COMPUTED = {
    'outcome == "accept"': True,
    "not final": True,
    'item.urgency == "flash" and percent > 30': True,
    'item["days"] * 2 + 1': 7,
    'outcome in ("accept", "sign")': True,
    'outcome not in ["return"]': True,
    "len(units) >= 2": True,
    "units[1]": "b",
    "units[-1]": "b",
    "min(percent, 10)": 10,
    "max(1, 2, 3)": 3,
    "abs(-percent)": 40,
    "round(percent / 7, 2)": 5.71,
    "round(2.5)": 2,
    'int("12") + 1': 13,
    "1 < percent <= 40": True,
    '"late" if percent < 50 else "fine"': "late",
    "none is None": True,
    "none is not None": False,
    '"a" + "b"': "ab",
    "percent % 7": 5,
    "percent // 7": 5,
    "-percent": -40,
    "final or percent": 40,
    "  percent  ": 40,
}


@pytest.mark.parametrize("text", COMPUTED)
def test_computes(text: str) -> None:
    assert Expression(text).value(DATA) == COMPUTED[text]


@pytest.mark.parametrize(
    "text",
    ["missing", "item.missing", "units[9]", "percent / 0", "percent < outcome", "percent.real",
     "outcome.upper", "len(percent)", '"a" * 3', "units + units", "percent[0]", "int(units)",
     "1e308 * 10", '"%s" % 1', "outcome < none", "min()", "item[units]"],
)  # fmt: skip
def test_what_cannot_be_computed_is_a_fault(text: str) -> None:
    try:
        expression = Expression(text)
    except ExpressionRefused:
        return
    with pytest.raises(Fault):
        expression.value(DATA)


@pytest.mark.parametrize("number", range(len(payloads(Path("x")))))
def test_no_attack_gets_through(number: int, tmp_path: Path) -> None:
    sentinel = tmp_path / "sentinel"

    with frugal(), pytest.raises((ExpressionRefused, Fault)):
        Expression(payloads(sentinel)[number]).value(DATA)

    assert not sentinel.exists()


@given(st.text(max_size=60))
def test_any_text_is_a_value_a_fault_or_refused(text: str) -> None:
    try:
        value = Expression(text).value(DATA)
    except (ExpressionRefused, Fault):
        return
    assert isinstance(value, str | int | float | list | dict | type(None))


names = st.sampled_from(["outcome", "percent", "units", "item", "final", "1", '"a"', "2.5"])
signs = st.sampled_from(["+", "-", "*", "/", "//", "%", "==", "<", "in", "and", "or", "is"])
grown = st.recursive(
    names,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, signs, inner),
        st.builds("not {}".format, inner),
        st.builds("len({})".format, inner),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("({}).real".format, inner),
    ),
    max_leaves=12,
)


@given(grown)
def test_grown_expressions_never_break_out(text: str) -> None:
    try:
        Expression(text).value(DATA)
    except (ExpressionRefused, Fault):
        return


def test_knows_the_data_that_it_reads() -> None:
    assert Expression("len(units) > percent and item.days").names == {"units", "percent", "item"}


def test_a_thawed_run_has_the_safe_evaluator() -> None:
    plan = planned(SHAPES["a loop"])
    run = Run(plan, Hours())
    run.begin({})
    run.go()

    again = thaw(plan, Hours(), freeze(run))

    assert run.script_engine is SAFE
    assert again.script_engine is SAFE
    token = next(again.tokens())
    with pytest.raises(ExpressionRefused):
        again.script_engine.evaluate(token, "__import__('os')")
    with pytest.raises(Fault):
        again.script_engine.execute(token, "1 + 1")
    with pytest.raises(Fault):
        again.script_engine.call_service(token)


def test_a_sub_process_computes_with_the_same_evaluator() -> None:
    plan = planned(SHAPES["a sub-process with events of every kind"])
    run = Run(plan, Hours())
    run.begin({})
    run.go()

    again = thaw(plan, Hours(), freeze(run))

    (scope,) = again.subprocesses.values()
    assert scope.script_engine is SAFE
