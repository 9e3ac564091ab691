"""A simulated year in a directory of its own, which ``run.py --data`` can serve afterwards."""

import argparse
import os
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from flask_babel import gettext as _

import engine
from web import worker
from web.cli.ground import DONE, REFUSED, complain
from workflows import migrations, processes, simulation
from workflows.simulation import Account


def simulate(options: argparse.Namespace) -> int:
    """Let a year go by, tell how far it is, and give account of it at the end."""
    directory: Path = options.into
    file = directory / "duban.sqlite"
    if file.exists():
        complain(_("There is something in %(directory)s already", directory=directory))
        return REFUSED
    directory.mkdir(parents=True, exist_ok=True)
    os.environ["DUBAN_DATA"] = str(directory)  # its papers lie beside its database
    registry, key = processes.registry(worker.indoors()), _key(directory / "secret.key")
    database = engine.open_database(f"sqlite:///{file.absolute()}", registry, key=key.encode())
    try:
        migrations.upgrade(database)
        played = simulation.simulate(database, options.year, options.seed, options.items, _told)
        with database.read() as session:
            account = simulation.account_of(session)
        print("\n" + "\n".join(_lines(account, len(played.refused))))
    finally:
        database.sql.dispose()
    return REFUSED if account.wrong else DONE


def _key(file: Path) -> str:
    """Return the directory's secret key; without one make it, for this user only."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def _told(day: date, matters: int, steps: int) -> None:
    told = _("%(day)s: %(matters)s matters, %(steps)s steps", day=day, matters=matters, steps=steps)
    print(f"\r{told}", end="", flush=True)


def _lines(account: Account, refused: int) -> Iterator[str]:
    yield _("Items: %(number)s", number=account.items)
    for title, counted in (
        (_("How they stand"), account.states),
        (_("Why they are open"), account.reasons),
        (_("What happened"), account.happened),
    ):
        yield f"\n{title}"
        yield from (f"  {number:>6}  {name}" for name, number in sorted(counted.items()))
    yield ""
    yield _("Refused by a rule: %(number)s", number=refused)
    yield _("Stuck or without an owner: %(number)s", number=len(account.wrong))
    yield from (f"  {one.item_id} {one.title}: {one.why}" for one in account.wrong)
