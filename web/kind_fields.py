"""The fields that a registration asks by the kind of its source, beside an item's own.

A page shows them by ``templates/items/kind_fields/<kind>.html``; the API takes them under the
kind's name. The shape's fields are those of the API; ``typed`` makes them of what a form sends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from engine import Session
from web import shapes
from web.entries import Typed, load
from web.shapes import Shape
from workflows import kinds, rules
from workflows.items import Details, Registration
from workflows.tables import Item, Kind, Source

Fields: TypeAlias = Mapping[str, Any]


def _as_sent(sent: Typed) -> Fields:
    return sent


def _nothing(_session: Session) -> Fields:
    return {}


@dataclass(frozen=True, slots=True)
class KindFields:
    """What one kind asks: how it is read, how a form starts, what it can choose from."""

    shape: type[Shape]
    details: Callable[..., Details]
    start: Callable[[Session, Item], Fields]
    typed: Callable[[Typed], Fields] = _as_sent
    look: Callable[[Session], Fields] = _nothing


KIND_FIELDS: Mapping[Kind, KindFields] = MappingProxyType({})
"""The kinds that ask for more than an item's own fields."""


def from_form(sent: Typed) -> Registration:
    """Read the form of a registration; a secret matter is turned away whatever else is missing."""
    rules.must_not_be_secret(secret=sent.get("secret") == "true")
    said = load(shapes.Registration, sent)
    asked = KIND_FIELDS.get(kinds.runs_as(said["source"]))
    if asked is not None:
        said[kinds.runs_as(said["source"]).value] = load(asked.shape, asked.typed(sent))
    return registration(said)


def registration(said: Mapping[str, Any]) -> Registration:
    """Return the registration that was loaded, with its kind's details if there are any."""
    own = dict(said)
    told = {kind: own.pop(kind.value, None) for kind in KIND_FIELDS}
    kind = kinds.runs_as(own["source"])
    details = KIND_FIELDS[kind].details(**told[kind]) if told.get(kind) else None
    return Registration(**own, details=details)


def kind_chosen(source: str) -> Kind | None:
    """Return the kind that a chosen source is, if it asks for fields of its own."""
    if source not in set(Source):
        return None
    kind = kinds.runs_as(Source(source))
    return kind if kind in KIND_FIELDS else None


def look(session: Session, source: str) -> Fields:
    """Return what the fields of a source's kind can choose from, and the kind itself."""
    kind = kind_chosen(source)
    if kind is None:
        return {"kind": None}
    return {"kind": kind, **KIND_FIELDS[kind].look(session)}


def start(session: Session, item: Item) -> Fields:
    """Return what an item's own kind has written down, as its form begins."""
    asked = KIND_FIELDS.get(item.kind)
    return {} if asked is None else asked.start(session, item)
