"""The safe language: what it computes, and that nothing in it can act."""

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine
from engine import Database, ExpressionRefused, Fault, Registry
from engine.diagrams import Expression
from engine.machine import Run, freeze, thaw
from engine.machine.runs import SAFE
from tests.engine.conftest import Office
from tests.engine.drawing import (
    boundary,
    call,
    catch,
    choice,
    diagram,
    end,
    flow,
    path,
    service,
    start,
    user,
)
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


def attacks(sentinel: Path) -> list[str]:
    """Return expressions that would each write a file, or eat the machine, in plain Python."""
    touch = f"open({str(sentinel)!r}, 'w')"
    system = f"'touch {sentinel}'"
    return [
        f"__import__('os').system({system})",
        f"__import__('pathlib').Path({str(sentinel)!r}).touch()",
        touch,
        f"eval({touch!r})",
        f"exec({touch!r})",
        f"compile({touch!r}, '', 'eval')",
        f"(lambda: {touch})()",
        f"[{touch} for _ in (1,)]",
        f"{{{touch} for _ in (1,)}}",
        f"{{1: {touch} for _ in (1,)}}",
        f"next({touch} for _ in (1,))",
        f"[*map(open, ({str(sentinel)!r},))]",
        f"print({touch})",
        f"(x := {touch})",
        f"len.__self__.open({str(sentinel)!r}, 'w')",
        f"len.__self__.__dict__['open']({str(sentinel)!r}, 'w')",
        f"min.__class__.__mro__[-1].__subclasses__()[0]({str(sentinel)!r})",
        "().__class__.__bases__[0].__subclasses__()",
        "''.__class__.__mro__[1].__subclasses__()",
        "outcome.__class__",
        "outcome.__init__.__globals__",
        "item.__class__.__init__",
        "units.append(1)",
        "units.__class__",
        "item.pop('urgency')",
        "item.get('urgency')",
        "outcome.format(outcome)",
        "'{0.__class__}'.format(outcome)",
        "f'{outcome.__class__}'",
        f"f'{{{touch}}}'",
        "getattr(outcome, '__class__')",
        "vars()",
        "globals()",
        "locals()",
        "dir()",
        "type(outcome)",
        "breakpoint()",
        "input()",
        "exit()",
        "help()",
        "memoryview(b'a')",
        "b'a'",
        "1j",
        "...",
        "_",
        "__builtins__",
        "__builtins__['open']",
        "await outcome",
        "yield",
        "lambda: 1",
        "del outcome",
        "outcome = 1",
        "import os",
        "assert 0",
        "raise ValueError",
        "while 1: pass",
        "9**9**9",
        "9**999999",
        "1 << 99999999",
        "'a' * 999999999",
        "[1] * 999999999",
        "10**15 * 10**15 * 10**15",
        "+".join(["1"] * 400),
        "(" * 900 + "1" + ")" * 900,
        "-" * 3_000 + "1",
        "not " * 600 + "1",
        "1" * 5_000,
        "outcome[::2]",
        "len(*units)",
        "len(obj=units)",
        "max(units, key=len)",
        "min(units, key=open)",
        "item[open]",
        "open",
        "len",
        "units @ units",
        "~percent",
        "percent & 1",
        "{**item}",
        "{1, 2}",
        "{'a': open}",
        "print",
        f"os.system({system})",
        f"subprocess.run({system})",
        f"importlib.import_module('os').system({system})",
        "\x00",
        "outcome\nopen",
        "outcome; open",
        "outcome #\nopen('x')",
        "\u2028open",
        "ｏｐｅｎ('x')",
        "ｌｅｎ.__self__",
    ]


@pytest.mark.parametrize("number", range(len(attacks(Path("x")))))
def test_no_attack_gets_through(number: int, tmp_path: Path) -> None:
    sentinel = tmp_path / "sentinel"
    began = time.monotonic()

    with pytest.raises((ExpressionRefused, Fault)):
        Expression(attacks(sentinel)[number]).value(DATA)

    assert not sentinel.exists()
    assert time.monotonic() - began < 1


POSITIONS = ("condition", "parameter", "duration", "date", "cycle", "cycle step in the data")


def with_attack(position: str, attack: str) -> bytes:
    """Return a diagram with an attack at one of the places where something is computed."""
    body = (start(), user("x"), end(), path("begin", "x", "end"))
    late = (end("late"), flow("e", "late"))
    match position:
        case "condition":
            drawn = diagram(
                "p",
                start(),
                choice("x", default="end"),
                end(),
                end("other"),
                path("begin", "x", "end"),
                flow("x", "other", attack),
            )
        case "parameter":
            drawn = diagram(
                "p", start(), service("x", "tell", text=attack), end(), path("begin", "x", "end")
            )
        case "cycle step in the data":
            drawn = diagram("p", *body, boundary("e", "x", cycle="R/period"), *late)
        case "cycle":
            drawn = diagram("p", *body, boundary("e", "x", cycle="ATTACK"), *late)
        case _:
            drawn = diagram(
                "p", start(), catch("x", **{position: "ATTACK"}), end(), path("begin", "x", "end")
            )
    escaped = attack.replace("&", "&amp;").replace("<", "&lt;")
    return drawn.replace(b"ATTACK", escaped.encode())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("position", POSITIONS)
def test_no_attack_in_a_diagram_gets_through(
    position: str, office: Office, database: Database, registry: Registry, tmp_path: Path
) -> None:
    sentinel = tmp_path / "sentinel"
    for number, attack in enumerate(attacks(sentinel)):
        drawn, key = with_attack(position, attack), str(number)
        if engine.check(drawn, registry):
            continue
        office.deploy(drawn)
        office.start("p", key=key, period=attack, **DATA)
        with database.read() as session:
            assert len(engine.incidents(session, key)) == 1, attack

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


def test_calls_have_no_expressions(registry: Registry) -> None:
    drawn = diagram(
        "p",
        start(),
        call("x", "q", items="units + [1]", item="a"),
        end(),
        path("begin", "x", "end"),
    )

    assert [problem.code for problem in engine.check(drawn, registry)] == ["key_unfit"]
