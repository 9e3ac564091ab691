"""Opening an item with what is asked before: its look-alikes answered, its plan kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from engine import Session, now
from workflows import items, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import LookAlikesOpen
from workflows.items import Registration
from workflows.opening import plans
from workflows.opening.alike import LookAlike, look_alikes
from workflows.opening.plans import Plan
from workflows.story import Happened
from workflows.tables import Item, Likeness, LookAlikeAnswer, Person, Role

JOIN = "join"
NO_PLAN = Plan()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office says to a look-alike: different because, linked, or joined to it."""

    answer: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A registration with what is asked before: its plan, and the look-alikes' answers."""

    registration: Registration
    plan: Plan = NO_PLAN
    answers: Mapping[int, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Related:
    """Another item that the office said something about when one of the two was opened."""

    item: Item
    answer: Likeness
    reason: str
    percent: int
    by: str


def open_item(session: Session, actor: Actor, opening: Opening) -> Item:
    """Register a matter, once every look-alike is answered; one that is joined opens no item."""
    rules.must_have(actor, Role.SUPERVISOR)
    items.must_be_sound(session, opening.registration)
    plans.must_be_sound(session, opening.plan)
    alike = _answered(session, opening)
    joined = [one for one in alike if opening.answers[one.item.id].answer == JOIN]
    if joined:
        return _join(session, actor, joined[0].item.id, opening.registration)
    item = items.register_item(session, actor, opening.registration)
    _keep(session, actor, item, opening, alike)
    return item


def amend_item(session: Session, actor: Actor, task_id: UUID, opening: Opening) -> Item:
    """Write a returned registration down again, with its plan and its look-alikes."""
    errand = steps.take(session, actor, task_id, steps.REGISTER)
    plans.must_be_sound(session, opening.plan)
    alike = _answered(session, opening, errand.todo.item_id)
    item = items.amend_registration(session, actor, task_id, opening.registration)
    _keep(session, actor, item, opening, alike)
    return item


def related(session: Session, actor: Actor, item: Item) -> list[Related]:
    """Return the items linked to this one or told apart from it, as far as the actor sees them."""
    other = aliased(Item)
    answer = LookAlikeAnswer
    rows = session.execute(
        select(answer, other, Person.name)
        .join(Person, Person.id == answer.answered_by_id)
        .join(
            other,
            ((other.id == answer.other_id) & (answer.item_id == item.id))
            | ((other.id == answer.item_id) & (answer.other_id == item.id)),
        )
        .where(
            or_(answer.item_id == item.id, answer.other_id == item.id),
            other.id.in_(select(Item.id).where(store.visible_to(actor))),
        )
        .order_by(answer.answered_at, other.id)
    )
    return [
        Related(found, said.answer, said.reason, said.percent, name) for said, found, name in rows
    ]


def answers_of(session: Session, item: Item) -> Mapping[int, Answer]:
    """Return what was answered about an item's look-alikes before."""
    rows = session.scalars(select(LookAlikeAnswer).where(LookAlikeAnswer.item_id == item.id))
    return {row.other_id: Answer(row.answer.value, row.reason) for row in rows}


def _answered(session: Session, opening: Opening, but: int | None = None) -> Sequence[LookAlike]:
    """Return a matter's look-alikes, each answered; refuse one that isn't, or not with a reason."""
    said = opening.registration
    alike = look_alikes(session, said.title, said.source, opening.plan.unit_ids, but)
    unanswered = [one for one in alike if not _is_answered(opening.answers.get(one.item.id), but)]
    if unanswered:
        raise LookAlikesOpen([_facts(one) for one in unanswered])
    return alike


def _is_answered(answer: Answer | None, but: int | None) -> bool:
    if answer is None:
        return False
    if answer.answer == Likeness.DIFFERENT:
        return bool(answer.reason.strip())
    return answer.answer == Likeness.LINKED or (answer.answer == JOIN and but is None)


def _facts(alike: LookAlike) -> dict[str, Any]:
    item = alike.item
    return {
        "item_id": item.id,
        "number": item.number,
        "title": item.title,
        "percent": alike.percent,
        "units": list(alike.units),
    }


def _keep(
    session: Session, actor: Actor, item: Item, opening: Opening, alike: Sequence[LookAlike]
) -> None:
    plans.write(session, actor, item, opening.plan)
    for one in alike:
        answer = opening.answers[one.item.id]
        row = LookAlikeAnswer(
            item_id=item.id,
            other_id=one.item.id,
            answer=Likeness(answer.answer),
            percent=one.percent,
            reason=answer.reason.strip(),
            answered_by_id=actor.person_id,
            answered_at=now(session),
        )
        session.merge(row)
        facts = {
            "answer": answer.answer,
            "reason": answer.reason.strip(),
            "other": one.item.number or one.item.title,
            "other_id": one.item.id,
        }
        story.tell(session, item, Happened.LOOK_ALIKE_ANSWERED, actor, facts)
    session.flush()


def _join(session: Session, actor: Actor, item_id: int, said: Registration) -> Item:
    """Add what would have been an item of its own to the one that is open already."""
    item = store.item_to_change(session, item_id)
    rules.must_be_alive(item, JOIN)
    item.basis = f"{item.basis}\n{today(session).isoformat()} {said.basis.strip()}"
    facts = {"title": said.title.strip(), "basis": said.basis.strip(), "source": said.source}
    story.tell(session, item, Happened.JOINED, actor, facts)
    return item
