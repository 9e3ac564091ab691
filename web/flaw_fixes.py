"""What mends a problem of a diagram, in words: one press in the editor does it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.words.advice import HINTS
from workflows.drawings import Fix

LABELS: Mapping[str, LazyString] = MappingProxyType(
    {
        "duban:limit": _l("Set the usual limit of this step"),
        "duban:who": _l("Give it to whoever does this step elsewhere"),
        "name": _l("Call it as its step is called"),
        "duban:name_en": _l("Call it as its step is called"),
        "default": _l("Make the flow without a condition the default"),
        "cancelActivity": _l("Let it interrupt"),
        "isExecutable": _l("Mark it as executable"),
        "id": _l("Give it its own id back"),
    }
)
NO_DEFAULT = _l("Take the default mark off")


def hint_of(code: str) -> str:
    """Say how to draw it instead, where the problem's own words don't."""
    return str(HINTS.get(code, ""))


def fix_told(fix: Fix | None, name: str = "") -> Mapping[str, Any] | None:
    """Return a fix as the editor carries it out; ``name`` is what a nameless step is called."""
    if fix is None:
        return None
    label = NO_DEFAULT if fix.value is None else LABELS[fix.property]
    return {
        "kind": "set",
        "element": fix.element,
        "property": fix.property,
        "value": name or fix.value,
        "label": str(label),
    }
