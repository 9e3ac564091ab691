"""What the engine shows of its rows: read-only records, never live rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which a user task may end, and its words."""

    value: str
    label: str = ""
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form that a diagram draws for a step."""

    key: str
    type: str = "text"
    label: str = ""
    label_en: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    options_en: tuple[str, ...] = ()
    help: str = ""
    help_en: str = ""
    visible_if: str = ""
    columns: "tuple[Field, ...]" = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """One deployed version of a process."""

    id: int
    process_id: str
    version: int
    name: str
    name_en: str
    xml: bytes = field(repr=False)
    deployed_at: datetime
    deployed_by: str


@dataclass(frozen=True, slots=True)
class DecisionVersion:
    """One deployed version of a decision file, and the names of its decisions by their ids."""

    id: int
    definitions_id: str
    version: int
    name: str
    decisions: Mapping[str, str]
    xml: bytes = field(repr=False)
    deployed_at: datetime
    deployed_by: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision gave, which rules led to it by decision, and which version it was."""

    result: Any
    rules: Mapping[str, tuple[str, ...]]
    definition_id: int
    version: int


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a decision table: what it tests or gives, and the texts that it may hold."""

    side: str
    name: str
    label: str = ""
    type: str = "string"
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its text, and its values if it is plain; without any it says nothing."""

    text: str
    values: tuple[Any, ...] | None = None
    plain: bool = True


@dataclass(frozen=True, slots=True)
class TableRow:
    """One rule of a decision table, its cells in the order of the columns."""

    id: str
    cells: tuple[TableCell, ...]
    note: str = ""


@dataclass(frozen=True, eq=False)
class DecisionTable:
    """The only table of a decision file, as rows; a deployed one knows its version."""

    file: str
    decision: str
    name: str
    policy: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    definition_id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Instance:
    """One run of a process."""

    id: UUID
    definition_id: int
    process_id: str
    business_key: str
    parent_id: UUID | None
    parent_task_id: UUID | None
    item: Any
    round: int | None
    started_at: datetime
    ended_at: datetime | None = None
    end: str | None = None
    suspended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A user task: open until ``closed_at`` is set, then history."""

    id: UUID
    instance_id: UUID
    business_key: str
    element_id: str
    name: str
    name_en: str
    step: str
    role: str | None
    assignee: str | None
    limit: str | None
    form: tuple[Field, ...]
    outcomes: tuple[Outcome, ...]
    withdrawable: bool
    data: Mapping[str, Any]
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of an instance's history, as it was written."""

    id: int
    instance_id: UUID
    at: datetime
    kind: str
    element_id: str | None
    element_name: str | None
    by: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """A place where an instance's history isn't what was written."""

    instance_id: UUID
    at: int
    reason: str


@dataclass(frozen=True, slots=True)
class Trail:
    """The way that an instance has come, for marking its diagram."""

    walked: frozenset[str]
    open: Mapping[str, datetime]
    times: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that failed by rule and waits for somebody to mend it."""

    id: int
    instance_id: UUID | None
    business_key: str | None
    task_id: UUID | None
    element_id: str | None
    kind: str
    error: str
    at: datetime
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    definition_id: int | None = None
    name: str = ""
    name_en: str = ""


class ChangeKind(StrEnum):
    """In which way an element of one version differs from the same one of another."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REROUTED = "rerouted"
    LANE = "lane"
    LAYOUT = "layout"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions of a diagram; ``layout``: it was only moved."""

    element_id: str | None
    element_name: str
    element_type: str
    kind: ChangeKind
    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Merged:
    """A file with another one's changes in it: which were taken, by the elements' ids."""

    xml: bytes
    taken: frozenset[str]
    both: frozenset[str]
    """What both sides have changed, each in its own way: it stays as it was in ours."""
    left: frozenset[str]
    """What only the other side changed and yet couldn't be taken over."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An element of a file: what it is, what it is called, and all that it says by its paths."""

    id: str
    type: str
    name: str
    name_en: str
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WaitingTimer:
    """A timer that waits, and when it is due."""

    id: UUID
    instance_id: UUID
    business_key: str
    process_id: str
    definition_id: int
    element_id: str
    name: str
    name_en: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class VersionLoad:
    """How many instances of one version run, and how those that have ended did."""

    definition_id: int
    process_id: str
    version: int
    running: int
    completed: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class ElementTime:
    """How often one element was reached and left, and how long that took, over all versions.

    The seconds are those of the ``measured`` visits: of an operation outside the house and
    of whatever waits still, nobody knows the end.
    """

    element_id: str
    name: str
    reached: int = 0
    completed: int = 0
    cancelled: int = 0
    open: int = 0
    measured: int = 0
    seconds: float = 0.0
    median: float | None = None
    p90: float | None = None


@dataclass(frozen=True, slots=True)
class Awaited:
    """A signal, or a message under an address, that an instance waits for."""

    id: UUID
    instance_id: UUID
    business_key: str
    process_id: str
    definition_id: int
    element_id: str
    name: str
    name_en: str
    kind: str
    event: str
    address: str | None
    since: datetime
