"""What an administrator does about what is stuck: retry, skip, move; suspend and resume items.

Each is recorded twice: in the engine's sealed history, and in the item's story with who, when
and why. Before it is done it can be foreseen: it is done and rolled back, and what it would
have led to is told.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

import engine
from engine import Database, Incident, Kind, Node, Session, Task
from workflows import incidents, rules, story, suspending
from workflows.actors import Actor
from workflows.errors import ItemUnknown, NotNow
from workflows.incidents import Stuck, StuckFilter
from workflows.story import Happened
from workflows.tables import Item, Role

REASON = 400
DIGITS = re.compile(r"\d{1,9}")
TARGETS = frozenset({Kind.USER, Kind.SERVICE, Kind.RULE, Kind.SEND, Kind.CALL, Kind.END})
"""The kinds of elements that somebody would move a stuck token to."""

Deed = Callable[[Session, Actor], None]
Look = Callable[[Session], Actor]
"""Looks up who acts, anew in each transaction."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a deed would lead to: tasks that open and close, whether it ends, what fails then."""

    opens: Sequence[Task]
    closes: Sequence[Task]
    ends: bool
    fails: Sequence[Incident]

    @property
    def is_quiet(self) -> bool:
        """Say whether nothing that people see would change at once."""
        return not (self.opens or self.closes or self.ends or self.fails)


class _Undone(Exception):
    """Takes a rehearsal back, and carries what it has led to."""

    def __init__(self, outlook: Outlook) -> None:
        super().__init__()
        self.outlook = outlook


# -- what is stuck ----------------------------------------------------------------------


def retry(session: Session, actor: Actor, incident_id: int) -> None:
    """Try again what has failed; if it fails again, a new incident says so."""
    found = incidents.one(session, actor, incident_id)
    engine.retry_incident(session, incident_id, by=actor.by)
    _tell(session, actor, found, Happened.RETRIED)


def skip(session: Session, actor: Actor, incident_id: int, reason: str) -> None:
    """Let it go on behind what has failed, as if that were done."""
    found = incidents.one(session, actor, incident_id)
    reason = rules.must_say("reason", reason, REASON)
    if not found.holds_a_token:
        raise NotNow("skip", found.incident.kind)
    engine.skip(session, incident_id, reason=reason, by=actor.by)
    _tell(session, actor, found, Happened.SKIPPED, reason=reason)


def move(session: Session, actor: Actor, incident_id: int, element_id: str, reason: str) -> None:
    """Take what is stuck to another step of the same process."""
    found = incidents.one(session, actor, incident_id)
    reason = rules.must_say("reason", reason, REASON)
    stuck = found.incident
    if not found.holds_a_token or stuck.instance_id is None or stuck.task_id is None:
        raise NotNow("move", found.incident.kind)
    engine.move(session, stuck.instance_id, stuck.task_id, element_id, reason=reason, by=actor.by)
    to = next((node for node in targets(found) if node.id == element_id), None)
    named = {"to": to.name or to.id, "to_en": to.name_en} if to else {"to": element_id}
    _tell(session, actor, found, Happened.MOVED, reason=reason, **named)


def retry_all(database: Database, look: Look, wanted: StuckFilter) -> int:
    """Try again everything of one cause, each in its own transaction; return how many."""
    with database.read() as session:
        found = [each.incident.id for each in incidents.stuck(session, look(session), wanted)]
    done = 0
    for incident_id in found:
        try:
            database.write(partial(_again, look=look, incident_id=incident_id))
        except engine.IncidentUnknown:  # mended meanwhile
            continue
        done += 1
    return done


def _again(session: Session, look: Look, incident_id: int) -> None:
    retry(session, look(session), incident_id)


def targets(found: Stuck) -> list[Node]:
    """Return the steps that what is stuck could be moved to: of its own process or part of it."""
    if found.process is None or not found.holds_a_token:
        return []
    diagram = engine.outline(bytes(found.process.xml))
    here = diagram.nodes.get(found.incident.element_id or "") if diagram else None
    if diagram is None or here is None or here.host is not None:
        return []
    return [
        node
        for node in diagram.within(here.scope)
        if node.kind in TARGETS and node.id != here.id and node.loop is None
    ]


def foresee(database: Database, look: Look, key: str | None, deed: Deed) -> Outlook:
    """Return what a deed about an item would lead to: it is done, looked at and rolled back."""

    def rehearse(session: Session) -> None:
        before = _seen(session, key)
        deed(session, look(session))
        after = _seen(session, key)
        raise _Undone(
            Outlook(
                opens=[task for one, task in after.tasks.items() if one not in before.tasks],
                closes=[task for one, task in before.tasks.items() if one not in after.tasks],
                ends=before.runs and not after.runs,
                fails=[found for one, found in after.stuck.items() if one not in before.stuck],
            )
        )

    try:
        database.write(rehearse)
    except _Undone as undone:
        return undone.outlook
    raise AssertionError  # the rehearsal always takes itself back


