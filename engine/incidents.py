"""What has failed by rule and waits until somebody mends it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine import store
from engine.database import now
from engine.errors import IncidentUnknown
from engine.records import Incident
from engine.steps import OPERATION, hold, stepping
from engine.versions import plan_of

TIMER = "timer"
JOB = "job"
DELIVERY = "delivery"


def incidents(
    session: Session, key: str | None = None, *, resolved: bool = False
) -> Sequence[Incident]:
    """Return the incidents of a business key, or of all, newest first."""
    found = store.incidents.listed(session, key, resolved=resolved)
    return [_named(session, incident) for incident in found]


def count_incidents(session: Session) -> int:
    """Count the open incidents of all business keys."""
    return store.incidents.number(session)


def retry_incident(session: Session, incident_id: int, *, by: str) -> None:
    """Try again what has failed; if it fails again, a new incident says so.

    A process that couldn't start by its timer is tried again by that, in its time.
    """
    row = store.incidents.unresolved(session, incident_id)
    if row is None:
        raise IncidentUnknown(incident_id)
    store.incidents.resolve(session, incident_id, now(session), by)
    if row.kind == JOB:
        _again(session, row)
    elif row.kind == DELIVERY:
        store.deliveries.afresh(session, row.job_id, now(session))
    elif row.instance_id is not None:
        _rerun(session, row, by)


def job_failed(session: Session, job: Row[Any], reason: str) -> None:
    """Store that a job has failed for the last time."""
    mine = job.payload if job.kind == OPERATION else {}
    store.incidents.add(
        session,
        {
            "instance_id": UUID(mine["instance"]) if mine else None,
            "task_id": UUID(mine["task"]) if mine else None,
            "element_id": mine.get("element"),
            "job_id": job.id,
            "kind": JOB,
            "error": f"{job.kind}: {reason}",
            "at": now(session),
        },
    )


def _named(session: Session, incident: Incident) -> Incident:
    """Call the element of an incident by the name that its diagram gives it."""
    if incident.definition_id is None or incident.element_id is None:
        return incident
    node = plan_of(session, incident.definition_id).diagram.nodes.get(incident.element_id)
    return incident if node is None else replace(incident, name=node.name, name_en=node.name_en)


def _again(session: Session, row: Row[Any]) -> None:
    changes = {"failed_at": None, "attempts": 0, "run_at": now(session), "error": None}
    store.jobs.change(session, row.job_id, None, changes)


def _rerun(session: Session, row: Row[Any], by: str) -> None:
    """Run a token in ERROR again, or compute the dates of timers again."""
    held = hold(session, row.instance_id)
    if row.kind == TIMER:
        held.timers_moved = True
    with stepping(session, held, by) as step:
        token = step.before.faults.get(row.task_id)
        if token is not None:
            step.run.retry(token)
