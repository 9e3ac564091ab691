"""The sheets of the ladder's steps: rungs, interviews and suggestions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from engine import Session
from web.entries import Typed, load
from web.moments import today
from web.pages.sheets.sheet import Sheet
from web.shapes import ladder as shapes
from workflows import ladder
from workflows.ladder import bases, views
from workflows.people import Actor
from workflows.steps import OpenedTask


def approve_rung(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Let the director say yes or no to a slip or an interview."""
    said = load(shapes.RungWord, {**sent, "approve": sent.get("outcome") == "approve"})
    return ladder.approve_rung(session, actor, task_id, ladder.Word(**said))


def rung_look(session: Session, opened: OpenedTask) -> Mapping[str, Any]:
    """Return the rung that waits, with the ladder that it stands on."""
    file = views.rung_at(session, opened)
    picture = views.picture_of(session, file.part, file.item)
    return {"file": file, "picture": picture}


def rung_start(session: Session, opened: OpenedTask) -> Typed:
    """Begin with what the slip demands, and by when."""
    rung = views.rung_at(session, opened).rung
    answer_by = views.proposed_answer(session, rung)
    return MultiDict(
        {"demand": rung.demand, "answer_by": answer_by.isoformat() if answer_by else ""}
    )


def hold_interview(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Keep the record of an interview."""
    said = load(shapes.InterviewRecord, sent)
    return ladder.hold_interview(session, actor, task_id, ladder.InterviewText(**said))


def interview_start(session: Session, opened: OpenedTask) -> Typed:
    """Begin with today, and with whoever heads the unit."""
    heads = views.heads_of(session, views.rung_at(session, opened).part)
    return MultiDict({"held_on": today().isoformat(), "interviewed": "、".join(heads)})


def evidence(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Put a suggestion to the director, or drop it."""
    if sent.get("outcome") == "drop":
        said = load(shapes.SuggestionDropped, sent)
        return ladder.drop_suggestion(session, actor, task_id, **said)
    said = load(shapes.SuggestionEvidence, {**sent, "paper_ids": []})
    said["paper_ids"] = ()
    return ladder.submit_evidence(session, actor, task_id, ladder.Evidence(**said))


def suggestion_look(session: Session, opened: OpenedTask) -> Mapping[str, Any]:
    """Return the suggestion with all that was said to it, and what can be chosen."""
    return {
        "file": views.suggestion_at(session, opened),
        "bases": bases.bases(session, in_force=True),
        "organs": views.choices(session, "suggestion.organs"),
        "known": opened.assignment and ladder.facts_of(session, opened.assignment),
    }


def evidence_start(session: Session, opened: OpenedTask) -> Typed:
    """Begin with the unit, and with what was written before a return."""
    suggestion = views.suggestion_at(session, opened).suggestion
    start = {name: getattr(suggestion, name) for name in ("whom", "evidence", "article", "wording")}
    told = suggestion.basis_id
    return MultiDict(
        {**start, "basis_id": str(told or ""), "basis": "" if told else suggestion.basis}
    )


def endorse(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Let the director pass a suggestion on, return it, or stop it."""
    said = load(shapes.SuggestionEndorsement, {**sent, "verdict": sent.get("outcome", "")})
    return ladder.endorse_suggestion(session, actor, task_id, **said)


def approve_suggestion(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Let the leader approve a suggestion or decline it."""
    said = load(shapes.SuggestionApproval, {**sent, "approve": sent.get("outcome") == "approve"})
    return ladder.approve_suggestion(session, actor, task_id, **said)


def hand_over(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Record the hand-over to the competent organ."""
    said = load(shapes.SuggestionHandOver, sent)
    return ladder.hand_over(session, actor, task_id, ladder.Handing(**said))


def record_outcome(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Record what the competent organ has done."""
    return ladder.record_outcome(session, actor, task_id, **load(shapes.SuggestionOutcome, sent))


def hand_over_start(session: Session, _opened: OpenedTask) -> Typed:
    """Begin with today, and with the day until which the organ is asked to answer."""
    day = today()
    answer_by = views.proposed_outcome(session, day)
    return MultiDict({"on": day.isoformat(), "answer_by": answer_by.isoformat()})


def day_start(_session: Session, _opened: OpenedTask) -> Typed:
    """Begin with today."""
    return MultiDict({"on": today().isoformat()})


SHEETS: Mapping[str, Sheet] = {
    "approve_rung": Sheet(approve_rung, rung_look, rung_start),
    "hold_interview": Sheet(hold_interview, rung_look, interview_start),
    "evidence": Sheet(evidence, suggestion_look, evidence_start),
    "endorse_suggestion": Sheet(endorse, suggestion_look, places={"verdict": "outcome"}),
    "approve_suggestion": Sheet(approve_suggestion, suggestion_look),
    "hand_over": Sheet(hand_over, suggestion_look, hand_over_start),
    "record_outcome": Sheet(record_outcome, suggestion_look, day_start),
}
