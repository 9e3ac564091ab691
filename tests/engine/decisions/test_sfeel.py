"""The language of cells, case by case; the cases follow the examples of the standard."""

from typing import Any

import pytest

from engine import Fault
from engine.decisions import passed
from engine.decisions.parse import expression, unary_tests
from engine.decisions.refusals import CellRefused
from engine.decisions.syntax import Comparison
from tests.engine.decisions.drawing import column, decision, file, output

ANY, STRING, NUMBER, BOOLEAN = "", "string", "number", "boolean"
DATE, MOMENT = "date", "dateTime"
DAYS, MONTHS = "dayTimeDuration", "yearMonthDuration"
DATA: dict[str, Any] = {
    "a": 5,
    "b": 10,
    "word": "x",
    "day": "2012-12-25",
    "nothing": None,
    "applicant": {"age": 18, "home": {"city": "Beijing"}},
    "loan amount": 500,
    "金额": 12,
}
TYPES = {"day": DATE}

# (type of the column, the cell, what the data holds, whether it lets it through)
TESTS: list[tuple[str, str, Any, bool]] = [
    # everything
    (NUMBER, "-", 5, True),
    (NUMBER, "", 5, True),
    (NUMBER, "-", None, True),
    # literals
    (NUMBER, "5", 5, True),
    (NUMBER, "5", 6, False),
    (NUMBER, "5", 5.0, True),
    (NUMBER, "-5", -5, True),
    (NUMBER, "- 5", -5, True),
    (NUMBER, ".5", 0.5, True),
    (NUMBER, "0.1", 0.1, True),
    (NUMBER, "007", 7, True),
    (STRING, '"Winter"', "Winter", True),
    (STRING, '"Winter"', "winter", False),
    (STRING, '""', "", True),
    (STRING, '"say \\"hi\\""', 'say "hi"', True),
    (STRING, '"line\\n"', "line\n", True),
    (STRING, '"\\u7763\\u529e"', "督办", True),
    (STRING, '"督办"', "督办", True),
    (STRING, '"a, b"', "a, b", True),
    (BOOLEAN, "true", True, True),
    (BOOLEAN, "true", False, False),
    (BOOLEAN, "false", False, True),
    (BOOLEAN, "true,false", False, True),
    (DATE, 'date("2012-12-25")', "2012-12-25", True),
    (DATE, 'date("2012-12-25")', "2012-12-26", False),
    (MOMENT, 'date and time("2012-12-24T23:59:00")', "2012-12-24T23:59:00", True),
    (MOMENT, 'date and time("2012-12-24T23:59:00Z")', "2012-12-25T07:59:00+08:00", True),
    (DAYS, 'duration("P3D")', "P3D", True),
    (DAYS, 'duration("P1D")', "PT24H", True),
    (DAYS, 'duration("-PT1H")', "-PT60M", True),
    (MONTHS, 'duration("P1Y")', "P12M", True),
    (MONTHS, 'duration("P2Y2M")', "P2Y2M", True),
    # lists
    (STRING, '"Winter","Spring"', "Spring", True),
    (STRING, '"Winter" , "Spring"', "Summer", False),
    (STRING, '"a","b","c","d"', "c", True),
    (STRING, '"a","b","c","d"', "e", False),
    (NUMBER, "1,2,3", 3.0, True),
    (NUMBER, "1, [5..7], > 100", 6, True),
    (NUMBER, "1, [5..7], > 100", 101, True),
    (NUMBER, "1, [5..7], > 100", 8, False),
    # comparisons
    (NUMBER, "< 5", 4.9, True),
    (NUMBER, "<5", 5, False),
    (NUMBER, "<= 5", 5, True),
    (NUMBER, "> 5", 5, False),
    (NUMBER, ">= 5", 5, True),
    (NUMBER, "> -5", -4, True),
    (STRING, '< "b"', "a", True),
    (DATE, '< date("2012-12-25")', "2012-12-24", True),
    (DATE, '>= date("2012-12-25")', "2012-12-24", False),
    (MOMENT, '< date and time("2012-12-25T00:00:00+08:00")', "2012-12-24T15:59:59Z", True),
    (DAYS, '<= duration("P5D")', "PT120H", True),
    (DAYS, '< duration("PT1H30M")', "PT90M", False),
    (MONTHS, '> duration("P11M")', "P1Y", True),
    # ranges: each end open or closed
    (NUMBER, "[1..10]", 1, True),
    (NUMBER, "[1..10]", 10, True),
    (NUMBER, "(1..10)", 1, False),
    (NUMBER, "(1..10)", 10, False),
    (NUMBER, "]1..10[", 10, False),
    (NUMBER, "]1..10[", 5, True),
    (NUMBER, "[1..10)", 1, True),
    (NUMBER, "[1..10)", 10, False),
    (NUMBER, "(1..10]", 10, True),
    (NUMBER, "]1..10]", 1, False),
    (NUMBER, "[1..10[", 9.999, True),
    (NUMBER, "[-5..-1]", -3, True),
    (NUMBER, "[.5..1.5]", 0.5, True),
    (NUMBER, "[ 1 .. 10 ]", 5, True),
    (DATE, '[date("2012-01-01")..date("2012-12-31")]', "2012-12-31", True),
    (DATE, '[date("2012-01-01")..date("2012-12-31")[', "2012-12-31", False),
    (DAYS, '(duration("P1D")..duration("P2D"))', "PT36H", True),
    (STRING, '["a".."c"]', "b", True),
    # not
    (STRING, 'not("Winter")', "Summer", True),
    (STRING, 'not("Winter","Spring")', "Spring", False),
    (STRING, 'not ( "Winter" )', "Winter", False),
    (NUMBER, "not(< 5)", 5, True),
    (NUMBER, "not([1..10], 20)", 20, False),
    (NUMBER, "not([1..10], 20)", 15, True),
    # names and arithmetic
    (NUMBER, "a", 5, True),
    (NUMBER, "< b", 9, True),
    (NUMBER, "[a..b]", 7, True),
    (NUMBER, "(a..b)", 5, False),
    (NUMBER, "< applicant.age", 17, True),
    (STRING, "applicant.home.city", "Beijing", True),
    (STRING, "not(word)", "y", True),
    (NUMBER, "<= loan amount", 500, True),
    (NUMBER, "> 金额", 13, True),
    (DATE, "< day", "2012-12-24", True),
    (NUMBER, "a + b", 15, True),
    (NUMBER, "< 2 * b - a", 14, True),
    (NUMBER, "[a - 1..a + 1]", 6, True),
    (NUMBER, "(1 + 2) * 3", 9, True),
    (NUMBER, "((1)..(b))", 2, True),
    (NUMBER, "12 / 4 / 3", 1, True),
    (DATE, '> day + duration("P1D")', "2012-12-27", True),
    (DATE, '>= day - duration("P1M")', "2012-11-25", True),
    # nothing: only null equals it, and no comparison with it is true
    (NUMBER, "5", None, False),
    (NUMBER, "< 5", None, False),
    (NUMBER, "not(< 5)", None, False),
    (NUMBER, "[1..10]", None, False),
    (NUMBER, "not([1..10])", None, False),
    (STRING, '"a","b","c"', None, False),
    (STRING, 'not("a")', None, True),
    (NUMBER, "null", None, True),
    (NUMBER, "null", 5, False),
    (NUMBER, "not(null)", 5, True),
    (NUMBER, "not(null)", None, False),
    (NUMBER, "< nothing", 5, False),
    (NUMBER, "not(< nothing)", 5, False),
    (NUMBER, "applicant.shoe", 5, False),
    (NUMBER, "< a / 0", 5, False),
    # columns without a type take what comes
    (ANY, "5", 5, True),
    (ANY, '"5"', 5, False),
    (ANY, "5", "5", False),
    (ANY, "1", True, False),
    (ANY, "true", 1, False),
    (ANY, "not(5)", "5", False),
    (ANY, "1,2,3", True, False),
    (ANY, "not(1,2,3)", "1", False),
    (ANY, 'not("a","b","c")', None, True),
    (ANY, "5", [5], False),
    (ANY, "< 5", {"a": 1}, False),
]


