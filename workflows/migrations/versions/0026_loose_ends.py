"""Which diagram the items of a source run on, where it isn't their kind's own."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

SOURCES = (
    "provincial_instruction",
    "city_instruction",
    "work_report_province",
    "work_report_city",
    "livelihood",
    "executive_meeting",
    "mayors_council",
    "mayors_brief_meeting",
    "coordination_meeting",
    "incentives",
    "campaign",
    "key_project",
    "livelihood_project",
    "major_work",
    "npc_bill",
    "npc_suggestion",
    "cppcc_proposal",
)


def upgrade() -> None:
    op.create_table(
        "source_route",
        sa.Column(
            "source",
            sa.Enum(
                *SOURCES,
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["person.id"], name="fk_source_route_chosen_by_id_person"
        ),
        sa.PrimaryKeyConstraint("source", name="pk_source_route"),
    )
