"""Runs migrations on the connection that it is handed, inside the caller's transaction."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

import workflows.tables  # noqa: F401 (its rows must be known to be compared)
from engine import Base


def render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write a column's type as SQLAlchemy's own: a migration must not change with the code."""
    impl = getattr(item, "impl_instance", None)
    if kind != "type" or impl is None:
        return False
    return f"sa.{impl!r}"


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
