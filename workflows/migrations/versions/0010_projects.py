"""Key projects: money by month, milestones, findings, photographs and meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("item", sa.Column("plan_yellow_on", sa.Date(), nullable=True))
    op.add_column("item", sa.Column("plan_red_on", sa.Date(), nullable=True))
    op.create_table(
        "milestone_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_milestone_template"),
        sa.UniqueConstraint("name", name="uq_milestone_template_name"),
    )
    op.create_table(
        "template_node",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.CheckConstraint("share BETWEEN 0 AND 100", name=op.f("ck_template_node_share_in_range")),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["milestone_template.id"],
            name="fk_template_node_template_id_milestone_template",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_template_node"),
    )
    op.create_index("ix_template_node_template_id", "template_node", ["template_id"], unique=False)
    op.create_table(
        "project",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("investment", sa.BigInteger(), nullable=False),
        sa.Column("done_before", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("investment > 0", name=op.f("ck_project_costs_something")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_project_ends_after_start")),
        sa.CheckConstraint("type IN ('new', 'continued')", name=op.f("ck_project_projecttype")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_project_item_id_item"),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["milestone_template.id"],
            name="fk_project_template_id_milestone_template",
        ),
        sa.PrimaryKeyConstraint("item_id", name="pk_project"),
    )
    op.create_table(
        "project_year",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=False),
        sa.Column("carried", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("carried >= 0", name=op.f("ck_project_year_carried_not_negative")),
        sa.CheckConstraint("planned >= 0", name=op.f("ck_project_year_plan_not_negative")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.item_id"], name="fk_project_year_project_id_project"
        ),
        sa.PrimaryKeyConstraint("project_id", "year", name="pk_project_year"),
    )
    op.create_table(
        "project_month",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("done >= 0", name=op.f("ck_project_month_done_not_negative")),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_project_month_month_in_range")),
        sa.CheckConstraint("planned >= 0", name=op.f("ck_project_month_plan_not_negative")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.item_id"], name="fk_project_month_project_id_project"
        ),
        sa.PrimaryKeyConstraint("project_id", "year", "month", name="pk_project_month"),
    )
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'claimed', 'done')", name=op.f("ck_milestone_milestonestate")
        ),
        sa.CheckConstraint(
            "(reviewed_by_id IS NULL) = (reviewed_at IS NULL)",
            name=op.f("ck_milestone_reviewed_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"], ["person.id"], name="fk_milestone_claimed_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.item_id"], name="fk_milestone_project_id_project"
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["person.id"], name="fk_milestone_reviewed_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
    )
    op.create_index("ix_milestone_project_id", "milestone", ["project_id"], unique=False)
    op.create_table(
        "milestone_paper",
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name="fk_milestone_paper_milestone_id_milestone"
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name="fk_milestone_paper_paper_id_paper"
        ),
        sa.PrimaryKeyConstraint("milestone_id", "paper_id", name="pk_milestone_paper"),
    )
    op.create_table(
        "milestone_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("moved_by_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change_request.id"], name="fk_milestone_move_change_id_change_request"
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name="fk_milestone_move_milestone_id_milestone"
        ),
        sa.ForeignKeyConstraint(
            ["moved_by_id"], ["person.id"], name="fk_milestone_move_moved_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_milestone_move"),
    )
    op.create_index(
        "ix_milestone_move_milestone_id", "milestone_move", ["milestone_id"], unique=False
    )
    op.create_table(
        "project_report",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("done >= 0", name=op.f("ck_project_report_done_not_negative")),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_project_report_month_in_range")),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name="fk_project_report_milestone_id_milestone"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_project_report_report_id_report"
        ),
        sa.PrimaryKeyConstraint("report_id", name="pk_project_report"),
    )
    op.create_table(
        "weekly_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("found_by_id", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["found_by_id"], ["person.id"], name="fk_weekly_finding_found_by_id_person"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_weekly_finding_item_id_item"),
        sa.PrimaryKeyConstraint("id", name="pk_weekly_finding"),
    )
    op.create_index("ix_weekly_finding_item_id", "weekly_finding", ["item_id"], unique=False)
    op.create_table(
        "photograph",
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_photograph_item_id_item"),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_photograph_paper_id_paper"),
        sa.PrimaryKeyConstraint("paper_id", name="pk_photograph"),
    )
    op.create_index("ix_photograph_item_day", "photograph", ["item_id", "taken_on"], unique=False)
    op.create_table(
        "project_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("chair", sa.String(length=80), nullable=False),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name="fk_project_meeting_recorded_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_project_meeting"),
    )
    op.create_index("ix_project_meeting_held_on", "project_meeting", ["held_on"], unique=False)
    op.create_table(
        "meeting_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("responsible_person", sa.String(length=80), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("became_item_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(done_at IS NULL) = (done_by_id IS NULL)",
            name=op.f("ck_meeting_decision_done_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["became_item_id"], ["item.id"], name="fk_meeting_decision_became_item_id_item"
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["person.id"], name="fk_meeting_decision_done_by_id_person"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_meeting_decision_item_id_item"),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["project_meeting.id"],
            name="fk_meeting_decision_meeting_id_project_meeting",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_meeting_decision_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_decision"),
    )
    op.create_index("ix_meeting_decision_item_id", "meeting_decision", ["item_id"], unique=False)
    op.create_index(
        "ix_meeting_decision_meeting_id", "meeting_decision", ["meeting_id"], unique=False
    )
    op.create_index("ix_meeting_decision_unit_id", "meeting_decision", ["unit_id"], unique=False)
