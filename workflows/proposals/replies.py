"""The reply 答复: drafted by the unit, reviewed with its disclosure, signed by the unit's head."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine import Session, now
from workflows import desk, messages, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.proposals import queries
from workflows.proposals.rules import (
    must_be_classed,
    must_fit_class,
    must_have_talked,
    must_say_why_hidden,
)
from workflows.story import Happened
from workflows.tables import Assignment, AssignmentState, Item, Reply, ReplyClass, Verdict

DOCUMENT = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """What a unit answers: the text, its class, what it promises, and whether all may read it."""

    said: str
    reply_class: ReplyClass | str | None
    disclosed: bool
    undisclosed_reason: str = ""
    promise: str = ""
    promised_on: date | None = None
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the office says to a draft, and decides together with it about its disclosure."""

    accept: bool
    disclosed: bool
    undisclosed_reason: str = ""
    reason: str = ""


def draft_reply(
    session: Session, actor: Actor, task_id: UUID, draft: Draft, paper_ids: Sequence[UUID] = ()
) -> Reply:
    """Lay a reply before the office; one without class or talk is refused."""
    errand = steps.take(session, actor, task_id, steps.REPLY)
    part = store.assignment_of(session, errand.todo.assignment_id)
    reply_class = must_be_classed(draft.reply_class)
    must_have_talked(queries.contacts_of(session, part), queries.attempt_of(session, part))
    said = rules.must_say("said", draft.said)
    must_fit_class(reply_class, draft.promise, draft.promised_on, today(session))
    hidden = must_say_why_hidden(draft.disclosed, draft.undisclosed_reason)
    rules.must_fit("document_number", draft.document_number, DOCUMENT)
    reply = Reply(
        assignment_id=part.id,
        item_id=part.item_id,
        number=len(queries.replies_of(session, part)) + 1,
        said=said,
        reply_class=reply_class,
        promise=draft.promise.strip(),
        promised_on=draft.promised_on,
        disclosed=draft.disclosed,
        undisclosed_reason=hidden,
        document_number=draft.document_number.strip(),
        author_id=actor.person_id,
        drafted_at=now(session),
    )
    session.add(reply)
    session.flush()
    queries.attach(session, reply, paper_ids)
    part.state = AssignmentState.CONFIRMED
    story.tell(session, part.item_id, Happened.REPLY_DRAFTED, actor, _facts(reply), part)
    desk.move_on(session, actor, errand.task, "draft")
    return reply


def take_back(session: Session, _actor: Actor, part: Assignment) -> None:
    """Take a draft back before the office has opened it; its files are free again."""
    reply = queries.latest_reply(session, part)
    queries.detach(session, reply)
    session.delete(reply)
    part.state = AssignmentState.HANDLING


def contact_again(session: Session, actor: Actor, task_id: UUID) -> Assignment:
    """Go back from the reply to one more talk with the proposers."""
    errand = steps.take(session, actor, task_id, steps.REPLY)
    desk.move_on(session, actor, errand.task, "contact")
    return store.assignment_of(session, errand.todo.assignment_id)


def review_reply(session: Session, actor: Actor, task_id: UUID, opinion: Opinion) -> Reply:
    """Accept a draft together with its disclosure, or return it and say why."""
    errand = steps.take(session, actor, task_id, steps.REVIEW_REPLY)
    accept = opinion.accept
    said = opinion.reason.strip() if accept else rules.must_give_reason(opinion.reason)
    part = store.assignment_of(session, errand.todo.assignment_id)
    reply = queries.latest_reply(session, part)
    if accept:
        hidden = must_say_why_hidden(opinion.disclosed, opinion.undisclosed_reason)
        reply.disclosed, reply.undisclosed_reason = opinion.disclosed, hidden
    reply.verdict = Verdict.ACCEPTED if accept else Verdict.RETURNED
    reply.reviewed_by_id, reply.reviewed_at, reply.reason = actor.person_id, now(session), said
    part.state = AssignmentState.REPORTED if accept else AssignmentState.RETURNED
    told = Happened.REPLY_ACCEPTED if accept else Happened.REPLY_RETURNED
    facts = {**_facts(reply), "reason": said}
    story.tell(session, part.item_id, told, actor, facts, part)
    if not accept:
        store.note(session, part.item_id, times_returned=Item.times_returned + 1)
        messages.to_unit(session, part, "reply_returned", {"reason": said})
    desk.move_on(session, actor, errand.task, "accept" if accept else "return")
    return reply


def sign_reply(
    session: Session,
    actor: Actor,
    task_id: UUID,
    sign: bool,  # noqa: FBT001 (the head's answer)
    document_number: str = "",
    reason: str = "",
) -> Reply:
    """Sign a reply as the unit's head, under its document number; or give it back and say why."""
    errand = steps.take(session, actor, task_id, steps.SIGN_REPLY)
    part = store.assignment_of(session, errand.todo.assignment_id)
    reply = queries.latest_reply(session, part)
    if sign:
        reply.document_number = rules.must_say("document_number", document_number, DOCUMENT)
        reply.signed_by_id = actor.person_id
    else:
        said = rules.must_give_reason(reason)
        part.state = AssignmentState.HANDLING
        story.tell(session, part.item_id, Happened.REPLY_DECLINED, actor, {"reason": said}, part)
        messages.to_unit(session, part, "reply_declined", {"reason": said})
    desk.move_on(session, actor, errand.task, "sign" if sign else "decline")
    return reply


def _facts(reply: Reply) -> dict[str, object]:
    return {
        "number": reply.number,
        "reply_class": reply.reply_class,
        "disclosed": reply.disclosed,
        "promise": reply.promise,
        "promised_on": reply.promised_on,
    }
