"""Pure rules: rows and words in, a refusal or nothing out. No session, no engine call."""

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Protocol

from workflows.errors import (
    CeilingReached,
    ChangeLate,
    ExtensionBackwards,
    LimitInPast,
    LimitMissing,
    LimitTooFar,
    NoItem,
    NoLetGo,
    NotNow,
    NotYours,
    ObjectionLate,
    PercentOutOfRange,
    ReasonMissing,
    SecretRefused,
    TextMissing,
    TextTooLong,
    UnitTwice,
    WrongStep,
)
from workflows.tables import Assignment, AssignmentState, Item, ItemState, Role, Todo

ONLY_READ = re.compile(r"(?:已|请|送|呈)?.{0,12}?(?:圈阅|传阅|批阅|审阅|阅知|阅存|已阅|阅)")
"""A clause of a leader's words that only says that a paper was, or is to be, read."""

FULL = 100
FURTHEST = timedelta(days=3650)
ALIVE = (ItemState.REGISTERED, ItemState.OPEN)
"""As what an item stands in the ledger until it leaves it."""
FINISHED = frozenset({AssignmentState.ACCEPTED, AssignmentState.RELEASED})
OFFICE = frozenset({Role.SUPERVISOR, Role.DIRECTOR})


class Held(Protocol):
    """A post that somebody holds."""

    @property
    def post_id(self) -> int:
        """The post's number."""


class Acting(Protocol):
    """What a rule needs to know of whoever acts; ``people.Actor`` is the real one."""

    @property
    def person_id(self) -> int:
        """The person's number."""

    @property
    def posts(self) -> Sequence[Held]:
        """Every post that the person holds."""

    def has(self, role: Role) -> bool:
        """Say whether one of the person's posts carries this role."""

    def unit_ids(self, role: Role) -> AbstractSet[int]:
        """Name the units in which the person holds this role."""


# -- who --------------------------------------------------------------------------------


def must_have(actor: Acting, *roles: Role) -> None:
    """Refuse whoever holds none of these roles."""
    if not any(actor.has(role) for role in roles):
        raise NotYours(roles[0].value)


def may_do(actor: Acting, todo: Todo) -> bool:
    """Say whether a todo is addressed to one of the actor's posts, or was given to the actor."""
    given = todo.delegate_id == actor.person_id and _is_colleague(actor, todo)
    return given or is_addressed_to(actor, todo)


def _is_colleague(actor: Acting, todo: Todo) -> bool:
    """Say whether the actor is of a todo's unit, or of its role in the office, today still."""
    if todo.unit_id is None:
        return actor.has(todo.role)
    return any(todo.unit_id in actor.unit_ids(role) for role in Role)


def is_addressed_to(actor: Acting, todo: Todo) -> bool:
    """Say whether a todo is addressed to one of the actor's posts."""
    if todo.post_id is not None:
        return any(held.post_id == todo.post_id for held in actor.posts)
    if todo.unit_id is not None:
        return todo.unit_id in actor.unit_ids(todo.role)
    return actor.has(todo.role)


def must_be_theirs(actor: Acting, todo: Todo) -> None:
    """Refuse whoever the todo isn't addressed to; seeing isn't acting."""
    if not may_do(actor, todo):
        raise NotYours(todo.role.value, todo.unit_id)


def must_speak_for(actor: Acting, unit_id: int) -> None:
    """Refuse whoever neither handles for nor heads the unit."""
    mine = actor.unit_ids(Role.HANDLER) | actor.unit_ids(Role.UNIT_HEAD)
    if unit_id not in mine:
        raise NotYours(Role.HANDLER.value, unit_id)


def must_ask_for(todo: Todo, step: str) -> None:
    """Refuse a task that asks for another kind of work."""
    if todo.step != step:
        raise WrongStep(step, todo.step)


# -- words ------------------------------------------------------------------------------


def must_say(field: str, text: str, most: int | None = None) -> str:
    """Return the trimmed text; refuse an empty or an overlong one."""
    said = text.strip()
    if not said:
        raise TextMissing(field)
    must_fit(field, said, most)
    return said


