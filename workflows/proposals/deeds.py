"""What the diagrams of proposals do by themselves, inside the step's transaction."""

from collections.abc import Mapping
from typing import Any

from engine import Call, now
from workflows import changes, clock, limits, messages, store, story
from workflows.calendar import today
from workflows.proposals import queries
from workflows.proposals.dates import comes_back
from workflows.story import Happened
from workflows.tables import Assignment, AssignmentState, Part, Reply, ReplyRating


def _part(call: Call) -> Assignment:
    return store.assignment_of(call.session, call.data["assignment"])


def tell_part(call: Call) -> Mapping[str, Any]:
    """Say whether a unit replies itself, or gives the one that does its opinion."""
    return {"replies": _part(call).part is not Part.CO}


def issue_reply(call: Call) -> None:
    """Issue a signed reply: its unit has done its part, and every proposer may rate it."""
    session, part = call.session, _part(call)
    reply = queries.latest_reply(session, part)
    reply.issued_at = now(session)
    if reply.promised_on is not None:
        reply.back_on = comes_back(session, reply.promised_on)
    part.state, part.finished_at = AssignmentState.ACCEPTED, reply.issued_at
    changes.lapse(session, part)
    proposal = queries.proposal_of(session, part.item_id)
    session.add_all(
        ReplyRating(reply_id=reply.id, proposer_id=proposer.id) for proposer in proposal.proposers
    )
    if _is_imported(reply):
        return
    facts = {"document_number": reply.document_number, "reply_class": reply.reply_class}
    story.tell(session, part.item_id, Happened.REPLY_ISSUED, None, facts, part)
    messages.to_supervisor(session, part, "reply_issued", facts)


def _is_imported(reply: Reply) -> bool:
    """Say whether a reply came in with an old ledger: nobody signed it here."""
    return reply.signed_by_id is None


def remind_ratings(call: Call) -> None:
    """Tell the supervisor that proposers have let the time for their rating pass."""
    session, part = call.session, _part(call)
    reply = queries.latest_reply(session, part)
    silent = [
        each.proposer.name
        for each in queries.ratings_of(session, reply)
        if each.satisfaction is None
    ]
    if silent:
        facts = {"names": "、".join(silent)}
        story.tell(session, part.item_id, Happened.RATINGS_LATE, None, facts, part)
        messages.to_supervisor(session, part, "ratings_late", facts)


def redo_reply(call: Call) -> None:
    """Have a unit reply anew to dissatisfied proposers, within the limit for that."""
    session, part = call.session, _part(call)
    part.state, part.finished_at = AssignmentState.HANDLING, None
    due = limits.due_date(session, today(session), "proposal.redo")
    part.original_due_on = due.on
    clock.move(session, part, due)
    facts = {"due_on": due.on}
    story.tell(session, part.item_id, Happened.REPLY_REDONE, None, facts, part)
    if not _is_imported(queries.latest_reply(session, part)):
        messages.to_unit(session, part, "reply_redone", facts)


def look_for_promises(call: Call) -> Mapping[str, Any]:
    """Name the parts whose last reply promises something that isn't kept yet."""
    item_id = int(call.instance.business_key)
    found = queries.promising_parts(call.session, item_id)
    return {"promises": [part.id for part in found]}


def bring_back(call: Call) -> None:
    """Tell a unit that what it promised has come back and waits for its word."""
    part = _part(call)
    reply = queries.issued_reply(call.session, part)
    facts = _promised(reply)
    story.tell(call.session, part.item_id, Happened.PROMISE_BACK, None, facts, part)
    messages.to_unit(call.session, part, "promise_back", facts)


def _promised(reply: Reply | None) -> dict[str, object]:
    return {"promise": reply.promise, "promised_on": reply.promised_on} if reply else {}
