"""Milestones 节点: reached with evidence, reviewed by the office, moved only with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from engine import Session, now
from workflows import messages, papers, rules, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import (
    ConsentMissing,
    EvidenceMissing,
    ItemUnknown,
    MilestoneUnknown,
    NotNow,
    ProjectRefused,
)
from workflows.projects.lights import relight
from workflows.projects.money import must_be_the_lead, project_of
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    ChangeDecision,
    ChangeKind,
    ChangeRequest,
    Item,
    Milestone,
    MilestoneMove,
    MilestoneState,
    Paper,
    Part,
    Project,
    Role,
)

NAME = 80


@dataclass(frozen=True, slots=True)
class SeenNode:
    """A milestone as its reader sees it, and what they may do about it."""

    node: Milestone
    item: Item
    may_claim: bool
    may_review: bool
    may_move: bool

    @property
    def people(self) -> list[int | None]:
        """Return whose names its page needs."""
        moved = [move.moved_by_id for move in self.node.moves]
        return [self.node.claimed_by_id, self.node.reviewed_by_id, *moved]


def see(session: Session, actor: Actor, milestone_id: int) -> SeenNode:
    """Return a milestone of an item that the actor may see."""
    node, item = _known(session, actor, milestone_id)
    alive = item.state in rules.ALIVE
    office = actor.has(Role.SUPERVISOR) or actor.has(Role.DIRECTOR)
    mine = actor.unit_ids(Role.HANDLER) | actor.unit_ids(Role.UNIT_HEAD)
    return SeenNode(
        node,
        item,
        may_claim=alive
        and node.state is MilestoneState.OPEN
        and store.lead_unit_id(session, item) in mine,
        may_review=office and node.state is MilestoneState.CLAIMED,
        may_move=office and alive and node.state is not MilestoneState.DONE,
    )


def claim(
    session: Session,
    actor: Actor,
    milestone_id: int,
    done_on: date,
    paper_ids: Sequence[UUID],
    remark: str = "",
) -> Milestone:
    """Say that a milestone is reached, and show it by papers or photographs of the item."""
    node, item = _to_change(session, actor, milestone_id)
    must_be_the_lead(session, actor, item)
    rules.must_be_alive(item, "claim")
    if node.state is not MilestoneState.OPEN:
        raise NotNow("claim", node.state.value)
    if done_on > today(session):
        raise ProjectRefused("done_ahead", done_on=done_on)
    shown = _papers(session, actor, item, paper_ids)
    if not shown:
        raise EvidenceMissing(node.name)
    node.state, node.done_on, node.remark = MilestoneState.CLAIMED, done_on, remark.strip()
    node.claimed_by_id, node.claimed_at = actor.person_id, now(session)
    node.reviewed_by_id = node.reviewed_at = None
    node.papers = shown
    _settled(session, node)
    part = _lead_part(session, item)
    facts = {"node": node.name, "done_on": done_on, "papers": [paper.name for paper in shown]}
    story.tell(session, item, Happened.NODE_CLAIMED, actor, facts, part)
    messages.to_supervisor(session, part, "node_claimed", facts)
    return node


def review(
    session: Session,
    actor: Actor,
    milestone_id: int,
    accepted: bool,  # noqa: FBT001 (the verdict itself)
    reason: str = "",
) -> Milestone:
    """Find a milestone reached, or not; then its unit has to show it anew."""
    node, item = _to_change(session, actor, milestone_id)
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    if node.state is not MilestoneState.CLAIMED:
        raise NotNow("review_node", node.state.value)
    said = reason.strip() if accepted else rules.must_give_reason(reason)
    node.state = MilestoneState.DONE if accepted else MilestoneState.OPEN
    node.returned_reason = said
    node.reviewed_by_id, node.reviewed_at = actor.person_id, now(session)
    _settled(session, node)
    part = _lead_part(session, item)
    told = Happened.NODE_DONE if accepted else Happened.NODE_RETURNED
    facts = {"node": node.name, "reason": said}
    story.tell(session, item, told, actor, facts, part)
    if not accepted:
        messages.to_unit(session, part, "node_returned", facts)
    return node


def move(session: Session, actor: Actor, milestone_id: int, due_on: date, reason: str) -> Milestone:
    """Give a milestone another day; the old one and the reason are kept.

    A later day needs the leader's consent: a change of the lead unit's part that was consented
    to since the milestone was moved last. A day that was only estimated may be set once.
    """
    node, item = _to_change(session, actor, milestone_id)
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    rules.must_be_alive(item, "move_node")
    said = rules.must_give_reason(reason)
    if node.state is MilestoneState.DONE:
        raise NotNow("move_node", node.state.value)
    rules.must_be_near(due_on, today(session))
    if due_on == node.due_on:
        raise ProjectRefused("same_day", due_on=due_on)
    change = None
    if due_on > node.due_on and not node.estimated:
        change = _consent(session, node, item)
    session.add(
        MilestoneMove(
            milestone_id=node.id,
            old_due_on=node.due_on,
            new_due_on=due_on,
            reason=said,
            change_id=change.id if change else None,
            moved_by_id=actor.person_id,
            moved_at=now(session),
        )
    )
    facts = {"node": node.name, "old": node.due_on, "new": due_on, "reason": said}
    node.due_on, node.estimated = due_on, False
    _settled(session, node)
    story.tell(session, item, Happened.NODE_MOVED, actor, facts)
    return node


def add(
    session: Session, actor: Actor, item_id: int, name: str, due_on: date, reason: str
) -> Milestone:
    """Give a project that runs one more milestone, and say why."""
    project = project_of(session, actor, item_id)
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    rules.must_be_alive(project.item, "move_node")
    title, said = rules.must_say("name", name, NAME), rules.must_give_reason(reason)
    rules.must_be_near(due_on, today(session))
    places = [node.position for node in project.milestones]
    node = Milestone(name=title, due_on=due_on, position=max(places, default=-1) + 1)
    project.milestones.append(node)
    session.flush()
    relight(session, project)
    facts = {"node": title, "new": due_on, "reason": said}
    story.tell(session, item_id, Happened.NODE_ADDED, actor, facts)
    return node


def _known(session: Session, actor: Actor, milestone_id: int) -> tuple[Milestone, Item]:
    node = session.get(Milestone, milestone_id)
    if node is None:
        raise MilestoneUnknown(milestone_id)
    try:
        return node, store.visible_item(session, actor, node.project_id)
    except ItemUnknown as error:
        raise MilestoneUnknown(milestone_id) from error


def _to_change(session: Session, actor: Actor, milestone_id: int) -> tuple[Milestone, Item]:
    """Return a milestone of a locked item, as it stands now: two don't judge it at once."""
    node, item = _known(session, actor, milestone_id)
    store.item_to_change(session, item.id)
    session.refresh(node)
    return node, item


