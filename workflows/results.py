"""The instructing leader's word on the result: nothing new, or a new instruction."""

from uuid import UUID

from engine import Session, now
from workflows import desk, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.story import Happened
from workflows.tables import Item, LeaderDecision


def record_instruction(
    session: Session,
    actor: Actor,
    task_id: UUID,
    new_instruction: bool,  # noqa: FBT001 (the leader's answer)
    opinion: str = "",
) -> LeaderDecision:
    """Record what the leader says to the result; a new instruction joins the item's basis."""
    errand = steps.take(session, actor, task_id, steps.INSTRUCT)
    said = rules.must_say("opinion", opinion) if new_instruction else opinion.strip()
    item = store.item_to_change(session, errand.todo.item_id)
    decision = LeaderDecision(
        item_id=item.id,
        post_id=errand.todo.post_id,
        person_id=actor.person_id,
        at=now(session),
        opinion=said,
        new_instruction=new_instruction,
    )
    session.add(decision)
    if new_instruction:
        _append(session, item, said)
    told = Happened.INSTRUCTED if new_instruction else Happened.RESULT_PRESENTED
    story.tell(session, item, told, actor, {"opinion": said})
    answer = "new" if new_instruction else "none"
    desk.move_on(session, actor, errand.task, answer, {"answer": answer})
    return decision


def _append(session: Session, item: Item, instruction: str) -> None:
    """Add a new instruction under the ones before; its clock starts when it is assigned."""
    item.basis = f"{item.basis}\n{today(session).isoformat()} {instruction}"
    item.planned_due_on = None
