"""What a user task can be: the step types that a diagram may use once, never, or ten times.

Python never binds to an element's id. A step type says which outcomes it knows, what it
writes for the conditions behind it, and which role does it where the diagram says nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

import engine
from engine import Session, StepType, Task, now
from workflows import rules, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.tables import Assignment, AssignmentState, Item, ItemState, Part, Role, Todo

REGISTER = "register"
APPROVE = "approve"
ASSIGN = "assign"
DECOMPOSE = "decompose"
RESOLVE = "resolve"
ACKNOWLEDGE = "acknowledge"
OBJECTION = "objection"
REPORT = "report"
CONFIRM = "confirm"
REVIEW = "review"
ENDORSE_CHANGE = "endorse_change"
ADVISE_CHANGE = "advise_change"
CONSENT = "consent"
INSTRUCT = "instruct"
REVISIT = store.VISIT
CONCLUSION = "conclusion"
CLOSE = "close"
SUPERVISE = "supervise"
ACCEPTANCE = "acceptance"
CONTACT = "contact"
OPINION = "opinion"
REPLY = "reply"
REVIEW_REPLY = "review_reply"
SIGN_REPLY = "sign_reply"
SATISFACTION = "satisfaction"
PROMISE = "promise"
FORM = "form"

(
    APPROVE_RUNG,
    HOLD_INTERVIEW,
    EVIDENCE,
    ENDORSE_SUGGESTION,
    APPROVE_SUGGESTION,
    HAND_OVER,
    RECORD_OUTCOME,
) = store.OF_THE_LADDER

OF_CHANGES = (ENDORSE_CHANGE, ADVISE_CHANGE, CONSENT)
"""The steps at which a request for a change waits."""


OF_PROPOSALS = (CONTACT, OPINION, REPLY, REVIEW_REPLY, SIGN_REPLY, SATISFACTION, PROMISE)
"""The steps of bills, suggestions and proposals."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step type: its outcomes, what it writes, and who does it by default."""

    name: str
    role: Role
    label: str
    outcomes: frozenset[str] | None
    writes: Mapping[str, type] = field(default_factory=dict)

    @property
    def type(self) -> StepType:
        """Return what the engine's gate has to know."""
        return StepType(self.name, self.outcomes, self.writes)


def _of(*outcomes: str) -> frozenset[str]:
    return frozenset(outcomes)


