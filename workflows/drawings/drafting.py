"""Drafts 草稿: one is open for each process; it is saved by revision, put aside, taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

import engine
from engine import Definition, Session, Title, now
from workflows import drafted, presence, rules
from workflows.actors import Actor
from workflows.errors import DraftEnded
from workflows.tables import Drawing, DrawingState, Presence, Role
from workflows.turns import wait_for_turn

TURN: Final = "drawings"
"""Whoever begins a draft or deploys one waits until nobody else does."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else who has the draft open."""

    name: str
    since: datetime
    element: str | None
    process: str


def open_draft(session: Session, actor: Actor, process_id: str) -> Drawing:
    """Return the one open draft of a process, made of its newest version if there was none."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wait_for_turn(session, TURN)
    found = draft_of(session, process_id)
    if found is not None:
        return found
    newest = newest_of_process(session, actor, process_id)
    return begin(session, newest.xml, actor, base_id=newest.id)


def drawing(session: Session, actor: Actor, draft_id: int) -> Drawing:
    """Return a draft, whatever became of it."""
    return drafted.one(session, Drawing, draft_id, actor)


def open_drafts(session: Session, actor: Actor) -> Sequence[Drawing]:
    """Return every draft that is open, the one saved last first."""
    return drafted.every_open(session, Drawing, actor)


def save_draft(session: Session, actor: Actor, draft_id: int, xml: bytes, revision: int) -> Drawing:
    """Keep what was drawn, if nobody else has saved since; it may be unsound, never dangerous."""
    draft = drafted.hold(session, Drawing, draft_id, actor)
    if draft.older_id is not None:
        raise DraftEnded("rollback")
    drafted.must_not_have_moved(draft, revision)
    put(session, draft, xml, actor)
    return draft


def discard_draft(session: Session, actor: Actor, draft_id: int) -> Drawing:
    """Put a draft aside; it isn't lost."""
    draft = drafted.hold(session, Drawing, draft_id, actor)
    drafted.put_aside(session, draft)
    return draft


def restore_draft(session: Session, actor: Actor, draft_id: int) -> Drawing:
    """Take a draft up again that was put aside, if no other one was begun meanwhile."""
    wait_for_turn(session, TURN)
    draft = drawing(session, actor, draft_id)
    drafted.take_up(session, draft, draft_of(session, draft.process_id))
    return draft


def note_presence(
    session: Session, actor: Actor, draft_id: int, element: str | None, process: str | None
) -> list[Present]:
    """Note that somebody has a draft open, and return who else has."""
    draft = drawing(session, actor, draft_id)
    others = presence.note(session, actor, Presence, draft.id, element=element, process=process)
    return [
        Present(each.person.name, each.since, each.element, each.process or draft.process_id)
        for each in others
    ]


def newest_of_process(session: Session, actor: Actor, process_id: str) -> Definition:
    """Return the newest version of a process."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    found = newest_of(session, process_id)
    if found is None:
        raise engine.ProcessUnknown(process_id)
    return found


# -- what the other verbs of the room share -----------------------------------------------


def draft_of(session: Session, process_id: str) -> Drawing | None:
    """Return the open draft of a process, if there is one; what brings a version back is none."""
    return session.scalars(
        select(Drawing).where(
            Drawing.process_id == process_id,
            Drawing.state == DrawingState.OPEN,
            Drawing.older_id.is_(None),
        )
    ).one_or_none()


def newest_of(session: Session, process_id: str) -> Definition | None:
    """Return the newest version of a process, if it has one."""
    versions = engine.versions(session, process_id)
    return versions[0] if versions else None


def begin(
    session: Session,
    xml: bytes,
    actor: Actor,
    *,
    base_id: int | None,
    older_id: int | None = None,
) -> Drawing:
    """Begin a draft; what its process is called stands in the diagram."""
    title, at = engine.title_of(xml), now(session)
    made = Drawing(
        process_id=title.process_id,
        base_id=base_id,
        older_id=older_id,
        xml=xml,
        revision=1,
        state=DrawingState.OPEN,
        made_by_id=actor.person_id,
        made_at=at,
        saved_by_id=actor.person_id,
        saved_at=at,
        **named(title),
    )
    session.add(made)
    session.flush()
    return made


def put(session: Session, draft: Drawing, xml: bytes, actor: Actor) -> None:
    """Put other XML into a draft; the same bytes change nothing."""
    title = engine.title_of(xml)
    if xml == draft.xml:
        return
    draft.xml = xml
    for column, words in named(title).items():
        setattr(draft, column, words)
    drafted.moved(session, draft, actor)


def named(title: Title) -> dict[str, str]:
    """Return what a process is called, no longer than a list can show."""
    return {"name": title.name[:200], "name_en": title.name_en[:200]}
