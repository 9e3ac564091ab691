"""Plays for viewflow, in an environment of its own: one durable step for each line it is given."""

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

SAFE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def set_up(folder: Path) -> None:
    """Make the house: its database is one file, as durable as Duban's."""
    settings.configure(
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "viewflow",
            "viewflow.workflow",
            "reviewing",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "viewflow.sqlite",
                "OPTIONS": {"init_command": SAFE, "transaction_mode": "IMMEDIATE"},
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)


class Player:
    """One process that is sent back again and again."""

    def __init__(self) -> None:
        from django.contrib.auth.models import User  # noqa: PLC0415 (Django must be set up)
        from reviewing.flows import Review  # noqa: PLC0415 (the same)

        User.objects.create(username="li")
        self._flow = Review
        with transaction.atomic():
            self._process = Review.start.run().pk
        self._task = self._open()

    def step(self) -> Mapping[str, Any]:
        """Complete the open task and let the flow go on, in one transaction."""
        wall, cpu = time.perf_counter(), time.process_time()
        with self._flow.lock(self._process):
            task = self._flow.task_class.objects.get(pk=self._task)
            activation = task.flow_task.activation_class(task)
            activation.process.data["outcome"] = "again"
            activation.process.save()
            activation.start(None)
            activation.execute()
        done = time.process_time() - cpu, time.perf_counter() - wall
        self._task = self._open()
        return {"cpu_ms": done[0] * 1000, "wall_ms": done[1] * 1000, "state_bytes": None}

    def _open(self) -> Any:
        """Return the one task that waits."""
        return self._flow.task_class.objects.get(process=self._process, finished=None).pk


def main(folder: Path) -> None:
    """Say that the house stands, then do a step for each line."""
    set_up(folder)
    player = Player()
    kept = connection.cursor().execute("PRAGMA synchronous").fetchone()[0]
    how = f"SQLite file, synchronous={kept} (2 is FULL): process and tasks, one transaction"
    print(json.dumps({"persistence": how}), flush=True)
    for _ in sys.stdin:
        print(json.dumps(player.step()), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
