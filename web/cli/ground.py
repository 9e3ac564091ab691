"""What every command stands on: the deployment's database, and how a command ends."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import engine
from engine import Database
from web.config import from_environment
from workflows import migrations, processes

Command = Callable[[argparse.Namespace], int]

DONE: Final = 0
REFUSED: Final = 1
BY: Final = "terminal"


@contextmanager
def opened(*, as_it_is: bool = False) -> Iterator[Database]:
    """Open the deployment's database; one of another version is refused unless it may be."""
    config = from_environment()
    database = engine.open_database(config.database, processes.registry(), key=config.key.encode())
    try:
        if not as_it_is:
            database.check_revision(migrations.revisions())
        yield database
    finally:
        database.sql.dispose()


def complain(*lines: str) -> None:
    """Say what went wrong where complaints belong."""
    print(*lines, sep="\n", file=sys.stderr)


def agreed(asked: str) -> bool:
    """Ask the person at the terminal."""
    try:
        return input(asked).strip().casefold() in ("y", "yes", "是")
    except EOFError:  # nobody is there to answer
        return False


def tell(done: int, of: int) -> None:
    """Show how far a long work has come, on one line."""
    print(f"\r{done}/{of}", end="", flush=True)