def lets_through(kind: str, cell: str, value: Any) -> bool:
    """Decide by a table with one cell."""
    names = [name for name in DATA if name in cell]
    inputs = [column("value", kind), *(column(name, TYPES.get(name, "")) for name in names)]
    row = " | ".join([cell, *("-" for _ in names)])
    plan = passed(file(decision("d", inputs, [output()], f"{row} -> true")))
    return plan.decide("d", DATA | {"value": value}).result is True


@pytest.mark.parametrize(("kind", "cell", "value", "passes"), TESTS)
def test_a_cell_lets_through(kind: str, cell: str, value: Any, passes: bool) -> None:  # noqa: FBT001
    assert lets_through(kind, cell, value) is passes


def test_there_are_enough_cases() -> None:
    assert len(TESTS) >= 80


# (the expression, its result as the data keeps it)
RESULTS: list[tuple[str, Any]] = [
    ("1", 1),
    ("1.0", 1),
    ("1.5", 1.5),
    ("0.1 + 0.2", 0.3),
    ("1 - 2 - 3", -4),
    ("2 + 3 * 4", 14),
    ("(2 + 3) * 4", 20),
    ("1 / 3 * 3", 1.0),
    ("10 / 4", 2.5),
    ("- a", -5),
    ("--a", 5),
    ("-(a + b)", -15),
    ("3 - -2", 5),
    ("9007199254740993", 9007199254740993),
    ("9223372036854775807", 9223372036854775807),
    ('"a" + "b"', "ab"),
    ("a = 5", True),
    ("a != 5", False),
    ("a < b", True),
    ("a >= b", False),
    ('word = "x"', True),
    ("word = 1", None),
    ("nothing = null", True),
    ("nothing = 1", False),
    ("nothing < 1", None),
    ("nothing + 1", None),
    ("a / 0", None),
    ("true", True),
    ("null", None),
    ("applicant", {"age": 18, "home": {"city": "Beijing"}}),
    ("applicant.home.city", "Beijing"),
    ("applicant.shoe.size", None),
    ("a.b", None),
    ("loan  amount / 2", 250),
    ("金额 * 2", 24),
    ('date("2020-02-29")', "2020-02-29"),
    ('date("2020-01-31") + duration("P1M")', "2020-02-29"),
    ('date("2020-03-31") - duration("P1M")', "2020-02-29"),
    ('date("2020-02-29") + duration("P1Y")', "2021-02-28"),
    ('duration("P1D") + date("2020-02-28")', "2020-02-29"),
    ('date("2020-03-01") - date("2020-02-01")', "P29D"),
    ('date("2020-03-01") - duration("PT36H")', "2020-02-28"),
    ('date and time("2020-01-01T00:00:00Z") + duration("PT90M")', "2020-01-01T01:30:00+00:00"),
    (
        'date and time("2020-01-02T00:00:00Z") - date and time("2020-01-01T08:00:00+08:00")',
        "P1D",
    ),
    ('duration("PT36H")', "P1DT12H"),
    ('duration("P14M")', "P1Y2M"),
    ('duration("P1Y") - duration("P2M")', "P10M"),
    ('duration("P1D") - duration("P2D")', "-P1D"),
    ('-duration("P1M")', "-P1M"),
    ('duration("PT0S")', "P0D"),
    ('duration("P0M")', "P0M"),
    ('duration("PT1.5S")', "PT1.5S"),
    ('date("9999-12-31") + duration("P1D")', None),
    ('date("9999-12-31") + duration("P1M")', None),
]