_ALL = (
    Step(REGISTER, Role.SUPERVISOR, "Register", _of("submit"), {"urgency": str}),
    Step(APPROVE, Role.DIRECTOR, "Approve opening", _of("approve", "return", "refuse")),
    Step(
        ASSIGN,
        Role.SUPERVISOR,
        "Assign",
        _of("assign"),
        {"units": list, "interim_period": str},
    ),
    Step(
        DECOMPOSE,
        Role.SUPERVISOR,
        "Break down",
        _of("decompose"),
        {"several": bool, "units": list, "interim_period": str},
    ),
    Step(RESOLVE, Role.DIRECTOR, "Settle what differs", _of("settle", "refer")),
    Step(ACKNOWLEDGE, Role.HANDLER, "Acknowledge", _of("accept", "object")),
    Step(
        OBJECTION,
        Role.SUPERVISOR,
        "Decide on an objection",
        _of("insist", "reassign", "release"),
        {"assignment": int},
    ),
    Step(REPORT, Role.HANDLER, "Report", _of("interim", "final"), {"final": bool}),
    Step(CONFIRM, Role.UNIT_HEAD, "Sign a report", _of("sign", "decline")),
    Step(REVIEW, Role.SUPERVISOR, "Review a report", _of("accept", "return")),
    Step(ENDORSE_CHANGE, Role.UNIT_HEAD, "Sign a request for a change", _of("endorse", "decline")),
    Step(ADVISE_CHANGE, Role.SUPERVISOR, "Advise on a change", _of("pass_on", "decline")),
    Step(CONSENT, Role.LEADER, "Decide on a change", _of("consent", "refuse")),
    Step(INSTRUCT, Role.LEADER, "Leader's opinion", _of("none", "new"), {"answer": str}),
    Step(REVISIT, Role.SUPERVISOR, "Revisit", _of("solved", "unsolved"), {"solved": bool}),
    Step(CONCLUSION, Role.DIRECTOR, "Decide on a conclusion", _of("uphold", "keep")),
    Step(CLOSE, Role.DIRECTOR, "Close", _of("close")),
    Step(APPROVE_RUNG, Role.DIRECTOR, "Approve a rung", _of("approve", "decline")),
    Step(HOLD_INTERVIEW, Role.SUPERVISOR, "Interview", _of("held")),
    Step(EVIDENCE, Role.SUPERVISOR, "Give evidence", _of("submit", "drop")),
    Step(
        ENDORSE_SUGGESTION,
        Role.DIRECTOR,
        "Examine a suggestion",
        _of("approve", "return", "decline"),
    ),
    Step(APPROVE_SUGGESTION, Role.LEADER, "Approve a suggestion", _of("approve", "decline")),
    Step(HAND_OVER, Role.SUPERVISOR, "Hand over", _of("done")),
    Step(RECORD_OUTCOME, Role.SUPERVISOR, "Record the outcome", _of("done")),
    Step(SUPERVISE, Role.SUPERVISOR, "Weekly supervision", _of("sound", "problem")),
    Step(ACCEPTANCE, Role.SUPERVISOR, "Accept a project", _of("pass", "rework")),
    Step(CONTACT, Role.HANDLER, "Talk with the proposers", _of("recorded")),
    Step(OPINION, Role.HANDLER, "Give an opinion", _of("give")),
    Step(REPLY, Role.HANDLER, "Reply", _of("draft", "contact")),
    Step(REVIEW_REPLY, Role.SUPERVISOR, "Review a reply", _of("accept", "return")),
    Step(SIGN_REPLY, Role.UNIT_HEAD, "Sign a reply", _of("sign", "decline")),
    Step(SATISFACTION, Role.SUPERVISOR, "Ratings", _of("satisfied", "dissatisfied")),
    Step(PROMISE, Role.HANDLER, "Keep a promise", _of("kept", "not_yet")),
    Step(FORM, Role.HANDLER, "Fill in a form", None),
)

STEPS: Mapping[str, Step] = MappingProxyType({step.name: step for step in _ALL})


class Errand(NamedTuple):
    """An open task, locked, whose todo belongs to whoever acts, and the part that it is about."""

    task: Task
    todo: Todo
    part: Assignment | None


def take(session: Session, actor: Actor, task_id: UUID, step: str) -> Errand:
    """Take up a task: it must be open, ask for this step, and be addressed to the actor."""
    errand = lock(session, actor, task_id)
    rules.must_ask_for(errand.todo, step)
    rules.must_be_theirs(actor, errand.todo)
    story.act_as(session, errand.todo.role)
    return errand


def lock(session: Session, actor: Actor, task_id: UUID) -> Errand:
    """Lock an open task; one that the actor may not see doesn't exist for them."""
    try:
        task = engine.open_task(session, task_id)
    except engine.TaskClosed as closed:
        todo = store.visible_todo(session, actor, task_id)
        by = store.person_name(session, todo.closed_by_id)
        raise engine.TaskClosed(task_id, by, closed.closed_at, closed.outcome) from closed
    todo, part = store.todo_and_part(session, task_id)
    if not rules.may_do(actor, todo):
        store.visible_todo(session, actor, task_id)
    return Errand(task, todo, part)


def may_act(actor: Actor, todo: Todo) -> bool:
    """Say whether the actor may do what a todo asks."""
    return todo.closed_at is None and rules.may_do(actor, todo)


# -- what somebody opens ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenedTask:
    """A task as its reader sees it: the todo, what the diagram asks, and what they may do."""

    todo: Todo
    task: Task
    item: Item
    assignment: Assignment | None
    may_act: bool
    withdrawable: bool


