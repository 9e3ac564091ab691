"""The gate for decision files: every reason to refuse one, all at once; and its warnings."""

import pytest

from engine import DECISION_MESSAGES, MESSAGES, Refused
from engine.decisions import check, read_table
from tests.engine.decisions.drawing import (
    HEAD,
    SPACE,
    TAIL,
    column,
    decision,
    file,
    input_data,
    output,
)

GOOD = decision("d", [column("a", "number")], [output("r", "number")], "- -> 1")
DAY = 'date("2020-01-01")'
FILE_CODES = {"too_large", "not_xml", "doctype"}
"""What is said of any file of XML."""


def edited(old: str, new: str) -> bytes:
    """Return a good file with some of its text changed."""
    assert old in GOOD
    return file(GOOD.replace(old, new))


def cell(text: str, kind: str = "number") -> bytes:
    """Return a file with one cell of an input."""
    return file(decision("d", [column("a", kind)], [output()], f"{text} -> 1"))


def result(text: str, kind: str = "", policy: str = "UNIQUE", **more: str) -> bytes:
    """Return a file with one cell of an output."""
    drawn = [output("r", kind, **more)]
    return file(decision("d", [column("a", "number")], drawn, f"- -> {text}", policy=policy))


def table(policy: str = "UNIQUE", aggregation: str = "", kind: str = "", outputs: int = 1) -> bytes:
    """Return a file whose table is collected in some way."""
    drawn = [output(f"r{n}", kind) for n in range(outputs)]
    row = " | ".join(["null"] * outputs)
    columns = [column("a", "number")]
    return file(
        decision("d", columns, drawn, f"- -> {row}", policy=policy, aggregation=aggregation)
    )


