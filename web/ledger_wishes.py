"""What somebody wants to see of the ledger, as the address of the page says it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from workflows.grams import LONGEST
from workflows.happenings import NOBODY
from workflows.heat import Place
from workflows.ledger import Sort
from workflows.ledger_filter import Family, LedgerFilter, Scope
from workflows.lights import Light
from workflows.steps import STEPS
from workflows.tables import Source, Urgency

T = TypeVar("T")

COLUMNS: tuple[str, ...] = (
    "light", "number", "title", "target", "kind", "source", "basis", "instructing", "sponsor",
    "units", "lead", "co", "responsible_person", "contact", "assigned_on", "urgency", "due_on",
    "original_due_on", "reporting_period", "step", "progress", "percent", "problems",
    "next_steps", "urged", "returned", "extended", "reopened", "closed_on", "closed_how",
    "reviewer", "opinion", "revisited_on", "findings", "supervisor", "remarks",
    "imported_light",
)  # fmt: skip
"""Every column that there is, in the order in which they are offered."""

DEFAULT: tuple[str, ...] = (
    "light", "number", "title", "source", "units", "due_on", "percent", "step", "urged",
)  # fmt: skip

PLAIN = LedgerFilter()
DENSITIES = ("roomy", "normal", "compact")
MOST_PAGES = 10_000


class Arguments(Protocol):
    """The arguments of an address; a name may stand there several times."""

    def getlist(self, key: str, /) -> list[str]:
        """Return every value of a name."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which items are shown, in which order, with which columns, and which page of them."""

    filter: LedgerFilter = PLAIN
    sort: Sort = Sort.DUE
    descending: bool = False
    columns: tuple[str, ...] = DEFAULT
    rows: str = "normal"
    page: int = 1

    def query(self, **changes: object) -> dict[str, str]:
        """Return the address's arguments, some of them changed; what is usual isn't said.

        Any change but that of the page leads back to the first one.
        """
        told = self._told()
        if set(changes) - {"page"}:
            told["page"] = 1
        return {
            name: said
            for name, value in {**told, **changes}.items()
            if (said := _said(value)) != USUAL.get(name, "")
        }

    def toggled(self, name: str, value: object) -> dict[str, str]:
        """Return the address with one value of a choice added, or taken away."""
        chosen = tuple(self._told()[name])
        kept = tuple(each for each in chosen if each != value)
        return self.query(**{name: kept if value in chosen else (*chosen, value)})

    def sorted_by(self, sort: Sort) -> dict[str, str]:
        """Return the address sorted by a column, or the other way round if it is already."""
        return self.query(sort=sort, descending=self.sort is sort and not self.descending)

    def only(self, filter_: LedgerFilter) -> dict[str, str]:
        """Return the address of another filter, shown in the same way."""
        return Wish(filter_, self.sort, self.descending, self.columns, self.rows).query()

    @property
    def narrows(self) -> bool:
        """Say whether a filter is set besides the scope."""
        return self.filter != LedgerFilter(scope=self.filter.scope)

    def _told(self) -> dict[str, Any]:
        chosen = {ADDRESSED[name]: getattr(self.filter, name) for name in ADDRESSED}
        return {
            **chosen,
            "sort": self.sort,
            "descending": self.descending,
            "columns": self.columns,
            "rows": self.rows,
            "page": self.page,
        }


def wish_of(arguments: Arguments) -> Wish:
    """Read an address's arguments; what can't be meant is left out."""
    chosen = {
        name: read
        for name, reads in READERS.items()
        if (read := reads(_values(arguments, ADDRESSED[name]))) is not None
    }
    columns = tuple(name for name in _values(arguments, "columns") if name in COLUMNS)
    rows = _values(arguments, "rows")
    return Wish(
        filter=LedgerFilter(**chosen),
        sort=_one(Sort)(_values(arguments, "sort")) or Sort.DUE,
        descending=_values(arguments, "descending") == ["yes"],
        columns=tuple(dict.fromkeys(columns)) or DEFAULT,
        rows=rows[0] if rows and rows[0] in DENSITIES else "normal",
        page=min(_one(_number)(_values(arguments, "page")) or 1, MOST_PAGES),
    )


