"""Walks an imported item to the step that its row tells of; the history says "import".

The steps are the diagram's own: each open task is completed by its step type, so a
changed diagram is walked as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import engine
from engine import Session, Task, now
from workflows import desk, kinds, numbers, routes, story
from workflows.actors import Actor
from workflows.imports import finishing, project_rows, proposal_way
from workflows.imports.passing import NOT_URGENT, WALKERS, Walker, due_of
from workflows.imports.rows import Candidate, Stage
from workflows.story import Happened
from workflows.tables import Item, Kind, Role

IMPORT = "import"
MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Way:
    """How the rows of one kind of sheet go in: what is kept with the item, and how it walks."""

    walkers: Mapping[str, Walker]
    keep: Callable[[Session, Actor, Item, Candidate], None] = lambda *_: None


GENERAL = Way(WALKERS)

WAYS: Mapping[Kind, Way] = MappingProxyType(
    {
        Kind.PROPOSAL: Way(proposal_way.PASSED, proposal_way.keep),
        Kind.KEY_PROJECT: Way(WALKERS, project_rows.keep),
    }
)
"""The ways of the sheets that list one kind of items; any other goes the general way."""


def bring_in(session: Session, actor: Actor, candidate: Candidate, batch_id: int) -> Item:
    """Make a row's item and walk it as far as the row says."""
    item = _item(session, actor, candidate, batch_id)
    session.add(item)
    session.flush()
    _way(candidate).keep(session, actor, item, candidate)
    facts = {"row": candidate.row, "batch": batch_id, "stage": candidate.stage}
    story.tell(session, item, Happened.IMPORTED, actor, facts)
    session.info.pop(desk.SENDER, None)
    urgency = {"urgency": NOT_URGENT}
    instance = engine.start(
        session,
        routes.process_of(session, item.source),
        urgency,
        key=str(item.id),
        by=IMPORT,
    )
    item.instance_id = instance.id
    _walk(session, item, candidate)
    if candidate.stage is Stage.CLOSED:
        finishing.leave(session, item.id, IMPORT)
    item.instructing_post_id = candidate.instructing_id
    item.sponsor_post_id = candidate.sponsor_id
    return item


def _item(session: Session, actor: Actor, candidate: Candidate, batch_id: int) -> Item:
    due = due_of(session, candidate)
    year, serial = candidate.number or _given(session, candidate.assigned_on)
    texts = candidate.texts
    return Item(
        year=year,
        serial=serial,
        kind=_kind(candidate),
        source=candidate.source,
        basis=candidate.basis,
        title=candidate.title,
        target=candidate.target,
        urgency=candidate.urgency,
        supervisor_id=actor.person_id if actor.has(Role.SUPERVISOR) else None,
        registered_by_id=actor.person_id,
        registered_at=now(session),
        assigned_on=candidate.assigned_on,
        planned_due_on=due.on if due else None,
        due_on=due.on if due else None,
        warn_on=due.warn_on if due else None,
        due_why=due.why if due else [],
        reporting_period=candidate.limit.period,
        responsible_person=texts["responsible_person"],
        contact=texts["contact"],
        progress=texts["progress"],
        problems=texts["problems"],
        next_steps=texts["next_steps"],
        percent=candidate.percent,
        imported_light=texts["light"],
        remarks=_remarks(candidate),
        revisit_asked=candidate.revisit_asked and candidate.stage is not Stage.CLOSED,
        batch_id=batch_id,
    )


def _kind(candidate: Candidate) -> Kind:
    """Return the diagram that a row goes in on; a kind that needs details it lacks is general."""
    if candidate.details is not None:
        return candidate.details.kind
    kind = kinds.runs_as(candidate.source)
    return Kind.INSTRUCTION if kind in kinds.DETAILED else kind


def _way(candidate: Candidate) -> Way:
    return GENERAL if candidate.details is None else WAYS[candidate.details.kind]


def _given(session: Session, assigned_on: date) -> tuple[int, int]:
    return assigned_on.year, numbers.next_number(session, numbers.ITEMS, assigned_on.year)


def _remarks(candidate: Candidate) -> str:
    """Keep a sponsor whom no post answers to: nothing of a row is lost."""
    sponsor = candidate.texts["sponsor"] if candidate.sponsor_id is None else ""
    kept = f"牵头领导：{sponsor}" if sponsor else ""
    return "\n".join(line for line in (candidate.texts["remarks"], kept) if line)


# -- the walk ----------------------------------------------------------------------------


def _walk(session: Session, item: Item, candidate: Candidate) -> None:
    for _ in range(MOST_STEPS * (1 + len(candidate.co_ids))):
        if not any(
            _pass(session, item, candidate, task)
            for task in engine.open_tasks(session, str(item.id))
        ):
            return


def _pass(session: Session, item: Item, candidate: Candidate, task: Task) -> bool:
    """Complete a step that lies behind the item; say whether it did."""
    walker = _way(candidate).walkers.get(task.step)
    if walker is None:
        return False
    answer = walker(session, item, candidate, task)
    if answer is None:
        return False
    outcome, data = answer
    task = engine.open_task(session, task.id)
    engine.complete(session, task, outcome, data, by=IMPORT)
    return True
