"""Which diagram a source's items run on if not their kind's own; files of tables as they came."""

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
    op.create_table(
        "table_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_by_id"], ["person.id"], name="fk_table_file_kept_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_table_file"),
    )
    op.create_index("ix_table_file_name", "table_file", ["name"])
