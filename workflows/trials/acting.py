"""What invented people do at a step in a trial: its own verb, with the outcome that is asked for.

What they write is made up; only the outcome, and the fields of a form, are chosen.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select

import engine
from engine import Field, Session
from workflows import (
    assignments,
    changes,
    closing,
    forms,
    instructions,
    items,
    ladder,
    papers,
    reports,
    results,
    reviews,
    revisits,
    rules,
    steps,
    store,
)
from workflows.actors import Actor, actor_of, holders
from workflows.assignments import UnitTask
from workflows.blanks import blank
from workflows.calendar import today
from workflows.decisions import breakdown
from workflows.decisions.breakdown import BreakdownRow
from workflows.errors import NotNow
from workflows.items import Registration
from workflows.ladder import Evidence, Handing, InterviewText, Word, bases, views
from workflows.methods import Method
from workflows.projects import milestones, supervision
from workflows.projects.money import Figures
from workflows.proposals import (
    contacts,
    handing_over,
    opinions,
    promises,
    queries,
    ratings,
    replies,
)
from workflows.reports import ReportText
from workflows.reviews import Judgement
from workflows.revisits import Answer, Finding
from workflows.tables import (
    ChangeKind,
    ContactWay,
    Handling,
    HeardBy,
    Item,
    Kind,
    Milestone,
    MilestoneState,
    Part,
    Post,
    Project,
    ReplyClass,
    Role,
    Satisfaction,
    Todo,
    Unit,
    UnitKind,
    Verdict,
)
from workflows.trials.matters import registration_of

SAID: Final = "（试办）"
FULL: Final = 100
HALF: Final = 50
SOON: Final = timedelta(days=30)
UNITS: Final = 2
"""How many units an item is handed to, so that it is seen how they go side by side."""

CRITICISM: Final = "criticism"
EXTEND, SUGGEST, REVISIT = "extend", "suggest", "revisit"
"""What may be done beside the steps."""

Deed = Callable[[Session, Actor, Todo, str], object]


def act(
    session: Session, somebody: Actor, todo: Todo, outcome: str, fields: Mapping[str, Any]
) -> None:
    """Let somebody do the step that waits for them, with this outcome."""
    if todo.step == steps.FORM:
        form = engine.find_task(session, todo.task_id).form
        answers = {**fields, **_made_up(session, somebody, todo, form)}
        forms.complete_form(session, somebody, todo.task_id, answers, outcome or None)
        return
    DEEDS[todo.step](session, somebody, todo, outcome)


def _made_up(
    session: Session, actor: Actor, todo: Todo, form: Sequence[Field]
) -> dict[str, list[str]]:
    """Return a file for each field that asks for one: nobody has files at hand in a trial."""
    found: dict[str, list[str]] = {}
    for field in form:
        if field.type == forms.FILE:
            paper = papers.keep_paper(session, actor, todo.item_id, blank("试办.pdf"))
            found[field.key] = [str(paper.id)]
    return found


# -- the office ---------------------------------------------------------------------------


def _register(session: Session, actor: Actor, todo: Todo, _: str) -> None:
    item = session.get_one(Item, todo.item_id)
    again: Registration = registration_of(session, item.source)
    items.amend_registration(session, actor, todo.task_id, again)


def _approve(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    items.approve_item(session, actor, todo.task_id, outcome, SAID)


def _assign(session: Session, actor: Actor, todo: Todo, _: str) -> None:
    lead, *others = (UnitTask(unit) for unit in units(session)[:UNITS])
    item = session.get_one(Item, todo.item_id)
    if item.kind is not Kind.PROPOSAL:
        assignments.assign_item(session, actor, todo.task_id, lead, others)
        return
    handed = handing_over.HandOut(todo.task_id, lead, tuple(others), Handling.LEAD_CO)
    handing_over.assign_proposal(session, actor, handed)


def _decompose(session: Session, actor: Actor, todo: Todo, _: str) -> None:
    item = session.get_one(Item, todo.item_id)
    leader = session.scalars(select(Post.id).where(Post.role == Role.LEADER)).first()
    rows = [
        BreakdownRow(
            title=f"{item.title[:60]}：第{place}项",
            target=SAID,
            sponsor_post_id=leader,
            lead_unit_id=unit,
            responsible_person=SAID,
            due_on=today(session) + SOON,
        )
        for place, unit in enumerate(units(session)[:UNITS], start=1)
    ]
    breakdown.decompose(session, actor, todo.task_id, rows)


def _resolve(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    instructions.resolve(session, actor, todo.task_id, outcome, SAID)


def _objection(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    unit = _free_unit(session, todo) if outcome == "reassign" else None
    assignments.decide_objection(session, actor, todo.task_id, outcome, SAID, unit)


def _review(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    sound = outcome == "accept"
    verdict = Verdict.ACCEPTED if sound else Verdict.RETURNED
    judged = Judgement(verdict, sound, sound, sound, "" if sound else SAID)
    reviews.review_report(session, actor, todo.task_id, judged)


def _close(session: Session, actor: Actor, todo: Todo, _: str) -> None:
    closing.close_item(session, actor, todo.task_id)


def _revisit(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    solved = outcome == "solved"
    asked = revisits.questions(session)
    answers = [Answer("yes" if solved else "no")] * len(asked)
    found = Finding(Method.ON_SITE, SAID, solved=solved, answers=answers)
    revisits.record_revisit(session, actor, todo.task_id, found)


def _conclusion(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    upheld = outcome == "uphold"
    revisits.decide_conclusion(session, actor, todo.task_id, SAID, upheld=upheld)


# -- units --------------------------------------------------------------------------------


def _acknowledge(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    if outcome == "object":
        other = _free_unit(session, todo)
        assignments.object_to(session, actor, todo.task_id, SAID, other)
    else:
        assignments.acknowledge(session, actor, todo.task_id, SAID)


def _report(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    final = outcome != "interim"
    part = store.assignment_of(session, todo.assignment_id)
    project = session.get(Project, part.item_id)
    figures = None
    if project is not None and part.part is Part.LEAD:
        day = today(session)
        figures = Figures(day.year, day.month, Decimal(1))
        if final:
            _reach_nodes(session, actor, part.item_id)
    said = ReportText(final, SAID, "", SAID, FULL if final else HALF)
    reports.submit_report(session, actor, todo.task_id, said, (), figures)


def _reach_nodes(session: Session, actor: Actor, item_id: int) -> None:
    """Show every milestone as reached, each by a paper."""
    for node in _nodes(session, item_id, MilestoneState.OPEN):
        paper = papers.keep_paper(session, actor, item_id, blank("节点.pdf"))
        session.flush()
        milestones.claim(session, actor, node.id, today(session), [paper.id])


def _nodes(session: Session, item_id: int, state: MilestoneState) -> Sequence[Milestone]:
    wanted = select(Milestone).where(Milestone.project_id == item_id, Milestone.state == state)
    return session.scalars(wanted.order_by(Milestone.position)).all()


def _confirm(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    reports.confirm_report(session, actor, todo.task_id, sign=outcome == "sign", reason=SAID)


def _endorse_change(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    changes.endorse_change(session, actor, todo.task_id, outcome == "endorse", SAID)


def _advise_change(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    changes.advise_change(session, actor, todo.task_id, outcome == "pass_on", SAID)


# -- leaders ------------------------------------------------------------------------------


def _consent(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    changes.decide_change(session, actor, todo.task_id, outcome == "consent", SAID)


def _instruct(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    results.record_instruction(session, actor, todo.task_id, outcome == "new", SAID)


# -- the ladder ---------------------------------------------------------------------------


def _approve_rung(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    ladder.approve_rung(session, actor, todo.task_id, Word(outcome == "approve", SAID))


def _hold_interview(session: Session, actor: Actor, todo: Todo, _: str) -> None:
    text = InterviewText(today(session), SAID, SAID, SAID, SAID)
    ladder.hold_interview(session, actor, todo.task_id, text)


def _evidence(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    if outcome == "drop":
        ladder.drop_suggestion(session, actor, todo.task_id, SAID)
        return
    known = bases.bases(session, in_force=True)
    basis_id = known[0].row.id if known else None
    text = Evidence(SAID, SAID, SAID, basis_id, SAID, SAID)
    ladder.submit_evidence(session, actor, todo.task_id, text)


def _endorse_suggestion(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    ladder.endorse_suggestion(session, actor, todo.task_id, outcome, SAID)


def _approve_suggestion(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    ladder.approve_suggestion(session, actor, todo.task_id, outcome == "approve", SAID)


def _hand_over(session: Session, actor: Actor, todo: Todo, _: str) -> None:
    organ = views.choices(session, "suggestion.organs")[0]
    handing = Handing(organ, SAID, today(session))
    ladder.hand_over(session, actor, todo.task_id, handing)


def _record_outcome(session: Session, actor: Actor, todo: Todo, _: str) -> None:
    ladder.record_outcome(session, actor, todo.task_id, SAID, today(session))


# -- projects -----------------------------------------------------------------------------


def _supervise(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    sound = outcome == "sound"
    supervision.supervise(session, actor, todo.task_id, Method.ON_SITE, SAID, sound)


def _acceptance(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    for node in _nodes(session, todo.item_id, MilestoneState.CLAIMED):
        milestones.review(session, actor, node.id, True)  # noqa: FBT003 (the verdict)
    session.flush()
    supervision.accept_project(session, actor, todo.task_id, outcome == "pass", SAID)


# -- proposals ----------------------------------------------------------------------------


def _contact(session: Session, actor: Actor, todo: Todo, _: str) -> None:
    told = contacts.Contact(ContactWay.VISIT, today(session), SAID)
    contacts.record_contact(session, actor, todo.task_id, told)


def _opinion(session: Session, actor: Actor, todo: Todo, _: str) -> None:
    opinions.give_opinion(session, actor, todo.task_id, SAID)


def _reply(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    if outcome == "contact":
        replies.contact_again(session, actor, todo.task_id)
        return
    draft = replies.Draft(SAID, ReplyClass.A, True, "", "", None)  # noqa: FBT003 (public)
    replies.draft_reply(session, actor, todo.task_id, draft)


def _review_reply(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    opinion = replies.Opinion(outcome == "accept", True, "", SAID)  # noqa: FBT003 (public)
    replies.review_reply(session, actor, todo.task_id, opinion)


def _sign_reply(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    number = f"云复〔{today(session).year}〕{todo.item_id}号"
    replies.sign_reply(session, actor, todo.task_id, outcome == "sign", number)


def _satisfaction(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    satisfied = outcome != "dissatisfied"
    said = Satisfaction.SATISFIED if satisfied else Satisfaction.DISSATISFIED
    for rating in queries.ratings_of(session, queries.latest_reply(session, part)):
        if rating.satisfaction is None:
            why = "" if satisfied else SAID
            ratings.record_rating(session, actor, rating.id, said, why, HeardBy.PHONE)
    ratings.settle_ratings(session, actor, todo.task_id)


def _promise(session: Session, actor: Actor, todo: Todo, outcome: str) -> None:
    kept = outcome == "kept"
    later: date | None = None if kept else today(session) + SOON
    promises.check_promise(session, actor, todo.task_id, kept, SAID, later)


DEEDS: Mapping[str, Deed] = {
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
    steps.ENDORSE_CHANGE: _endorse_change,
    steps.ADVISE_CHANGE: _advise_change,
    steps.CONSENT: _consent,
    steps.INSTRUCT: _instruct,
    steps.REVISIT: _revisit,
    steps.CONCLUSION: _conclusion,
    steps.CLOSE: _close,
    steps.APPROVE_RUNG: _approve_rung,
    steps.HOLD_INTERVIEW: _hold_interview,
    steps.EVIDENCE: _evidence,
    steps.ENDORSE_SUGGESTION: _endorse_suggestion,
    steps.APPROVE_SUGGESTION: _approve_suggestion,
    steps.HAND_OVER: _hand_over,
    steps.RECORD_OUTCOME: _record_outcome,
    steps.SUPERVISE: _supervise,
    steps.ACCEPTANCE: _acceptance,
    steps.CONTACT: _contact,
    steps.OPINION: _opinion,
    steps.REPLY: _reply,
    steps.REVIEW_REPLY: _review_reply,
    steps.SIGN_REPLY: _sign_reply,
    steps.SATISFACTION: _satisfaction,
    steps.PROMISE: _promise,
}
"""What is done at each type of step."""


def do_beside(session: Session, item: Item, deed: str) -> None:
    """Let a unit ask for more time, or the office suggest accountability or a revisit."""
    parts = [part for part in item.assignments if part.state not in rules.FINISHED]
    office = _anybody(session, Role.SUPERVISOR)
    if deed == REVISIT:
        revisits.ask_for_revisit(session, office, item.id)
    elif deed == SUGGEST and item.assignments:
        ladder.suggest(session, office, item.assignments[0].id, CRITICISM)
    elif deed == EXTEND and parts:
        part = parts[0]
        later = (part.due_on or today(session)) + SOON
        wish = changes.Wish(ChangeKind.EXTEND, SAID, SAID, later)
        handler = _anybody(session, Role.HANDLER, part.unit_id)
        changes.ask_change(session, handler, part.id, wish)
    else:
        raise NotNow(deed, item.state.value)


def _anybody(session: Session, role: Role, unit_id: int | None = None) -> Actor:
    return actor_of(session, holders(session, role, unit_id)[0].id)


def units(session: Session) -> Sequence[int]:
    """Return the invented units that take work, those with people first."""
    kinds = (UnitKind.DEPARTMENT, UnitKind.COUNTY)
    peopled = select(Post.unit_id).where(Post.role == Role.HANDLER)
    wanted = select(Unit.id).where(Unit.kind.in_(kinds), Unit.id.in_(peopled))
    return session.scalars(wanted.order_by(Unit.id)).all()


def _free_unit(session: Session, todo: Todo) -> int | None:
    """Return a unit that has no part in the item yet, if there is one left."""
    part = store.assignment_of(session, todo.assignment_id)
    taken = {*store.part_ids(session, part.item_id, part.round), part.unit_id}
    return next((unit for unit in units(session) if unit not in taken), None)
