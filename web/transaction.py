"""One transaction per request: a page reads in one, a form writes in one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from flask import current_app, g

from engine import Database, Session

T = TypeVar("T")
EXTENSION = "database"


def database() -> Database:
    """Return the application's database."""
    return cast(Database, current_app.extensions[EXTENSION])


@contextmanager
def reading() -> Iterator[Session]:
    """Open the request's read transaction; a reading inside a reading is the same one."""
    if "session" in g:
        yield g.session
        return
    with database().read() as session:
        g.session = session
        try:
            yield session
        finally:
            g.pop("session")


def writing(work: Callable[[Session], T]) -> T:
    """Do ``work`` in one write transaction; it may run again if it meets another."""
    return database().write(work)