def result_of(text: str) -> Any:
    """Return what a table with one cell gives."""
    inputs = [column(name) for name in DATA]
    row = " | ".join("-" for _ in DATA)
    plan = passed(file(decision("d", inputs, [output()], f"{row} -> {text}")))
    return plan.decide("d", DATA).result


@pytest.mark.parametrize(("text", "result"), RESULTS)
def test_an_expression_gives(text: str, result: Any) -> None:
    assert result_of(text) == result
    assert type(result_of(text)) is type(result)


# (what is written in a cell, why it is refused)
REFUSED: list[tuple[str, str]] = [
    ("Winter season is", "accepted"),
    ("'Winter'", "text_unclosed"),
    ("“Winter”", "text_unclosed"),
    ('"Winter', "text_unclosed"),
    ('"\\x"', "text_unclosed"),
    ('"\\ud800"', "text_unclosed"),
    ("= 5", "equals_needless"),
    ("!= 5", "equals_needless"),
    ("age > 18", "comparison_misplaced"),
    ("x = 5", "comparison_misplaced"),
    ("5 5", "cell_unreadable"),
    ("5 x", "cell_unreadable"),
    ("5x", "cell_unreadable"),
    ("1.", "cell_unreadable"),
    ("a b.", "cell_unfinished"),
    ("1,", "cell_unfinished"),
    ("<", "cell_unfinished"),
    (",1", "cell_unreadable"),
    ("< < 1", "cell_unreadable"),
    ("[1..2", "cell_unfinished"),
    ("[1,2]", "cell_unreadable"),
    ("[1..2}", "cell_unreadable"),
    ("1..2", "cell_unreadable"),
    ("not()", "cell_unreadable"),
    ("not(1", "cell_unfinished"),
    ("not(not(1))", "feel_unsupported"),
    ("not(-)", "cell_unreadable"),
    ("1 ** 2", "feel_unsupported"),
    ("a and b", "feel_unsupported"),
    ("a or b", "feel_unsupported"),
    ("if a then b else c", "feel_unsupported"),
    ("for x in y return x", "feel_unsupported"),
    ("x in y", "feel_unsupported"),
    ("contains(a, b)", "feel_unsupported"),
    ("sum(a)", "feel_unsupported"),
    ("now()", "feel_unsupported"),
    ("date(a)", "feel_unsupported"),
    ('time("09:00:00")', "feel_unsupported"),
    ("date(2020, 1, 1)", "feel_unsupported"),
    ("?", "feel_unsupported"),
    ("{a: 1}", "feel_unsupported"),
    ('@"2020-01-01"', "feel_unsupported"),
    ('date("2020-02-30")', "literal_unreadable"),
    ('date("20200101")', "literal_unreadable"),
    ('date("2020-1-1")', "literal_unreadable"),
    ('date and time("2020-01-01")', "literal_unreadable"),
    ('date and time("2020-01-01T25:00:00")', "literal_unreadable"),
    ('duration("P1Y1D")', "literal_unreadable"),
    ('duration("P")', "literal_unreadable"),
    ('duration("1D")', "literal_unreadable"),
    ("1" * 2001, "cell_long"),
    ("(" * 30 + "1" + ")" * 30, "cell_parts"),
    ("-" * 30 + "1", "cell_parts"),
    ("1" + "+1" * 100, "cell_parts"),
    ("9" * 1999, "accepted"),
    ("a.__class__", "accepted"),
    ("__import__('os')", "text_unclosed"),
    ("open(1)", "feel_unsupported"),
    ("lambda: 1", "cell_unreadable"),
    ("a[0]", "cell_unreadable"),
]


