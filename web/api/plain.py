"""How values are written as JSON: days and instants as ISO 8601, words in their language."""

from datetime import date
from typing import Any

from flask.json.provider import DefaultJSONProvider
from flask_babel.speaklater import LazyString


def plain(value: object) -> Any:  # noqa: ANN401 (whatever JSON can hold)
    """Return a value as JSON can hold it."""
    match value:
        case date():  # a datetime too
            return value.isoformat()
        case LazyString():
            return str(value)
        case set() | frozenset():
            return sorted(value)
        case _:
            return DefaultJSONProvider.default(value)


class PlainJSON(DefaultJSONProvider):
    """JSON for programs: Flask's own writes days as HTTP does."""

    default = staticmethod(plain)
    ensure_ascii = False
