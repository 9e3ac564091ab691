"""The small parts that many elements have: expressions and named parameters."""

from lxml import etree

from engine.diagrams.expressions import Expression
from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.tags import BPMN, extensions
from engine.errors import ExpressionRefused


def expression(element: etree._Element, text: str, problems: Problems) -> Expression | None:
    """Compile an expression, or note why it can't be."""
    try:
        return Expression(text.strip())
    except ExpressionRefused as error:
        problems.note("expression_refused", element, expression=text.strip(), reason=error.reason)
        return None


def expression_in(element: etree._Element, name: str, problems: Problems) -> Expression | None:
    """Compile the expression of a child, if there is such a child."""
    drawn = element.find(BPMN + name)
    return None if drawn is None else expression(drawn, drawn.text or "", problems)


def parameters(
    element: etree._Element,
    problems: Problems,
    tag: str = "parameter",
    names: tuple[str, str] = ("name", "value"),
) -> dict[str, Expression]:
    """Compile the named parameters of an element; each name may stand there once."""
    found: dict[str, Expression] = {}
    seen: set[str] = set()
    for drawn in extensions(element, tag):
        name, value = (drawn.get(attribute, "") for attribute in names)
        if name in seen:
            problems.note("parameter_twice", drawn, parameter=name)
        seen.add(name)
        compiled = expression(drawn, value, problems)
        if compiled is not None:
            found[name] = compiled
    return found


def keys(text: str) -> tuple[str, ...]:
    """Return the keys of data that stand in an attribute, one after the other."""
    return tuple(text.replace(",", " ").split())
