"""What a sheet is: one type of step as a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from werkzeug.datastructures import MultiDict

from engine import Session
from web.entries import Typed
from workflows.people import Actor
from workflows.steps import OpenedTask

Context: TypeAlias = Mapping[str, Any]


def _nothing(_session: Session, _opened: OpenedTask) -> Context:
    return {}


def _empty(_session: Session, _opened: OpenedTask) -> Typed:
    return MultiDict()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One type of step as a page.

    ``send`` calls the verb with what was typed, ``look`` reads what the page shows beside
    the form, ``start`` fills the form before anybody typed. ``places`` moves a mistake
    from the shape's field to the page's.
    """

    send: Callable[[Session, Actor, UUID, Typed], object]
    look: Callable[[Session, OpenedTask], Context] = _nothing
    start: Callable[[Session, OpenedTask], Typed] = _empty
    places: Mapping[str, str] = field(default_factory=dict)
