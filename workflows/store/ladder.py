"""The rungs that a part has climbed, and what was suggested on them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select, update

from engine import Session
from workflows.tables import (
    Escalation,
    Rung,
    RungState,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)


def escalations_of(session: Session, assignment_id: int) -> Sequence[Escalation]:
    """Return the rungs that a part has climbed, the latest last."""
    wanted = select(Escalation).where(Escalation.assignment_id == assignment_id)
    return session.scalars(wanted.order_by(Escalation.id)).all()


def rung_of(session: Session, instance_id: UUID) -> Escalation | None:
    """Return the rung that an instance of the ladder climbs."""
    wanted = select(Escalation).where(Escalation.instance_id == instance_id)
    return session.scalars(wanted.order_by(Escalation.id.desc()).limit(1)).first()


def lapse_rungs(session: Session, instance_id: UUID) -> None:
    """Let the rungs lapse that an instance has left on their way; suggestions go on alone."""
    left = (
        Escalation.instance_id == instance_id,
        Escalation.state.in_((RungState.WAITING, RungState.APPROVED)),
        Escalation.rung.not_in((Rung.CRITICISM, Rung.ACCOUNTABILITY)),
    )
    session.execute(update(Escalation).where(*left).values(state=RungState.LAPSED))


def suggestion_of(session: Session, instance_id: UUID) -> Suggestion | None:
    """Return the suggestion that an instance is about."""
    wanted = select(Suggestion).where(Suggestion.instance_id == instance_id)
    return session.scalars(wanted).one_or_none()


def running_suggestion(
    session: Session, assignment_id: int, kind: SuggestionKind, over: Collection[SuggestionState]
) -> Suggestion | None:
    """Return the suggestion of a kind about a part that isn't over yet."""
    wanted = select(Suggestion).where(
        Suggestion.assignment_id == assignment_id,
        Suggestion.kind == kind,
        Suggestion.state.not_in(over),
    )
    return session.scalars(wanted.order_by(Suggestion.id.desc()).limit(1)).first()
