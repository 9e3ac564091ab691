"""Revisits 回访核实: asked for or drawn by lot; an unsolved matter is taken up again."""

from uuid import UUID

from engine import Session, now
from workflows import desk, rules, steps, store, story
from workflows.actors import Actor
from workflows.errors import ChoiceUnknown
from workflows.methods import Method
from workflows.story import Happened
from workflows.tables import Item, Revisit, Role

CHOICES = tuple(method.value for method in Method)


def ask_for_revisit(session: Session, actor: Actor, item_id: int) -> Item:
    """Ask that an item be revisited before it is closed, whatever the lot says."""
    store.visible_item(session, actor, item_id)
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR, Role.LEADER)
    item = store.item_to_change(session, item_id)
    rules.must_be_alive(item, "revisit")
    if not item.revisit_asked:
        item.revisit_asked = True
        story.tell(session, item, Happened.REVISIT_ASKED, actor)
    return item


def record_revisit(
    session: Session,
    actor: Actor,
    task_id: UUID,
    method: str,
    findings: str,
    solved: bool,  # noqa: FBT001 (the finding itself)
) -> Revisit:
    """Record what a revisit found; the diagram re-opens what isn't really solved."""
    if method not in CHOICES:
        raise ChoiceUnknown("method", method, CHOICES)
    errand = steps.take(session, actor, task_id, steps.REVISIT)
    said = rules.must_say("findings", findings)
    item = store.item_to_change(session, errand.todo.item_id)
    revisit = store.pending_revisit(session, item.id) or _unordered(session, item)
    revisit.method, revisit.findings, revisit.solved = method, said, solved
    revisit.done_by_id, revisit.done_at = actor.person_id, now(session)
    facts = {"method": method, "findings": said, "solved": solved}
    story.tell(session, item, Happened.REVISITED, actor, facts)
    desk.move_on(session, actor, errand.task, "solved" if solved else "unsolved")
    return revisit


def _unordered(session: Session, item: Item) -> Revisit:
    """Return a revisit that the diagram asks for by itself: no lot was drawn for it."""
    revisit = Revisit(item_id=item.id, drawn=False, seed="", chance=1, ordered_at=now(session))
    session.add(revisit)
    return revisit
