"""The whole schema."""

import sqlalchemy as sa
from alembic import op

from engine import history_guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_calendar_day"),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_calendar_year"),
    )
    op.create_table(
        "engine_answer",
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "key", name="pk_engine_answer"),
    )
    op.create_table(
        "engine_definition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("deployed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deployed_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_engine_definition"),
        sa.UniqueConstraint(
            "process_id", "version", name="uq_engine_definition_process_id_version"
        ),
    )
    op.create_table(
        "engine_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("job_key", sa.String(length=200), nullable=True),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_engine_job"),
        sa.UniqueConstraint("job_key", name="uq_engine_job_job_key"),
    )
    op.create_index("ix_engine_job_waiting", "engine_job", ["failed_at", "run_at"], unique=False)
    op.create_table(
        "ladder_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "rung",
            sa.Enum(
                "reminder",
                "urge",
                "notice_blue",
                "notice_yellow",
                "notice_red",
                "interview",
                "criticism",
                "accountability",
                name="rung",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("urgency", sa.String(length=20), nullable=True),
        sa.Column("days_overdue", sa.Integer(), nullable=False),
        sa.Column("times_before", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ladder_rule"),
    )
    op.create_table(
        "limit_rule",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "same_day",
                "working_days",
                "natural_days",
                "months",
                name="limitunit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_limit_rule_not_negative")),
        sa.PrimaryKeyConstraint("name", name="pk_limit_rule"),
    )
    op.create_table(
        "number_sequence",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name="pk_number_sequence"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("login", name="uq_person_login"),
        sa.UniqueConstraint("token", name="uq_person_token"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempt"),
    )
    op.create_index("ix_sign_in_attempt_at", "sign_in_attempt", ["at"], unique=False)
    op.create_index("ix_sign_in_attempt_subject", "sign_in_attempt", ["subject"], unique=False)
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "government",
                "office",
                "department",
                "county",
                "lower",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name="fk_unit_parent_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("name", name="uq_unit_name"),
    )
    op.create_index("ix_unit_parent_id", "unit", ["parent_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_draft_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("task_id", "person_id", name="uq_draft_task_id_person_id"),
    )
    op.create_index("ix_draft_task_id", "draft", ["task_id"], unique=False)
    op.create_table(
        "engine_instance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("parent_task_id", sa.Uuid(), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("history_length", sa.Integer(), nullable=False),
        sa.Column("history_head", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["engine_definition.id"],
            name="fk_engine_instance_definition_id_engine_definition",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["engine_instance.id"],
            name="fk_engine_instance_parent_id_engine_instance",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_engine_instance"),
    )
    op.create_index(
        "ix_engine_instance_business_key",
        "engine_instance",
        ["business_key", "started_at"],
        unique=False,
    )
    op.create_index(
        "ix_engine_instance_open_children",
        "engine_instance",
        ["parent_id", "parent_task_id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sheet", sa.String(length=120), nullable=False),
        sa.Column("matching", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["person.id"], name="fk_import_batch_started_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
    )
    op.create_index("ix_import_batch_sha256", "import_batch", ["sha256"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "handler",
                "unit_head",
                "supervisor",
                "director",
                "leader",
                "administrator",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_post_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
    )
    op.create_index("ix_post_unit_id", "post", ["unit_id"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_saved_view_person_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
        sa.UniqueConstraint("person_id", "name", name="uq_saved_view_person_id_name"),
    )
    op.create_table(
        "sent_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sent_mail_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_sent_mail"),
        sa.UniqueConstraint("message_id", name="uq_sent_mail_message_id"),
    )
    op.create_index("ix_sent_mail_person_id", "sent_mail", ["person_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sign_in_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
    )
    op.create_index("ix_sign_in_person_id", "sign_in", ["person_id"], unique=False)
    op.create_table(
        "engine_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("hops", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["engine_instance.id"],
            name="fk_engine_delivery_instance_id_engine_instance",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_engine_delivery"),
    )
    op.create_index("ix_engine_delivery_due_at", "engine_delivery", ["due_at"], unique=False)
    op.create_table(
        "engine_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("element_id", sa.String(length=200), nullable=True),
        sa.Column("element_name", sa.String(length=200), nullable=True),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["engine_instance.id"],
            name="fk_engine_history_instance_id_engine_instance",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_engine_history"),
        sa.UniqueConstraint("instance_id", "number", name="uq_engine_history_instance_id_number"),
    )
    op.create_table(
        "engine_incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("element_id", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["engine_instance.id"],
            name="fk_engine_incident_instance_id_engine_instance",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_engine_incident"),
    )
    op.create_index(
        "ix_engine_incident_open",
        "engine_incident",
        ["instance_id"],
        unique=False,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "engine_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("element_id", sa.String(length=200), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["engine_definition.id"],
            name="fk_engine_task_definition_id_engine_definition",
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["engine_instance.id"],
            name="fk_engine_task_instance_id_engine_instance",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_engine_task"),
    )
    op.create_index(
        "ix_engine_task_open",
        "engine_task",
        ["business_key"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_engine_task_open_instance",
        "engine_task",
        ["instance_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "engine_timer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("element_id", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["engine_instance.id"],
            name="fk_engine_timer_instance_id_engine_instance",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_engine_timer"),
    )
    op.create_index("ix_engine_timer_due_at", "engine_timer", ["due_at"], unique=False)
    op.create_index("ix_engine_timer_instance_id", "engine_timer", ["instance_id"], unique=False)
    op.create_table(
        "holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "until IS NULL OR until >= since", name=op.f("ck_holding_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_holding_person_id_person"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_holding_post_id_post"),
        sa.PrimaryKeyConstraint("id", name="pk_holding"),
    )
    op.create_index("ix_holding_person_id", "holding", ["person_id"], unique=False)
    op.create_index("ix_holding_post_id", "holding", ["post_id"], unique=False)
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "instruction", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
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
                "proposal",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "open",
                "closed",
                "refused",
                "cancelled",
                name="itemstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum(
                "flash",
                "urgent",
                "pressing",
                "normal",
                "complex",
                "long_term",
                name="urgency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("instructing_post_id", sa.Integer(), nullable=True),
        sa.Column("sponsor_post_id", sa.Integer(), nullable=True),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fast_track_by_id", sa.Integer(), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("planned_due_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("warn_on", sa.Date(), nullable=True),
        sa.Column("due_why", sa.JSON(), nullable=False),
        sa.Column(
            "reporting_period",
            sa.Enum(
                "weekly",
                "monthly",
                "quarterly",
                name="period",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("responsible_person", sa.String(length=80), nullable=False),
        sa.Column("contact", sa.String(length=80), nullable=False),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("problems", sa.String(), nullable=False),
        sa.Column("next_steps", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("times_urged", sa.Integer(), nullable=False),
        sa.Column("times_returned", sa.Integer(), nullable=False),
        sa.Column("times_extended", sa.Integer(), nullable=False),
        sa.Column("times_reopened", sa.Integer(), nullable=False),
        sa.Column("revisit_asked", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "closed_how",
            sa.Enum(
                "done",
                "adjusted",
                "cancelled",
                name="closedhow",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.Column("imported_light", sa.String(length=20), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.Column("search", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_how IS NULL)", name=op.f("ck_item_closed_somehow")
        ),
        sa.CheckConstraint(
            "(year IS NULL) = (serial IS NULL)", name=op.f("ck_item_number_is_whole")
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_item_percent_in_range")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name="fk_item_batch_id_import_batch"
        ),
        sa.ForeignKeyConstraint(
            ["fast_track_by_id"], ["person.id"], name="fk_item_fast_track_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["instructing_post_id"], ["post.id"], name="fk_item_instructing_post_id_post"
        ),
        sa.ForeignKeyConstraint(
            ["registered_by_id"], ["person.id"], name="fk_item_registered_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_post_id"], ["post.id"], name="fk_item_sponsor_post_id_post"
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["person.id"], name="fk_item_supervisor_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.UniqueConstraint("instance_id", name="uq_item_instance_id"),
        sa.UniqueConstraint("year", "serial", name="uq_item_year_serial"),
    )
    op.create_index("ix_item_state_due", "item", ["state", "due_on"], unique=False)
    op.create_index("ix_item_supervisor_id", "item", ["supervisor_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "lead", "co", name="part", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "assigned",
                "objected",
                "handling",
                "reported",
                "confirmed",
                "returned",
                "accepted",
                "released",
                name="assignmentstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by_id", sa.Integer(), nullable=True),
        sa.Column("responsible_person", sa.String(length=80), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("original_due_on", sa.Date(), nullable=True),
        sa.Column("warn_on", sa.Date(), nullable=True),
        sa.Column("warn_again_on", sa.Date(), nullable=True),
        sa.Column("due_why", sa.JSON(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("reports_made", sa.Integer(), nullable=False),
        sa.Column("interim_due_on", sa.Date(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "percent BETWEEN 0 AND 100", name=op.f("ck_assignment_percent_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["person.id"], name="fk_assignment_acknowledged_by_id_person"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_assignment_item_id_item"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_assignment_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.UniqueConstraint("instance_id", name="uq_assignment_instance_id"),
    )
    op.create_index("ix_assignment_item_id", "assignment", ["item_id"], unique=False)
    op.create_index("ix_assignment_unit_state", "assignment", ["unit_id", "state"], unique=False)
    op.create_table(
        "item_gram",
        sa.Column("gram", sa.String(length=2), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_item_gram_item_id_item", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("gram", "item_id", name="pk_item_gram"),
    )
    op.create_index("ix_item_gram_item_id", "item_gram", ["item_id"], unique=False)
    op.create_table(
        "leader_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("new_instruction", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_leader_decision_item_id_item"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_leader_decision_person_id_person"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_leader_decision_post_id_post"),
        sa.PrimaryKeyConstraint("id", name="pk_leader_decision"),
    )
    op.create_index("ix_leader_decision_item_id", "leader_decision", ["item_id"], unique=False)
    op.create_table(
        "revisit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(solved IS NULL) = (done_at IS NULL)", name=op.f("ck_revisit_finding_has_a_date")
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name="fk_revisit_done_by_id_person"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_revisit_item_id_item"),
        sa.PrimaryKeyConstraint("id", name="pk_revisit"),
    )
    op.create_index("ix_revisit_item_id", "revisit", ["item_id"], unique=False)
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column(
            "rung",
            sa.Enum(
                "reminder",
                "urge",
                "notice_blue",
                "notice_yellow",
                "notice_red",
                "interview",
                "criticism",
                "accountability",
                name="rung",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("days_overdue", sa.Integer(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_escalation_assignment_id_assignment"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_escalation"),
    )
    op.create_index("ix_escalation_assignment_id", "escalation", ["assignment_id"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consented", sa.Boolean(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(consented IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_extension_decision_has_a_date"),
        ),
        sa.CheckConstraint("new_due_on > old_due_on", name=op.f("ck_extension_goes_forward")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name="fk_extension_asked_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_extension_assignment_id_assignment"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name="fk_extension_decided_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_extension"),
    )
    op.create_index("ix_extension_assignment_id", "extension", ["assignment_id"], unique=False)
    op.create_table(
        "form_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("step_name", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("filled_by_id", sa.Integer(), nullable=False),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_form_entry_assignment_id_assignment"
        ),
        sa.ForeignKeyConstraint(
            ["filled_by_id"], ["person.id"], name="fk_form_entry_filled_by_id_person"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_form_entry_item_id_item"),
        sa.PrimaryKeyConstraint("id", name="pk_form_entry"),
        sa.UniqueConstraint("task_id", name="uq_form_entry_task_id"),
    )
    op.create_index("ix_form_entry_item_id", "form_entry", ["item_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_notice_assignment_id_assignment"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_notice_item_id_item"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_notice_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_item_id", "notice", ["item_id"], unique=False)
    op.create_index("ix_notice_person_read", "notice", ["person_id", "read_at"], unique=False)
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("belongs_to_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_objection_assignment_id_assignment"
        ),
        sa.ForeignKeyConstraint(
            ["belongs_to_id"], ["unit.id"], name="fk_objection_belongs_to_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name="fk_objection_decided_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name="fk_objection_made_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_objection"),
    )
    op.create_index("ix_objection_assignment_id", "objection", ["assignment_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("problems", sa.String(), nullable=False),
        sa.Column("next_steps", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_reason", sa.String(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "accepted",
                "returned",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("measures_done", sa.Boolean(), nullable=True),
        sa.Column("problem_solved", sa.Boolean(), nullable=True),
        sa.Column("target_reached", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)",
            name=op.f("ck_report_signature_has_a_signer"),
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (reviewed_at IS NULL)", name=op.f("ck_report_verdict_has_a_date")
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_report_percent_in_range")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_report_assignment_id_assignment"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_report_author_id_person"),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name="fk_report_confirmed_by_id_person"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_report_item_id_item"),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["person.id"], name="fk_report_reviewed_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("assignment_id", "number", name="uq_report_assignment_id_number"),
    )
    op.create_index("ix_report_item_id", "report", ["item_id"], unique=False)
    op.create_table(
        "story_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_story_entry_assignment_id_assignment"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_story_entry_item_id_item"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_story_entry_person_id_person"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_story_entry_post_id_post"),
        sa.PrimaryKeyConstraint("id", name="pk_story_entry"),
    )
    op.create_index("ix_story_entry_at", "story_entry", ["at"], unique=False)
    op.create_index("ix_story_item_at", "story_entry", ["item_id", "at"], unique=False)
    op.create_table(
        "todo",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "handler",
                "unit_head",
                "supervisor",
                "director",
                "leader",
                "administrator",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("warn_on", sa.Date(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_todo_assignment_id_assignment"
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["person.id"], name="fk_todo_closed_by_id_person"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_todo_item_id_item"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_todo_post_id_post"),
        sa.ForeignKeyConstraint(["seen_by_id"], ["person.id"], name="fk_todo_seen_by_id_person"),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name="fk_todo_sent_by_id_person"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_todo_unit_id_unit"),
        sa.PrimaryKeyConstraint("task_id", name="pk_todo"),
    )
    op.create_index("ix_todo_assignment_id", "todo", ["assignment_id"], unique=False)
    op.create_index("ix_todo_done_by", "todo", ["closed_by_id", "closed_at"], unique=False)
    op.create_index("ix_todo_item_id", "todo", ["item_id"], unique=False)
    op.create_index("ix_todo_post_open", "todo", ["post_id", "closed_at"], unique=False)
    op.create_index("ix_todo_unit_open", "todo", ["unit_id", "role", "closed_at"], unique=False)
    op.create_table(
        "urge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_urge_assignment_id_assignment"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_urge_item_id_item"),
        sa.ForeignKeyConstraint(["read_by_id"], ["person.id"], name="fk_urge_read_by_id_person"),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name="fk_urge_sent_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_urge"),
    )
    op.create_index("ix_urge_assignment_id", "urge", ["assignment_id"], unique=False)
    op.create_index("ix_urge_item_id", "urge", ["item_id"], unique=False)
    op.create_table(
        "paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_paper_item_id_item"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_paper_report_id_report"),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name="fk_paper_uploaded_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_paper"),
    )
    op.create_index("ix_paper_item_id", "paper", ["item_id"], unique=False)
    op.create_index("ix_paper_report_id", "paper", ["report_id"], unique=False)
    for statement in history_guards(op.get_bind().dialect.name):
        op.execute(statement)