REFUSED: dict[str, list[bytes]] = {
    "too_large": [b"<" + b"x" * 2_000_001],
    "not_xml": [b"hello", b""],
    "doctype": [b"<!DOCTYPE x [<!ENTITY e 'boo'>]><x>&e;</x>"],
    "not_dmn": [b"<html/>", file(GOOD).replace(b"20191111", b"20151101")],
    "decision_missing": [file()],
    "decision_many": [file(*(GOOD.replace('id="d', f'id="d{n}') for n in range(101)))],
    "decision_element_unsupported": [
        file(GOOD, "<decisionService id='s'/>"),
        file(GOOD, "<import namespace='x'/>"),
        edited("<decisionTable", "<strangeThing/><decisionTable"),
        edited("<inputEntry>", "<inputEntry><importedValues/>"),
    ],
    "decision_id_missing": [
        edited(' id="d"', ""),
        file(GOOD).replace(b'id="file" ', b""),
    ],
    "decision_id_twice": [file(GOOD, GOOD), edited('id="d_r1"', 'id="d"')],
    "decision_id_unfit": [edited(' id="d"', ' id="1d"'), edited(' id="d"', f' id="{"d" * 201}"')],
    "decision_name_long": [edited('name="d"', f'name="{"d" * 201}"')],
    "logic_missing": [file('<decision id="d" name="d"/>')],
    "literal_unsupported": [
        edited(
            GOOD[GOOD.index("<decisionTable") : GOOD.index("</decision>")], "<literalExpression/>"
        )
    ],
    "logic_unsupported": [file('<decision id="d" name="d"><context/></decision>')],
    "knowledge_unsupported": [
        file(GOOD, "<businessKnowledgeModel id='k' name='k'/>"),
        edited("<decisionTable", "<knowledgeRequirement/><decisionTable"),
    ],
    "language_unsupported": [
        edited("<inputEntry>", "<inputEntry expressionLanguage='javascript'>"),
        edited("<inputEntry>", "<inputEntry expressionLanguage=''>"),
        file(GOOD).replace(b'name="File"', b'name="File" expressionLanguage="python"'),
    ],
    "requirement_unknown": [
        file(decision("d", [column("a")], [output()], "- -> 1", needs=["nobody"])),
        file(decision("d", [column("a")], [output()], "- -> 1", reads=["nobody"])),
        file(GOOD, decision("e", [column("a")], [output()], "- -> 1", reads=["d"])),
        file(decision("e", [column("a")], [output()], "- -> 1", needs=["a"]), input_data("a")),
    ],
    "requirement_twice": [
        file(
            decision("d", [column("x")], [output()], "- -> 1", needs=["x"], reads=["y"]),
            decision("x", [column("a")], [output()], "- -> 1"),
            '<inputData id="y" name="x"/>',
        )
    ],
    "decision_cycle": [file(decision("d", [column("d")], [output()], "- -> 1", needs=["d"]))],
    "policy_unknown": [table("LAST")],
    "aggregation_unknown": [table("COLLECT", "AVERAGE")],
    "aggregation_misplaced": [table("FIRST", "SUM")],
    "aggregation_outputs": [
        table("COLLECT", "SUM", outputs=2),
        table("COLLECT", "COUNT", outputs=0),
    ],
    "aggregation_type": [
        table("COLLECT", "SUM", "string"),
        table("COLLECT", "SUM", "date"),
        table("COLLECT", "MIN", "boolean"),
    ],
    "priority_missing": [
        table("PRIORITY"),
        table("OUTPUT ORDER"),
        result("1", "number", "PRIORITY", allowed="[1..3]"),
        result("1", "number", "PRIORITY", allowed="not(3)"),
    ],
    "table_large": [
        file(decision("d", [column("a")] * 51, [output()], " | ".join("-" * 51) + " -> 1")),
        file(decision("d", [column("a")], [output()], *["- -> 1"] * 2001)),
        file(decision("d", [column("a")], [output()], *[f"{'1,' * 999}1 -> 1"] * 101)),
    ],
    "output_missing": [file(decision("d", [column("a")], [], "- -> 1"))],
    "output_unnamed": [file(decision("d", [column("a")], [output(""), output("b")], "- -> 1 | 2"))],
    "output_twice": [file(decision("d", [column("a")], [output(), output()], "- -> 1 | 2"))],
    "rule_missing": [file(decision("d", [column("a")], [output()]))],
    "rule_uneven": [
        file(decision("d", [column("a")], [output()], "- | - -> 1")),
        file(decision("d", [column("a")], [output()], "- -> 1 | 2")),
    ],
    "input_empty": [
        file(decision("d", [column("")], [output()], "- -> 1")),
        edited(GOOD[GOOD.index("<inputExpression") : GOOD.index("</input>")], ""),
    ],
    "type_unknown": [cell("-", "time"), cell("-", "tPerson"), result("1", "context")],
    "cell_long": [cell("1," * 1001)],
    "cell_parts": [cell("1" + " + 1" * 100), cell("(" * 21 + "1")],
    "cell_unreadable": [cell("1 2"), result("1, 2"), result("< 1"), result("[1..2]")],
    "cell_unfinished": [cell("<"), result("1 +"), result("-")],
    "text_unclosed": [cell("'a'", "string"), result('"a')],
    "feel_unsupported": [cell("a and b"), result("if a then 1 else 2"), result('"a" in b')],
    "equals_needless": [cell("= 1")],
    "comparison_misplaced": [cell("a > 1")],
    "literal_unreadable": [cell('date("2020-02-30")', "date"), result('duration("1 day")')],
    "name_unknown": [
        cell("< b"),
        result("b"),
        result("null", default="b"),
        file(GOOD, decision("e", [column("d.x", "number")], [output()], "- -> 1", needs=["d"])),
        file(
            decision("d", [column("a")], [output("one"), output("two")], "- -> 1 | 2"),
            decision("e", [column("d.one")], [output()], "- -> d.three", needs=["d"]),
        ),
    ],
    "name_in_allowed": [
        file(decision("d", [column("a", "number", allowed="[0..b]")], [output()], "- -> 1")),
        result("1", "number", allowed="1, a"),
    ],
    "type_differs": [
        cell('"a"'),
        cell("1, 2, true"),
        cell('[1..date("2020-01-01")]'),
        cell("1", "string"),
        cell('"2020-01-01"', "date"),
        cell('date("2020-01-01")', "dateTime"),
        cell('duration("P1Y")', "dayTimeDuration"),
        cell("not(1)", "boolean"),
        result('"a"', "number"),
        result("a", "string"),
        result("a = 1", "number"),
        result('a = "1"', "boolean"),
        result("1", "number", default='"a"'),
        result("1", "number", allowed='"a"'),
        file(decision("d", [column("a = 1", "string")], [output()], "- -> 1")),
    ],
    "type_missing": [cell(DAY, ""), cell(f"< {DAY}", ""), cell('not(duration("P1D"))', "")],
    "operand_untyped": [
        file(
            decision(
                "d",
                [column("a"), column("b", "date")],
                [output()],
                '- | < a + duration("P1D") -> 1',
            )
        ),
        file(decision("d", [column("a"), column("b", "date")], [output()], "- | < a - a -> 1")),
        file(decision("d", [column("a")], [output()], f"- -> a > {DAY}")),
        file(decision("d", [column(f"a - {DAY}")], [output()], "- -> 1")),
    ],
    "type_unordered": [cell("< true", "boolean"), cell("[false..true]", "boolean")],
    "type_uncomputed": [
        result('a + "1"'),
        result(f"{DAY} + 1"),
        result(f"{DAY} + {DAY}"),
        result('duration("P1D") * 2'),
        result('-"a"'),
        result('duration("P1D") + duration("P1M")'),
    ],
    "zone_mixed": [
        cell(
            'date and time("2020-01-01T00:00:00"), date and time("2020-01-01T00:00:00Z")',
            "dateTime",
        )
    ],
    "range_backwards": [cell("[5..1]"), cell("not(1, [0..-1])")],
    "value_not_allowed": [
        result("4", "number", allowed="1,2,3"),
        result("2 + 2", "number", allowed="[1..3]"),
        result("1", "number", allowed="1,2,3", default="4"),
    ],
}
CASES = [(code, number) for code, drawn in REFUSED.items() for number in range(len(drawn))]
TRIED_APART = {"decision_elsewhere", "table_single"}
"""Tried where another file is deployed, and where a file is read as one table."""
WARNED: dict[str, list[bytes]] = {
    "output_empty": [result("")],
    "rule_unmatchable": [cell("(1..1)")],
    "rule_covered": [
        file(
            decision(
                "d", [column("a", "number")], [output()], "< 5 -> 1", "< 3 -> 2", policy="FIRST"
            )
        )
    ],
    "rules_overlap": [
        file(decision("d", [column("a", "number")], [output()], "<= 5 -> 1", ">= 5 -> 2"))
    ],
    "rules_gap": [file(decision("d", [column("a", "number")], [output()], "< 5 -> 1", "> 5 -> 2"))],
    "coverage_partial": [
        file(
            decision(
                "d", [column("a"), column("b")], [output()], *(f"{n} | {n} -> 1" for n in range(12))
            )
        )
    ],
    "coverage_capped": [
        file(
            decision(
                "d",
                [column("a", "number")],
                [output()],
                *(f"[{n}..{n + 1}[ -> {n}" for n in range(600)),
            )
        )
    ],
    "coverage_unknown": [cell("< a")],
}


