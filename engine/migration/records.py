"""What a migration says: which instances move, which stay, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Stays:
    """Why an instance can't be proved to go on rightly on another version."""

    code: str
    element_id: str | None = None
    element_name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """One running instance, and why it stays; without a reason it moves."""

    instance_id: UUID
    business_key: str
    reason: Stays | None = None
    at: tuple[str, ...] = ()
    """The elements of its own version at which it stands."""


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """What would happen to every running instance of a version; nothing has happened yet."""

    from_id: int
    to_id: int
    elements: Mapping[str, str]
    """For each element of the old version that the new one has too: its id there."""
    gone: tuple[str, ...]
    new: tuple[str, ...]
    instances: tuple[Standing, ...]

    @property
    def moves(self) -> list[Standing]:
        """Return the instances that would move."""
        return [one for one in self.instances if one.reason is None]

    @property
    def stays(self) -> list[Standing]:
        """Return the instances that would stay."""
        return [one for one in self.instances if one.reason is not None]


@dataclass(slots=True)
class Migrated:
    """What has become of the instances of a version so far."""

    total: int = 0
    moved: int = 0
    passed: int = 0
    """How many had ended or were elsewhere by the time that it was their turn."""
    stayed: dict[UUID, Stays] = field(default_factory=dict)
    gone: list[UUID] = field(default_factory=list)
    """Those that were moved, in their order."""

    @property
    def seen(self) -> int:
        """Return how many were seen to."""
        return self.moved + self.passed + len(self.stayed)
