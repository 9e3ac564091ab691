"""Sixteen workers at once: two processes of eight threads, all starting at the same moment."""

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from typing import Any

from engine import Database, EngineError
from tests.forking import FORKS
from workflows.errors import Refusal

PROCESSES, THREADS = 2, 8
WORKERS = PROCESSES * THREADS
PATIENCE = 60

Open = Callable[[str], Database]
Work = Callable[[Database, int, Any], Any]


@dataclass(frozen=True)
class Deed:
    """What one worker got for one of his tries: an answer or a refusal's name."""

    worker: int
    about: Any
    answer: Any = None
    refusal: str | None = None


def crowd(url: str, opener: Open, work: Work, about: Sequence[Any]) -> list[Deed]:
    """Let every worker do the work about every thing, in the same order; return all deeds."""
    start = FORKS.Barrier(WORKERS)
    answers = FORKS.Queue()
    processes = [
        FORKS.Process(target=_process, args=(number, url, opener, work, about, start, answers))
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    deeds = [deed for _ in processes for deed in answers.get(timeout=PATIENCE)]
    for process in processes:
        process.join(PATIENCE)
    return deeds


def _process(  # noqa: PLR0917
    number: int,
    url: str,
    opener: Open,
    work: Work,
    about: Sequence[Any],
    start: Barrier,
    answers: "multiprocessing.Queue[list[Deed]]",
) -> None:
    database = opener(url)
    deeds: list[Deed] = []

    def labour(worker: int) -> None:
        start.wait(PATIENCE)
        deeds.extend(_try(database, worker, work, thing) for thing in about)

    threads = [
        threading.Thread(target=labour, args=(number * THREADS + each,)) for each in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    database.sql.dispose()
    answers.put(deeds)


def _try(database: Database, worker: int, work: Work, thing: object) -> Deed:
    try:
        return Deed(worker, thing, answer=work(database, worker, thing))
    except (EngineError, Refusal) as refused:
        return Deed(worker, thing, refusal=type(refused).__name__)
