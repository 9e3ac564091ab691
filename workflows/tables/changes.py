"""Rows of changes: a unit asks for a later limit, another target, or to be let go."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from engine import Base, Instant
from workflows.tables.items import Assignment
from workflows.tables.people import Person

PENDING = text("decided_at IS NULL")


class ChangeKind(StrEnum):
    """延期, 调整, 取消."""

    EXTEND = "extend"
    ADJUST = "adjust"
    CANCEL = "cancel"


class ChangeDecision(StrEnum):
    """What became of a request; one that lapsed was never decided by anybody."""

    CONSENTED = "consented"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class ChangeRequest(Base):
    """变更申请: asked before the limit, signed by the head, passed on, decided by the leader.

    What held before stays beside what was asked for. The expected day is the new limit; an
    adjustment may leave the limit as it is, and a cancellation needs none.
    """

    __tablename__ = "change_request"
    __table_args__ = (
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decision_has_a_date"),
        CheckConstraint(
            "(endorsed_at IS NULL) = (endorsed_by_id IS NULL)", name="signature_has_a_signer"
        ),
        CheckConstraint(
            "(advised_at IS NULL) = (advised_by_id IS NULL)", name="advice_has_an_adviser"
        ),
        CheckConstraint("new_due_on > old_due_on", name="goes_forward"),
        CheckConstraint("kind <> 'extend' OR new_due_on IS NOT NULL", name="extension_has_a_limit"),
        CheckConstraint("kind <> 'adjust' OR new_target <> ''", name="adjustment_has_a_target"),
        Index(
            "ix_change_request_pending",
            "assignment_id",
            unique=True,
            postgresql_where=PENDING,
            sqlite_where=PENDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey(Assignment.id), index=True)
    kind: Mapped[ChangeKind]
    reason: Mapped[str]
    progress: Mapped[str] = mapped_column(default="")
    old_due_on: Mapped[date | None]
    new_due_on: Mapped[date | None]
    old_target: Mapped[str] = mapped_column(default="")
    new_target: Mapped[str] = mapped_column(default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    endorsed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    endorsed_at: Mapped[datetime | None] = mapped_column(Instant)
    advice: Mapped[str] = mapped_column(default="")
    advised_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    advised_at: Mapped[datetime | None] = mapped_column(Instant)
    decision: Mapped[ChangeDecision | None]
    opinion: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
