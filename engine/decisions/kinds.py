"""The types of values that a decision table knows, by the standard's names."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from engine.decisions.durations import Months

Value = Any
"""Text, ``Decimal``, boolean, date, moment, duration, nothing; contexts and lists of them."""


class Type(Enum):
    """A type that a column may have."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATE_TIME = "date and time"
    DAYS = "days and time duration"
    MONTHS = "years and months duration"


ANY: Final = "Any"
SPELLINGS: Final = {
    **{kind.value: kind for kind in Type},
    "dateTime": Type.DATE_TIME,
    "dayTimeDuration": Type.DAYS,
    "yearMonthDuration": Type.MONTHS,
    "integer": Type.NUMBER,
    "long": Type.NUMBER,
    "double": Type.NUMBER,
    ANY: None,
    "": None,
}
"""What dmn-js and its elder versions write as ``typeRef``."""

CLASSES: Final[dict[type, Type]] = {
    str: Type.STRING,
    Decimal: Type.NUMBER,
    bool: Type.BOOLEAN,
    date: Type.DATE,
    datetime: Type.DATE_TIME,
    timedelta: Type.DAYS,
    Months: Type.MONTHS,
}
ORDERED: Final = frozenset(Type) - {Type.BOOLEAN}
WRITTEN_AS_TEXT: Final = frozenset({Type.DATE, Type.DATE_TIME, Type.DAYS, Type.MONTHS})
"""Types that JSON doesn't have: in the data of a case they are ISO texts."""


def type_of(value: Value) -> Type | None:
    """Return the type of a value; nothing, contexts and lists have none."""
    return CLASSES.get(type(value))
