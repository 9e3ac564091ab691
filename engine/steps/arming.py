"""When waiting timers are due: computed from the state, kept as rows to be found."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from engine import store
from engine.database import now
from engine.diagrams import Armed
from engine.errors import Fault
from engine.machine import Run, Token
from engine.registry import TimerPlace, registry_of
from engine.steps.held import Held


def arm(session: Session, held: Held, run: Run, tokens: Iterable[Token]) -> None:
    """Store when timers are due; one that has no date now may get one later."""
    rows = []
    for token in tokens:
        try:
            due = _due_at(session, held, run, token)
        except Fault as fault:
            store.incidents.resolve_tokens(session, [token.id], now(session), "timer")
            note_incident(session, held, token, "timer", fault)
            continue
        if due is not None:
            rows.append(
                {
                    "id": token.id,
                    "instance_id": held.instance.id,
                    "element_id": token.task_spec.node.id,
                    "due_at": due,
                }
            )
    if rows:
        store.timers.add(session, rows)


def note_incident(session: Session, held: Held, token: Token, kind: str, fault: Fault) -> None:
    """Store that a rule of the diagram has failed at a token."""
    store.incidents.add(
        session,
        {
            "instance_id": held.instance.id,
            "task_id": token.id,
            "element_id": token.task_spec.node.id,
            "kind": kind,
            "error": fault.reason,
            "at": now(session),
        },
    )


def _due_at(session: Session, held: Held, run: Run, token: Token) -> datetime | None:
    node, known, data = token.task_spec.node, token.internal_data, run.seen_by(token)
    place = TimerPlace(held.instance.business_key, data, node.id, held.instance.id)
    due_dates = registry_of(session).due_dates

    def due(name: str) -> datetime | None:
        if name not in due_dates:
            raise Fault("timer", f"nobody knows the due date {name!r}")
        return due_dates[name](session, place)

    armed = Armed(_moment(known["since"]), _moment(known["fired"]) if "fired" in known else None)
    moment: datetime | None = node.timer.next(armed, data, due)
    return moment


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
