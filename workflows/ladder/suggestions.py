"""督查建议: praise, criticism, accountability. A leader approves, a competent organ carries out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import engine
from engine import Session, now
from workflows import desk, limits, papers, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import office_day, today
from workflows.errors import AlreadyAsked, BasisRefused, ChoiceUnknown, DayOutside, NotNow
from workflows.ladder import bases
from workflows.ladder.rungs import SUGGESTED, deliver, reached
from workflows.steps import Errand
from workflows.story import Happened, plain
from workflows.tables import (
    Assignment,
    Escalation,
    Paper,
    Role,
    RungState,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)

PROCESS = "suggestion"
KINDS = tuple(kind.value for kind in SuggestionKind)
VERDICTS = ("approve", "return", "decline")
NAME = 200

OVER = frozenset({SuggestionState.CONCLUDED, SuggestionState.DROPPED, SuggestionState.DECLINED})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whom a suggestion is about, on which basis, and what shows it.

    The basis is words, or a regulation of the office's list with its article; papers are those
    that were kept with the item for it, beside those of the step itself.
    """

    whom: str
    basis: str
    evidence: str
    basis_id: int | None = None
    article: str = ""
    wording: str = ""
    paper_ids: tuple[UUID, ...] = ()


def suggest(session: Session, actor: Actor, assignment_id: int, kind: str) -> Suggestion:
    """Open a suggestion about a unit's part by hand; its evidence is the next step."""
    part = store.visible_part(session, actor, assignment_id)
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    if kind not in KINDS:
        raise ChoiceUnknown("kind", kind, KINDS)
    store.assignments(session, [part.id], lock=True)  # two don't open the same at once
    session.info[desk.SENDER] = actor.person_id
    return _open(session, part, SuggestionKind(kind), by=actor.by, person_id=actor.person_id)


def suggest_from(session: Session, rung: Escalation, by: str) -> Suggestion:
    """Open the suggestion that a rung of the ladder has come to."""
    part = store.assignment_of(session, rung.assignment_id)
    return _open(session, part, SuggestionKind(rung.rung.value), by=by, rung=rung)


def send_on(session: Session, rung: Escalation, by: str) -> None:
    """Bring a rung to its unit without anybody's approval, or open what it suggests."""
    if rung.rung in SUGGESTED:
        suggest_from(session, rung, by)
    else:
        deliver(session, rung)


def submit_evidence(session: Session, actor: Actor, task_id: UUID, text: Evidence) -> Suggestion:
    """Put a suggestion to the director, with the facts that the house knows beside it."""
    errand, suggestion = _take(session, actor, task_id, steps.EVIDENCE)
    suggestion.whom = rules.must_say("whom", text.whom, NAME)
    suggestion.evidence = rules.must_say("evidence", text.evidence)
    _rest_on(session, suggestion, text)
    store.attach_to_suggestion(session, suggestion, actor.person_id, text.paper_ids)
    part = store.assignment_of(session, suggestion.assignment_id)
    shown = store.papers_of_suggestion(session, suggestion.id)
    suggestion.facts = {**facts_of(session, part), "papers": [_told(each) for each in shown]}
    suggestion.submitted_by_id, suggestion.submitted_at = actor.person_id, now(session)
    suggestion.state = SuggestionState.SUBMITTED
    desk.move_on(session, actor, errand.task, "submit")
    return suggestion


def keep_evidence(session: Session, actor: Actor, task_id: UUID, checked: papers.Checked) -> Paper:
    """Keep a file for a suggestion; the unit doesn't see it."""
    errand, suggestion = _take(session, actor, task_id, steps.EVIDENCE)
    paper = papers.keep_paper(session, actor, errand.todo.item_id, checked)
    paper.suggestion_id = suggestion.id
    return paper


def drop_suggestion(session: Session, actor: Actor, task_id: UUID, reason: str) -> Suggestion:
    """Suggest nothing after all, and say why."""
    errand, suggestion = _take(session, actor, task_id, steps.EVIDENCE)
    suggestion.opinion = rules.must_give_reason(reason)
    suggestion.state = SuggestionState.DROPPED
    _mark_rung(session, suggestion, RungState.DECLINED, actor)
    desk.move_on(session, actor, errand.task, "drop")
    return suggestion


