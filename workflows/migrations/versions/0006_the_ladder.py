"""The ladder by kind; rungs with approval, number and receipt; interviews; suggestions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STATES = ("waiting", "approved", "declined", "delivered", "lapsed")
SUGGESTIONS = (
    "drafted", "submitted", "endorsed", "approved",
    "handed_over", "concluded", "dropped", "declined",
)  # fmt: skip
CHECKS = {
    "number_is_whole": "(year IS NULL) = (serial IS NULL)",
    "receipt_has_a_reader": "(read_at IS NULL) = (read_by_id IS NULL)",
    "decision_has_an_author": "(decided_at IS NULL) = (decided_by_id IS NULL)",
    "delivery_has_a_date": "(state = 'delivered') = (delivered_at IS NOT NULL)",
}


def upgrade() -> None:
    op.add_column("ladder_rule", sa.Column("kind", sa.String(length=20), nullable=True))
    _widen_escalation()
    _create_interview()
    _create_suggestion()


def _words(name: str, words: Sequence[str]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _widen_escalation() -> None:
    """Let every rung climbed so far be one that was delivered on its day."""
    with op.batch_alter_table("escalation") as batch:
        batch.add_column(sa.Column("state", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("instance_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("demand", sa.String(), nullable=True))
        batch.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        batch.add_column(sa.Column("decided_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("decided_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("opinion", sa.String(), nullable=True))
        batch.add_column(sa.Column("year", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("serial", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("delivered_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("read_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("read_at", MOMENT, nullable=True))
    op.execute(
        sa.text(
            "UPDATE escalation SET state = 'delivered', delivered_at = at, "
            "demand = '', opinion = ''"
        )
    )
    with op.batch_alter_table("escalation") as batch:
        batch.alter_column("state", existing_type=sa.String(length=40), nullable=False)
        batch.alter_column("demand", existing_type=sa.String(), nullable=False)
        batch.alter_column("opinion", existing_type=sa.String(), nullable=False)
        batch.create_check_constraint(
            op.f("ck_escalation_rungstate"),
            "state IN ({})".format(", ".join(f"'{word}'" for word in STATES)),
        )
        for name, check in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_escalation_{name}"), check)
        for column in ("decided_by_id", "read_by_id"):
            batch.create_foreign_key(f"fk_escalation_{column}_person", "person", [column], ["id"])
        batch.create_unique_constraint("uq_escalation_year_serial", ["year", "serial"])
        batch.create_index("ix_escalation_instance_id", ["instance_id"])


def _create_interview() -> None:
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("interviewer", sa.String(length=200), nullable=False),
        sa.Column("interviewed", sa.String(length=200), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalation.id"], name="fk_interview_escalation_id_escalation"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name="fk_interview_recorded_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_interview"),
        sa.UniqueConstraint("escalation_id", name="uq_interview_escalation_id"),
    )


def _create_suggestion() -> None:
    people = (
        "suggested_by_id", "submitted_by_id", "endorsed_by_id",
        "decided_by_id", "handed_by_id", "concluded_by_id",
    )  # fmt: skip
    keys = {"item_id": "item", "assignment_id": "assignment", "escalation_id": "escalation"}
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            _words("suggestionkind", ("praise", "criticism", "accountability")),
            nullable=False,
        ),
        sa.Column("state", _words("suggestionstate", SUGGESTIONS), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.Column("suggested_by_id", sa.Integer(), nullable=True),
        sa.Column("suggested_at", MOMENT, nullable=False),
        sa.Column("whom", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("endorsed_by_id", sa.Integer(), nullable=True),
        sa.Column("endorsed_at", MOMENT, nullable=True),
        sa.Column("endorsement", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("organ", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("handed_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("concluded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(endorsed_at IS NULL) = (endorsed_by_id IS NULL)",
            name=op.f("ck_suggestion_endorsement_has_an_author"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_suggestion_decision_has_an_author"),
        ),
        sa.CheckConstraint(
            "(handed_on IS NULL) = (handed_by_id IS NULL)",
            name=op.f("ck_suggestion_hand_over_has_an_author"),
        ),
        sa.CheckConstraint(
            "(concluded_on IS NULL) = (concluded_by_id IS NULL)",
            name=op.f("ck_suggestion_outcome_has_an_author"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=f"fk_suggestion_{column}_{table}"
            )
            for column, table in (*keys.items(), *((each, "person") for each in people))
        ),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion"),
        sa.UniqueConstraint("escalation_id", name="uq_suggestion_escalation_id"),
        sa.UniqueConstraint("instance_id", name="uq_suggestion_instance_id"),
    )
    for column in ("item_id", "assignment_id", "state"):
        op.create_index(f"ix_suggestion_{column}", "suggestion", [column], unique=False)
