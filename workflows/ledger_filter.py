"""What of the ledger somebody wants to see."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.heat import Place
from workflows.lights import Light
from workflows.tables import Source, Urgency


class Scope(StrEnum):
    """Which items the ledger shows at all."""

    ALIVE = "alive"
    ENDED = "ended"
    ALL = "all"


class Family(StrEnum):
    """Whether whole matters are shown, or the parts that decisions were broken down into."""

    WHOLES = "wholes"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What of the ledger somebody wants to see; an empty choice is any."""

    scope: Scope = Scope.ALIVE
    text: str = ""
    lights: tuple[Light, ...] = ()
    sources: tuple[Source, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    steps: tuple[str, ...] = ()
    at: Place | None = None
    unit_id: int | None = None
    post_id: int | None = None
    supervisor_id: int | None = None
    batch_id: int | None = None
    family: Family | None = None
    whole_id: int | None = None
    year: int | None = None
    assigned_from: date | None = None
    assigned_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    leads: tuple[int, ...] = ()
    sponsors: tuple[int, ...] = ()
    instructors: tuple[int, ...] = ()
    holder_id: int | None = None
    reported: bool = False
    late_on: date | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None
    visited_from: date | None = None
    visited_to: date | None = None
    unsolved: bool = False
