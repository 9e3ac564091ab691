"""What may travel with a token: keys and values of JSON, nothing else."""

from collections.abc import Mapping
from typing import Any, Final

from engine.errors import DataUnfit

PLAIN: Final = (str, int, float, bool, type(None))
DEEP: Final = 20


def fit(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data, or refuse what would come back from JSON as something else."""
    for key, value in data.items():
        _fit_key(key)
        _fit(key, value, 0)
    return dict(data)


def _fit(key: str, value: object, depth: int) -> None:
    if type(value) in PLAIN:
        return
    if depth > DEEP:
        raise DataUnfit(key, "something too deep")
    if isinstance(value, list):
        for part in value:
            _fit(key, part, depth + 1)
    elif isinstance(value, dict):
        for name, part in value.items():
            _fit_key(name)
            _fit(name, part, depth + 1)
    else:
        raise DataUnfit(key, type(value).__name__)


def _fit_key(key: object) -> None:
    if not isinstance(key, str):
        raise DataUnfit(key, f"a key of {type(key).__name__}")
