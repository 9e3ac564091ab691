"""Plays for Duban's own engine: one durable step for each line it is given."""

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text

import engine
from engine import Base, Registry, Session, StepType, open_database

DIAGRAM: Final = Path(__file__).with_name("review.bpmn")
REGISTRY: Final = Registry(steps={"form": StepType("form")}, roles=frozenset({"reviewer"}))
SIZE: Final = text("SELECT length(state) FROM engine_instance")


class House:
    """One process that is sent back again and again."""

    def __init__(self, folder: Path) -> None:
        self.database = open_database(f"sqlite:///{folder}/duban.sqlite", REGISTRY)
        Base.metadata.create_all(self.database.sql)
        self.database.write(self._begin)
        self._task = self._open()

    def step(self) -> Mapping[str, Any]:
        """Complete the open task and let the diagram go on, in one transaction."""
        wall, cpu = time.perf_counter(), time.process_time()
        self.database.write(self._send_back)
        done = time.process_time() - cpu, time.perf_counter() - wall
        self._task = self._open()
        with self.database.read() as session:
            size = session.scalar(SIZE)
        return {"cpu_ms": done[0] * 1000, "wall_ms": done[1] * 1000, "state_bytes": size}

    def _begin(self, session: Session) -> None:
        engine.deploy(session, DIAGRAM.read_bytes(), by="bench")
        engine.start(session, "peer_review", {}, key="1", by="person:1")

    def _send_back(self, session: Session) -> None:
        task = engine.open_task(session, self._task)
        engine.complete(session, task, "again", by="person:1")

    def _open(self) -> UUID:
        """Return the one task that waits."""
        with self.database.read() as session:
            (task,) = engine.open_tasks(session, "1")
        return task.id


def main(folder: Path) -> None:
    """Say that the house stands, then do a step for each line."""
    house = House(folder)
    how = "SQLite file, synchronous=FULL: state, tasks, sealed history, one transaction"
    print(json.dumps({"persistence": how}), flush=True)
    for _ in sys.stdin:
        print(json.dumps(house.step()), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
