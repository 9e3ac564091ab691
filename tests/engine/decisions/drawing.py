"""Draws small decision files for tests, with the elements that dmn-js writes."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<definitions xmlns="{SPACE}" xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0" '
    'id="file" name="File" namespace="http://camunda.org/schema/1.0/dmn" '
    'exporter="dmn-js" exporterVersion="17.1.0">'
)
TAIL = "</definitions>"


def file(*body: str) -> bytes:
    """Return a file with these decisions and inputs."""
    return (HEAD + "".join(body) + TAIL).encode()


def column(expression: str, kind: str = "", label: str = "", allowed: str = "") -> str:
    """Draw an input."""
    values = f"<inputValues><text>{escape(allowed)}</text></inputValues>" if allowed else ""
    return (
        f'<input id="in_{{0}}" label={quoteattr(label)} biodi:width="192"><inputExpression '
        f'id="ex_{{0}}"{typed(kind)}><text>{escape(expression)}</text></inputExpression>'
        f"{values}</input>"
    )


def output(name: str = "result", kind: str = "", allowed: str = "", default: str = "") -> str:
    """Draw an output."""
    values = f"<outputValues><text>{escape(allowed)}</text></outputValues>" if allowed else ""
    other = (
        f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>"
        if default
        else ""
    )
    return f'<output id="out_{{0}}" name={quoteattr(name)}{typed(kind)}>{values}{other}</output>'


def typed(kind: str) -> str:
    """Draw the type of a column, if it has one."""
    return f' typeRef="{kind}"' if kind else ""


def rule(row: str, tests: Iterable[str], results: Iterable[str]) -> str:
    """Draw a rule."""
    cells = "".join(f"<inputEntry><text>{escape(each)}</text></inputEntry>" for each in tests)
    given = "".join(f"<outputEntry><text>{escape(each)}</text></outputEntry>" for each in results)
    return f'<rule id="{row}">{cells}{given}</rule>'


def decision(
    name: str,
    inputs: Sequence[str],
    outputs: Sequence[str],
    *rows: str,
    policy: str = "UNIQUE",
    aggregation: str = "",
    needs: Sequence[str] = (),
    reads: Sequence[str] = (),
) -> str:
    """Draw a decision; each row is written ``test | test -> result | result``."""
    prefix = name.replace(" ", "_")
    columns = [each.format(f"{prefix}_{n}") for n, each in enumerate(inputs)]
    results = [each.format(f"{prefix}_{n}") for n, each in enumerate(outputs)]
    rules = (
        rule(f"{prefix}_r{number}", _cells(left) if inputs else [], _cells(right))
        for number, (left, _, right) in enumerate((row.partition(" -> ") for row in rows), 1)
    )
    collected = f' aggregation="{aggregation}"' if aggregation else ""
    required = [("requiredDecision", each) for each in needs]
    required += [("requiredInput", each) for each in reads]
    return (
        f'<decision id="{prefix}" name="{name}">'
        + "".join(
            f'<informationRequirement><{kind} href="#{each}"/></informationRequirement>'
            for kind, each in required
        )
        + f'<decisionTable id="{prefix}_table" hitPolicy="{policy}"{collected}>'
        + "".join([*columns, *results, *rules])
        + "</decisionTable></decision>"
    )


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.split("|")]


def input_data(name: str, kind: str = "") -> str:
    """Draw what comes from outside."""
    prefix = name.replace(" ", "_")
    return (
        f'<inputData id="{prefix}" name="{name}"><variable name="{name}"{typed(kind)}/></inputData>'
    )


def wide(rows: int, columns: int) -> bytes:
    """Return a file of one table with as many combinations as can be."""
    cells = (
        " | ".join(f"< {(row * 31 + place * 17) % 97}" for place in range(columns))
        for row in range(rows)
    )
    inputs = [column(f"c{number}", "number") for number in range(columns)]
    return file(decision("d", inputs, [output()], *(f"{row} -> 1" for row in cells)))
