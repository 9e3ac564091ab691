"""Why something waits: a code and its facts for each todo, worded by the page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from engine import Session
from workflows import steps
from workflows.story import plain
from workflows.tables import (
    Assignment,
    AssignmentState,
    Cause,
    ChangeRequest,
    Escalation,
    Item,
    Objection,
    Person,
    Report,
    Revisit,
    RungState,
    Suggestion,
    SuggestionState,
    Todo,
)

Case: TypeAlias = tuple[Todo, Item, Assignment | None]
Told: TypeAlias = tuple[str, dict[str, Any]]
Pending = TypeVar("Pending", Objection, ChangeRequest)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a todo waits: what happened before it."""

    kind: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said last about the parts and items at hand, each by its number."""

    reports: Mapping[int, tuple[Report, str, str]] = field(default_factory=dict)
    objections: Mapping[int, Objection] = field(default_factory=dict)
    changes: Mapping[int, ChangeRequest] = field(default_factory=dict)
    revisits: Mapping[int, Revisit] = field(default_factory=dict)
    rungs: Mapping[int, Escalation] = field(default_factory=dict)
    suggestions: Mapping[tuple[int, SuggestionState], Suggestion] = field(default_factory=dict)


def of(session: Session, cases: Sequence[Case]) -> Mapping[UUID, Why]:
    """Return why each of these todos waits, with a fixed number of queries."""
    said = _Said(
        _reports(session, _parts(cases, steps.REPORT, steps.CONFIRM, steps.REVIEW)),
        _pending(session, Objection, _parts(cases, steps.OBJECTION)),
        _pending(session, ChangeRequest, _parts(cases, *steps.OF_CHANGES)),
        _revisits(session, [todo.item_id for todo, _, _ in cases if todo.step == steps.REVISIT]),
        _rungs(session, _parts(cases, steps.APPROVE_RUNG, steps.HOLD_INTERVIEW)),
        _suggestions(session, _parts(cases, *WAITS_AS)),
    )
    return {todo.task_id: _why(said, todo, item, part) for todo, item, part in cases}


def _why(said: _Said, todo: Todo, item: Item, part: Assignment | None) -> Why:
    tell = TELLERS.get(todo.step)
    kind, facts = tell(said, todo, item, part) if tell else (todo.step, {})
    return Why(kind, {name: plain(fact) for name, fact in facts.items()})


def _register(_said: _Said, _todo: Todo, _item: Item, _part: Assignment | None) -> Told:
    return "to_register_again", {}


def _approve(_said: _Said, _todo: Todo, item: Item, _part: Assignment | None) -> Told:
    return "to_approve", {"source": item.source, "urgency": item.urgency}


def _assign(_said: _Said, _todo: Todo, item: Item, _part: Assignment | None) -> Told:
    if item.round == 0:
        kind = "to_assign_fast" if item.fast_track_by_id else "to_assign"
        return kind, {}
    kind = "to_assign_reopened" if item.planned_due_on is None and item.times_reopened else ""
    return kind or "to_assign_again", {"round": item.round, "times": item.times_reopened}


def _decompose(_said: _Said, _todo: Todo, item: Item, _part: Assignment | None) -> Told:
    if item.round == 0:
        return "to_decompose_fast" if item.fast_track_by_id else "to_decompose", {}
    return "to_decompose_again", {"round": item.round, "times": item.times_reopened}


def _resolve(_said: _Said, _todo: Todo, _item: Item, _part: Assignment | None) -> Told:
    return "to_resolve", {}


def _acknowledge(_said: _Said, _todo: Todo, _item: Item, part: Assignment | None) -> Told:
    return "to_acknowledge", {"part": part and part.part, "due_on": part and part.due_on}


def _objection(said: _Said, todo: Todo, _item: Item, _part: Assignment | None) -> Told:
    objection = said.objections.get(todo.assignment_id or 0)
    return "objected", {"reason": objection.reason if objection else ""}


def _report(said: _Said, todo: Todo, item: Item, part: Assignment | None) -> Told:
    report, _, _ = said.reports.get(todo.assignment_id or 0, (None, "", ""))
    urged = {"times_urged": item.times_urged}
    if part is None or report is None:
        return "to_report", urged
    told = {"number": report.number, **urged}
    if part.state is AssignmentState.RETURNED:
        return "returned", {**told, "reason": report.reason}
    if report.withdrawn_at is not None:
        return "withdrawn", told
    if report.verdict is None and report.declined_reason:
        return "declined", {**told, "reason": report.declined_reason}
    return "to_report_again", {**told, "percent": report.percent}


def _confirm(said: _Said, todo: Todo, _item: Item, _part: Assignment | None) -> Told:
    report, author, _ = said.reports.get(todo.assignment_id or 0, (None, "", ""))
    return "to_sign", {**_about(report), "author": author}


def _review(said: _Said, todo: Todo, item: Item, _part: Assignment | None) -> Told:
    report, author, signer = said.reports.get(todo.assignment_id or 0, (None, "", ""))
    counted = {"times_returned": item.times_returned, "times_urged": item.times_urged}
    signed_at = report.confirmed_at if report else None
    who = {"author": author, "signer": signer, "signed_at": signed_at}
    return "to_review", {**_about(report), **who, **counted}


def _change(said: _Said, todo: Todo, _item: Item, _part: Assignment | None) -> Told:
    request = said.changes.get(todo.assignment_id or 0)
    if request is None:
        return "change_asked", {}
    facts = {
        "change": request.kind,
        "old": request.old_due_on,
        "new": request.new_due_on,
        "target": request.new_target,
        "reason": request.reason,
    }
    return "change_asked", facts


def _instruct(_said: _Said, _todo: Todo, item: Item, _part: Assignment | None) -> Told:
    return "result_ready", {"percent": item.percent, "round": item.round}


def _revisit(said: _Said, todo: Todo, _item: Item, _part: Assignment | None) -> Told:
    revisit = said.revisits.get(todo.item_id)
    if revisit is None:
        return "revisit_asked", {}
    facts = {"seed": revisit.seed, "chance": revisit.chance, "sample": revisit.sample_id}
    return VISITS[revisit.cause], facts


def _supervise(_said: _Said, _todo: Todo, item: Item, _part: Assignment | None) -> Told:
    return "week_over", {"problems": item.problems}


def _acceptance(_said: _Said, _todo: Todo, item: Item, _part: Assignment | None) -> Told:
    return "to_accept_project", {"percent": item.percent}


def _of_a_proposal(_said: _Said, todo: Todo, _item: Item, part: Assignment | None) -> Told:
    again = part is not None and part.state is AssignmentState.RETURNED
    return f"to_{todo.step}{'_again' if again else ''}", {}


def _close(_said: _Said, _todo: Todo, item: Item, _part: Assignment | None) -> Told:
    return "to_close", {"percent": item.percent}


def _rung(said: _Said, todo: Todo, _item: Item, _part: Assignment | None) -> Told:
    rung = said.rungs.get(todo.assignment_id or 0)
    facts = {"rung": rung.rung, "days_overdue": rung.days_overdue} if rung else {}
    return todo.step, facts


WAITS_AS: Mapping[str, SuggestionState] = {
    steps.EVIDENCE: SuggestionState.DRAFTED,
    steps.ENDORSE_SUGGESTION: SuggestionState.SUBMITTED,
    steps.APPROVE_SUGGESTION: SuggestionState.ENDORSED,
    steps.HAND_OVER: SuggestionState.APPROVED,
    steps.RECORD_OUTCOME: SuggestionState.HANDED_OVER,
}
"""As what a suggestion waits at each of its steps."""


def _suggestion(said: _Said, todo: Todo, _item: Item, _part: Assignment | None) -> Told:
    found = said.suggestions.get((todo.assignment_id or 0, WAITS_AS[todo.step]))
    if found is None:
        return todo.step, {}
    facts = {
        "suggested": found.kind,
        "whom": found.whom,
        "organ": found.organ,
        "returned": found.endorsement,
    }
    return todo.step, facts


VISITS: Mapping[Cause, str] = {
    Cause.ASKED: "revisit_asked",
    Cause.LOT: "revisit_drawn",
    Cause.SAMPLE: "revisit_sampled",
    Cause.RECTIFICATION: "revisit_rectified",
}

TELLERS: Mapping[str, Callable[[_Said, Todo, Item, Assignment | None], Told]] = {
    steps.REGISTER: _register,
    steps.APPROVE: _approve,
    steps.ASSIGN: _assign,
    steps.DECOMPOSE: _decompose,
    steps.RESOLVE: _resolve,
    steps.ACKNOWLEDGE: _acknowledge,
    steps.OBJECTION: _objection,
    steps.REPORT: _report,
    steps.CONFIRM: _confirm,
    steps.REVIEW: _review,
    **dict.fromkeys(steps.OF_CHANGES, _change),
    steps.INSTRUCT: _instruct,
    steps.REVISIT: _revisit,
    steps.CLOSE: _close,
    **dict.fromkeys(steps.OF_PROPOSALS, _of_a_proposal),
    steps.SUPERVISE: _supervise,
    steps.ACCEPTANCE: _acceptance,
    steps.APPROVE_RUNG: _rung,
    steps.HOLD_INTERVIEW: _rung,
    **dict.fromkeys(WAITS_AS, _suggestion),
}


def _about(report: Report | None) -> dict[str, Any]:
    if report is None:
        return {}
    return {"number": report.number, "percent": report.percent, "final": report.final}


def _parts(cases: Iterable[Case], *wanted: str) -> list[int]:
    return [part.id for todo, _, part in cases if part is not None and todo.step in wanted]


def _reports(session: Session, ids: Sequence[int]) -> dict[int, tuple[Report, str, str]]:
    if not ids:
        return {}
    author, signer = aliased(Person), aliased(Person)
    latest = and_(Assignment.id == Report.assignment_id, Assignment.reports_made == Report.number)
    rows = session.execute(
        select(Report, author.name, signer.name)
        .join(Assignment, latest)
        .join(author, author.id == Report.author_id)
        .outerjoin(signer, signer.id == Report.confirmed_by_id)
        .where(Report.assignment_id.in_(ids))
    )
    return {report.assignment_id: (report, by, signed or "") for report, by, signed in rows}


def _pending(session: Session, kind: type[Pending], ids: Sequence[int]) -> dict[int, Pending]:
    if not ids:
        return {}
    waiting = select(kind).where(kind.assignment_id.in_(ids), kind.decided_at.is_(None))
    return {row.assignment_id: row for row in session.scalars(waiting)}


def _revisits(session: Session, ids: Sequence[int]) -> dict[int, Revisit]:
    if not ids:
        return {}
    waiting = select(Revisit).where(Revisit.item_id.in_(ids), Revisit.done_at.is_(None))
    return {row.item_id: row for row in session.scalars(waiting)}


def _rungs(session: Session, ids: Sequence[int]) -> dict[int, Escalation]:
    if not ids:
        return {}
    on_its_way = Escalation.state.in_((RungState.WAITING, RungState.APPROVED))
    wanted = select(Escalation).where(Escalation.assignment_id.in_(ids), on_its_way)
    return {rung.assignment_id: rung for rung in session.scalars(wanted.order_by(Escalation.id))}


def _suggestions(
    session: Session, ids: Sequence[int]
) -> dict[tuple[int, SuggestionState], Suggestion]:
    if not ids:
        return {}
    wanted = select(Suggestion).where(Suggestion.assignment_id.in_(ids))
    found = session.scalars(wanted.order_by(Suggestion.id))
    return {(one.assignment_id, one.state): one for one in found}
