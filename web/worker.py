"""The background worker: timers, deliveries between instances, mail and other jobs."""

import logging
import os
import signal
import sys
import threading

import engine
from engine import JobHandler
from web import channels
from web.config import from_environment
from workflows import papers, processes, search
from workflows.figures import periods
from workflows.imports import batches, finishing
from workflows.trials import moving, replays


def jobs() -> dict[str, JobHandler]:
    """Return everything that the worker does beside timers and deliveries."""
    return {**channels.jobs(), **indoors()}


def indoors() -> dict[str, JobHandler]:
    """Return what of that stays in the house: nobody outside hears of it."""
    return {
        papers.JOB: papers.make_small,
        papers.SWEEP: papers.sweep_daily,
        papers.READ: search.read_paper,
        search.GATHER: search.gather,
        periods.JOB: periods.freeze_daily,
        batches.JOB: batches.run,
        moving.JOB: moving.work,
        replays.JOB: replays.work,
        finishing.JOB: finishing.finish,
    }


def main() -> int:
    """Work until a signal comes, or until the process that started this one is gone."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    config = from_environment()
    registry = processes.registry(jobs())
    database = engine.open_database(config.database, registry, key=config.key.encode())
    told_to_stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told_to_stop.set())
    parent = os.getppid()
    engine.work(database, lambda: told_to_stop.is_set() or os.getppid() != parent)
    return 0


if __name__ == "__main__":
    sys.exit(main())
