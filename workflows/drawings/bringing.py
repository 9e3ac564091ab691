"""Diagrams that come from elsewhere: a file of another tool, a copy of one of our own."""

import re
from typing import Final

from sqlalchemy import select

import engine
from engine import Problem, Session, Title, now
from workflows import drafted, rules
from workflows.actors import Actor
from workflows.drawings.drafting import TURN, begin, draft_of, newest_of, put
from workflows.errors import DrawingUnknown, ProcessIdUnfit, ProcessTaken, WouldBeLost
from workflows.tables import Drawing, DrawingFile, Role
from workflows.turns import wait_for_turn

IDENTIFIER: Final = re.compile(r"[^\W\d][\w-]{0,99}")
NAME: Final = 100
FILE_NAME: Final = 255


def copy_diagram(session: Session, actor: Actor, definition_id: int, title: Title) -> Drawing:
    """Begin a diagram of its own as a copy of another one."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wait_for_turn(session, TURN)
    copied = engine.definition(session, definition_id)
    named = Title(
        must_be_fit(title.process_id.strip()),
        rules.must_say("name", title.name, NAME),
        rules.must_say("name_en", title.name_en, NAME),
    )
    if newest_of(session, named.process_id) is not None:
        raise ProcessTaken(named.process_id)
    drafted.must_be_none(draft_of(session, named.process_id))
    return begin(session, engine.renamed(copied.xml, named), actor, base_id=None)


def keep_file(session: Session, actor: Actor, name: str, xml: bytes) -> DrawingFile:
    """Keep a file as it came, if it is a BPMN diagram; it isn't a draft yet."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    strange = engine.foreign(xml)
    title = engine.title_of(xml)
    if not title.process_id:
        raise engine.Refused([Problem("process_missing")])
    must_be_fit(title.process_id)
    kept = DrawingFile(
        name=name[-FILE_NAME:],
        xml=xml,
        strange=[
            {"namespace": one.namespace, "name": one.name, "count": one.count, "kept": one.kept}
            for one in strange
        ],
        kept_by_id=actor.person_id,
        kept_at=now(session),
    )
    session.add(kept)
    session.flush()
    return kept


def file_of(session: Session, actor: Actor, file_id: int) -> DrawingFile:
    """Return a file that was kept."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    found = session.get(DrawingFile, file_id)
    if found is None:
        raise DrawingUnknown(file_id)
    return found


def files_of(session: Session, actor: Actor, draft_id: int) -> list[DrawingFile]:
    """Return the files that came into a draft, the newest first."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wanted = select(DrawingFile).where(DrawingFile.drawing_id == draft_id)
    return list(session.scalars(wanted.order_by(DrawingFile.id.desc())))


def lost_parts(kept: DrawingFile) -> list[str]:
    """Name what of another tool's an editor would lose of a file."""
    return [one["name"] for one in kept.strange if not one["kept"]]


def draft_from_file(
    session: Session, actor: Actor, file_id: int, *, sure: bool, over: int | None = None
) -> Drawing:
    """Make a kept file the draft of its process.

    ``sure`` is said by whoever knows what the editor would lose of it; ``over`` is the revision
    of the open draft whose place it takes, as they have seen it: what stood there is kept.
    """
    kept = file_of(session, actor, file_id)
    wait_for_turn(session, TURN)
    lost = lost_parts(kept)
    if lost and not sure:
        raise WouldBeLost(kept.id, lost)
    process_id = engine.title_of(kept.xml).process_id
    draft = draft_of(session, process_id)
    if draft is not None:
        draft = drafted.hold(session, Drawing, draft.id, actor)
    if draft is None:
        newest = newest_of(session, process_id)
        draft = begin(session, kept.xml, actor, base_id=newest.id if newest else None)
    elif draft.revision != over:
        drafted.must_be_none(draft)
    else:
        keep_before(session, actor, draft)
        put(session, draft, kept.xml, actor)
    kept.drawing_id = draft.id
    session.flush()
    return draft


def keep_before(session: Session, by: Actor, draft: Drawing) -> None:
    """Keep what stands in a draft as one of its files, before something else takes its place."""
    name = f"{draft.process_id}.{draft.revision}.bpmn"
    keep_file(session, by, name, draft.xml).drawing_id = draft.id


def must_be_fit(process_id: str) -> str:
    """Return an id that the engine takes, or refuse it."""
    if not IDENTIFIER.fullmatch(process_id):
        raise ProcessIdUnfit(process_id[:NAME])
    return process_id
