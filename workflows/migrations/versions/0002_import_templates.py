"""Templates of imports."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("header", sa.String(length=64), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name="fk_import_template_saved_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_template"),
        sa.UniqueConstraint("name", name="uq_import_template_name"),
    )
    op.create_index("ix_import_template_header", "import_template", ["header"], unique=False)
