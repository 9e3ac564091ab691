"""Rows of the engine, as Core tables: on the hot path nothing is mapped."""

from typing import Any, Final

import orjson
from sqlalchemy import (
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    event,
    text,
)
from sqlalchemy.sql.ddl import DDL
from sqlalchemy.types import TypeDecorator

from engine.database import Base, Instant

Value = Any
"""Whatever JSON knows."""

NAME: Final = 200
"""The longest name of an element, a process or a key."""


class Json(TypeDecorator[Any]):
    """JSON as text, byte for byte what was written: the hash chain reads it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Value, _dialect: Dialect) -> str | None:
        """Write the value down."""
        return None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Value:
        """Read the value again."""
        return None if value is None else orjson.loads(value)


DEFINITION: Final = Table(
    "engine_definition",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("process_id", String(NAME), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", String(NAME), nullable=False),
    Column("name_en", String(NAME), nullable=False),
    Column("xml", LargeBinary, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("deployed_at", Instant, nullable=False),
    Column("deployed_by", String(NAME), nullable=False),
    UniqueConstraint("process_id", "version"),
)

DECISION: Final = Table(
    "engine_decision",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("definitions_id", String(NAME), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", String(NAME), nullable=False),
    Column("xml", LargeBinary, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("deployed_at", Instant, nullable=False),
    Column("deployed_by", String(NAME), nullable=False),
    UniqueConstraint("definitions_id", "version"),
)
"""Versions of decision files."""

DECISION_PART: Final = Table(
    "engine_decision_part",
    Base.metadata,
    Column("definition_id", ForeignKey(DECISION.c.id), primary_key=True),
    Column("decision_id", String(NAME), primary_key=True),
    Column("name", String(NAME), nullable=False),
    Index("ix_engine_decision_part_decision_id", "decision_id", "definition_id"),
)
"""The decisions in each version of a file."""

INSTANCE: Final = Table(
    "engine_instance",
    Base.metadata,
    Column("id", Uuid, primary_key=True),
    Column("definition_id", ForeignKey(DEFINITION.c.id), nullable=False),
    Column("process_id", String(NAME), nullable=False),
    Column("business_key", String(NAME), nullable=False),
    Column("parent_id", ForeignKey("engine_instance.id")),
    Column("parent_task_id", Uuid),
    Column("depth", Integer, nullable=False),
    Column("item", Json),
    Column("round", Integer),
    Column("state", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("history_length", Integer, nullable=False),
    Column("history_head", LargeBinary, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("end", String(20)),
    Column("suspended_at", Instant),
    Index("ix_engine_instance_business_key", "business_key", "started_at"),
    Index("ix_engine_instance_process", "process_id", "started_at"),
    Index(
        "ix_engine_instance_open_children",
        "parent_id",
        "parent_task_id",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

TASK: Final = Table(
    "engine_task",
    Base.metadata,
    Column("id", Uuid, primary_key=True),
    Column("instance_id", ForeignKey(INSTANCE.c.id), nullable=False),
    Column("definition_id", ForeignKey(DEFINITION.c.id), nullable=False),
    Column("business_key", String(NAME), nullable=False),
    Column("element_id", String(NAME), nullable=False),
    Column("data", Json, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", String(NAME)),
    Column("outcome", String(NAME)),
    Index(
        "ix_engine_task_open",
        "business_key",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index(
        "ix_engine_task_open_instance",
        "instance_id",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index("ix_engine_task_visits", "definition_id", "closed_at"),
)

TIMER: Final = Table(
    "engine_timer",
    Base.metadata,
    Column("id", Uuid, primary_key=True),
    Column("instance_id", ForeignKey(INSTANCE.c.id), nullable=False, index=True),
    Column("element_id", String(NAME), nullable=False),
    Column("due_at", Instant, nullable=False, index=True),
)

AWAITED: Final = Table(
    "engine_awaited",
    Base.metadata,
    Column("id", Uuid, primary_key=True),
    Column("instance_id", ForeignKey(INSTANCE.c.id), nullable=False, index=True),
    Column("element_id", String(NAME), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(NAME), nullable=False),
    Column("key", String(NAME)),
    Column("since", Instant, nullable=False),
    Index("ix_engine_awaited_name", "name", "key"),
)
"""What instances wait for from elsewhere: signals, and messages that are addressed by a key."""

MIGRATION: Final = Table(
    "engine_migration",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("instance_id", ForeignKey(INSTANCE.c.id), nullable=False, index=True),
    Column("from_id", ForeignKey(DEFINITION.c.id), nullable=False),
    Column("to_id", ForeignKey(DEFINITION.c.id), nullable=False),
    Column("old_state", LargeBinary, nullable=False),
    Column("version_after", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(NAME), nullable=False),
)
"""Moves to another version that can still be taken back, until the instance goes on."""

MESSAGE: Final = Table(
    "engine_message",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(NAME), nullable=False),
    Column("key", String(NAME), nullable=False),
    Column("payload", Json, nullable=False),
    Column("by", String(NAME), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Index("ix_engine_message_name", "name", "key"),
)
"""Messages that nobody has waited for yet."""

START: Final = Table(
    "engine_start",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("definition_id", ForeignKey(DEFINITION.c.id), nullable=False),
    Column("process_id", String(NAME), nullable=False, index=True),
    Column("element_id", String(NAME), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(NAME)),
    Column("since", Instant, nullable=False),
    Column("fired_at", Instant),
    Column("left", Integer),
    Column("due_at", Instant, index=True),
    Index("ix_engine_start_name", "name"),
)
"""How the newest version of a process starts by itself."""

DELIVERY: Final = Table(
    "engine_delivery",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("instance_id", ForeignKey(INSTANCE.c.id), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("task_id", Uuid),
    Column("payload", Json),
    Column("by", String(NAME), nullable=False),
    Column("posted_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("hops", Integer, nullable=False),
)

JOB: Final = Table(
    "engine_job",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(NAME), nullable=False),
    Column("payload", Json, nullable=False),
    Column("job_key", String(NAME), unique=True),
    Column("run_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("owner", String(64)),
    Column("leased_until", Instant),
    Column("failed_at", Instant),
    Column("error", Text),
    Index("ix_engine_job_waiting", "failed_at", "run_at"),
)

INCIDENT: Final = Table(
    "engine_incident",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("instance_id", ForeignKey(INSTANCE.c.id)),
    Column("task_id", Uuid),
    Column("job_id", Integer),
    Column("element_id", String(NAME)),
    Column("kind", String(40), nullable=False),
    Column("error", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("resolved_at", Instant),
    Column("resolved_by", String(NAME)),
    Index(
        "ix_engine_incident_open",
        "instance_id",
        sqlite_where=text("resolved_at IS NULL"),
        postgresql_where=text("resolved_at IS NULL"),
    ),
)

HISTORY: Final = Table(
    "engine_history",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("instance_id", ForeignKey(INSTANCE.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("element_id", String(NAME)),
    Column("element_name", String(NAME)),
    Column("way", Text, nullable=False),
    Column("by", String(NAME), nullable=False),
    Column("facts", Json, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    UniqueConstraint("instance_id", "number"),
    Index(
        "ix_engine_history_arrivals",
        "kind",
        "instance_id",
        sqlite_where=text("kind IN ('called', 'waiting')"),
        postgresql_where=text("kind IN ('called', 'waiting')"),
    ),
)

ANSWER: Final = Table(
    "engine_answer",
    Base.metadata,
    Column("owner", String(NAME), primary_key=True),
    Column("key", String(NAME), primary_key=True),
    Column("fingerprint", String(NAME), nullable=False),
    Column("answer", Json),
    Column("at", Instant, nullable=False),
)

SQLITE_GUARDS: Final = tuple(
    f"CREATE TRIGGER engine_history_no_{what} BEFORE {what} ON engine_history "
    "BEGIN SELECT RAISE(ABORT, 'history is only added to'); END"
    for what in ("update", "delete")
)
POSTGRES_GUARDS: Final = (
    """CREATE OR REPLACE FUNCTION engine_history_guard() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'history is only added to'; END $$""",
    """CREATE TRIGGER engine_history_no_change BEFORE UPDATE OR DELETE ON engine_history
    FOR EACH ROW EXECUTE FUNCTION engine_history_guard()""",
    """CREATE TRIGGER engine_history_no_truncate BEFORE TRUNCATE ON engine_history
    FOR EACH STATEMENT EXECUTE FUNCTION engine_history_guard()""",
)


def history_guards(dialect: str) -> list[str]:
    """Return the statements, for a migration, that keep the history from being changed."""
    return list(SQLITE_GUARDS if dialect == "sqlite" else POSTGRES_GUARDS)


for _dialect in ("sqlite", "postgresql"):
    for _statement in history_guards(_dialect):
        _guard = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        event.listen(HISTORY, "after_create", _guard)