def _consent(session: Session, node: Milestone, item: Item) -> ChangeRequest:
    """Return the consent by which a milestone may be moved; each one moves it once."""
    wanted = (
        select(ChangeRequest)
        .join(Assignment, Assignment.id == ChangeRequest.assignment_id)
        .where(
            Assignment.item_id == item.id,
            Assignment.part == Part.LEAD,
            ChangeRequest.decision == ChangeDecision.CONSENTED,
            ChangeRequest.kind != ChangeKind.CANCEL,
            ChangeRequest.id.not_in(
                select(MilestoneMove.change_id).where(
                    MilestoneMove.milestone_id == node.id, MilestoneMove.change_id.is_not(None)
                )
            ),
        )
        .order_by(ChangeRequest.id.desc())
    )
    found = session.scalars(wanted.limit(1)).first()
    if found is None:
        raise ConsentMissing(node.name)
    return found


def _papers(session: Session, actor: Actor, item: Item, paper_ids: Sequence[UUID]) -> list[Paper]:
    """Return those of an item's papers that the actor may see: nobody shows what is hidden."""
    wanted = select(Paper).where(Paper.id.in_(list(paper_ids)), Paper.item_id == item.id)
    found = session.scalars(wanted.order_by(Paper.uploaded_at))
    return papers.shown(found, papers.unsent(session, actor, item.id))


def _settled(session: Session, node: Milestone) -> None:
    session.flush()
    relight(session, session.get_one(Project, node.project_id))


def _lead_part(session: Session, item: Item) -> Assignment:
    wanted = select(Assignment).where(
        Assignment.item_id == item.id,
        Assignment.part == Part.LEAD,
        Assignment.unit_id == store.lead_unit_id(session, item),
    )
    return session.scalars(wanted.order_by(Assignment.id.desc()).limit(1)).one()
