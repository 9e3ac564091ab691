"""Changing the words that a column takes: its check constraint, on either database."""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


def set_words(table: str, column: str, constraint: str, words: Sequence[str]) -> None:
    """Let a column take these words, and no others from now on; rows aren't touched.

    SQLite can't alter a constraint. Its own procedure for a change that leaves what is stored
    as it is (lang_altertable, section 7) is to rewrite the table's text, inside the transaction.
    """
    name = f"ck_{table}_{constraint}"
    listed = ", ".join(f"'{word}'" for word in words)
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, f"{column} IN ({listed})")
        return
    sql = connection.scalar(
        sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :name"),
        {"name": table},
    )
    check = rf"(CONSTRAINT \"?{name}\"? CHECK \(\"?{column}\"? IN )\([^)]*\)"
    written, found = re.subn(check, rf"\1({listed})", str(sql))
    if found != 1:
        message = f"{name} isn't there to be changed"
        raise LookupError(message)
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = :name"),
        {"sql": written, "name": table},
    )
    connection.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))
