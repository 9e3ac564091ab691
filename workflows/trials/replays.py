"""回放: past and open items played on a draft by a job; nothing is done and nothing changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

import engine
from engine import Attempt, Database, Drawn, Rehearsal, Replayed, Session, Way, now
from workflows import drawings, rules
from workflows.actors import Actor
from workflows.calendar import instant_of
from workflows.errors import ReplayUnknown
from workflows.processes import registry
from workflows.tables import Drawing, Item, ReplayRun, Role, RunState
from workflows.trials.moving import number_of

JOB: Final = "replay"
MOST: Final = 300
"""How many are played unless somebody asks for more."""
CAP: Final = 2000
MIDNIGHT: Final = time()
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Told:
    """How one item fared: where it came out, was and would be, by the elements' ids."""

    instance_id: str
    key: str
    number: str
    definition_id: int
    way: str
    was: str | None
    would: str | None
    reason: str | None
    detail: str
    started_at: str
    open: bool

    @property
    def started(self) -> datetime:
        """Return when it began."""
        return datetime.fromisoformat(self.started_at)


def order(
    session: Session,
    actor: Actor,
    draft_id: int,
    *,
    since: date | None,
    until: date | None,
    most: int = MOST,
) -> ReplayRun:
    """Have the worker play the items of a period on a draft; one that the gate refuses isn't."""
    draft = drawings.drawing(session, actor, draft_id)
    since, until = (None if day in (date.min, date.max) else day for day in (since, until))
    problems = [one for one in engine.check(draft.xml, registry(), session) if one.refuses]
    if problems:
        raise engine.Refused(problems)
    run = ReplayRun(
        drawing_id=draft.id,
        revision=draft.revision,
        since=since,
        until=until,
        most=max(1, min(most, CAP)),
        asked_by_id=actor.person_id,
        asked_at=now(session),
    )
    session.add(run)
    session.flush()
    engine.enqueue(session, JOB, {"run": run.id}, job_key=_job_key(run))
    return run


def last(session: Session, actor: Actor, draft_id: int) -> ReplayRun | None:
    """Return the last replay of a draft."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wanted = select(ReplayRun).where(ReplayRun.drawing_id == draft_id)
    return session.scalars(wanted.order_by(ReplayRun.id.desc()).limit(1)).one_or_none()


def run_of(session: Session, actor: Actor, run_id: int) -> ReplayRun:
    """Return a replay, or refuse."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    run = session.get(ReplayRun, run_id)
    if run is None:
        raise ReplayUnknown(run_id)
    return run


def stands(session: Session, run: ReplayRun) -> RunState:
    """Return how a replay stands; one whose job was given up has failed."""
    if run.state is RunState.RUNNING and not engine.job_waits(session, _job_key(run)):
        return RunState.FAILED
    return run.state


def told(run: ReplayRun) -> list[Told]:
    """Return how each item fared, the newest first."""
    return [Told(**each) for each in run.report]


def one_of(run: ReplayRun, instance_id: UUID) -> Told:
    """Return how one item fared, or refuse one that wasn't played."""
    found = next((one for one in told(run) if one.instance_id == str(instance_id)), None)
    if found is None:
        raise ReplayUnknown(run.id)
    return found


def counts(run: ReplayRun) -> Mapping[Way, int]:
    """Return how many fared in which way."""
    found = Counter(each["way"] for each in run.report)
    return {way: found.get(way.value, 0) for way in Way}


def names(session: Session, draft: Drawing, definition_id: int) -> Mapping[str, Drawn]:
    """Return what stands in the version of then and in the draft."""
    version = engine.definition(session, definition_id)
    return {**engine.drawn_in(version.xml), **engine.drawn_in(draft.xml)}


# -- the job ------------------------------------------------------------------------------


def work(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Play what was ordered."""
    run_id = int(payload["run"])
    try:
        with database.read() as session:
            run = session.get_one(ReplayRun, run_id)
            xml = session.get_one(Drawing, run.drawing_id).xml
            since, until = _moment(run.since), _moment(run.until and run.until + timedelta(days=1))
            most = run.most
        found = engine.replay_all(
            database,
            xml,
            since=since,
            until=until,
            most=most,
            progress=partial(_tell, database, run_id),
        )
    except Exception:
        if attempt.last:
            database.write(partial(_end, run_id=run_id, state=RunState.FAILED, found=None))
        raise
    database.write(partial(_end, run_id=run_id, state=RunState.DONE, found=found))


def _moment(day: date | None) -> datetime | None:
    return None if day is None else instant_of(day, MIDNIGHT)


def _tell(database: Database, run_id: int, so_far: Rehearsal) -> None:
    database.write(partial(_note, run_id=run_id, so_far=so_far))


def _note(session: Session, run_id: int, so_far: Rehearsal) -> None:
    run = session.get_one(ReplayRun, run_id)
    run.total, run.chosen, run.done = so_far.total, so_far.chosen, len(so_far.played)


def _end(session: Session, run_id: int, state: RunState, found: Rehearsal | None) -> None:
    run = session.get_one(ReplayRun, run_id)
    run.state, run.ended_at = state, now(session)
    if found is not None:
        _note(session, run_id, found)
        run.report = [asdict(each) for each in _report(session, found.played)]


def _report(session: Session, played: Sequence[Replayed]) -> list[Told]:
    ids = {int(one.business_key) for one in played if one.business_key.isdigit()}
    items = {str(i.id): i for i in session.scalars(select(Item).where(Item.id.in_(ids)))}
    return [
        Told(
            str(one.instance_id),
            one.business_key,
            number_of(items.get(one.business_key)),
            one.definition_id,
            one.found.way.value,
            one.found.was,
            one.found.would,
            one.found.reason,
            one.found.detail,
            one.started_at.isoformat(),
            one.open,
        )
        for one in played
    ]


def _job_key(run: ReplayRun) -> str:
    return f"{JOB}:{run.id}"
