"""Whether a user task has a step, somebody to do it, a limit, ways to end and a fit form."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from engine.diagrams.expressions import compiled
from engine.diagrams.model import UserStep
from engine.diagrams.timers import KEY
from engine.errors import ExpressionRefused
from engine.records import Field
from engine.registry import Registry

NO_LIMIT: Final = "none"
OUTCOME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
COLUMN_TYPES: Final = frozenset({"text", "number", "date", "yes_no", "choice"})
FIELD_TYPES: Final = COLUMN_TYPES | {"long_text", "unit", "person", "file", "table"}
ASKABLE: Final = FIELD_TYPES - {"long_text", "file", "table"}
"""The types of fields that a condition may look at: they are data of the case."""
MOST_COLUMNS: Final = 12

Found = Iterator[tuple[str, dict[str, Any]]]


def user_problems(step: UserStep, registry: Registry, taken: frozenset[str]) -> Found:
    """Yield what is wrong with a user task; its form may not write what is ``taken``."""
    yield from _step_problems(step, registry)
    yield from _outcome_problems(step, registry)
    yield from _form_problems(step.form, taken)


def _step_problems(step: UserStep, registry: Registry) -> Found:
    if not step.step:
        yield "step_missing", {}
    elif step.step not in registry.steps:
        yield "step_unknown", {"step": step.step}
    if step.role and step.role not in registry.roles:
        yield "role_unknown", {"role": step.role}
    if step.assignee and step.assignee not in registry.assignees:
        yield "who_unknown", {"who": step.assignee}
    if not step.role and not step.assignee:
        yield "nobody", {}
    if not step.limit:
        yield "limit_missing", {}
    elif step.limit != NO_LIMIT and not _knows_limit(step.limit, registry):
        yield "limit_unknown", {"limit": step.limit}


def _knows_limit(limit: str, registry: Registry) -> bool:
    return limit in registry.limits or limit.removeprefix("due.") in registry.due_dates


def _outcome_problems(step: UserStep, registry: Registry) -> Found:
    kind = registry.steps.get(step.step)
    values = Counter(outcome.value for outcome in step.outcomes)
    for value, times in values.items():
        if not OUTCOME.fullmatch(value):
            yield "outcome_unfit", {"outcome": value}
        elif times > 1:
            yield "outcome_twice", {"outcome": value}
        elif kind is not None and kind.outcomes is not None and value not in kind.outcomes:
            yield "outcome_unknown", {"outcome": value, "step": step.step}
    if kind is not None and kind.outcomes and not values:
        yield "outcome_missing", {"step": step.step}


def _form_problems(form: tuple[Field, ...], taken: frozenset[str]) -> Found:
    keys = Counter(field.key for field in form)
    asked: set[str] = set(taken)
    for field in form:
        yield from _condition_problems(field, asked)
        yield from _column_problems(field)
        asked |= {field.key} if field.type in ASKABLE else set()
        if not KEY.fullmatch(field.key) or field.key in taken:
            yield "field_unfit", {"field": field.key}
        elif keys[field.key] > 1:
            yield "field_twice", {"field": field.key}
        if field.type not in FIELD_TYPES:
            yield "field_type_unknown", {"field": field.key, "type": field.type}
        elif field.type == "choice" and not field.options:
            yield "field_options_missing", {"field": field.key}
        elif field.options_en and len(field.options_en) != len(field.options):
            yield "field_options_uneven", {"field": field.key}


def _condition_problems(field: Field, asked: set[str]) -> Found:
    """Yield why a field's condition can't be asked: of what stands before it, or is known."""
    if not field.visible_if:
        return
    try:
        names = compiled(field.visible_if).names
    except ExpressionRefused as refused:
        yield "field_condition_unfit", {"field": field.key, "reason": refused.reason}
        return
    for name in sorted(names - asked):
        yield "field_condition_unknown", {"field": field.key, "name": name}


def _column_problems(field: Field) -> Found:
    """Yield what is wrong with the columns of a table."""
    if field.type != "table":
        if field.columns:
            yield "field_columns_misplaced", {"field": field.key}
        return
    if not 1 <= len(field.columns) <= MOST_COLUMNS:
        yield "field_columns_missing", {"field": field.key, "most": MOST_COLUMNS}
    yield from _cell_problems(field)


def _cell_problems(field: Field) -> Found:
    """Yield what is wrong with each column of a table."""
    keys = Counter(column.key for column in field.columns)
    for column in field.columns:
        name = f"{field.key}.{column.key}"
        if not KEY.fullmatch(column.key):
            yield "field_unfit", {"field": name}
        elif keys[column.key] > 1:
            yield "field_twice", {"field": name}
        if column.type not in COLUMN_TYPES:
            yield "field_type_unknown", {"field": name, "type": column.type}
        elif column.type == "choice" and not column.options:
            yield "field_options_missing", {"field": name}
