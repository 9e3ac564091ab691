"""How far an import has come, seen from outside its one transaction.

SQLite has one writer, so there the count stands in a small file beside the database;
on PostgreSQL it is written to the batch by a transaction of its own.
"""

from pathlib import Path

from sqlalchemy import make_url, update

from engine import Database
from workflows.tables import ImportBatch


def told(database: Database, batch_id: int, done: int) -> None:
    """Say how many items are in."""
    path = _path(database, batch_id)
    if path is not None:
        path.write_text(str(done), encoding="ascii")
        return
    change = update(ImportBatch).where(ImportBatch.id == batch_id).values(done=done)
    with database.sql.begin() as connection:
        connection.execute(change)


def heard(database: Database, batch: ImportBatch) -> int:
    """Return how many items are in."""
    path = _path(database, batch.id)
    if path is None or not path.exists():
        return batch.done
    text = path.read_text(encoding="ascii")
    return max(batch.done, int(text) if text.isdigit() else 0)


def forget(database: Database, batch_id: int) -> None:
    """Clear away what was only of use on the way."""
    path = _path(database, batch_id)
    if path is not None:
        path.unlink(missing_ok=True)


def _path(database: Database, batch_id: int) -> Path | None:
    file = make_url(database.url).database if database.dialect == "sqlite" else None
    return Path(f"{file}.import-{batch_id}") if file else None
