"""What can go wrong in the engine, as types that carry the facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

ERROR: Final = "error"
WARNING: Final = "warning"


class EngineError(Exception):
    """Base of every error that the engine raises on purpose."""

    @property
    def facts(self) -> dict[str, Any]:
        """Return what is known about the error, by name."""
        return dict(vars(self))


@dataclass(frozen=True)
class Problem:
    """One reason why a diagram is refused, or what could be better about it, and where."""

    code: str
    element_id: str | None = None
    element_name: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    severity: str = ERROR
    """``error``: it is refused for this; anything else: it runs all the same."""
    english: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What the diagram calls its elements in English, by their names and ids."""

    @property
    def refuses(self) -> bool:
        """Tell whether the diagram is refused for this."""
        return self.severity == ERROR


class Refused(EngineError):
    """The gate doesn't let the diagram in, for all these reasons."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.element_id}: {p.code}" for p in problems))
        self.problems = list(problems)


class BusinessError(EngineError):
    """An operation ends with an error that the diagram knows, and may catch, by its code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ProcessUnknown(EngineError):
    """No process of that name, or no definition of that number, was ever deployed."""

    def __init__(self, process: str | int) -> None:
        super().__init__(f"no process {process!r} is deployed")
        self.process = process


class DecisionUnknown(EngineError):
    """No decision of that id, or no decision file of that number, was ever deployed."""

    def __init__(self, decision: str | int) -> None:
        super().__init__(f"no decision {decision!r} is deployed")
        self.decision = decision


class InstanceUnknown(EngineError):
    """No instance was ever started under that id."""

    def __init__(self, instance_id: UUID) -> None:
        super().__init__(f"no instance {instance_id}")
        self.instance_id = instance_id


class InstanceEnded(EngineError):
    """The instance has ended: nothing can move it any more."""

    def __init__(self, instance_id: UUID, ended_at: datetime | None, end: str | None) -> None:
        super().__init__(f"instance {instance_id} has ended")
        self.instance_id = instance_id
        self.ended_at = ended_at
        self.end = end


class InstanceMoved(EngineError):
    """Somebody moved the instance between our read and our write, without its lock."""

    def __init__(self, instance_id: UUID) -> None:
        super().__init__(f"instance {instance_id} has moved on")
        self.instance_id = instance_id


class InstanceBusy(EngineError):
    """The instance is in the middle of a step of this very transaction."""

    def __init__(self, instance_id: UUID) -> None:
        super().__init__(f"instance {instance_id} is in the middle of a step")
        self.instance_id = instance_id


class TaskUnknown(EngineError):
    """No task was ever opened under that id."""

    def __init__(self, task_id: UUID) -> None:
        super().__init__(f"no task {task_id}")
        self.task_id = task_id


class TaskClosed(EngineError):
    """Somebody has already completed the task, or it was cancelled."""

    def __init__(
        self,
        task_id: UUID,
        closed_by: str | None,
        closed_at: datetime | None,
        outcome: str | None,
    ) -> None:
        super().__init__(f"task {task_id} is closed")
        self.task_id = task_id
        self.closed_by = closed_by
        self.closed_at = closed_at
        self.outcome = outcome


class InstanceSuspended(EngineError):
    """The instance is suspended: nothing moves it until it is resumed."""

    def __init__(self, instance_id: UUID, suspended_at: datetime) -> None:
        super().__init__(f"instance {instance_id} is suspended")
        self.instance_id = instance_id
        self.suspended_at = suspended_at


class NotMovable(EngineError):
    """A token can't be moved there: the diagram wouldn't go on from it as it says."""

    def __init__(self, instance_id: UUID, element_id: str, reason: str) -> None:
        super().__init__(f"can't move to {element_id!r}: {reason}")
        self.instance_id = instance_id
        self.element_id = element_id
        self.reason = reason


class NothingRepeats(EngineError):
    """Nothing there is being done for each element of a list."""

    def __init__(self, instance_id: UUID, element_id: str) -> None:
        super().__init__(f"{element_id!r} isn't being done several times")
        self.instance_id = instance_id
        self.element_id = element_id


