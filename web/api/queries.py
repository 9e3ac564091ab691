"""What of the ledger a caller asks for: the arguments of the page, but mistakes are told."""

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from web.ledger_wishes import ADDRESSED, COLUMNS, DEFAULT, MOST_PAGES, Wish
from web.shapes import NOT_OFFERED, OUT_OF_RANGE, TOO_LONG, Shape, member, row
from workflows.grams import LONGEST
from workflows.heat import Place
from workflows.ledger import Sort
from workflows.ledger_filter import Family, LedgerFilter, Scope
from workflows.lights import Light
from workflows.steps import STEPS
from workflows.tables import Kind, Source, Urgency

FILTERS = {address: name for name, address in ADDRESSED.items()}


def several(kind: type[StrEnum]) -> fields.List[Any]:
    """Return a field for any number of the domain's named values."""
    words: dict[str, Any] = {"unknown": NOT_OFFERED}
    one = fields.Enum(kind, by_value=fields.String, error_messages=words)
    return fields.List(one, load_default=list)


def rows_of(least: int = 1) -> fields.List[Any]:
    """Return a field for any number of rows by their ids."""
    fits = validate.Range(least, 2**31 - 1, error=OUT_OF_RANGE)
    return fields.List(fields.Integer(strict=False, validate=fits), load_default=list)


class Where(fields.String):
    """An element at which items wait, as the pages write it: the process and the element's id."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (marshmallow's)
        try:
            return Place.read(super()._deserialize(value, attr, data, **kwargs))
        except ValueError as error:
            raise ValidationError(NOT_OFFERED) from error


class FilterQuery(Shape):
    """The ledger's filter; what isn't named shows all, and names may come several times."""

    scope = member(Scope, default=Scope.ALIVE)
    q = fields.String(load_default="", validate=validate.Length(max=LONGEST, error=TOO_LONG))
    light = several(Light)
    source = several(Source)
    urgency = several(Urgency)
    step = fields.List(
        fields.String(validate=validate.OneOf(STEPS, error=NOT_OFFERED)), load_default=list
    )
    at = Where(load_default=None)
    unit = row()
    leader = row()
    supervisor = row()
    batch = row()
    family = member(Family)
    whole = row()
    year = row()
    assigned_from = fields.Date(load_default=None)
    assigned_to = fields.Date(load_default=None)
    due_from = fields.Date(load_default=None)
    due_to = fields.Date(load_default=None)
    lead = rows_of(0)
    sponsor = rows_of()
    instructed = rows_of()
    holder = row()
    reported = fields.Boolean(load_default=False)
    late_on = fields.Date(load_default=None)
    registered_from = fields.Date(load_default=None)
    registered_to = fields.Date(load_default=None)
    closed_from = fields.Date(load_default=None)
    closed_to = fields.Date(load_default=None)
    visited_from = fields.Date(load_default=None)
    visited_to = fields.Date(load_default=None)
    unsolved = fields.Boolean(load_default=False)
    sort = member(Sort, default=Sort.DUE)
    descending = fields.Boolean(load_default=False)

    @post_load
    def wish(self, sent: dict[str, Any], **_: object) -> Wish:
        """Return what is asked for as the ledger's page knows it."""
        told: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in sent.items()
        }
        wanted = {FILTERS[name]: told.pop(name) for name in set(told) & set(FILTERS)}
        return Wish(LedgerFilter(**wanted), **told)


class LedgerQuery(FilterQuery):
    """A page of the ledger."""

    page = fields.Integer(
        load_default=1, validate=validate.Range(1, MOST_PAGES, error=OUT_OF_RANGE)
    )


class ExportQuery(FilterQuery):
    """The whole ledger as a workbook, with the columns chosen."""

    columns = fields.List(
        fields.String(validate=validate.OneOf(COLUMNS, error=NOT_OFFERED)),
        load_default=lambda: list(DEFAULT),
    )


class HeatQuery(Shape):
    """Whose figures: of what was done in a time, of a unit, a kind, a source, a version."""

    first = fields.Date(load_default=None)
    last = fields.Date(load_default=None)
    unit = row()
    kind = member(Kind)
    source = member(Source)
    version = row()
