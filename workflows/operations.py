"""What a service task of a diagram may do; each runs inside the step's transaction."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any
from zlib import crc32

from engine import Call, Operation, now
from workflows import changes, escalations, messages, numbers, settings, store, story
from workflows.calendar import office_day, today
from workflows.desk import acknowledge_by, person_id
from workflows.story import Happened
from workflows.tables import Assignment, Item, ItemState, Revisit

PERCENT = 100
LOTS = 2**32


def _item(call: Call) -> Item:
    return store.item_to_change(call.session, int(call.instance.business_key))


def _part(call: Call) -> Assignment:
    return store.assignment_of(call.session, call.data["assignment"])


def record_fast_track(call: Call) -> None:
    """Record who used the fast track 特急: the item skips its approval."""
    item = _item(call)
    item.fast_track_by_id = person_id(call.by)
    story.tell(call.session, item, Happened.FAST_TRACK, None, {"by": item.fast_track_by_id})


def number_item(call: Call) -> None:
    """Give the item its number and put it on the ledger."""
    item = _item(call)
    numbers.number_item(call.session, item, today(call.session).year)
    item.state = ItemState.OPEN
    story.tell(call.session, item, Happened.NUMBERED, None, {"number": item.number})


def remind(call: Call) -> None:
    """Remind a unit that its limit comes near; one that has passed is the ladder's."""
    part = _part(call)
    if part.due_on is None or part.due_on < today(call.session):
        return
    facts = {"due_on": part.due_on}
    story.tell(call.session, part.item_id, Happened.REMINDED, None, facts, part)
    messages.to_unit(call.session, part, "reminded", facts)


def remind_to_acknowledge(call: Call) -> None:
    """Remind a unit that its receipt is late, and tell the supervisor so."""
    part = _part(call)
    facts = {"due_on": acknowledge_by(call.session, part)}
    story.tell(call.session, part.item_id, Happened.UNACKNOWLEDGED, None, facts, part)
    messages.to_unit(call.session, part, "unacknowledged", facts)
    messages.to_supervisor(call.session, part, "unacknowledged", facts)


def escalate(call: Call) -> None:
    """Climb the next rung of the ladder if it is due today."""
    escalations.escalate(call.session, _part(call))


def ask_interim(call: Call) -> None:
    """Ask a unit for its interim report, unless it came early."""
    part = _part(call)
    due_on = part.interim_due_on
    if due_on is None or due_on > today(call.session):
        return
    facts = {"due_on": due_on}
    story.tell(call.session, part.item_id, Happened.INTERIM_DUE, None, facts, part)
    messages.to_unit(call.session, part, "interim_due", facts)


def extend_limit(call: Call) -> None:
    """Move a unit's limit to the day that the leader consented to."""
    changes.extend(call.session, _part(call))


def draw_revisit(call: Call) -> Mapping[str, Any]:
    """Decide whether the item is revisited: asked for, or drawn by a recorded lot."""
    item = _item(call)
    seed = f"{item.id}-{item.round}-{token_hex(8)}"
    chance = settings.number(call.session, "revisit.chance") / PERCENT
    drawn = lot(seed) < chance
    ordered = item.revisit_asked or drawn
    if ordered:
        revisit = Revisit(
            item_id=item.id,
            drawn=not item.revisit_asked,
            seed=seed,
            chance=chance,
            ordered_at=now(call.session),
        )
        call.session.add(revisit)
    facts = {"seed": seed, "chance": chance, "asked": item.revisit_asked, "revisit": ordered}
    story.tell(call.session, item, Happened.REVISIT_DRAWN, None, facts)
    item.revisit_asked = False
    return {"revisit": ordered}


def lot(seed: str) -> float:
    """Return the lot that a seed draws, from 0 up to 1; anybody can draw it again."""
    return crc32(seed.encode()) / LOTS


def reopen(call: Call) -> None:
    """Take an unsolved item up again under its number."""
    item = _item(call)
    item.state = ItemState.OPEN
    item.times_reopened += 1
    item.closed_at = item.closed_how = None
    item.planned_due_on = None
    facts = {"number": item.number, "on": office_day(now(call.session))}
    story.tell(call.session, item, Happened.REOPENED, None, facts)


OPERATIONS: Mapping[str, Operation] = {
    operation.name: operation
    for operation in (
        Operation("record_fast_track", record_fast_track),
        Operation("number_item", number_item),
        Operation("remind", remind),
        Operation("remind_to_acknowledge", remind_to_acknowledge),
        Operation("escalate", escalate),
        Operation("ask_interim", ask_interim),
        Operation("extend_limit", extend_limit),
        Operation("draw_revisit", draw_revisit, writes={"revisit": bool}),
        Operation("reopen", reopen),
    )
}
