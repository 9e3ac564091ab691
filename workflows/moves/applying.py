"""Moving what was shown: with a line in each story and a notice to each unit."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

import engine
from engine import Session
from workflows import clock, messages, steps, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.clock import Term
from workflows.moves.moved import Moved, Moves, What
from workflows.reckoning import Due
from workflows.story import Happened
from workflows.tables import Assignment, Escalation, Revisit

Because: TypeAlias = Mapping[str, Any]
Write: TypeAlias = Callable[[Session, Moved, Due | None], None]


def apply(session: Session, actor: Actor, moves: Moves, because: Because) -> None:
    """Move what was shown; what is reckoned when one asks follows by itself."""
    for each in moves.touched:
        write = WRITERS.get(each.what)
        if write is not None:
            write(session, each, _noted(session, each, because) if each.is_new else each.due)
        if each.is_new:
            if write is not None:
                _tell(session, actor, each, because)
            engine.reschedule(session, str(each.item.id))


def _noted(session: Session, each: Moved, because: Because) -> Due | None:
    """Return a due date whose reason says that it moved, and why."""
    due = each.due
    if due is None or each.old is None:
        return due
    note = {
        "kind": "recounted",
        "on": today(session).isoformat(),
        "from": each.old.isoformat(),
        "to": due.on.isoformat(),
        "because": because["because"],
    }
    why = [part for part in due.why if part["kind"] != "provisional"]
    guessed = [part for part in due.why if part["kind"] == "provisional"]
    return Due(due.on, [*why, note, *guessed], due.provisional, due.warn_on, due.warn_again_on)


def _write_part(session: Session, each: Moved, due: Due | None) -> None:
    part = _part(each)
    if due is not None:
        if part.original_due_on == each.old:
            part.original_due_on = due.on
        clock.move(session, part, due)


def _write_step(_session: Session, each: Moved, due: Due | None) -> None:
    if each.todo is not None and due is not None:
        clock.give(each.todo, Term(due.on, due.warn_on, due.why))


def _write_report(session: Session, each: Moved, due: Due | None) -> None:
    clock.report_by(session, _part(each), due.on if due else None)


def _write_visit(session: Session, each: Moved, due: Due | None) -> None:
    if isinstance(each.held, Revisit) and due is not None:
        old, visit = each.held.due_why, each.held
        todo = store.open_todo_of_item(session, each.item.id, steps.REVISIT)
        if todo is not None and todo.due_why == old:
            clock.give(todo, Term(due.on, due.warn_on, due.why))
        visit.due_on, visit.warn_on, visit.due_why = due.on, due.warn_on, due.why


def _write_answer(_session: Session, each: Moved, due: Due | None) -> None:
    if isinstance(each.held, Escalation) and due is not None:
        each.held.answer_by, each.held.answer_why = due.on, due.why


WRITERS: Mapping[What, Write] = MappingProxyType(
    {
        What.PART: _write_part,
        What.STEP: _write_step,
        What.REPORT: _write_report,
        What.PERIOD: _write_report,
        What.VISIT: _write_visit,
        What.ANSWER: _write_answer,
    }
)
"""How each day that is written down is written anew."""


def _part(each: Moved) -> Assignment:
    if each.part is None:
        raise LookupError(each.what)
    return each.part


def _tell(session: Session, actor: Actor, each: Moved, because: Because) -> None:
    why = each.due.why if each.due else []
    rule = next((str(part["name"]) for part in why if part.get("name")), "")
    facts: dict[str, Any] = {"old": each.old, "new": each.new, "rule": rule, **because}
    if each.what is not What.PART:
        facts["what"] = each.what
    if each.todo is not None:
        facts["step"] = each.todo.step
    about = each.held if isinstance(each.held, Revisit) else each.part
    story.tell(session, each.item, Happened.LIMIT_MOVED, actor, facts, about)
    if each.part is not None and each.is_units:
        messages.to_unit(session, each.part, "limit_moved", facts)