@dataclass(frozen=True, slots=True)
class _Seen:
    tasks: dict[Any, Task]
    stuck: dict[int, Incident]
    runs: bool


def _seen(session: Session, key: str | None) -> _Seen:
    if key is None:
        return _Seen({}, {}, runs=False)
    return _Seen(
        {task.id: task for task in engine.open_tasks(session, key)},
        {found.id: found for found in engine.incidents(session, key)},
        runs=any(each.ended_at is None for each in engine.instances(session, key)),
    )


# -- suspending -------------------------------------------------------------------------


def suspend_item(session: Session, actor: Actor, number: str, reason: str) -> Item:
    """Let nothing move an item, called by its number, until it is resumed."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    reason = rules.must_say("reason", reason, REASON)
    item = _numbered(session, number)
    if not _running(session, item):
        raise NotNow("suspend", item.state.value)
    _suspend(session, actor, item, reason)
    return item


def _suspend(session: Session, actor: Actor, item: Item, reason: str) -> None:
    for instance in _running(session, item):
        suspending.suspend(session, instance.id, reason=reason, by=actor.by)
    story.tell(session, item, Happened.SUSPENDED, actor, {"reason": reason})


def resume_item(session: Session, actor: Actor, item_id: int, reason: str) -> Item:
    """Let a suspended item go on; its limits move by the days of the suspension."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    reason = rules.must_say("reason", reason, REASON)
    item = session.get(Item, item_id)
    if item is None:
        raise ItemUnknown(item_id)
    held = [each for each in _open(session, item) if each.suspended_at is not None]
    if not held:
        raise NotNow("resume", item.state.value)
    for instance in held:
        suspending.resume(session, instance.id, reason=reason, by=actor.by)
    story.tell(session, item, Happened.RESUMED, actor, {"reason": reason})
    return item


def suspend_process(database: Database, look: Look, process_id: str, reason: str) -> int:
    """Suspend every item that runs on a process, each in its own transaction."""

    def running(session: Session) -> list[Item]:
        rules.must_have(look(session), Role.ADMINISTRATOR)
        rules.must_say("reason", reason, REASON)
        found, last = list[Item](), None
        while page := engine.running(session, process_id, after=last):
            last = page[-1].id
            roots = (each for each in page if not each.parent_id and not each.suspended_at)
            found += filter(None, (incidents.item_of(session, each.business_key) for each in roots))
        return found

    with database.read() as session:
        items = running(session)
    for item in items:
        database.write(partial(_suspend_one, look=look, item_id=item.id, reason=reason))
    return len(items)


def _suspend_one(session: Session, look: Look, item_id: int, reason: str) -> None:
    item = session.get_one(Item, item_id)
    if _running(session, item):  # it may have ended, or been suspended, meanwhile
        _suspend(session, look(session), item, reason)


def resume_all(database: Database, look: Look, reason: str, process_id: str | None = None) -> int:
    """Let every suspended item go on, or those on a process, each in its own transaction."""
    with database.read() as session:
        rules.must_say("reason", reason, REASON)
        held = incidents.suspended(session, look(session))
        items = [each.item.id for each in held if process_id in (None, each.process_id)]
    done = 0
    for item_id in items:
        try:
            database.write(partial(_resume_one, look=look, item_id=item_id, reason=reason))
        except NotNow:  # somebody else has let it go on meanwhile
            continue
        done += 1
    return done


def _resume_one(session: Session, look: Look, item_id: int, reason: str) -> None:
    resume_item(session, look(session), item_id, reason)


def _running(session: Session, item: Item) -> list[engine.Instance]:
    return [each for each in _open(session, item) if each.suspended_at is None]


def _open(session: Session, item: Item) -> list[engine.Instance]:
    found = engine.instances(session, str(item.id))
    return [each for each in found if each.ended_at is None and each.parent_id is None]


def _numbered(session: Session, number: str) -> Item:
    """Return an item by its number: 督字〔2020〕12号, or 2020-12 for short."""
    year, serial, part = ([int(digits) for digits in DIGITS.findall(number)] + [0, 0, 0])[:3]
    whole = select(Item).where(Item.year == year, Item.serial == serial)
    item = session.scalars(whole).first()
    if item is not None and part:
        parts = select(Item).where(Item.parent_id == item.id, Item.part_no == part)
        item = session.scalars(parts).first()
    if item is None:
        raise ItemUnknown(number)
    return item


def _tell(
    session: Session, actor: Actor, found: Stuck, happened: Happened, **facts: object
) -> None:
    if found.item is not None:
        where = {"step": found.incident.name, "step_en": found.incident.name_en}
        story.tell(session, found.item, happened, actor, {**where, **facts}, found.part)