@pytest.mark.parametrize(("code", "number"), CASES)
def test_refuses(code: str, number: int) -> None:
    found = check(REFUSED[code][number])

    assert code in {problem.code for problem in found.problems}, found.problems
    assert found.warnings == []
    for problem in found.problems:
        assert (DECISION_MESSAGES | MESSAGES)[problem.code] % problem.facts


@pytest.mark.parametrize("code", WARNED)
def test_warns_without_refusing(code: str) -> None:
    (drawn,) = WARNED[code]

    found = check(drawn)

    assert found.problems == []
    assert code in {warning.code for warning in found.warnings}, found.warnings
    for warning in found.warnings:
        assert DECISION_MESSAGES[warning.code] % warning.facts


def test_every_reason_is_tried() -> None:
    assert set(REFUSED) | set(WARNED) | TRIED_APART == set(DECISION_MESSAGES) | FILE_CODES


def test_a_file_is_read_as_a_table_only_if_that_is_all_it_decides() -> None:
    two = file(*(decision(name, [column("a")], [output()], "- -> 1") for name in ("d", "e")))

    with pytest.raises(Refused) as refused:
        read_table(two)

    assert [(each.code, each.facts) for each in refused.value.problems] == [
        ("table_single", {"count": 2})
    ]


def test_no_code_says_two_things() -> None:
    assert not set(DECISION_MESSAGES) & set(MESSAGES)


def test_refuses_for_all_reasons_at_once_and_says_where() -> None:
    drawn = decision(
        "Fee",
        [column("kind", "string", "Kind"), column("days", "number", "Days")],
        [output("amount", "number")],
        '"a" | < "soon" -> 1',
        '"b" | - -> "free"',
        "c | 5 5 -> 2",
    )

    found = check(file(drawn)).problems

    told = {(each.code, each.element_id, each.element_name) for each in found}
    assert told == {
        ("type_differs", "Fee_r1", "Fee · 1 · Days"),
        ("type_differs", "Fee_r2", "Fee · 2 · amount"),
        ("name_unknown", "Fee_r3", "Fee · 3 · Kind"),
        ("cell_unreadable", "Fee_r3", "Fee · 3 · Days"),
    }


def test_lets_a_good_file_in() -> None:
    found = check(file(GOOD))

    assert (found.problems, found.warnings) == ([], [])


def test_lets_in_what_says_nothing_to_the_engine() -> None:
    drawn = file(
        GOOD.replace("<decisionTable", "<question>which?</question><decisionTable")
        .replace("<rule ", '<annotation name="why"/><rule ')
        .replace("</rule>", "<annotationEntry><text>so</text></annotationEntry></rule>"),
        "<!-- a note -->",
        "<knowledgeSource id='law' name='law'/>",
        "<textAnnotation id='t'><text>read me</text></textAnnotation>",
        '<dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"/>',
    )

    assert check(drawn).problems == []


def test_reads_the_version_of_the_standard_before() -> None:
    older = file(GOOD).replace(SPACE.encode(), b"http://www.omg.org/spec/DMN/20180521/MODEL/")

    assert check(older).problems == []


HOSTILE = [
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
    b"<a>" * 100_000,
    b"\x00\x01\x02",
    b"\xff\xfe<\x00a\x00",
    f"{HEAD}<decision>{'<decisionTable>' * 300}".encode(),
    (HEAD + "<a>" * 300 + TAIL).encode(),
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_file_is_refused_and_reads_nothing(hostile: bytes) -> None:
    problem, *_ = check(hostile).problems

    assert problem.code in {"not_xml", "doctype", "not_dmn"}
    assert "root:" not in str(problem)
