"""Jobs: what leaves the house is done by a worker, without an open transaction."""

import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine import store
from engine.database import Database, now
from engine.deliveries import deliver_due
from engine.errors import BusinessError, Fault
from engine.incidents import job_failed
from engine.messaging import see_to_messages
from engine.registry import Attempt, OutsideCall, registry_of
from engine.starting import wake_starts
from engine.steps import OPERATION, Letter, hold, post, stepping
from engine.steps.hands import operation_of, written_by
from engine.timers import wake_due

TRIES: Final = 3
LEASE: Final = timedelta(minutes=5)
PAUSES: Final = (timedelta(seconds=10), timedelta(minutes=2))
IDLE: Final = 0.5
BEAT: Final = LEASE / 3
"""How often the lease of a job that takes long is renewed."""

log = logging.getLogger(__name__)


def enqueue(
    session: Session,
    kind: str,
    payload: Mapping[str, Any],
    *,
    run_at: datetime | None = None,
    job_key: str | None = None,
) -> int:
    """Leave a job to the worker, in the caller's transaction; return its number.

    While a job with the same key waits or runs, no second one is made.
    """
    values = {
        "kind": kind,
        "payload": dict(payload),
        "job_key": job_key,
        "run_at": run_at or now(session),
        "attempts": 0,
    }
    made = store.jobs.add(session, values)
    if made is None and job_key is not None:
        made = store.jobs.with_key(session, job_key)
    return made or 0


def job_waits(session: Session, job_key: str) -> bool:
    """Tell whether the job with this key still waits or runs; not once it is done or given up."""
    return store.jobs.waits(session, job_key)


def work(database: Database, stop: Callable[[], bool]) -> None:
    """Work until told to stop: timers and deliveries, and beside them the jobs.

    A job may take minutes, and no timer waits for it. Rest a little when there is nothing.
    """
    jobs = Thread(target=_go_on, args=(lambda: _do_job(database), stop), name="jobs")
    jobs.start()
    _go_on(lambda: _do(database, STEPS), stop)
    jobs.join()


def _go_on(once: Callable[[], bool], stop: Callable[[], bool]) -> None:
    while not stop():
        try:
            busy = once()
        except Exception:
            log.exception("the worker goes on after an error")
            busy = False
        if not busy:
            time.sleep(IDLE)


def work_once(database: Database) -> bool:
    """Do whatever is due now, a little of each; false if nothing was.

    What fails stops none of the others: the first error is told once each had its turn.
    """
    return _do(database, (*STEPS, _do_job))


def _do(database: Database, parts: Sequence[Callable[[Database], bool]]) -> bool:
    busy, failed = False, None
    for part in parts:
        try:
            busy = part(database) or busy
        except Exception as error:
            log.exception("the worker's %s has failed", part.__name__)
            failed = failed or error
    if failed is not None:
        raise failed
    return busy


def _wake(database: Database) -> bool:
    with database.read() as session:
        due = store.timers.due_instances(session, now(session), 1)
    return bool(due) and database.write(wake_due) > 0


def _start(database: Database) -> bool:
    with database.read() as session:
        due = store.starts.any_due(session, now(session))
    return due and database.write(wake_starts)


def _meet(database: Database) -> bool:
    """Look after the messages that are kept, if there are any."""
    with database.read() as session:
        due = store.messages.any_met_or_dead(session, now(session))
    return due and database.write(see_to_messages)


STEPS: Final = (_wake, _start, deliver_due, _meet)
"""What moves instances, a little of each at a time; jobs come beside it."""


def _do_job(database: Database) -> bool:
    with database.read() as session:
        if not store.jobs.any_free(session, now(session)):
            return False
    owner = f"{os.getpid()}-{secrets.token_hex(8)}"
    job = database.write(lambda s: store.jobs.claim(s, owner, now(s), LEASE))
    if job is None:
        return False
    attempt = Attempt(job.id, job.attempts, job.attempts >= TRIES)
    if job.attempts > TRIES:
        database.write(lambda session: _failed(session, job, owner, attempt, "workers died of it"))
        return True
    try:
        with _kept(database, job.id, owner):
            _run(database, job, owner, attempt)
    except BusinessError as error:
        told = {"code": error.code}
        database.write(lambda session: _operated(session, job, owner, told))
    except Exception as error:
        log.warning("job %s (%s) failed: %s", job.id, job.kind, error, exc_info=error)
        reason = f"{type(error).__name__}: {error}"
        database.write(lambda session: _failed(session, job, owner, attempt, reason))
    return True


@contextmanager
def _kept(database: Database, job_id: int, owner: str) -> Iterator[None]:
    """Keep a job that takes long: its lease is renewed for as long as this process lives."""
    over = Event()

    def renew(session: Session) -> None:
        store.jobs.change(session, job_id, owner, {"leased_until": now(session) + LEASE})

    def beat() -> None:
        while not over.wait(BEAT.total_seconds()):
            try:
                database.write(renew)
            except Exception:
                log.exception("the lease of job %s couldn't be renewed", job_id)

    beating = Thread(target=beat, name="lease", daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()


def _run(database: Database, job: Row[Any], owner: str, attempt: Attempt) -> None:
    """Do the job; its result counts only if it still belongs to this worker."""
    if job.kind == OPERATION:
        written = _operate_outside(database, job, attempt)
        database.write(lambda session: _operated(session, job, owner, {"wrote": written}))
        return
    handler = registry_of(database).jobs.get(job.kind)
    if handler is None:
        raise Fault("job", f"nobody knows jobs of kind {job.kind!r}")
    handler(database, job.payload, attempt)
    database.write(lambda session: store.jobs.drop(session, job.id, owner))


def _operate_outside(database: Database, job: Row[Any], attempt: Attempt) -> Mapping[str, Any]:
    """Run an operation that leaves the house; no transaction is open meanwhile."""
    instance_id, task_id = UUID(job.payload["instance"]), UUID(job.payload["task"])
    with database.read() as session:
        operation = operation_of(session, job.payload["operation"])
        instance = store.instances.one(session, instance_id)
    call = OutsideCall(
        database,
        instance_id,
        "" if instance is None else instance.business_key,
        task_id,
        job.payload["element"],
        job.payload["data"],
        job.payload["by"],
        attempt,
    )
    return written_by(operation, operation.run(call, **job.payload["parameters"]))


def _operated(session: Session, job: Row[Any], owner: str, told: Mapping[str, Any]) -> None:
    """Let the instance go on with what the operation told, if it still waits for it."""
    instance_id, task_id = UUID(job.payload["instance"]), UUID(job.payload["task"])
    held = hold(session, instance_id)
    by = job.payload["by"]
    if not store.jobs.drop(session, job.id, owner) or held.instance.ended_at is not None:
        return
    if held.instance.suspended_at is not None:
        post(session, instance_id, Letter.OPERATED, by, task_id=task_id, payload=told)
        return
    with stepping(session, held, by) as step:
        token = step.before.errands.get(task_id)
        if token is not None:
            step.run.operated(token, told)


def _failed(session: Session, job: Row[Any], owner: str, attempt: Attempt, reason: str) -> None:
    """Try again later, or make the last failure an incident."""
    changes: dict[str, Any] = {"owner": None, "leased_until": None, "error": reason}
    if attempt.last:
        changes["failed_at"] = now(session)
    else:
        changes["run_at"] = now(session) + PAUSES[attempt.number - 1]
    if store.jobs.change(session, job.id, owner, changes) and attempt.last:
        job_failed(session, job, reason)
