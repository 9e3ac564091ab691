"""What of the ledger somebody asks for, as an address says it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marshmallow import fields, post_load, validate

from web.shapes import NOT_OFFERED, OUT_OF_RANGE, TOO_LONG, Shape, member, row
from workflows.ledger import LedgerFilter, Scope, Sort
from workflows.lights import Light
from workflows.steps import STEPS
from workflows.tables import Source, Urgency

LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Wish:
    """A filter of the ledger, its order, and which page."""

    filter: LedgerFilter
    sort: Sort
    descending: bool
    page: int


def several(kind: type[StrEnum]) -> fields.List[Any]:
    """Return a field for any number of the domain's named values."""
    one = fields.Enum(kind, by_value=fields.String, error_messages={"unknown": NOT_OFFERED})
    return fields.List(one, load_default=list)


class LedgerQuery(Shape):
    """The ledger's filter; what isn't named shows all, and names may come several times."""

    scope = member(Scope, default=Scope.ALIVE)
    q = fields.String(load_default="", validate=validate.Length(max=100, error=TOO_LONG))
    light = several(Light)
    source = several(Source)
    urgency = several(Urgency)
    step = fields.List(
        fields.String(validate=validate.OneOf(STEPS, error=NOT_OFFERED)), load_default=list
    )
    unit_id = row()
    post_id = row()
    supervisor_id = row()
    year = row()
    assigned_from = fields.Date(load_default=None)
    assigned_to = fields.Date(load_default=None)
    due_from = fields.Date(load_default=None)
    due_to = fields.Date(load_default=None)
    sort = member(Sort, default=Sort.DUE)
    descending = fields.Boolean(load_default=False)
    page = fields.Integer(load_default=1, validate=validate.Range(1, LAST_PAGE, error=OUT_OF_RANGE))

    @post_load
    def wish(self, sent: dict[str, Any], **_: object) -> Wish:
        """Return what is asked for as the domain names it."""
        wanted = LedgerFilter(
            text=sent.pop("q"),
            lights=tuple(sent.pop("light")),
            sources=tuple(sent.pop("source")),
            urgencies=tuple(sent.pop("urgency")),
            steps=tuple(sent.pop("step")),
            **{name: sent.pop(name) for name in SAME},
        )
        return Wish(wanted, **sent)


SAME = (
    "scope",
    "unit_id",
    "post_id",
    "supervisor_id",
    "year",
    "assigned_from",
    "assigned_to",
    "due_from",
    "due_to",
)
"""What the address and the domain call by the same name."""
