"""迁移: running items go on with another version: planned, chosen, moved by a job, taken back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

import engine
from engine import Attempt, Database, Definition, Drawn, EngineError, Migrated, Session, Stays, now
from workflows import actors, rules, store
from workflows.actors import Actor
from workflows.errors import MigrationUnknown, NothingToMove, ReasonMissing
from workflows.tables import Item, MigrationMove, MigrationRun, MoveState, Role, RunState

JOB: Final = "migrate"
REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Place:
    """An element at which an item stands, as its own version calls it."""

    id: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Runner:
    """A running item, where it stands, and why it would stay on its version."""

    instance_id: UUID
    business_key: str
    number: str
    title: str
    """Only for who may see the item: administering gives no sight of items."""
    version: Definition
    at: Sequence[Place]
    reason: Stays | None
    because_of: Place | None = None
    """The element that keeps it on its version."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen to everything that runs on the other versions of a process."""

    target: Definition
    versions: Sequence[Definition]
    runners: Sequence[Runner]

    @property
    def moves(self) -> list[Runner]:
        """Return those that would move."""
        return [one for one in self.runners if one.reason is None]

    @property
    def stays(self) -> list[Runner]:
        """Return those that would stay."""
        return [one for one in self.runners if one.reason is not None]


def plan(session: Session, actor: Actor, to_id: int) -> Plan:
    """Return which running items could go on with a version, and why the others can't."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    target = engine.definition(session, to_id)
    versions = {one.id: one for one in engine.versions(session, target.process_id)}
    loads = engine.loads(session, target.process_id)
    busy = [one.definition_id for one in loads if one.running and one.definition_id != to_id]
    runners: list[Runner] = []
    for from_id in busy:
        runners += _runners(session, actor, versions[from_id], to_id)
    return Plan(target, [versions[one] for one in busy], runners)


def _runners(session: Session, actor: Actor, version: Definition, to_id: int) -> Iterator[Runner]:
    planned = engine.plan_migration(session, version.id, to_id)
    items = _items(session, {one.business_key for one in planned.instances})
    drawn = engine.drawn_in(version.xml)
    for one in planned.instances:
        item = items.get(one.business_key)
        yield Runner(
            one.instance_id,
            one.business_key,
            number_of(item),
            item.title if item is not None and store.sees_all(actor) else "",
            version,
            [place for each in one.at if (place := _place(drawn, each))],
            one.reason,
            _place(drawn, one.reason.element_id) if one.reason else None,
        )


def _place(drawn: Mapping[str, Drawn], element_id: str | None) -> Place | None:
    found = drawn.get(element_id or "")
    return None if found is None else Place(found.id, found.name or found.id, found.name_en)


def _items(session: Session, keys: Collection[str]) -> Mapping[str, Item]:
    ids = [int(key) for key in keys if key.isdigit()]
    return {str(item.id): item for item in session.scalars(select(Item).where(Item.id.in_(ids)))}


def number_of(item: Item | None) -> str:
    """Return an item's number, if it has one yet."""
    return "" if item is None else item.number or ""


def order(
    session: Session, actor: Actor, to_id: int, chosen: Collection[UUID] | None, reason: str
) -> MigrationRun:
    """Have the worker move the chosen items, or all that can, to a version."""
    reason = reason.strip()[:REASON]
    if not reason:
        raise ReasonMissing
    planned = plan(session, actor, to_id)
    moving = [one for one in planned.moves if chosen is None or one.instance_id in chosen]
    if not moving:
        raise NothingToMove
    run = MigrationRun(
        process_id=planned.target.process_id,
        to_id=to_id,
        reason=reason,
        asked_by_id=actor.person_id,
        asked_at=now(session),
        moves=[
            MigrationMove(
                instance_id=one.instance_id,
                business_key=one.business_key,
                from_id=one.version.id,
            )
            for one in moving
        ],
    )
    session.add(run)
    session.flush()
    _enqueue(session, run)
    return run


def order_undo(session: Session, actor: Actor, run_id: int) -> MigrationRun:
    """Have the worker take back what can be: whatever hasn't gone on since it was moved."""
    run = run_of(session, actor, run_id)
    if stands(session, run) is RunState.RUNNING or counts(session, run)[MoveState.MOVED] == 0:
        raise NothingToMove
    run.state, run.undoing, run.ended_at = RunState.RUNNING, True, None
    run.undone_by_id, run.undone_at = actor.person_id, now(session)
    _enqueue(session, run)
    return run


def run_of(session: Session, actor: Actor, run_id: int) -> MigrationRun:
    """Return a migration, or refuse."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    run = session.get(MigrationRun, run_id)
    if run is None:
        raise MigrationUnknown(run_id)
    return run


def runs(session: Session, actor: Actor, process_id: str) -> Sequence[MigrationRun]:
    """Return the migrations of a process, the last one first."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wanted = select(MigrationRun).where(MigrationRun.process_id == process_id)
    return session.scalars(wanted.order_by(MigrationRun.id.desc())).all()


