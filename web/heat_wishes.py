"""What somebody wants to see of a heat map, as the address of the page says it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from workflows.heat import Asked
from workflows.tables import Kind, Source

T = TypeVar("T")

SHOWN: tuple[str, ...] = ("now", "median", "p90", "late", "returned", "repeated")
"""The figures that the picture can be coloured by."""
COLUMNS: tuple[str, ...] = (
    "name", "now", "now_late", "oldest", "ended", "median", "p90", "average", "share",
    "late", "returned", "repeated",
)  # fmt: skip
"""The columns of the table, as it and its workbook have them."""
USUAL: Mapping[str, str] = {"show": "now", "sort": "share", "page": "1"}


class Arguments(Protocol):
    """The arguments of an address."""

    def get(self, key: str, /) -> str | None:
        """Return the value of a name."""


@dataclass(frozen=True, slots=True)
class HeatWish:
    """Whose figures, which of them the picture shows, and how the table is sorted."""

    asked: Asked
    show: str = "now"
    sort: str = "share"
    rising: bool = False
    page: int = 1

    def query(self, **changes: object) -> dict[str, str]:
        """Return the address's arguments, some of them changed; what is usual isn't said."""
        asked = self.asked
        told: dict[str, object] = {
            "first": asked.first,
            "last": asked.last,
            "unit": asked.unit_id,
            "kind": asked.kind,
            "source": asked.source,
            "version": asked.definition_id,
            "show": self.show,
            "sort": self.sort,
            "rising": "yes" if self.rising else None,
            **changes,
        }
        return {
            name: said
            for name, value in told.items()
            if value is not None and (said := str(value)) != USUAL.get(name, "")
        }

    def sorted_by(self, column: str) -> dict[str, str]:
        """Return the address sorted by a column, or the other way round if it is already."""
        turned = "yes" if self.sort == column and not self.rising else None
        return self.query(sort=column, rising=turned)

    @property
    def narrows(self) -> bool:
        """Say whether anything is left out."""
        return self.asked != Asked(self.asked.process_id)


def wish_of(process_id: str, arguments: Arguments) -> HeatWish:
    """Read an address's arguments; what can't be meant is left out."""

    def read(name: str, reads: Callable[[str], T]) -> T | None:
        try:
            return reads(arguments.get(name) or "")
        except ValueError:
            return None

    asked = Asked(
        process_id,
        definition_id=read("version", _number),
        first=read("first", date.fromisoformat),
        last=read("last", date.fromisoformat),
        unit_id=read("unit", _number),
        kind=read("kind", Kind),
        source=read("source", Source),
    )
    show, sort = arguments.get("show"), arguments.get("sort")
    return HeatWish(
        asked,
        show=show if show in SHOWN else "now",
        sort=sort if sort in COLUMNS else "share",
        rising=arguments.get("rising") == "yes",
        page=read("page", _number) or 1,
    )


def _number(text: str) -> int:
    number: Any = int(text)
    if not 0 < number < 2**31:
        raise ValueError(text)
    return int(number)
