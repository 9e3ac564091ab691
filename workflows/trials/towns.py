"""试办: an invented town in a database file of its own, where a draft is tried before it is live.

The file is named after the administrator and the draft, so that any process of the house
finds it, nobody else does, and no row of the real database is needed. It has the house's
real schema, its deployed diagrams, tables and settings, invented people, and a clock that
only the administrator moves. Nothing in it leaves the house: the jobs that would aren't known.
It is removed an hour after it was last used.
"""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table, delete, insert, select

import engine
from engine import Attempt, Database, MovableClock, Registry, Session
from workflows import demo, migrations, papers, processes, routes, search
from workflows.actors import Actor
from workflows.calendar import office_day
from workflows.errors import NoTrial, TrialBusy
from workflows.tables import (
    CalendarDay,
    CalendarYear,
    Kind,
    MilestoneTemplate,
    RevisitQuestion,
    Setting,
    SuggestionBasis,
    TemplateNode,
)
from workflows.trials import matters

FOLDER: Final = "trials"
"""Where the towns lie in the house's data."""
LIFE: Final = 60 * 60
"""Seconds after which a town that nobody uses is removed."""
PATIENCE: Final = 3.0
"""Seconds that a request waits for the one before it: its thread is everybody's."""
TURN: Final = 0.05
LARGEST: Final = 64 * 1024 * 1024
BY: Final = "trial"
KEY: Final = b"the key of a town that nobody lives in"
CLOCK, STEPS, ITEM, DRAWN = "trial.now", "trial.steps", "trial.item", "trial.revision"
"""The settings in which a town keeps its clock, its steps, its item, and the draft's revision."""
OWN: Final = frozenset({CLOCK, STEPS, ITEM, DRAWN, "revisit.chance", "demo.unfinished"})
COPIED: Final = (
    CalendarYear,
    CalendarDay,
    MilestoneTemplate,
    TemplateNode,
    RevisitQuestion,
    SuggestionBasis,
)
"""What an administrator has set up, and a town takes over."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a town is founded on: the house's diagrams, tables and settings, and the draft."""

    draft: bytes
    process_id: str
    revision: int
    diagrams: Sequence[tuple[str, bytes]]
    tables: Sequence[bytes]
    settings: Mapping[str, str]
    rows: Sequence[tuple[Table, Sequence[Mapping[str, Any]]]]

    @property
    def drawn(self) -> dict[str, bytes]:
        """Return every diagram by its process, the draft in its place."""
        return {**dict(self.diagrams), self.process_id: self.draft}

    @property
    def carries(self) -> frozenset[Kind]:
        """Return the kinds whose items can begin on the draft; none on what is only a part."""
        return routes.carried(self.drawn, self.process_id)

    @property
    def kind(self) -> Kind:
        """Return the kind whose items come to the draft."""
        return matters.kind_for(self.process_id, self.carries)

    def reached(self, process_id: str) -> set[str]:
        """Return a process, those that it calls, and what those call in turn."""
        found: set[str] = set()
        ahead = [process_id]
        while ahead:
            process = ahead.pop()
            if process not in found and process in self.drawn:
                found.add(process)
                ahead += processes.calls(self.drawn[process])
        return found

    def wanted(self) -> Mapping[str, bytes]:
        """Return the diagrams that the draft's items may come to, called ones first."""
        own = self.kind.value
        kinds = {kind.value for kind in Kind}
        ours = self.reached(own) | self.reached(self.process_id)
        other = set[str]().union(*(self.reached(kind) for kind in kinds - {own}))
        kept = {one for one in self.drawn if one in ours or one not in other}
        all_of_them = set[str]().union(*(self.reached(one) for one in kept))
        drawn = {one: xml for one, xml in self.drawn.items() if one in all_of_them}
        return processes.in_order_of_calls(drawn)