def stands(session: Session, run: MigrationRun) -> RunState:
    """Return how a migration stands; one whose job was given up has failed."""
    if run.state is RunState.RUNNING and not engine.job_waits(session, _job_key(run)):
        return RunState.FAILED
    return run.state


def counts(session: Session, run: MigrationRun) -> Mapping[MoveState, int]:
    """Return how many of a migration have come to what."""
    told = select(MigrationMove.state, func.count()).where(MigrationMove.run_id == run.id)
    found = {row[0]: row[1] for row in session.execute(told.group_by(MigrationMove.state))}
    return {state: found.get(state, 0) for state in MoveState}


def numbers(session: Session, run: MigrationRun) -> Mapping[str, str]:
    """Return the numbers of a migration's items by their keys."""
    found = _items(session, {one.business_key for one in run.moves})
    return {key: number_of(item) for key, item in found.items()}


# -- the job ------------------------------------------------------------------------------


def work(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Move what was ordered, or take it back, each in a transaction of its own."""
    run_id = int(payload["run"])
    try:
        if payload["undo"]:
            _undo(database, run_id)
        else:
            _move(database, run_id)
    except Exception:
        if attempt.last:
            database.write(lambda session: _end(session, run_id, RunState.FAILED))
        raise
    database.write(lambda session: _end(session, run_id, RunState.DONE))


def _move(database: Database, run_id: int) -> None:
    with database.read() as session:
        run = session.get_one(MigrationRun, run_id)
        by, to_id, reason = actors.actor_of(session, run.asked_by_id).by, run.to_id, run.reason
        waiting = [one for one in run.moves if one.state is MoveState.WAITING]
        ordered = sorted(waiting, key=lambda one: one.from_id)
        chosen = {
            from_id: {one.instance_id for one in moves}
            for from_id, moves in groupby(ordered, key=lambda one: one.from_id)
        }
    for from_id, only in chosen.items():
        engine.migrate_all(
            database,
            from_id,
            to_id,
            by=by,
            reason=reason,
            only=only,
            progress=partial(_tell, database, run_id),
        )
    database.write(lambda session: _pass_over(session, run_id))


def _tell(database: Database, run_id: int, told: Migrated) -> None:
    database.write(lambda session: _note(session, run_id, told))


def _note(session: Session, run_id: int, told: Migrated) -> None:
    """Write down what has become of those that were seen to so far."""
    moved = set(told.gone)
    waiting = select(MigrationMove).where(
        MigrationMove.run_id == run_id, MigrationMove.state == MoveState.WAITING
    )
    for one in session.scalars(waiting):
        if one.instance_id in moved:
            one.state = MoveState.MOVED
        elif one.instance_id in told.stayed:
            why = told.stayed[one.instance_id]
            one.state, one.code = MoveState.STAYED, why.code
            one.facts = {**why.facts, "element": why.element_name or why.element_id or ""}
            one.facts |= dict(why.facts)


def _pass_over(session: Session, run_id: int) -> None:
    """Say of whatever was not there any more that it was passed over.

    What stands on the new version by now was moved, though nobody noted it: the worker may
    have been stopped between the two.
    """
    run = session.get_one(MigrationRun, run_id)
    left = select(MigrationMove).where(
        MigrationMove.run_id == run_id, MigrationMove.state == MoveState.WAITING
    )
    for one in session.scalars(left):
        known = engine.instances(session, one.business_key)
        versions = {each.id: each.definition_id for each in known}
        moved = versions.get(one.instance_id) == run.to_id
        one.state = MoveState.MOVED if moved else MoveState.PASSED


def _undo(database: Database, run_id: int) -> None:
    with database.read() as session:
        run = session.get_one(MigrationRun, run_id)
        by = actors.actor_of(session, run.undone_by_id or run.asked_by_id).by
        moved = [(one.id, one.instance_id) for one in run.moves if one.state is MoveState.MOVED]
    for move_id, instance_id in moved:
        try:
            database.write(partial(_take_back, move_id=move_id, instance_id=instance_id, by=by))
        except EngineError as error:
            kept = partial(_put, move_id=move_id, state=MoveState.KEPT, code=type(error).__name__)
            database.write(kept)


def _take_back(session: Session, move_id: int, instance_id: UUID, by: str) -> None:
    """Take one back and note it, both or neither: done again, none counts as kept."""
    engine.unmigrate(session, instance_id, by=by)
    _put(session, move_id, MoveState.UNDONE, "")


def _put(session: Session, move_id: int, state: MoveState, code: str) -> None:
    move = session.get_one(MigrationMove, move_id)
    move.state, move.code, move.facts = state, code, {}


def _end(session: Session, run_id: int, state: RunState) -> None:
    run = session.get_one(MigrationRun, run_id)
    run.state, run.ended_at = state, now(session)


def _enqueue(session: Session, run: MigrationRun) -> None:
    payload = {"run": run.id, "undo": run.undoing}
    engine.enqueue(session, JOB, payload, job_key=_job_key(run))


def _job_key(run: MigrationRun) -> str:
    return f"{JOB}:{run.id}"