def endorse_suggestion(
    session: Session, actor: Actor, task_id: UUID, verdict: str, opinion: str = ""
) -> Suggestion:
    """Put a suggestion to the leader, return it for better evidence, or stop it."""
    errand, suggestion = _take(session, actor, task_id, steps.ENDORSE_SUGGESTION)
    if verdict not in VERDICTS:
        raise ChoiceUnknown("verdict", verdict, VERDICTS)
    approved = verdict == "approve"
    said = opinion.strip() if approved else rules.must_give_reason(opinion, "opinion")
    suggestion.endorsement = said
    suggestion.endorsed_by_id, suggestion.endorsed_at = actor.person_id, now(session)
    suggestion.state = {
        "approve": SuggestionState.ENDORSED,
        "return": SuggestionState.DRAFTED,
        "decline": SuggestionState.DECLINED,
    }[verdict]
    if suggestion.state is SuggestionState.DECLINED:
        _mark_rung(session, suggestion, RungState.DECLINED, actor)
    desk.move_on(session, actor, errand.task, verdict)
    return suggestion


def approve_suggestion(
    session: Session,
    actor: Actor,
    task_id: UUID,
    approve: bool,  # noqa: FBT001 (the leader's answer)
    opinion: str = "",
) -> Suggestion:
    """Approve what is suggested, or decline it and say why; nothing happens by itself."""
    errand, suggestion = _take(session, actor, task_id, steps.APPROVE_SUGGESTION)
    said = opinion.strip() if approve else rules.must_give_reason(opinion, "opinion")
    suggestion.opinion = said
    suggestion.decided_by_id, suggestion.decided_at = actor.person_id, now(session)
    suggestion.state = SuggestionState.APPROVED if approve else SuggestionState.DECLINED
    rung = RungState.APPROVED if approve else RungState.DECLINED
    _mark_rung(session, suggestion, rung, actor)
    desk.move_on(session, actor, errand.task, "approve" if approve else "decline")
    return suggestion


@dataclass(frozen=True, slots=True)
class Handing:
    """To which organ a suggestion goes, with which document, when, and until when it answers."""

    organ: str
    document: str
    on: date
    answer_by: date | None = None


def hand_over(session: Session, actor: Actor, task_id: UUID, handing: Handing) -> Suggestion:
    """Record the hand-over to the competent organ; without a day the limit says when it answers."""
    errand, suggestion = _take(session, actor, task_id, steps.HAND_OVER)
    suggestion.organ = rules.must_say("organ", handing.organ, NAME)
    suggestion.document = rules.must_say("document", handing.document, NAME)
    on, answer_by = handing.on, handing.answer_by
    _must_lie_between(session, "on", on, suggestion.decided_at or suggestion.suggested_at)
    suggestion.handed_on, suggestion.handed_by_id = on, actor.person_id
    suggestion.answer_by = answer_by or limits.due_date(session, on, steps.RECORD_OUTCOME).on
    if suggestion.answer_by < on:
        raise DayOutside("answer_by", suggestion.answer_by, on, on + rules.FURTHEST)
    suggestion.state = SuggestionState.HANDED_OVER
    _mark_rung(session, suggestion, RungState.DELIVERED, actor)
    part = store.assignment_of(session, suggestion.assignment_id)
    facts = {
        "suggestion_id": suggestion.id,
        "suggested": suggestion.kind,
        "organ": suggestion.organ,
        "document": suggestion.document,
        "on": on,
    }
    story.tell(session, suggestion.item_id, Happened.HANDED_OVER, actor, facts, part)
    desk.move_on(session, actor, errand.task, "done")
    return suggestion


def record_outcome(
    session: Session, actor: Actor, task_id: UUID, outcome: str, on: date
) -> Suggestion:
    """Record what the competent organ has done, and when."""
    errand, suggestion = _take(session, actor, task_id, steps.RECORD_OUTCOME)
    suggestion.outcome = rules.must_say("outcome", outcome)
    _must_lie_between(session, "on", on, suggestion.decided_at or suggestion.suggested_at)
    suggestion.concluded_on, suggestion.concluded_by_id = on, actor.person_id
    suggestion.state = SuggestionState.CONCLUDED
    part = store.assignment_of(session, suggestion.assignment_id)
    facts = {
        "suggestion_id": suggestion.id,
        "suggested": suggestion.kind,
        "outcome": suggestion.outcome,
        "on": on,
    }
    story.tell(session, suggestion.item_id, Happened.CONCLUDED, actor, facts, part)
    desk.move_on(session, actor, errand.task, "done")
    return suggestion


