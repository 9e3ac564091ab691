"""A newer version came while a draft was drawn: what it changed, what the draft did, what is both.

What only the newer version changed can be taken over into the draft; what both changed stays as
the draft has it, and is named, so that a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import engine
from engine import Change, Definition, Merged, Session
from workflows import drafted
from workflows.actors import Actor
from workflows.drawings.bringing import keep_before
from workflows.drawings.drafting import drawing, newest_of, put
from workflows.errors import NewestAlready
from workflows.tables import Drawing


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A draft, the version that it was begun on, the newest one, and what each side changed."""

    draft: Drawing
    base: Definition
    newest: Definition
    theirs: Sequence[Change]
    ours: Sequence[Change]
    merged: Merged


def meanwhile(session: Session, actor: Actor, draft_id: int) -> Meanwhile:
    """Return what has happened to a draft's process since it was begun, or refuse if nothing."""
    draft = drawing(session, actor, draft_id)
    base, newest = _sides(session, draft)
    return Meanwhile(
        draft,
        base,
        newest,
        engine.compare_xml(base.xml, newest.xml),
        engine.compare_xml(base.xml, draft.xml),
        engine.merge_xml(base.xml, newest.xml, draft.xml),
    )


def rebase_draft(session: Session, actor: Actor, draft_id: int) -> Drawing:
    """Let a draft stand on the newest version; it takes nothing over from it."""
    draft = drafted.hold(session, Drawing, draft_id, actor)
    newest = newest_of(session, draft.process_id)
    drafted.rebase(session, draft, newest.id if newest else None)
    return draft


def take_over(
    session: Session, actor: Actor, draft_id: int, *, revision: int | None = None
) -> Drawing:
    """Put into a draft what only the newest version changed, and let it stand on that version.

    What stood in the draft is kept as one of its files.
    """
    draft = drafted.as_read(session, Drawing, draft_id, actor, revision)
    base, newest = _sides(session, draft)
    merged = engine.merge_xml(base.xml, newest.xml, draft.xml)
    if merged.taken:
        keep_before(session, actor, draft)
        put(session, draft, merged.xml, actor)
    return rebase_draft(session, actor, draft_id)


def _sides(session: Session, draft: Drawing) -> tuple[Definition, Definition]:
    newest = newest_of(session, draft.process_id)
    if newest is None or draft.base_id is None or newest.id == draft.base_id:
        raise NewestAlready
    return engine.definition(session, draft.base_id), newest
