"""Drafts 草稿 of issues: begun from a template and a snapshot, saved by revision, put aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine import Session, now
from workflows import figures, presence, rules, store
from workflows.actors import Actor
from workflows.errors import ChoiceUnknown, PublicationUnknown
from workflows.figures import Reckoned, Span
from workflows.publications import content, first, naming
from workflows.publications.addressing import address_first
from workflows.publications.content import Node
from workflows.publications.holding import (
    held,
    keep_version,
    locked,
    moved,
    must_be,
    must_be_at,
)
from workflows.publications.measured import Values
from workflows.serials import kinds_of, serial_named
from workflows.tables import (
    Publication,
    PublicationKind,
    PublicationPresence,
    PublicationState,
    PublicationVersion,
    Serial,
)

TITLE, ADDRESSEE = 200, 400


@dataclass(frozen=True, slots=True)
class NewDraft:
    """What is begun; ``item_id`` is the matter that a notice, report or instruction is about."""

    serial: str
    kind: str
    span: Span
    item_id: int | None = None


def count_first(session: Session, actor: Actor, begun: NewDraft) -> Reckoned | None:
    """Count what an issue rests on, before anything is written; nothing if that was frozen."""
    serial = _serial_for(session, actor, begun)
    return figures.count_for(session, actor, begun.span, _purpose(serial, begun.span))


def make_draft(
    session: Session, actor: Actor, begun: NewDraft, counted: Reckoned | None = None
) -> Publication:
    """Begin an issue on the ledger as its span ended, was counted, or is now, by its template."""
    serial, span = _serial_for(session, actor, begun), begun.span
    at = now(session)
    snapshot = figures.ledger_for(session, actor, span, _purpose(serial, span), counted)
    made = Publication(
        serial_name=serial.name,
        kind=PublicationKind(begun.kind),
        state=PublicationState.DRAFT,
        first=span.first,
        last=span.last,
        snapshot_id=snapshot.id,
        item_id=begun.item_id,
        title="",
        content=content.doc(),
        made_by_id=actor.person_id,
        made_at=at,
        saved_by_id=actor.person_id,
        saved_at=at,
    )
    session.add(made)
    session.flush()
    naming.name_all(session, made)
    text = first.begin(session, actor, made)
    made.title, made.addressee = text.title, text.addressee
    address_first(session, made)
    _write(session, actor, made, content.checked(text.content))
    keep_version(session, made, kept=True)
    return made


def _serial_for(session: Session, actor: Actor, begun: NewDraft) -> Serial:
    """Return the serial of an issue that somebody of the office may begin."""
    rules.must_have(actor, *rules.OFFICE)
    serial = serial_named(session, begun.serial)
    if begun.kind not in kinds_of(serial) or not serial.active:
        raise ChoiceUnknown("kind", begun.kind, tuple(each.value for each in kinds_of(serial)))
    if begun.item_id is not None:
        store.visible_item(session, actor, begun.item_id)
    return serial


@dataclass(frozen=True, slots=True)
class Edited:
    """What the editor has of a draft."""

    content: object
    title: str
    addressee: str


def save_draft(
    session: Session, actor: Actor, publication_id: int, revision: int, edited: Edited
) -> Publication:
    """Keep what was edited, if nobody else has saved since; blanks may stand still."""
    draft = held(session, actor, publication_id)
    must_be_at(draft, revision)
    doc, title, addressee = (
        content.checked(edited.content), edited.title.strip(), edited.addressee.strip(),
    )  # fmt: skip
    rules.must_fit("title", title, TITLE)
    rules.must_fit("addressee", addressee, ADDRESSEE)
    draft.title, draft.addressee = title, addressee
    _write(session, actor, draft, doc)
    moved(session, actor, draft)
    keep_version(session, draft)
    return draft


def count_again(session: Session, actor: Actor, publication_id: int) -> Reckoned:
    """Count the ledger of a draft's days once more, before anything is written."""
    rules.must_have(actor, *rules.OFFICE)
    draft = session.get(Publication, publication_id)
    if draft is None:
        raise PublicationUnknown(publication_id)
    must_be(draft, "edit", PublicationState.DRAFT)
    span = Span(draft.first, draft.last)
    return figures.prepare(session, actor, span, _purpose(draft.serial, span))


def take_snapshot(
    session: Session,
    actor: Actor,
    publication_id: int,
    revision: int,
    counted: Reckoned | None = None,
) -> Publication:
    """Freeze the ledger once more, as it is now, and put the new figures into the draft."""
    draft = held(session, actor, publication_id)
    must_be_at(draft, revision)
    span = Span(draft.first, draft.last)
    purpose = _purpose(draft.serial, span)
    keep_version(session, draft, kept=True)
    found = counted or figures.prepare(session, actor, span, purpose)
    snapshot = figures.take_prepared(session, actor, found, purpose)
    draft.snapshot_id = snapshot.id
    _write(session, actor, draft, draft.content)
    moved(session, actor, draft)
    keep_version(session, draft)
    return draft


def restore_version(
    session: Session, actor: Actor, publication_id: int, version: int, revision: int
) -> Publication:
    """Bring back what a draft said before; what it says now is kept as a version too."""
    draft = held(session, actor, publication_id)
    must_be_at(draft, revision)
    older = session.get(PublicationVersion, (draft.id, version))
    if older is None:
        raise PublicationUnknown(publication_id)
    keep_version(session, draft, kept=True)
    draft.title, draft.addressee = older.title, older.addressee
    _write(session, actor, draft, older.content)
    moved(session, actor, draft)
    keep_version(session, draft)
    return draft


def discard_draft(
    session: Session, actor: Actor, publication_id: int, revision: int
) -> Publication:
    """Put a draft aside; it isn't lost."""
    draft = held(session, actor, publication_id)
    must_be_at(draft, revision)
    draft.state = PublicationState.DISCARDED
    session.flush()
    return draft


def take_up(session: Session, actor: Actor, publication_id: int) -> Publication:
    """Take a draft up again that was put aside."""
    draft = locked(session, actor, publication_id)
    must_be(draft, "take_up", PublicationState.DISCARDED)
    draft.state = PublicationState.DRAFT
    session.flush()
    return draft


def note_presence(
    session: Session, actor: Actor, publication_id: int
) -> Sequence[PublicationPresence]:
    """Note that somebody has a draft open, and return who else has."""
    rules.must_have(actor, *rules.OFFICE)
    if session.get(Publication, publication_id) is None:
        raise PublicationUnknown(publication_id)
    return presence.note(session, actor, PublicationPresence, publication_id)


def versions(session: Session, actor: Actor, publication_id: int) -> Sequence[PublicationVersion]:
    """Return what a draft said before, the latest first."""
    rules.must_have(actor, *rules.OFFICE)
    wanted = select(PublicationVersion).where(PublicationVersion.publication_id == publication_id)
    return session.scalars(wanted.order_by(PublicationVersion.revision.desc())).all()


def _purpose(serial: Serial, span: Span) -> str:
    return f"{serial.title} {span.first}–{span.last}"


def _write(session: Session, actor: Actor, draft: Publication, doc: Node) -> None:
    """Put a document into a draft with the figures of its snapshot in their places."""
    values = Values(session, actor, draft.snapshot_id)
    draft.content = content.filled(doc, values.said)
    draft.words = f"{draft.title}\n{content.text_of(draft.content)}"
