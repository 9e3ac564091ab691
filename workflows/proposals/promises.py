"""Promises of class B 承诺: they come back until they are kept."""

from datetime import date
from uuid import UUID

from engine import Session, now
from workflows import desk, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import NotNow, PromiseUnfit
from workflows.proposals import queries
from workflows.proposals.dates import comes_back
from workflows.story import Happened
from workflows.tables import PromiseCheck


def check_promise(
    session: Session,
    actor: Actor,
    task_id: UUID,
    kept: bool,  # noqa: FBT001 (the unit's answer)
    said: str,
    new_promised_on: date | None = None,
) -> PromiseCheck:
    """Say how a promise stands: kept, or not yet, and by when it will be."""
    errand = steps.take(session, actor, task_id, steps.PROMISE)
    words = rules.must_say("said", said)
    part = store.assignment_of(session, errand.todo.assignment_id)
    reply = queries.issued_reply(session, part)
    if reply is None or reply.back_on is None:
        raise NotNow(steps.PROMISE, part.state.value)
    if not kept and (new_promised_on is None or new_promised_on <= today(session)):
        raise PromiseUnfit("past")
    check = PromiseCheck(
        reply_id=reply.id,
        kept=kept,
        said=words,
        new_promised_on=None if kept else new_promised_on,
        author_id=actor.person_id,
        at=now(session),
    )
    session.add(check)
    if kept:
        reply.kept_at, reply.back_on = now(session), None
    elif new_promised_on is not None:
        rules.must_be_near(new_promised_on, today(session))
        reply.promised_on, reply.back_on = new_promised_on, comes_back(session, new_promised_on)
    facts = {"said": words, "new_promised_on": check.new_promised_on}
    told = Happened.PROMISE_KEPT if kept else Happened.PROMISE_OPEN
    story.tell(session, part.item_id, told, actor, facts, part)
    desk.move_on(session, actor, errand.task, "kept" if kept else "not_yet")
    return check
