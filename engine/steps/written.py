"""What the history may tell of the data that were written: values that say nothing of anybody.

History is sealed and never forgets, so no text of a person may get in. A text is told
only if the diagram itself names it: as an outcome, as a choice of a form, or in an
expression. Numbers and yes or no are told as they are; nothing is told that is long.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

import orjson
from sqlalchemy.orm import Session

from engine.database import database_of
from engine.diagrams import Diagram, Expression
from engine.machine import Plan, Run

LONGEST: Final = 40
MOST: Final = 500
ELSEWHERE: Final = frozenset({"outgoing", "incoming", "events", "trigger"})
"""The parts of an element that are elements of their own, or lead to some."""


def tell_written(
    session: Session, run: Run, kind: str, place: int, values: Mapping[str, Any]
) -> None:
    """Let the note of that kind at a place in a run's notes tell what was written with it."""
    note = run.notes[place] if run.notes[place:] else None
    if note is not None and note.kind == kind:
        facts = told(_texts_of(session, run.plan), values)
        run.notes[place] = replace(note, facts={**note.facts, **facts})


def told_of(session: Session, plan: Plan, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that tell what was written in a plan's instance, or none."""
    return told(_texts_of(session, plan), values)


def told(known: frozenset[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that tell what was written, or none."""
    said = {key: value for key, value in values.items() if key != "outcome" and _says(value, known)}
    if not said or len(orjson.dumps(said)) > MOST:
        return {}
    return {"wrote": said}


def texts_of(diagram: Diagram) -> frozenset[str]:
    """Return the texts that a diagram itself names."""
    found: set[str] = set()
    for node in diagram.nodes.values():
        if node.user is not None:
            found.update(outcome.value for outcome in node.user.outcomes)
            found.update(option for field in node.user.form for option in field.options)
        flows = [flow.condition for flow in node.outgoing]
        for expression in [*_expressions(flows), *_expressions(node, deep=True)]:
            found.update(_texts(expression))
    return frozenset(text for text in found if len(text) <= LONGEST)


def _texts_of(session: Session, plan: Plan) -> frozenset[str]:
    """Return the texts of a plan's diagram, which this process looks for once."""
    known = database_of(session).texts
    if plan.definition_id not in known:
        known[plan.definition_id] = texts_of(plan.diagram)
    return known[plan.definition_id]


def _says(value: object, known: frozenset[str]) -> bool:
    if value is None or isinstance(value, (bool, int, float)):
        return True
    return isinstance(value, str) and value in known


def _texts(expression: Expression) -> Iterator[str]:
    for node in ast.walk(ast.parse(expression.text.strip(), mode="eval")):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _expressions(value: object, *, deep: bool = False) -> Iterator[Expression]:
    """Yield the expressions in a part of a diagram; what it leads to has its own turn."""
    if isinstance(value, Expression):
        yield value
    for part in _parts(value, ELSEWHERE if deep else frozenset()):
        yield from _expressions(part)


def _parts(value: object, but: frozenset[str]) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.values()
    if isinstance(value, (list, tuple)):
        return value
    if is_dataclass(value):
        return [getattr(value, one.name) for one in fields(value) if one.name not in but]
    return ()
