"""Photographs of actions: taken with a phone, kept where papers lie, shown as small pictures."""

from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import func, select

from engine import Session, now
from workflows import papers, rules
from workflows.actions import sight
from workflows.actors import Actor
from workflows.errors import PaperRefused, PaperUnknown
from workflows.papers import Checked, OpenedPaper
from workflows.tables import ActionPhotograph

CAPTION = 200


def keep_photograph(
    session: Session, actor: Actor, action_id: int, checked: Checked, caption: str = ""
) -> ActionPhotograph:
    """Keep a picture with an action, as many as papers fit with an item."""
    rules.must_have(actor, *rules.OFFICE)
    action = sight.visible_action(session, actor, action_id)
    if checked.kind.media_type not in papers.PICTURES:
        raise PaperRefused(why="picture")
    said = caption.strip()
    rules.must_fit("caption", said, CAPTION)
    own = ActionPhotograph.action_id == action.id
    taken = session.scalar(select(func.sum(ActionPhotograph.size)).where(own)) or 0
    papers.must_fit_quota(session, taken + checked.size)
    photograph = ActionPhotograph(
        id=uuid4(),
        action_id=action.id,
        name=checked.name,
        media_type=checked.kind.media_type,
        size=checked.size,
        sha256=checked.sha256,
        caption=said,
        taken_at=checked.taken_at,
        uploaded_by_id=actor.person_id,
        uploaded_at=now(session),
    )
    papers.keep_file(checked, photograph.id)
    session.add(photograph)
    session.flush()
    return photograph


def open_photograph(session: Session, actor: Actor, photograph_id: UUID) -> OpenedPaper:
    """Return a picture of an action that the actor may know of."""
    found = session.get(ActionPhotograph, photograph_id)
    if found is None:
        raise PaperUnknown(photograph_id)
    sight.visible_action(session, actor, found.action_id)
    path: Path = papers.path_of(found.id)
    if not path.is_file():
        raise PaperUnknown(photograph_id)
    return OpenedPaper(found.name, found.media_type, found.size, path)