@pytest.mark.parametrize(("cell", "code"), REFUSED)
def test_a_cell_is_refused(cell: str, code: str) -> None:
    try:
        unary_tests(cell)
    except CellRefused as error:
        found = error.code
    else:
        found = "accepted"

    assert found == code


def test_a_name_never_reaches_python() -> None:
    data = [column("a")]
    plan = passed(file(decision("d", data, [output()], "- -> a.__class__.__mro__")))

    assert plan.decide("d", {"a": "text"}).result is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (NUMBER, "5"),
        (NUMBER, True),
        (NUMBER, float("nan")),
        (STRING, 5),
        (BOOLEAN, 1),
        (DATE, "2020-02-30"),
        (DATE, "2020-01-01T00:00:00Z"),
        (DATE, 5),
        (MOMENT, "2020-01-01"),
        (DAYS, "P1M"),
        (MONTHS, "P1D"),
        (STRING, ["a"]),
    ],
)
def test_data_of_another_type_is_a_fault(kind: str, value: Any) -> None:
    with pytest.raises(Fault, match=r"value|nan"):
        lets_through(kind, "-", value)


def test_data_that_is_missing_is_a_fault() -> None:
    plan = passed(file(decision("d", [column("value")], [output()], "- -> 1")))

    with pytest.raises(Fault, match="the data has no 'value'"):
        plan.decide("d", {})


@pytest.mark.parametrize("value", ["2020-01-01T00:00:00", "2020-01-01T00:00:00Z"])
def test_nobody_guesses_the_zone_of_a_moment(value: str) -> None:
    written = 'date and time("2020-01-01T00:00:00")'
    other = written if value.endswith("Z") else written.replace(':00")', ':00Z")')

    for cell in (other, f"< {other}", f"not({other})"):
        with pytest.raises(Fault, match="only one has a time zone"):
            lets_through(MOMENT, cell, value)


def test_a_result_too_large_for_json_is_a_fault() -> None:
    with pytest.raises(Fault, match="too large"):
        result_of("1" + "0" * 400)


def test_an_expression_may_be_compared() -> None:
    assert isinstance(expression("a + 1 > 2"), Comparison)
