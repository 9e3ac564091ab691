"""比较: two versions of a diagram beside each other, or a draft beside a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import engine
from engine import Change, Drawn, Session
from workflows import drawings, rules
from workflows.actors import Actor
from workflows.tables import Role


@dataclass(frozen=True, slots=True)
class Picture:
    """One side: a version that is deployed, or a draft, which has no number yet."""

    process_id: str
    name: str
    name_en: str
    xml: bytes
    at: datetime
    version: int | None = None
    definition_id: int | None = None
    draft_id: int | None = None
    base_id: int | None = None
    """The version that a draft changes."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides, what stands in them, and all that differs."""

    before: Picture
    after: Picture
    changes: Sequence[Change]
    drawn: tuple[Mapping[str, Drawn], Mapping[str, Drawn]]


def version_picture(session: Session, actor: Actor, definition_id: int) -> Picture:
    """Return a deployed version as one side of a comparison."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    found = engine.definition(session, definition_id)
    return Picture(
        found.process_id,
        found.name,
        found.name_en,
        found.xml,
        found.deployed_at,
        version=found.version,
        definition_id=found.id,
    )


def draft_picture(session: Session, actor: Actor, draft_id: int) -> Picture:
    """Return a draft as it was last saved."""
    found = drawings.drawing(session, actor, draft_id)
    return Picture(
        found.process_id,
        found.name,
        found.name_en,
        found.xml,
        found.saved_at,
        draft_id=found.id,
        base_id=found.base_id,
    )


def picture_before(
    session: Session, actor: Actor, after: Picture, since: int | None = None
) -> Picture:
    """Return what a side is compared with: a version, else the one that it came from."""
    if since is None or since == after.definition_id:
        since = after.base_id or _version_before(session, after)
    return version_picture(session, actor, since)


def comparison(before: Picture, after: Picture) -> Comparison:
    """Return what differs between two sides, element by element."""
    drawn = engine.drawn_in(before.xml), engine.drawn_in(after.xml)
    return Comparison(before, after, engine.compare_xml(before.xml, after.xml), drawn)


def _version_before(session: Session, after: Picture) -> int:
    versions = engine.versions(session, after.process_id)
    older = [each.id for each in versions if after.version is None or each.version < after.version]
    found = [*older, *(each.id for each in versions)]
    if not found:
        raise engine.ProcessUnknown(after.process_id)
    return found[0]
