"""What one instance posts to another: delivered after the commit, each under its own lock."""

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from engine import store
from engine.database import Database, now
from engine.steps import HOPS_SO_FAR, Held, Letter, begin_by, hold, post, route_message, stepping
from engine.store.deliveries import NEVER

TRIES: Final = 3
AT_ONCE: Final = 50
PAUSE: Final = timedelta(seconds=30)
HOPS: Final = 2_000
"""How many instances may move one another in a row before that is no process any more.

A call that is done a thousand times, one after the other, moves its caller as often.
"""

log = logging.getLogger(__name__)


def deliver(database: Database, delivery_ids: Sequence[int]) -> None:
    """Deliver what was posted, each in its own transaction.

    Whoever posted it has committed already and isn't told of an error here: the
    worker tries again, and the last try becomes an incident. What is more than a
    person should wait for is left to the worker from the first.
    """
    waiting = deque(delivery_ids)
    for _ in range(AT_ONCE):
        if not waiting:
            return
        delivery_id = waiting.popleft()
        try:
            _, posted = database.commit(partial(deliver_one, delivery_id=delivery_id))
        except Exception:
            log.exception("delivery %s has to wait", delivery_id)
            _later(database, delivery_id)
        else:
            waiting.extend(one for one in posted if one not in waiting)


def deliver_due(database: Database) -> bool:
    """Deliver what a crash or an error left behind; true if there was any."""
    with database.read() as session:
        due = store.deliveries.due(session, now(session), AT_ONCE)
    deliver(database, due)
    return bool(due)


def deliver_one(session: Session, delivery_id: int) -> None:
    """Tell one instance what was posted to it.

    What a call hears comes in the order in which it was posted: were an end to overtake
    an error or an escalation, nobody would hear of it. Whoever came second has put theirs off
    meanwhile, and whoever came first delivers it too.
    """
    letter = store.deliveries.lock(session, delivery_id)
    if letter is None:
        return
    session.info[HOPS_SO_FAR] = letter.hops
    held = hold(session, letter.instance_id)
    if held.instance.ended_at is not None:
        store.deliveries.drop(session, delivery_id)
        if letter.kind == Letter.MESSAGE:
            _send_on(session, letter)
    elif letter.hops > HOPS:
        _give_up(session, letter, letter.attempts)
    elif held.instance.suspended_at is not None:
        store.deliveries.postpone(session, delivery_id, letter.attempts, NEVER)
    elif earlier := store.deliveries.earlier(session, letter):
        store.deliveries.postpone(session, delivery_id, letter.attempts, earlier)
    else:
        store.deliveries.drop(session, delivery_id)
        TAKERS[Letter(letter.kind)](session, held, letter)
        session.info["letters"] += store.deliveries.behind(session, letter, now(session))


def meet_kept(session: Session, at: datetime) -> bool:
    """Post a kept message to whoever waits for it though neither saw the other come."""
    met = store.awaited.met(session, at)
    message = None if met is None else store.messages.lock(session, met.id)
    if met is None or message is None:
        return False
    store.messages.drop(session, message.id)
    letter = {
        "name": message.name,
        "key": message.key,
        "payload": message.payload,
        "expires": message.expires_at.isoformat(),
    }
    post(session, met.instance_id, Letter.MESSAGE, message.by, payload=letter)
    return True


def _child_ended(session: Session, held: Held, letter: store.Found) -> None:
    """Let the call go on once no child of it is open; most parents sleep until then."""
    open_child = store.instances.has_open_child(session, held.instance.id, letter.task_id)
    if open_child and not held.plan.counts:
        return
    with stepping(session, held, letter.by) as step:
        token = step.before.callers.get(letter.task_id)
        if token is None or (open_child and not token.task_spec.counts):
            return
        if not open_child:
            step.returned.add(letter.task_id)
        step.run.child_ended(token, letter.payload["round"], letter.payload["data"])


def _child_failed(session: Session, held: Held, letter: store.Found) -> None:
    """Let the nearest handler around the call take over."""
    with stepping(session, held, letter.by) as step:
        token = step.before.callers.get(letter.task_id)
        if token is not None:
            told = letter.payload
            step.run.child_failed(token, told["round"], told["item"], told["code"])


def _child_escalated(session: Session, held: Held, letter: store.Found) -> None:
    """Tell the nearest handler around the call."""
    with stepping(session, held, letter.by) as step:
        token = step.before.callers.get(letter.task_id)
        if token is not None:
            step.run.child_escalated(token, letter.payload["code"])


def _signalled(session: Session, held: Held, letter: store.Found) -> None:
    with stepping(session, held, letter.by) as step:
        step.run.signal(letter.payload["name"])


def _received(session: Session, held: Held, letter: store.Found) -> None:
    """Hand over a message; if nobody waits for it here any more it goes to whoever else does."""
    name, key, payload = (letter.payload[part] for part in ("name", "key", "payload"))
    with stepping(session, held, letter.by) as step:
        taken = step.run.receive(name, key, payload)
    if not taken:
        _send_on(session, letter)


def _send_on(session: Session, letter: store.Found) -> None:
    """Find a message its way anew: whoever waited for it as it was posted has gone."""
    name, key, payload = (letter.payload[part] for part in ("name", "key", "payload"))
    expires = datetime.fromisoformat(letter.payload["expires"])
    for start in route_message(session, name, key, payload, expires, letter.by):
        begin_by(session, start, key, payload, letter.by)


def _operated(session: Session, held: Held, letter: store.Found) -> None:
    """Go on with what an operation outside wrote, or with the error that it ended with."""
    with stepping(session, held, letter.by) as step:
        token = step.before.errands.get(letter.task_id)
        if token is not None:
            step.run.operated(token, letter.payload)


def _rescheduled(session: Session, held: Held, letter: store.Found) -> None:
    held.timers_moved = True
    with stepping(session, held, letter.by):
        """Write the timers back; nothing else moves."""


TAKERS: Final[Mapping[Letter, Callable[[Session, Held, store.Found], None]]] = {
    Letter.CHILD_ENDED: _child_ended,
    Letter.CHILD_FAILED: _child_failed,
    Letter.CHILD_ESCALATED: _child_escalated,
    Letter.SIGNAL: _signalled,
    Letter.MESSAGE: _received,
    Letter.OPERATED: _operated,
    Letter.RESCHEDULE: _rescheduled,
}
"""What each letter does to the instance that gets it."""


def _later(database: Database, delivery_id: int) -> None:
    """Note that a delivery has failed; if that fails too, it just stays due."""
    try:
        database.write(lambda session: _postpone(session, delivery_id))
    except Exception:
        log.exception("delivery %s stays due", delivery_id)


def _postpone(session: Session, delivery_id: int) -> None:
    letter = store.deliveries.lock(session, delivery_id)
    if letter is None:
        return
    attempts = letter.attempts + 1
    if attempts >= TRIES:
        _give_up(session, letter, attempts)
    else:
        store.deliveries.postpone(session, delivery_id, attempts, now(session) + PAUSE)


def _give_up(session: Session, letter: store.Found, attempts: int) -> None:
    """Leave a delivery lying until a person has looked at its incident."""
    store.deliveries.postpone(session, letter.id, attempts, NEVER)
    store.incidents.add(
        session,
        {
            "instance_id": letter.instance_id,
            "task_id": letter.task_id,
            "job_id": letter.id,
            "kind": "delivery",
            "error": f"{letter.kind} after {letter.hops} instances in a row",
            "at": now(session),
        },
    )
