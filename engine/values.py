"""What may travel with a token: keys and values of JSON, nothing else."""

import math
import re
from collections.abc import Mapping
from typing import Any, Final

from engine.errors import DataUnfit

DEEP: Final = 20
LARGEST: Final = 2**63 - 1
SURROGATES: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no text may hold alone."""


def fit(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data, or refuse what would come back from JSON as something else."""
    for key, value in data.items():
        _fit_key(key)
        _fit(key, value, 0)
    return dict(data)


def _fit(key: str, value: object, depth: int) -> None:
    if depth > DEEP:
        raise DataUnfit(key, "something too deep")
    if isinstance(value, list):
        for part in value:
            _fit(key, part, depth + 1)
    elif isinstance(value, dict):
        for name, part in value.items():
            _fit_key(name)
            _fit(name, part, depth + 1)
    elif not _plain(value):
        raise DataUnfit(key, type(value).__name__)


def _plain(value: object) -> bool:
    """Tell whether JSON gives a single value back as it was."""
    kind = type(value)
    if kind is str:
        return not SURROGATES.search(value)  # type: ignore[call-overload]
    if kind is int:
        return abs(value) <= LARGEST  # type: ignore[arg-type]
    return kind in {bool, type(None)} or (kind is float and math.isfinite(value))  # type: ignore[arg-type]


def _fit_key(key: object) -> None:
    if not isinstance(key, str) or SURROGATES.search(key):
        raise DataUnfit(key, f"a key of {type(key).__name__}")


def is_a(value: object, wanted: type) -> bool:
    """Tell whether a value is of a type; a whole number is a number, a yes or no isn't."""
    if wanted in {int, float} and isinstance(value, bool):
        return False
    return isinstance(value, wanted) or (wanted is float and isinstance(value, int))
