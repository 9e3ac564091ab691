"""How the rows of a list of proposals go in: kept as told, walked to the state that they tell."""

from types import MappingProxyType

from engine import Session, Task, now
from workflows import limits, steps, store
from workflows.actors import Actor
from workflows.imports.passing import WALKERS, Passed, due_of, part_of, take_up
from workflows.imports.proposals import How, ProposalRow
from workflows.imports.reading import Candidate
from workflows.proposals import ProposalDetails, queries
from workflows.proposals.dates import comes_back
from workflows.proposals.rules import is_dissatisfied
from workflows.reckoning import Due
from workflows.tables import (
    Assignment,
    AssignmentState,
    Handling,
    HeardBy,
    Item,
    Part,
    ProposerContact,
    Reply,
    ReplyClass,
)

IMPORTER = "duban.importer"
"""Under which name a session knows who imports: the old ledger's own writers aren't known."""


def _told(candidate: Candidate) -> ProposalRow:
    told = candidate.details
    assert isinstance(told, ProposalRow)  # noqa: S101 (the way of this kind only)
    return told


def keep(session: Session, actor: Actor, item: Item, candidate: Candidate) -> None:
    """Write down what the row says of the proposal; one that isn't handed over has no day yet."""
    told = _told(candidate)
    signed = told.proposers
    ProposalDetails(told.session, told.number, signed, told.handling).keep(session, item)
    session.info[IMPORTER] = actor.person_id
    due = None if told.how is How.WAITING else _due(session, candidate)
    item.planned_due_on = item.due_on = due.on if due else None
    item.warn_on, item.due_why = (due.warn_on, due.why) if due else (None, [])
    if told.how is How.WAITING:
        item.assigned_on = None


def _due(session: Session, candidate: Candidate) -> Due:
    return due_of(session, candidate) or limits.due_date(session, candidate.assigned_on, "proposal")


def _assign(session: Session, item: Item, candidate: Candidate, _task: Task) -> Passed | None:
    """Hand it out as of the day in the list; whoever only helped with an issued reply is done."""
    told = _told(candidate)
    if item.round or told.how is How.WAITING:
        return None
    take_up(session, item, candidate)
    share = Part.SEPARATE if told.handling is Handling.SEPARATE else Part.CO
    helped = limits.due_date(session, candidate.assigned_on, "proposal.co_opinion")
    due = _due(session, candidate)
    parts = [part_of(session, item, candidate, candidate.lead_id, due)]
    for unit_id in candidate.co_ids:
        own = due if share is Part.SEPARATE else helped
        part = part_of(session, item, candidate, unit_id, own)
        part.part = share
        if told.replied:
            part.state, part.finished_at = AssignmentState.ACCEPTED, now(session)
        parts.append(part)
    session.add_all(parts)
    session.flush()
    working = parts[:1] if told.replied else parts
    return "assign", {"units": [part.id for part in working], "interim_period": ""}


def _is_issued(session: Session, part: Assignment) -> bool:
    return queries.issued_reply(session, part) is not None


def _contact(session: Session, _item: Item, candidate: Candidate, task: Task) -> Passed | None:
    """Keep the talk that the row tells; one after a dissatisfied reply is still to come."""
    told = _told(candidate)
    part = store.assignment_of(session, task.data["assignment"])
    again = _is_issued(session, part)
    behind = told.met is not None or told.replied
    if again or part.part is not Part.LEAD or not behind:
        return None
    if told.met is not None:
        way, on = told.met
        session.add(
            ProposerContact(
                assignment_id=part.id,
                attempt=1,
                way=way,
                met_on=on,
                said="",
                recorded_by_id=session.info[IMPORTER],
                recorded_at=now(session),
            )
        )
    return "recorded", {}


def _reply(session: Session, item: Item, candidate: Candidate, task: Task) -> Passed | None:
    """Keep the reply's number and class; who drafted and signed it only the old ledger knows."""
    told = _told(candidate)
    part = store.assignment_of(session, task.data["assignment"])
    if not told.replied or told.reply_class is None or _is_issued(session, part):
        return None
    owed = told.reply_class is ReplyClass.B
    reply = Reply(
        assignment_id=part.id,
        item_id=item.id,
        number=1,
        said="",
        reply_class=told.reply_class,
        disclosed=told.disclosed,
        undisclosed_reason=told.hidden_because,
        document_number=told.document_number,
        author_id=session.info[IMPORTER],
        drafted_at=now(session),
        back_on=comes_back(session, None) if owed else None,
    )
    session.add(reply)
    session.flush()
    return "draft", {}


def _review(_session: Session, _item: Item, _candidate: Candidate, _task: Task) -> Passed | None:
    return "accept", {}


def _sign(_session: Session, _item: Item, _candidate: Candidate, _task: Task) -> Passed | None:
    return "sign", {}


def _satisfaction(session: Session, _item: Item, candidate: Candidate, task: Task) -> Passed | None:
    """Keep how the proposers took it, as the row tells."""
    told = _told(candidate)
    if told.satisfaction is None:
        return None
    part = store.assignment_of(session, task.data["assignment"])
    reply = queries.latest_reply(session, part)
    ratings = queries.ratings_of(session, reply)
    for rating in ratings:
        rating.satisfaction, rating.rated_at = told.satisfaction, now(session)
        rating.heard_by = HeardBy.IMPORTED
    reply.settled_at = now(session)
    return "dissatisfied" if is_dissatisfied(ratings) else "satisfied", {}


PASSED = MappingProxyType(
    {
        **WALKERS,
        steps.ASSIGN: _assign,
        steps.CONTACT: _contact,
        steps.REPLY: _reply,
        steps.REVIEW_REPLY: _review,
        steps.SIGN_REPLY: _sign,
        steps.SATISFACTION: _satisfaction,
    }
)
"""How each step that may lie behind an imported proposal is passed."""