class RenameUnknown(EngineError):
    """A hint speaks of an element that one of the two versions doesn't have, or names one twice."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"{before!r} can't have become {after!r}")
        self.before = before
        self.after = after


class InstanceStays(EngineError):
    """The instance can't be proved to go on rightly on the other version: it stays."""

    def __init__(self, instance_id: UUID, reason: object) -> None:
        super().__init__(f"instance {instance_id} stays: {reason}")
        self.instance_id = instance_id
        self.reason = reason


class NothingToTakeBack(EngineError):
    """The instance wasn't moved to another version, or has gone on since."""

    def __init__(self, instance_id: UUID) -> None:
        super().__init__(f"instance {instance_id} has no move to take back")
        self.instance_id = instance_id


class OutcomeUnknown(EngineError):
    """The task's element offers no such outcome."""

    def __init__(self, task_id: UUID, outcome: str | None, offered: Sequence[str]) -> None:
        super().__init__(f"task {task_id} offers no outcome {outcome!r}")
        self.task_id = task_id
        self.outcome = outcome
        self.offered = list(offered)


class DataUnfit(EngineError):
    """The data holds something that isn't a key or a value of JSON."""

    def __init__(self, key: object, kind: str) -> None:
        super().__init__(f"{key!r} holds {kind}, which isn't JSON")
        self.key = key
        self.kind = kind


class NobodyWaits(EngineError):
    """Nothing in the instance waits for that message now."""

    def __init__(self, message: str, instance_id: UUID) -> None:
        super().__init__(f"nothing in {instance_id} waits for {message!r}")
        self.message = message
        self.instance_id = instance_id


class IncidentUnknown(EngineError):
    """No open incident has that number."""

    def __init__(self, incident_id: int) -> None:
        super().__init__(f"no open incident {incident_id}")
        self.incident_id = incident_id


class RunawayProcess(EngineError):
    """One step would walk on and on; nothing of it was kept."""

    def __init__(self, instance_id: UUID, steps: int) -> None:
        super().__init__(f"instance {instance_id} still walks after {steps} steps")
        self.instance_id = instance_id
        self.steps = steps


class StateUnreadable(EngineError):
    """A stored state isn't one that this engine wrote for that definition."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"unreadable state: {reason}")
        self.reason = reason


class Fault(EngineError):
    """A rule of the diagram failed where it stands: an incident, not a crash."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


class ExpressionRefused(EngineError):
    """An expression isn't one that the safe language knows."""

    def __init__(self, expression: str, reason: str) -> None:
        super().__init__(f"{expression[:80]!r}: {reason}")
        self.expression = expression
        self.reason = reason


class Busy(EngineError):
    """The database stayed locked through every try."""

    def __init__(self, tries: int) -> None:
        super().__init__(f"the database stayed busy through {tries} tries")
        self.tries = tries


class KeyReused(EngineError):
    """An idempotency key came again with another request."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {key!r} was used for another request")
        self.key = key


class KeyBusy(EngineError):
    """The request that came first with an idempotency key is still at work."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the request with the key {key!r} is still at work")
        self.key = key


class DatabaseUnreachable(EngineError):
    """The database can't be reached at that address."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"can't reach {url}: {reason}")
        self.url = url
        self.reason = reason


class DatabaseForeign(EngineError):
    """The address is of no product that the engine keeps its word on."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.forms = "postgresql+psycopg://USER:PASSWORD@HOST/NAME, sqlite:///FILE"
        super().__init__(f"{url!r} is none of {self.forms}")


class DatabaseDamaged(EngineError):
    """The file is no database, or one that can't be read any more."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"can't read {url}: {reason}")
        self.url = url
        self.reason = reason


class DatabaseNewer(EngineError):
    """A newer version of the software has changed the database."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"the database is of the newer revision {revision}")
        self.revision = revision


class DatabaseOlder(EngineError):
    """The database needs its migrations first."""

    def __init__(self, revision: str | None, wanted: str) -> None:
        super().__init__(f"the database is of revision {revision}, wanted is {wanted}")
        self.revision = revision
        self.wanted = wanted


class HeadsTorn(EngineError):
    """The file isn't the whole of what was exported: a line of it is missing or was changed."""

    def __init__(self, line: int) -> None:
        super().__init__(f"the export is torn at line {line}")
        self.line = line