@dataclass(frozen=True, slots=True)
class Towns:
    """The folder in which the towns lie."""

    folder: Path

    def path(self, person_id: int, draft_id: int) -> Path:
        """Return where the town of a person for a draft lies, or would lie."""
        return self.folder / f"{person_id}-{draft_id}.sqlite"

    def path_of(self, actor: Actor, draft_id: int) -> Path:
        """Return where somebody's town for a draft lies, once those that nobody uses are gone."""
        if self.folder.exists():
            self.sweep()
        return self.path(actor.person_id, draft_id)

    def sweep(self) -> None:
        """Remove whatever nobody has used for an hour, but for the empty database."""
        for path in self.folder.glob("*"):
            if path != self._plain_path() and _age(path) > LIFE:
                remove(path)

    def found(self, path: Path, ground: Ground, at: datetime) -> None:
        """Found a town anew; whatever was there before is gone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.sweep()
        half = path.with_suffix(f".{secrets.token_hex(8)}")
        try:
            shutil.copy(self._plain(), half)
            database = _opened(half, at)
            try:
                _furnish(database, ground)
            finally:
                database.sql.dispose()
            with _alone(path):
                remove(path)
                half.replace(path)
        finally:
            remove(half)

    def _plain(self) -> Path:
        """Return an empty database of today's schema, made once."""
        path = self._plain_path()
        if not path.exists():
            half = path.with_suffix(f".{secrets.token_hex(8)}")
            database = engine.open_database(f"sqlite:///{half}", _registry(), key=KEY)
            migrations.upgrade(database)
            _settled(database)
            half.replace(path)
            remove(half)
        return path

    def _plain_path(self) -> Path:
        return self.folder / f"{migrations.revisions()[-1]}.plain"


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """Open a town for one request, one at a time; its clock is kept when the request is over."""
    if not path.exists():
        raise NoTrial
    with _alone(path):
        if not path.exists():
            raise NoTrial
        os.utime(path)
        database = _opened(path, None)
        try:
            with database.read() as session:
                kept = session.get_one(Setting, CLOCK).value
            database.clock = MovableClock(datetime.fromisoformat(kept))
            yield database
            database.write(lambda session: keep(session, CLOCK, engine.now(session).isoformat()))
        finally:
            _settled(database)


def end(path: Path) -> None:
    """Remove a town, once nobody is in it any more."""
    if path.exists():
        with _alone(path):
            remove(path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep everybody else out of a town; whoever waits for long is turned away, not queued."""
    with path.with_suffix(".lock").open("w") as lock:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise TrialBusy from None
                time.sleep(TURN)
        yield


def ground(session: Session, draft: bytes, process_id: str, revision: int) -> Ground:
    """Read from the real house what a town is founded on; nothing is written there."""
    settings = session.scalars(select(Setting)).all()
    return Ground(
        draft,
        process_id,
        revision,
        [(one.process_id, one.xml) for one in engine.definitions(session)],
        [one.xml for one in engine.decisions(session)],
        {one.name: one.value for one in settings if one.name not in OWN},
        [
            (table, [row._asdict() for row in session.execute(select(table))])
            for table in (model.__table__ for model in COPIED)
            if isinstance(table, Table)
        ],
    )


def keep(session: Session, name: str, value: str) -> None:
    """Write down something that the town itself has to know."""
    session.merge(Setting(name=name, value=value))


def kept(session: Session, name: str) -> str:
    """Return something that the town itself knows, or nothing."""
    found = session.get(Setting, name)
    return "" if found is None else found.value


def size(path: Path) -> int:
    """Return how large a town has become."""
    return path.stat().st_size if path.exists() else 0


def _age(path: Path) -> float:
    """Return how many seconds ago a file was used; one that has just gone is new."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0


def remove(path: Path) -> None:
    """Remove a town with all that lies beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _opened(path: Path, at: datetime | None) -> Database:
    clock = MovableClock(at) if at is not None else engine.SystemClock()
    return engine.open_database(f"sqlite:///{path}", _registry(), clock=clock, key=KEY)


def _registry() -> Registry:
    """Return what a town knows; nobody searches in it, so its papers aren't read."""
    return processes.registry(dict.fromkeys((papers.READ, search.GATHER), _left_alone))


def _left_alone(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Do nothing about a job."""


def _settled(database: Database) -> None:
    """Close a town so that all of it lies in its one file."""
    with database.sql.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.sql.dispose()


def _furnish(database: Database, ground_: Ground) -> None:
    """Bring the house's rules and invented people into a town, then its diagrams and the draft."""
    database.write(lambda session: _settle(session, ground_))
    for xml in ground_.wanted().values():
        database.write(lambda session, xml=xml: engine.deploy(session, xml, by=BY))  # type: ignore[misc]
    _settled(database)


def _settle(session: Session, ground_: Ground) -> None:
    day = office_day(engine.now(session))
    demo.raise_curtain(session, day.replace(month=1, day=1))
    for name, value in ground_.settings.items():
        keep(session, name, value)
    keep(session, CLOCK, engine.now(session).isoformat())
    keep(session, DRAWN, str(ground_.revision))
    session.flush()
    for table, _rows in reversed(ground_.rows):
        session.execute(delete(table))
    for table, rows in ground_.rows:
        if rows:
            session.execute(insert(table), [dict(row) for row in rows])
    for xml in ground_.tables:
        engine.deploy_decision(session, xml, by=BY)
