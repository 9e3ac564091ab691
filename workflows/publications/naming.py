"""Praise and criticism in an issue: only what a leader has approved, and each once."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from engine import Session
from workflows import rules
from workflows.actors import Actor
from workflows.errors import SuggestionUnknown
from workflows.publications.holding import held
from workflows.tables import (
    Assignment,
    Named,
    Publication,
    PublicationKind,
    PublicationState,
    PublicationUnit,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)

CIRCULARS: Final = frozenset(
    {PublicationKind.MONTHLY, PublicationKind.QUARTERLY, PublicationKind.CIRCULAR}
)
"""The issues that praise and criticise."""

APPROVED: Final = (
    SuggestionState.APPROVED,
    SuggestionState.HANDED_OVER,
    SuggestionState.CONCLUDED,
)
"""Where a suggestion stands once a leader has approved it."""

NAMED: Mapping[SuggestionKind, Named] = MappingProxyType(
    {SuggestionKind.PRAISE: Named.PRAISE, SuggestionKind.CRITICISM: Named.CRITICISM}
)
GONE = (PublicationState.WITHDRAWN, PublicationState.DISCARDED)


def open_suggestions(session: Session, actor: Actor) -> Sequence[Suggestion]:
    """Return the approved praise and criticism that no issue names yet, the oldest first."""
    rules.must_have(actor, *rules.OFFICE)
    return session.scalars(select(Suggestion).where(*_open()).order_by(Suggestion.id)).all()


def name_all(session: Session, draft: Publication) -> None:
    """Let a new circular name everybody who is to be praised or criticised."""
    if draft.kind in CIRCULARS:
        for one in session.scalars(select(Suggestion).where(*_open()).order_by(Suggestion.id)):
            _name(session, draft, one)
        session.flush()


def name_unit(
    session: Session, actor: Actor, publication_id: int, suggestion_id: int
) -> PublicationUnit:
    """Let a draft name the unit of an approved suggestion."""
    draft = held(session, actor, publication_id)
    wanted = select(Suggestion).where(Suggestion.id == suggestion_id, *_open())
    found = session.scalars(wanted.with_for_update(of=Suggestion)).one_or_none()
    if found is None:
        raise SuggestionUnknown(suggestion_id)
    made = _name(session, draft, found)
    session.flush()
    return made


def leave_out(session: Session, actor: Actor, publication_id: int, suggestion_id: int) -> None:
    """Let a draft not name a unit after all; its suggestion waits for another issue."""
    draft = held(session, actor, publication_id)
    for one in named_in(session, draft.id):
        if one.suggestion_id == suggestion_id:
            session.delete(one)
    session.flush()


def named_in(session: Session, publication_id: int) -> Sequence[PublicationUnit]:
    """Return whom an issue praises and criticises, for what, in the order of the text."""
    wanted = (
        select(PublicationUnit)
        .where(PublicationUnit.publication_id == publication_id)
        .options(
            joinedload(PublicationUnit.unit),
            joinedload(PublicationUnit.suggestion).joinedload(Suggestion.item),
        )
        .order_by(PublicationUnit.id)
    )
    return session.scalars(wanted).all()


def _name(session: Session, draft: Publication, suggestion: Suggestion) -> PublicationUnit:
    part = session.get_one(Assignment, suggestion.assignment_id)
    made = PublicationUnit(
        publication_id=draft.id,
        unit_id=part.unit_id,
        part=part.part,
        named=NAMED[suggestion.kind],
        suggestion_id=suggestion.id,
    )
    session.add(made)
    return made


def _open() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a suggestion may be named: approved, and by no issue."""
    taken = (
        select(PublicationUnit.suggestion_id)
        .join(Publication, Publication.id == PublicationUnit.publication_id)
        .where(Publication.state.not_in(GONE))
    )
    return (
        Suggestion.kind.in_(list(NAMED)),
        Suggestion.state.in_(APPROVED),
        Suggestion.id.not_in(taken),
    )
