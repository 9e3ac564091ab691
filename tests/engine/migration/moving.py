"""Deploys, moves and looks, one transaction each."""

from collections.abc import Mapping

from sqlalchemy import select

import engine
from tests.engine.conftest import Office


def deployed(office: Office, *versions: bytes) -> list[int]:
    """Deploy versions, and return their numbers; the first is started before the next."""
    return [office.deploy(xml).id for xml in versions]


def migrate(
    office: Office, instance: engine.Instance, to: int, renamed: Mapping[str, str] | None = None
) -> engine.Instance:
    """Move an instance in a transaction of its own."""
    return office.database.write(
        lambda session: engine.migrate(
            session, instance.id, to, renamed=renamed or {}, by="admin", reason="the law"
        )
    )


def unmigrate(office: Office, instance: engine.Instance) -> engine.Instance:
    """Take a move back."""
    return office.database.write(lambda s: engine.unmigrate(s, instance.id, by="admin"))


def rows(office: Office, table: object) -> list[object]:
    """Return the rows of a table."""
    with office.database.read() as session:
        return list(session.execute(select(table)).all())  # type: ignore[call-overload]
