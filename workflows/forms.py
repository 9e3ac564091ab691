"""Steps of type ``form``: whatever else a diagram asks, with the fields that it draws."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

import engine
from engine import Field, Session, Task, now
from workflows import desk, dossiers, steps, story
from workflows.actors import Actor
from workflows.errors import FormInvalid
from workflows.story import Happened
from workflows.tables import Assignment, FormEntry, FormPaper, Person, Unit

LINE, TEXT, DIGITS = 200, 10_000, 15
LARGEST = 2**31 - 1
MOST_ROWS, MOST_FILES = 100, 20
LONG_TEXT, FILE, TABLE = "long_text", "file", "table"
LARGE = frozenset({LONG_TEXT, FILE, TABLE})
"""What isn't data of the case: no condition looks at it."""
YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0", "")


class Known(Protocol):
    """What the house knows of units, people and files: their names, if a form may name them."""

    def unit(self, unit_id: int) -> str | None:
        """Return the name of a unit that takes work."""

    def person(self, person_id: int) -> str | None:
        """Return the name of somebody who may sign in."""

    def paper(self, paper_id: UUID) -> str | None:
        """Return the name of a file that was given with this form."""


@dataclass(frozen=True, slots=True)
class House:
    """The units, people and files that a form of one item may name."""

    session: Session
    item_id: int

    def unit(self, unit_id: int) -> str | None:
        """Return the name of a unit that takes work."""
        unit = self.session.get(Unit, unit_id)
        return unit.name if unit is not None and unit.active else None

    def person(self, person_id: int) -> str | None:
        """Return the name of somebody who may sign in."""
        person = self.session.get(Person, person_id)
        return person.name if person is not None and person.active else None

    def paper(self, paper_id: UUID) -> str | None:
        """Return the name of a file of the item that nothing else holds."""
        found = dossiers.drafted_papers(self.session, self.item_id, [paper_id])
        return found[0].name if found else None


@dataclass(frozen=True, slots=True)
class _Stranger:
    """A house that says the same of every unit, person and file."""

    name: str | None = None

    def unit(self, unit_id: int) -> str | None:  # noqa: ARG002 (a stranger asks nobody)
        """Say it of a unit."""
        return self.name

    def person(self, person_id: int) -> str | None:  # noqa: ARG002 (a stranger asks nobody)
        """Say it of a person."""
        return self.name

    def paper(self, paper_id: UUID) -> str | None:  # noqa: ARG002 (a stranger asks nobody)
        """Say it of a file."""
        return self.name


_NOTHING, _ANYBODY = _Stranger(), _Stranger("?")


def complete_form(
    session: Session,
    actor: Actor,
    task_id: UUID,
    values: Mapping[str, Any],
    outcome: str | None = None,
) -> FormEntry:
    """Keep what was typed into a form step with the item, and move on."""
    errand = steps.take(session, actor, task_id, steps.FORM)
    task, todo, _ = errand
    house = House(session, todo.item_id)
    typed = read(task.form, values, task.data, house)
    asked = visible(task.form, typed, task.data)
    entry = FormEntry(
        item_id=todo.item_id,
        assignment_id=todo.assignment_id,
        task_id=task.id,
        step_name=task.name,
        fields=[_kept(field, typed[field.key], house) for field in asked],
        filled_by_id=actor.person_id,
        filled_at=now(session),
    )
    session.add(entry)
    session.flush()
    for field in asked:
        for paper_id in typed[field.key] or () if field.type == FILE else ():
            session.add(FormPaper(entry_id=entry.id, paper_id=UUID(paper_id)))
    part = session.get(Assignment, todo.assignment_id) if todo.assignment_id else None
    facts = {"step": task.name, "step_en": task.name_en, "fields": entry.fields}
    story.tell(session, todo.item_id, Happened.FORM_FILLED, actor, facts, part)
    small = {field.key: typed[field.key] for field in task.form if field.type not in LARGE}
    desk.move_on(session, actor, task, _outcome(task, outcome), small)
    return entry


def visible(
    form: Sequence[Field], typed: Mapping[str, Any], data: Mapping[str, Any]
) -> list[Field]:
    """Return the fields that are asked: those whose condition holds by what stands before them."""
    return [field for field in form if _is_asked(field, {**data, **typed})]


def hidden(
    form: Sequence[Field], values: Mapping[str, Any], data: Mapping[str, Any]
) -> Sequence[str]:
    """Return the fields that aren't asked by what was typed so far, right or wrong."""
    scope: dict[str, Any] = dict(data)
    found = []
    for field in form:
        asked = _is_asked(field, scope)
        if not asked:
            found.append(field.key)
        scope[field.key] = _tried(field, values.get(field.key)) if asked else None
    return found


def read(
    form: Sequence[Field],
    values: Mapping[str, Any],
    data: Mapping[str, Any] = MappingProxyType({}),
    known: Known = _NOTHING,
) -> dict[str, Any]:
    """Return the fields' values by their types, or refuse and name every one that is wrong.

    What isn't asked, for its condition doesn't hold, is nothing, whatever was typed.
    """
    typed: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in form:
        if not _is_asked(field, {**data, **typed}):
            typed[field.key] = None
            continue
        given = values.get(field.key)
        given = given.strip() if isinstance(given, str) else given
        try:
            typed[field.key] = _value(field, given, known)
        except (ValueError, InvalidOperation) as error:
            typed[field.key] = None
            problems[field.key] = str(error.args[0]) if _is_ours(error) else field.type
    if problems:
        raise FormInvalid(problems)
    return typed


