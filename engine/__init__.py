"""A small BPMN engine: SpiffWorkflow moves the tokens, SQLAlchemy remembers them.

Callers use the names below and nothing deeper. Every verb takes the session first,
works inside the caller's transaction and never commits; ``Database.write`` opens the
transaction and commits it, ``Database.read`` gives one that changes nothing.
"""

from sqlalchemy.orm import Session

from engine.clock import Clock, MovableClock, SystemClock
from engine.database import Base, Database, Instant, now
from engine.diagrams import MESSAGES
from engine.errors import (
    Busy,
    DatabaseNewer,
    DatabaseOlder,
    DatabaseUnreachable,
    DataUnfit,
    EngineError,
    ExpressionRefused,
    Fault,
    IncidentUnknown,
    InstanceBusy,
    InstanceEnded,
    InstanceMoved,
    InstanceUnknown,
    KeyReused,
    NobodyWaits,
    OutcomeUnknown,
    Problem,
    ProcessUnknown,
    Refused,
    RunawayProcess,
    StateUnreadable,
    TaskClosed,
    TaskUnknown,
)
from engine.execution import (
    cancel,
    complete,
    find_task,
    instances,
    open_task,
    open_tasks,
    send,
    start,
)
from engine.history import history, verify_history
from engine.idempotency import once
from engine.incidents import incidents, retry_incident
from engine.jobs import enqueue, job_waits, work, work_once
from engine.opening import open_database
from engine.records import (
    Break,
    Definition,
    Field,
    HistoryEntry,
    Incident,
    Instance,
    Outcome,
    Task,
    Trail,
)
from engine.registry import (
    Attempt,
    Call,
    JobHandler,
    Listener,
    Operation,
    OutsideCall,
    Registry,
    StepType,
    TimerPlace,
)
from engine.tables import history_guards
from engine.timers import reschedule, wake_due
from engine.trails import trail
from engine.versions import check, definition, definitions, deploy, versions

__all__ = [
    "MESSAGES",
    "Attempt",
    "Base",
    "Break",
    "Busy",
    "Call",
    "Clock",
    "DataUnfit",
    "Database",
    "DatabaseNewer",
    "DatabaseOlder",
    "DatabaseUnreachable",
    "Definition",
    "EngineError",
    "ExpressionRefused",
    "Fault",
    "Field",
    "HistoryEntry",
    "Incident",
    "IncidentUnknown",
    "Instance",
    "InstanceBusy",
    "InstanceEnded",
    "InstanceMoved",
    "InstanceUnknown",
    "Instant",
    "JobHandler",
    "KeyReused",
    "Listener",
    "MovableClock",
    "NobodyWaits",
    "Operation",
    "Outcome",
    "OutcomeUnknown",
    "OutsideCall",
    "Problem",
    "ProcessUnknown",
    "Refused",
    "Registry",
    "RunawayProcess",
    "Session",
    "StateUnreadable",
    "StepType",
    "SystemClock",
    "Task",
    "TaskClosed",
    "TaskUnknown",
    "TimerPlace",
    "Trail",
    "cancel",
    "check",
    "complete",
    "definition",
    "definitions",
    "deploy",
    "enqueue",
    "find_task",
    "history",
    "history_guards",
    "incidents",
    "instances",
    "job_waits",
    "now",
    "once",
    "open_database",
    "open_task",
    "open_tasks",
    "reschedule",
    "retry_incident",
    "send",
    "start",
    "trail",
    "verify_history",
    "versions",
    "wake_due",
    "work",
    "work_once",
]
