"""Reads what an activity does, each kind into a record of its own."""

from typing import Final

from lxml import etree

from engine.diagrams.model import CallStep, DecisionStep, Kind, Node, OperationStep, UserStep
from engine.diagrams.reading.events import read_message_task
from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.parts import keys, parameters
from engine.diagrams.reading.tags import DUBAN, Roots, extensions
from engine.records import Field, Outcome

MAPPED: Final = ("target", "source")


def read_task(
    element: etree._Element, node: Node, role: str | None, roots: Roots, problems: Problems
) -> None:
    """Read what a task or a call does into its node."""
    if node.kind is Kind.USER:
        node.user = _user_step(element, role)
    elif node.kind is Kind.SERVICE:
        operation = element.get(DUBAN + "operation", "")
        node.service = OperationStep(operation, parameters(element, problems))
    elif node.kind is Kind.RULE:
        node.rule = _decision_step(element, problems)
    elif node.kind is Kind.CALL:
        node.call = _call_step(element, problems)
    elif node.kind in {Kind.SEND, Kind.RECEIVE}:
        node.event = read_message_task(element, node.kind, roots, problems)


def _decision_step(element: etree._Element, problems: Problems) -> DecisionStep:
    return DecisionStep(
        element.get(DUBAN + "decision", ""),
        parameters(element, problems),
        element.get(DUBAN + "writes", ""),
    )


def _call_step(element: etree._Element, problems: Problems) -> CallStep:
    return CallStep(
        element.get("calledElement", ""),
        keys(element.get(DUBAN + "pass", "")),
        parameters(element, problems, "in", MAPPED),
        parameters(element, problems, "out", MAPPED),
    )


def _user_step(element: etree._Element, role: str | None) -> UserStep:
    return UserStep(
        step=element.get(DUBAN + "step", ""),
        role=role,
        assignee=element.get(DUBAN + "who"),
        limit=element.get(DUBAN + "limit"),
        outcomes=tuple(
            Outcome(o.get("value", ""), o.get("label", ""), o.get("label_en", ""))
            for o in extensions(element, "outcome")
        ),
        form=tuple(_field(f) for f in extensions(element, "field")),
    )


def _field(element: etree._Element) -> Field:
    return Field(
        key=element.get("key", ""),
        type=element.get("type", "text"),
        label=element.get("label", ""),
        label_en=element.get("label_en", ""),
        required=element.get("required", "false") == "true",
        options=_options(element, "options"),
        options_en=_options(element, "options_en"),
        help=element.get("help", ""),
        help_en=element.get("help_en", ""),
        visible_if=element.get("visible_if", "").strip(),
        columns=tuple(_field(column) for column in element.iterchildren(DUBAN + "column")),
    )


def _options(element: etree._Element, name: str) -> tuple[str, ...]:
    return tuple(o.strip() for o in element.get(name, "").split("|") if o.strip())