def see_task(session: Session, actor: Actor, task_id: UUID) -> OpenedTask:
    """Open a task for reading; from its addressee's first look on it can't be withdrawn."""
    todo = store.visible_todo(session, actor, task_id)
    acts = may_act(actor, todo)
    if acts and todo.seen_at is None and todo.sent_by_id != actor.person_id:
        todo.seen_at, todo.seen_by_id = now(session), actor.person_id
    task = engine.find_task(session, task_id)
    part = todo.assignment_id
    return OpenedTask(
        todo=todo,
        task=task,
        item=session.get_one(Item, todo.item_id),
        assignment=None if part is None else store.assignment_of(session, part),
        may_act=acts,
        withdrawable=may_withdraw(actor, todo) and task.withdrawable,
    )


def may_withdraw(actor: Actor, todo: Todo) -> bool:
    """Say whether the actor sent what waits here, and nobody else has opened it."""
    unseen = todo.seen_at is None or todo.seen_by_id == actor.person_id
    return todo.closed_at is None and todo.sent_by_id == actor.person_id and unseen


# -- what somebody can do about an item -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that an actor can do now: a step, or a deed beside the diagram's steps."""

    deed: str
    task_id: UUID | None = None
    assignment_id: int | None = None
    name: str = ""
    name_en: str = ""


WITHDRAW = "withdraw"
URGE = "urge"
CHANGE = "change"
ADD_UNIT, WITHDRAW_UNIT, REPLACE_UNIT = "add_unit", "withdraw_unit", "replace_unit"
ASK_FOR_REVISIT = "ask_for_revisit"
SUGGEST = "suggest"


def actions_of(session: Session, actor: Actor, item: Item) -> list[Action]:
    """Return what the actor can do now about an item, the steps first."""
    todos = store.open_todos(session, actor, item.id)
    own = [todo for todo in todos if may_act(actor, todo)]
    return [
        *(
            Action(todo.step, todo.task_id, todo.assignment_id, todo.name, todo.name_en)
            for todo in own
        ),
        *_taking_back(session, actor, todos),
        *_about_parts(session, actor, item),
        *_about_item(session, actor, item),
    ]


def _taking_back(session: Session, actor: Actor, todos: Sequence[Todo]) -> Iterator[Action]:
    for todo in todos:
        if may_withdraw(actor, todo) and engine.find_task(session, todo.task_id).withdrawable:
            yield Action(WITHDRAW, todo.task_id, todo.assignment_id, todo.name, todo.name_en)


def _about_parts(session: Session, actor: Actor, item: Item) -> Iterator[Action]:
    running = [part for part in item.assignments if part.state not in rules.FINISHED]
    office = any(actor.has(role) for role in rules.OFFICE)
    if office:
        yield from (Action(SUGGEST, assignment_id=part.id) for part in item.assignments)
    mine = actor.unit_ids(Role.HANDLER) | actor.unit_ids(Role.UNIT_HEAD)
    day = today(session)
    for part in running:
        if office:
            yield from (Action(deed, assignment_id=part.id) for deed in _of_the_office(item, part))
        if part.unit_id in mine and _may_change(part, day):
            yield Action(CHANGE, assignment_id=part.id)


def _of_the_office(item: Item, part: Assignment) -> Iterator[str]:
    """Name what the office can do about a part that is being handled."""
    yield URGE
    if part.round == item.round:
        yield REPLACE_UNIT
        if part.part is not Part.LEAD:
            yield WITHDRAW_UNIT


def _may_change(part: Assignment, day: date) -> bool:
    received = part.state not in (AssignmentState.ASSIGNED, AssignmentState.OBJECTED)
    return received and (part.due_on is None or day <= part.due_on)


def _about_item(session: Session, actor: Actor, item: Item) -> Iterator[Action]:
    asks = any(actor.has(role) for role in (*rules.OFFICE, Role.LEADER))
    open_to_asking = item.state is ItemState.OPEN and not item.revisit_asked
    if item.state is ItemState.CLOSED:
        open_to_asking = store.pending_revisit(session, item.id) is None
    if asks and open_to_asking:
        yield Action(ASK_FOR_REVISIT)
    running = any(
        part.round == item.round and part.state not in rules.FINISHED for part in item.assignments
    )
    if running and any(actor.has(role) for role in rules.OFFICE):
        yield Action(ADD_UNIT)