def must_give_reason(text: str, field: str = "reason") -> str:
    """Return the trimmed reason; refuse an empty one."""
    said = text.strip()
    if not said:
        raise ReasonMissing(field)
    return said


LONGEST_MAIL = 200


def is_mail_address(text: str) -> bool:
    """Say whether this can be one mail address; no blanks, so no forged header."""
    name, at, host = text.partition("@")
    return bool(name and at and host) and text.isprintable() and not set(text) & set(' ,;<>"')


def must_fit(field: str, text: str, most: int | None) -> None:
    """Refuse a text that is longer than its column."""
    if most is not None and len(text) > most:
        raise TextTooLong(field, len(text), most)


def must_be_share(percent: int) -> None:
    """Refuse a share of work done outside 0–100."""
    if not 0 <= percent <= FULL:
        raise PercentOutOfRange(percent)


def must_not_be_secret(*, secret: bool) -> None:
    """Refuse a secret matter at the door."""
    if secret:
        raise SecretRefused


def must_ask_for_action(field: str, words: str) -> None:
    """Refuse words by which a leader only read a paper, 批阅 or 圈阅: they ask for nothing."""
    said = re.sub(r"^.{0,20}?(?:批示|批阅|批办)[：:]", "", words.strip())
    clauses = [clause for clause in re.split(r"[，,。；;！!\s]+", said) if clause]
    if clauses and all(ONLY_READ.fullmatch(clause) for clause in clauses):
        raise NoItem(field)


# -- the clock --------------------------------------------------------------------------


def must_lie_ahead(given: date | None, today: date) -> None:
    """Refuse a limit in the past, or too far away; today still counts."""
    if given is None:
        return
    if given < today:
        raise LimitInPast(given, today)
    must_be_near(given, today)


def must_be_near(given: date, today: date) -> None:
    """Refuse a limit that is further away than any can be."""
    last = today + FURTHEST
    if given > last:
        raise LimitTooFar(given, last)


def must_be_in_window(until: date, today: date) -> None:
    """Refuse an objection after its window has closed."""
    if today > until:
        raise ObjectionLate(until, today)


def must_ask_in_time(due_on: date | None, today: date) -> None:
    """Refuse a change that is asked for after the limit; the last day is still in time."""
    if due_on is not None and today > due_on:
        raise ChangeLate(due_on, today)


def must_lead_on(due_on: date | None, new_due_on: date | None, today: date) -> date:
    """Return the new limit; refuse one that is missing, backwards or too far."""
    if due_on is None:
        raise LimitMissing
    if new_due_on is None:
        raise TextMissing("new_due_on")
    if new_due_on <= due_on:
        raise ExtensionBackwards(due_on, new_due_on)
    must_be_near(new_due_on, today)
    return new_due_on


def must_stay_below(new_due_on: date, last: date | None, left: int, times: int) -> None:
    """Refuse an extension that is one too many, or leads further than the rule allows."""
    if left == 0:
        raise CeilingReached("times", times=times)
    if last is not None and new_due_on > last:
        raise CeilingReached("day", last=last)


# -- the item and its parts -------------------------------------------------------------


def must_be_running(assignment: Assignment, deed: str) -> None:
    """Refuse a deed on a part that is finished or was let go."""
    if assignment.state in FINISHED:
        raise NotNow(deed, assignment.state.value)


def must_be_alive(item: Item, deed: str) -> None:
    """Refuse a deed on an item that has left the ledger."""
    if item.state not in ALIVE:
        raise NotNow(deed, item.state.value)


def must_be_different(unit_ids: Collection[int]) -> None:
    """Refuse a unit that is named twice."""
    seen: set[int] = set()
    for unit_id in unit_ids:
        if unit_id in seen:
            raise UnitTwice(unit_id)
        seen.add(unit_id)


def must_hold_all_three(*, measures_done: bool, problem_solved: bool, target_reached: bool) -> None:
    """Refuse to accept what one of the three no-let-goes 三个不放过 still holds."""
    checks = {
        "measures_done": measures_done,
        "problem_solved": problem_solved,
        "target_reached": target_reached,
    }
    missing = [name for name, holds in checks.items() if not holds]
    if missing:
        raise NoLetGo(missing)
