"""Steps of type ``form``: whatever else a diagram asks, with the fields that it draws."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from engine import Field, Session, Task, now
from workflows import desk, steps, story
from workflows.actors import Actor
from workflows.errors import FormInvalid
from workflows.story import Happened
from workflows.tables import Assignment, FormEntry

LINE, TEXT, DIGITS = 200, 10_000, 15
LONG_TEXT = "long_text"
YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0", "")


def complete_form(
    session: Session,
    actor: Actor,
    task_id: UUID,
    values: Mapping[str, Any],
    outcome: str | None = None,
) -> FormEntry:
    """Keep what was typed into a form step with the item, and move on."""
    errand = steps.take(session, actor, task_id, steps.FORM)
    task, todo = errand
    typed = read(task.form, values)
    entry = FormEntry(
        item_id=todo.item_id,
        assignment_id=todo.assignment_id,
        task_id=task.id,
        step_name=task.name,
        fields=[_kept(field, typed[field.key]) for field in task.form],
        filled_by_id=actor.person_id,
        filled_at=now(session),
    )
    session.add(entry)
    part = session.get(Assignment, todo.assignment_id) if todo.assignment_id else None
    facts = {"step": task.name, "step_en": task.name_en, "fields": entry.fields}
    story.tell(session, todo.item_id, Happened.FORM_FILLED, actor, facts, part)
    small = {field.key: typed[field.key] for field in task.form if field.type != LONG_TEXT}
    desk.move_on(session, actor, task, _outcome(task, outcome), small)
    return entry


def read(form: Sequence[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields' values by their types, or refuse and name every one that is wrong."""
    typed: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in form:
        given = values.get(field.key)
        given = given.strip() if isinstance(given, str) else given
        try:
            typed[field.key] = _value(field, given)
        except (ValueError, InvalidOperation) as error:
            problems[field.key] = str(error.args[0]) if _is_ours(error) else field.type
    if problems:
        raise FormInvalid(problems)
    return typed


class _Wrong(ValueError):
    """A field's value is wrong; its argument is the problem's code."""


def _is_ours(error: Exception) -> bool:
    return isinstance(error, _Wrong)


def _value(field: Field, given: Any) -> Any:  # noqa: ANN401 (a form's values)
    if field.type != "yes_no" and given in (None, ""):
        if field.required:
            raise _Wrong("required")
        return None
    return READERS[field.type](field, given)


def _text(_: Field, given: Any) -> str:  # noqa: ANN401 (a form's values)
    return _fitting(str(given), LINE)


def _long_text(_: Field, given: Any) -> str:  # noqa: ANN401 (a form's values)
    return _fitting(str(given), TEXT)


def _fitting(text: str, most: int) -> str:
    if len(text) > most:
        raise _Wrong("too_long")
    return text


def _number(_: Field, given: Any) -> int | float:  # noqa: ANN401 (a form's values)
    number = Decimal(str(given))
    if not number.is_finite() or abs(number.adjusted()) > DIGITS:
        raise _Wrong("number")
    return int(number) if number == number.to_integral_value() else float(number)


def _date(_: Field, given: Any) -> str:  # noqa: ANN401 (a form's values)
    return date.fromisoformat(str(given)).isoformat()


def _yes_no(field: Field, given: Any) -> bool:  # noqa: ANN401 (a form's values)
    said = str(given if given is not None else "").lower()
    if said not in (*YES, *NO):
        raise _Wrong("yes_no")
    if field.required and given in (None, ""):
        raise _Wrong("required")
    return said in YES


def _choice(field: Field, given: Any) -> str:  # noqa: ANN401 (a form's values)
    if given not in field.options:
        raise _Wrong("choice")
    return str(given)


READERS: Mapping[str, Callable[[Field, Any], Any]] = {
    "text": _text,
    LONG_TEXT: _long_text,
    "number": _number,
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
}


def _kept(field: Field, value: Any) -> dict[str, Any]:  # noqa: ANN401 (a form's values)
    return {
        "key": field.key,
        "type": field.type,
        "label": field.label,
        "label_en": field.label_en,
        "value": value,
    }


def _outcome(task: Task, outcome: str | None) -> str | None:
    """Return the outcome chosen, or the only one that there is."""
    if outcome is None and len(task.outcomes) == 1:
        return task.outcomes[0].value
    return outcome
