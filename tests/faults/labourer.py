"""Two processes to be killed: one that completes task after task, and one background worker.

The first tells each acknowledged step through its pipe, after the commit has returned: that is
when a person would have read "saved".
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

import engine
from engine import Attempt, Database, Session, open_database
from tests.diagrams import REGISTRY, UNITS

KEY = b"the key of the tests' history chain"
NOTE = "note"
WORKER = "worker"
OUTCOMES: Mapping[str, str] = {"report": "sent", "review": "accept"}


def note(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Note a completed task, once however often the job is done."""
    database.write(
        lambda session: engine.once(session, NOTE, payload["task"], "", lambda: {"by": "worker"})
    )


JOBS_TOO = replace(REGISTRY, jobs={NOTE: note})


def complete(session: Session, task_id: UUID) -> None:
    """Complete a task and leave a job to the worker, in one transaction."""
    task = engine.open_task(session, task_id)
    engine.enqueue(session, NOTE, {"task": str(task_id)}, job_key=str(task_id))
    engine.complete(session, task, OUTCOMES[task.step], by="labourer")


def labour(database: Database, name: str, mouth: Connection) -> None:
    """Start an item of two units and play it to its end; then the next, until killed."""
    for number in count():
        key = f"{name}-{number}"
        database.write(
            lambda s, key=key: engine.start(s, UNITS, {"units": [1, 2]}, key=key, by="labourer")
        )
        mouth.send(("started", key))
        while tasks := waiting(database, key):
            for task_id in tasks:
                database.write(lambda session, one=task_id: complete(session, one))
                mouth.send(("completed", task_id))


def waiting(database: Database, key: str) -> list[UUID]:
    """Return the open tasks of an item."""
    with database.read() as session:
        return [task.id for task in engine.open_tasks(session, key)]


def run(url: str, name: str, mouth: Connection) -> None:
    """Be one of the two, until killed."""
    database = open_database(url, JOBS_TOO, key=KEY)
    if name != WORKER:
        labour(database, name, mouth)
    mouth.send((WORKER, name))
    engine.work(database, lambda: False)
