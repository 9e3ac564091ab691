"""Supervision actions by method, stations with their logs of problems, letters to leaders."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "supervision_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "done",
                "called_off",
                name="actionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("special", sa.Boolean(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("team", sa.JSON(), nullable=False),
        sa.Column("guests", sa.JSON(), nullable=False),
        sa.Column("joint", sa.JSON(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("planned_by_id", sa.Integer(), nullable=False),
        sa.Column("planned_at", MOMENT, nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'done') = (held_on IS NOT NULL)",
            name=op.f("ck_supervision_action_done_on_a_day"),
        ),
        sa.CheckConstraint(
            "(recorded_by_id IS NULL) = (recorded_at IS NULL)",
            name=op.f("ck_supervision_action_record_has_an_author"),
        ),
        sa.ForeignKeyConstraint(
            ["planned_by_id"], ["person.id"], name="fk_supervision_action_planned_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name="fk_supervision_action_recorded_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_supervision_action"),
    )
    op.create_index("ix_supervision_action_method", "supervision_action", ["method"])
    op.create_index("ix_supervision_action_planned_on", "supervision_action", ["planned_on"])
    op.create_table(
        "action_item",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["supervision_action.id"],
            name="fk_action_item_action_id_supervision_action",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_action_item_item_id_item"),
        sa.PrimaryKeyConstraint("action_id", "item_id", name="pk_action_item"),
    )
    op.create_index("ix_action_item_item_id", "action_item", ["item_id"])
    op.create_table(
        "action_unit",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["supervision_action.id"],
            name="fk_action_unit_action_id_supervision_action",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_action_unit_unit_id_unit"),
        sa.PrimaryKeyConstraint("action_id", "unit_id", name="pk_action_unit"),
    )
    op.create_index("ix_action_unit_unit_id", "action_unit", ["unit_id"])
    op.create_table(
        "action_photograph",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["supervision_action.id"],
            name="fk_action_photograph_action_id_supervision_action",
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name="fk_action_photograph_uploaded_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_action_photograph"),
    )
    op.create_index("ix_action_photograph_action_id", "action_photograph", ["action_id"])
    op.create_table(
        "station",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("team", sa.JSON(), nullable=False),
        sa.Column("guests", sa.JSON(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_station_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_station_item_id_item"),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name="fk_station_opened_by_id_person"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_station_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_station"),
    )
    op.create_index("ix_station_item_id", "station", ["item_id"])
    op.create_index("ix_station_unit_id", "station", ["unit_id"])
    op.create_table(
        "station_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner_unit_id", sa.Integer(), nullable=False),
        sa.Column("owner_person", sa.String(length=80), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("warn_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settlement", sa.String(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.CheckConstraint("due_on >= found_on", name=op.f("ck_station_problem_due_after_found")),
        sa.CheckConstraint(
            "(settled_on IS NULL) = (settled_by_id IS NULL)",
            name=op.f("ck_station_problem_settled_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name="fk_station_problem_added_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["owner_unit_id"], ["unit.id"], name="fk_station_problem_owner_unit_id_unit"
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name="fk_station_problem_settled_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name="fk_station_problem_station_id_station"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_station_problem"),
        sa.UniqueConstraint("station_id", "number", name="uq_station_problem_station_id_number"),
    )
    op.create_index("ix_station_problem_owner_unit_id", "station_problem", ["owner_unit_id"])
    op.create_index("ix_station_problem_settled_on", "station_problem", ["settled_on"])
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "point_to_point",
                "high_level",
                name="letterkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(length=80), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(read_at IS NULL) = (read_by_id IS NULL)", name=op.f("ck_letter_receipt_has_a_reader")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_letter_item_id_item"),
        sa.ForeignKeyConstraint(["read_by_id"], ["person.id"], name="fk_letter_read_by_id_person"),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name="fk_letter_sent_by_id_person"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_letter_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
    )
    op.create_index("ix_letter_item_id", "letter", ["item_id"])
    op.create_index("ix_letter_unit_id", "letter", ["unit_id"])