def _is_asked(field: Field, scope: Mapping[str, Any]) -> bool:
    """Tell whether a field is asked; one whose condition can't be computed yet isn't."""
    if not field.visible_if:
        return True
    try:
        return engine.holds(field.visible_if, scope)
    except (engine.Fault, engine.ExpressionRefused):
        return False


def _tried(field: Field, given: Any) -> Any:  # noqa: ANN401 (a form's values)
    plain = given.strip() if isinstance(given, str) else given
    try:
        return _value(replace(field, required=False), plain, _ANYBODY)
    except (ValueError, InvalidOperation):
        return None


class _Wrong(ValueError):
    """A field's value is wrong; its argument is the problem's code."""


def _is_ours(error: Exception) -> bool:
    return isinstance(error, _Wrong)


def _value(field: Field, given: Any, known: Known) -> Any:  # noqa: ANN401 (a form's values)
    if field.type != "yes_no" and given in (None, "", [], [""]):
        if field.required:
            raise _Wrong("required")
        return None
    if field.type in NAMING:
        return NAMING[field.type](field, given, known)
    if isinstance(given, (list, dict)) and field.type != TABLE:
        raise _Wrong(field.type)
    return READERS[field.type](field, given)


def _unit(_: Field, given: Any, known: Known) -> int:  # noqa: ANN401 (a form's values)
    return _named(int(str(given)), known.unit)


def _person(_: Field, given: Any, known: Known) -> int:  # noqa: ANN401 (a form's values)
    return _named(int(str(given)), known.person)


def _named(number: int, name_of: Callable[[int], str | None]) -> int:
    if not 0 < number <= LARGEST or name_of(number) is None:
        raise _Wrong("choice")
    return number


def _file(field: Field, given: Any, known: Known) -> list[str] | None:  # noqa: ANN401 (a form's values)
    """Return the files that are still there: one may have been taken back."""
    ids = [UUID(str(each)) for each in (given if isinstance(given, list) else [given]) if each]
    found = [str(each) for each in dict.fromkeys(ids) if known.paper(each) is not None]
    if not found and field.required:
        raise _Wrong("required")
    if len(found) > MOST_FILES:
        raise _Wrong("too_many")
    return found or None


def _table(field: Field, given: Any) -> list[dict[str, Any]] | None:  # noqa: ANN401 (a form's values)
    """Return the rows in which something was typed."""
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise _Wrong(TABLE)
    rows = [row for row in given if any(str(cell or "").strip() for cell in row.values())]
    if len(rows) > MOST_ROWS:
        raise _Wrong("too_many")
    try:
        read_rows = [read(field.columns, row) for row in rows]
    except FormInvalid as error:
        raise _Wrong("table_cell") from error
    if not read_rows and field.required:
        raise _Wrong("required")
    return read_rows or None


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
    TABLE: _table,
}
NAMING: Mapping[str, Callable[[Field, Any, Known], Any]] = {
    "unit": _unit,
    "person": _person,
    FILE: _file,
}
"""What reads a field that names something of the house."""


def _kept(field: Field, value: Any, known: Known) -> dict[str, Any]:  # noqa: ANN401 (a form's values)
    """Return a field as it is shown in year ten: with the labels and the names of today."""
    kept = {
        "key": field.key,
        "type": field.type,
        "label": field.label,
        "label_en": field.label_en,
        "value": value,
    }
    if value is not None and field.type in SHOWING:
        return kept | SHOWING[field.type](field, value, known)
    return kept


def _shown_choice(field: Field, value: str, _: Known) -> dict[str, Any]:
    english = dict(zip(field.options, field.options_en, strict=False))
    return {"value_en": english[value]} if value in english else {}


def _shown_files(_: Field, value: Sequence[str], known: Known) -> dict[str, Any]:
    return {"value": [{"id": each, "name": known.paper(UUID(each))} for each in value]}


def _shown_table(field: Field, _value: object, _known: Known) -> dict[str, Any]:
    columns = [
        {"key": each.key, "type": each.type, "label": each.label, "label_en": each.label_en}
        for each in field.columns
    ]
    return {"columns": columns}


SHOWING: Mapping[str, Callable[[Field, Any, Known], dict[str, Any]]] = {
    "unit": lambda _field, value, known: {"value": known.unit(value), "id": value},
    "person": lambda _field, value, known: {"value": known.person(value), "id": value},
    "choice": _shown_choice,
    FILE: _shown_files,
    TABLE: _shown_table,
}
"""What is kept of a field beside its value: whatever has a name of its own today."""


def _outcome(task: Task, outcome: str | None) -> str | None:
    """Return the outcome chosen, or the only one that there is."""
    if outcome is None and len(task.outcomes) == 1:
        return task.outcomes[0].value
    return outcome
