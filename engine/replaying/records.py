"""What a replay found."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Way(StrEnum):
    """How a past instance would have fared on another version."""

    SAME = "same"
    LONGER = "longer"
    """The same way, but it would have waited for something more, or longer."""
    ELSEWHERE = "elsewhere"
    STUCK = "stuck"
    EARLIER = "earlier"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Found:
    """How a replay came out: at which element it was then, and at which it would be."""

    way: Way
    was: str | None = None
    would: str | None = None
    reason: str | None = None
    """Why nobody can tell, as a code, or what failed."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One past instance on another version."""

    instance_id: UUID
    business_key: str
    definition_id: int
    found: Found
    started_at: datetime
    open: bool = False
    """Whether it still runs: then it is played as far as it has come."""


@dataclass(slots=True)
class Rehearsal:
    """The instances of a period on a diagram: how many there are, and those played so far."""

    total: int
    chosen: int
    played: list[Replayed] = field(default_factory=list)
