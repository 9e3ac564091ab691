"""Whether a user task has a step, somebody to do it, a limit, ways to end and a fit form."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from engine.diagrams.model import UserStep
from engine.diagrams.timers import KEY
from engine.records import Field
from engine.registry import Registry

NO_LIMIT: Final = "none"
OUTCOME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
FIELD_TYPES: Final = frozenset({"text", "long_text", "number", "date", "yes_no", "choice"})

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
    for field in form:
        if not KEY.fullmatch(field.key) or field.key in taken:
            yield "field_unfit", {"field": field.key}
        elif keys[field.key] > 1:
            yield "field_twice", {"field": field.key}
        if field.type not in FIELD_TYPES:
            yield "field_type_unknown", {"field": field.key, "type": field.type}
        elif field.type == "choice" and not field.options:
            yield "field_options_missing", {"field": field.key}