def _values(arguments: Arguments, name: str) -> list[str]:
    """Return the values of a name, however often it stands there and split at commas."""
    return [value for text in arguments.getlist(name) for value in text.split(",") if value]


def _number(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**31:
        raise ValueError(text)
    return number


def _unit(text: str) -> int:
    """Read the number of a unit that leads, or that none does."""
    return NOBODY if text == str(NOBODY) else _number(text)


def _yes(text: str) -> bool:
    if text != "yes":
        raise ValueError(text)
    return True


def _step(text: str) -> str:
    if text not in STEPS:
        raise ValueError(text)
    return text


def _one(reads: Callable[[str], T]) -> Callable[[list[str]], T | None]:
    """Return what reads the first value that can be meant."""
    return lambda values: next(iter(_read(values, reads)), None)


def _several(reads: Callable[[str], T]) -> Callable[[list[str]], tuple[T, ...]]:
    """Return what reads every value that can be meant."""
    return lambda values: tuple(dict.fromkeys(_read(values, reads)))


def _read(values: list[str], reads: Callable[[str], T]) -> list[T]:
    found: list[T] = []
    for value in values:
        try:
            found.append(reads(value))
        except ValueError:
            continue
    return found


def _text(values: list[str]) -> str:
    return ",".join(values).strip()[:LONGEST]


ADDRESSED: Mapping[str, str] = MappingProxyType(
    {each.name: each.name for each in fields(LedgerFilter)}
    | {
        "text": "q",
        "lights": "light",
        "sources": "source",
        "urgencies": "urgency",
        "steps": "step",
        "unit_id": "unit",
        "post_id": "leader",
        "supervisor_id": "supervisor",
        "batch_id": "batch",
        "whole_id": "whole",
        "leads": "lead",
        "sponsors": "sponsor",
        "instructors": "instructed",
        "holder_id": "holder",
    }
)
"""The name in the address of each part of a filter."""

READERS: Mapping[str, Callable[[list[str]], Any]] = {
    "scope": _one(Scope),
    "text": _text,
    "lights": _several(Light),
    "sources": _several(Source),
    "urgencies": _several(Urgency),
    "steps": _several(_step),
    "at": _one(Place.read),
    "unit_id": _one(_number),
    "post_id": _one(_number),
    "supervisor_id": _one(_number),
    "batch_id": _one(_number),
    "family": _one(Family),
    "whole_id": _one(_number),
    "year": _one(_number),
    "assigned_from": _one(date.fromisoformat),
    "assigned_to": _one(date.fromisoformat),
    "due_from": _one(date.fromisoformat),
    "due_to": _one(date.fromisoformat),
    "leads": _several(_unit),
    "sponsors": _several(_number),
    "instructors": _several(_number),
    "holder_id": _one(_number),
    "reported": _one(_yes),
    "late_on": _one(date.fromisoformat),
    "registered_from": _one(date.fromisoformat),
    "registered_to": _one(date.fromisoformat),
    "closed_from": _one(date.fromisoformat),
    "closed_to": _one(date.fromisoformat),
    "visited_from": _one(date.fromisoformat),
    "visited_to": _one(date.fromisoformat),
    "unsolved": _one(_yes),
}

USUAL: Mapping[str, str] = {
    "scope": Scope.ALIVE,
    "sort": Sort.DUE,
    "columns": ",".join(DEFAULT),
    "rows": "normal",
    "page": "1",
}
"""What an address needn't say."""


def _said(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case tuple():
            return ",".join(map(_said, value))
        case date():
            return value.isoformat()
        case _:
            return str(value)
