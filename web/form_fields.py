"""The fields of a step's own form: what a page offers in them, and what was typed into them."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine import Field, Session
from web.entries import Typed
from workflows import dossiers, people

VALUE = "value-"
CELL = 3
SPARE = 3
MOST = 100


def typed_values(sent: Typed) -> dict[str, Any]:
    """Return what was typed, by field: a table as its rows, several files as a list."""
    values: dict[str, Any] = {}
    for name in sent:
        if not name.startswith(VALUE):
            continue
        key, *cell = name.removeprefix(VALUE).split(".")
        given = sent.getlist(name)
        if len(cell) == CELL - 1 and cell[0].isdecimal() and int(cell[0]) < MOST:
            rows = values.setdefault(key, {})
            rows.setdefault(int(cell[0]), {})[cell[1]] = given[-1]
        elif not cell:
            values[key] = given if len(given) > 1 else given[0]
    return {key: _rows(value) for key, value in values.items()}


def _rows(value: Any) -> Any:  # noqa: ANN401 (a form's values)
    return [value[row] for row in sorted(value)] if isinstance(value, Mapping) else value


def offered(session: Session, form: Sequence[Field]) -> dict[str, Any]:
    """Return what the fields of a form can be chosen from."""
    types = {field.type for field in form}
    return {
        "groups": dossiers.unit_groups(session) if "unit" in types else [],
        "people": [each for each in people.persons(session) if each.active]
        if "person" in types
        else [],
        "row_numbers": row_numbers,
    }


def row_numbers(values: Mapping[str, Any], key: str) -> range:
    """Return the numbers of a table's rows: those that were typed, and some spare ones."""
    start = f"{VALUE}{key}."
    numbers = [
        int(name[len(start) :].partition(".")[0])
        for name in values
        if name.startswith(start) and name[len(start) :].partition(".")[0].isdecimal()
    ]
    return range(min(MOST, max(numbers, default=-1) + 1 + SPARE))