def facts_of(session: Session, part: Assignment) -> dict[str, Any]:
    """Return what the house knows of a part: its lateness, the rungs and urges that reached it."""
    rungs = [one for one in store.escalations_of(session, part.id) if one.delivered_at]
    return {
        "due_on": plain(part.due_on),
        "original_due_on": plain(part.original_due_on),
        "finished_on": part.finished_at and office_day(part.finished_at).isoformat(),
        "percent": part.percent,
        "reports": part.reports_made,
        "urges": store.urges_of(session, part.id),
        "reached": reached(rungs),
        "rungs": [
            {
                "rung": one.rung.value,
                "on": office_day(one.delivered_at or one.at).isoformat(),
                "days_overdue": one.days_overdue,
                "read": one.read_at is not None,
            }
            for one in rungs
        ],
    }


def _open(
    session: Session,
    part: Assignment,
    kind: SuggestionKind,
    *,
    by: str,
    person_id: int | None = None,
    rung: Escalation | None = None,
) -> Suggestion:
    """Write a suggestion down and start its diagram; two of a kind don't run side by side."""
    running = store.running_suggestion(session, part.id, kind, OVER)
    if running is not None and rung is None:
        raise AlreadyAsked("suggest", running.suggested_at)
    suggestion = Suggestion(
        item_id=part.item_id,
        assignment_id=part.id,
        escalation_id=rung.id if rung else None,
        kind=kind,
        state=SuggestionState.DRAFTED,
        suggested_by_id=person_id,
        suggested_at=now(session),
        whom=part.unit.name,
    )
    session.add(suggestion)
    session.flush()
    data = {"assignment": part.id, "suggestion": suggestion.id}
    instance = engine.start(session, PROCESS, data, key=str(part.item_id), by=by)
    suggestion.instance_id = instance.id
    return suggestion


def _rest_on(session: Session, suggestion: Suggestion, text: Evidence) -> None:
    """Say on what a suggestion rests: holding somebody to account needs a regulation's article."""
    article = text.article.strip()
    if text.basis_id is not None:
        basis = bases.cited(session, text.basis_id)
        if not article:
            raise BasisRefused("article")
        rules.must_fit("article", article, bases.ARTICLE)
        suggestion.basis = f"{basis.title}{article}"
    elif suggestion.kind is SuggestionKind.ACCOUNTABILITY:
        raise BasisRefused("unknown")
    elif suggestion.kind is SuggestionKind.PRAISE:
        suggestion.basis = text.basis.strip()
    else:
        suggestion.basis = rules.must_say("basis", text.basis)
    suggestion.basis_id, suggestion.article = text.basis_id, article
    suggestion.wording = text.wording.strip()


def _told(paper: Paper) -> dict[str, Any]:
    return {
        "id": str(paper.id),
        "name": paper.name,
        "size": paper.size,
        "sha256": paper.sha256,
        "uploaded_at": paper.uploaded_at.isoformat(),
    }


def _take(session: Session, actor: Actor, task_id: UUID, step: str) -> tuple[Errand, Suggestion]:
    """Take up a step of a suggestion."""
    errand = steps.take(session, actor, task_id, step)
    suggestion = store.suggestion_of(session, errand.task.instance_id)
    if suggestion is None:
        raise NotNow(step, "")
    return errand, suggestion


def _must_lie_between(session: Session, field: str, on: date, since: datetime) -> None:
    first, last = office_day(since), today(session)
    if not first <= on <= last:
        raise DayOutside(field, on, first, last)


def _mark_rung(session: Session, suggestion: Suggestion, state: RungState, actor: Actor) -> None:
    """Let the rung that a suggestion came from show how far that has got."""
    if suggestion.escalation_id is None:
        return
    rung = session.get_one(Escalation, suggestion.escalation_id)
    rung.state = state
    if state is RungState.DELIVERED:
        rung.delivered_at = now(session)
    else:
        rung.decided_by_id, rung.decided_at = actor.person_id, now(session)
        rung.opinion = suggestion.opinion or suggestion.endorsement
