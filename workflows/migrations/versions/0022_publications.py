"""Serials, their issues and how these reach whom they are for; the ladder's slips as issues."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SERIALS = (
    ("notice", "督查通知", "Supervision Notice", "units"),
    ("affairs", "政务督查", "Government Supervision", "everybody"),
    ("circular", "督查工作通报", "Supervision Circular", "everybody"),
    ("special", "督查专报", "Special Report", "leaders"),
    ("instructions", "领导批示", "Leaders' Instructions", "units"),
)
MOMENT = sa.DateTime(timezone=True)
PUBLICATION = sa.table(
    "publication",
    *(
        sa.column(name)
        for name in (
            "serial_name", "kind", "state", "year", "number", "item_id", "escalation_id", "title",
            "addressee", "copies_to", "words", "revision", "made_by_id", "approved_by_id",
            "issued_by_id", "returned_reason", "withdrawn_reason",
        )
    ),
    sa.column("id", sa.Integer()),
    sa.column("content", sa.JSON()),
    sa.column("for_all", sa.Boolean()),
    *(sa.column(name, sa.Date()) for name in ("first", "last")),
    *(sa.column(name, MOMENT) for name in ("made_at", "saved_at", "approved_at", "issued_at")),
)  # fmt: skip
DELIVERY = sa.table(
    "publication_delivery",
    *(sa.column(name) for name in ("publication_id", "unit_id", "read_by_id", "times_urged")),
    *(sa.column(name, MOMENT) for name in ("delivered_at", "read_at")),
)


def upgrade() -> None:
    op.create_table(
        "serial",
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("title_en", sa.String(length=80), nullable=False),
        sa.Column("number_style", sa.String(length=60), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "everybody",
                "units",
                "leaders",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_serial")),
        sa.UniqueConstraint("title", name=op.f("uq_serial_title")),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("serial_name", sa.String(length=30), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "monthly",
                "quarterly",
                "circular",
                "special",
                "notice",
                "slip",
                "affairs",
                "instruction",
                name="publicationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "issued",
                "withdrawn",
                "discarded",
                name="publicationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("escalation_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("addressee", sa.String(length=400), nullable=False),
        sa.Column("copies_to", sa.String(length=400), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("for_all", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_reason", sa.String(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
            name=op.f("ck_publication_withdrawn_at_some_time"),
        ),
        sa.CheckConstraint(
            "(state IN ('issued', 'withdrawn')) = (number IS NOT NULL)",
            name=op.f("ck_publication_issued_has_a_number"),
        ),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)",
            name=op.f("ck_publication_approval_has_an_author"),
        ),
        sa.CheckConstraint(
            "(issued_at IS NULL) = (number IS NULL)",
            name=op.f("ck_publication_issued_at_some_time"),
        ),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by_id IS NULL)",
            name=op.f("ck_publication_submission_has_an_author"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
            name=op.f("ck_publication_withdrawal_has_an_author"),
        ),
        sa.CheckConstraint(
            "(year IS NULL) = (number IS NULL)", name=op.f("ck_publication_number_is_whole")
        ),
        sa.CheckConstraint("last >= first", name=op.f("ck_publication_ends_after_it_began")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_publication_approved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["escalation_id"],
            ["escalation.id"],
            name=op.f("fk_publication_escalation_id_escalation"),
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_publication_issued_by_id_person")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_publication_item_id_item")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_publication_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["person.id"], name=op.f("fk_publication_reviewed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name=op.f("fk_publication_saved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["serial_name"], ["serial.name"], name=op.f("fk_publication_serial_name_serial")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_publication_snapshot_id_snapshot")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_publication_submitted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_publication_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("escalation_id", name=op.f("uq_publication_escalation_id")),
        sa.UniqueConstraint(
            "serial_name", "year", "number", name=op.f("uq_publication_serial_name_year_number")
        ),
    )
    op.create_index(op.f("ix_publication_item_id"), "publication", ["item_id"], unique=False)
    op.create_index(
        "ix_publication_serial_state", "publication", ["serial_name", "state"], unique=False
    )
    op.create_index(op.f("ix_publication_state"), "publication", ["state"], unique=False)
    op.create_table(
        "publication_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times_urged", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(read_at IS NULL) = (read_by_id IS NULL)",
            name=op.f("ck_publication_delivery_receipt_has_a_reader"),
        ),
        sa.CheckConstraint(
            "(unit_id IS NULL) <> (post_id IS NULL)",
            name=op.f("ck_publication_delivery_to_a_unit_or_a_post"),
        ),
        sa.CheckConstraint(
            "read_at IS NULL OR delivered_at IS NOT NULL",
            name=op.f("ck_publication_delivery_read_once_delivered"),
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_publication_delivery_post_id_post")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_delivery_publication_id_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"], ["person.id"], name=op.f("fk_publication_delivery_read_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_publication_delivery_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_delivery")),
        sa.UniqueConstraint(
            "publication_id", "post_id", name=op.f("uq_publication_delivery_publication_id_post_id")
        ),
        sa.UniqueConstraint(
            "publication_id", "unit_id", name=op.f("uq_publication_delivery_publication_id_unit_id")
        ),
    )
    op.create_index(
        op.f("ix_publication_delivery_post_id"), "publication_delivery", ["post_id"], unique=False
    )
    op.create_index(
        op.f("ix_publication_delivery_unit_id"), "publication_delivery", ["unit_id"], unique=False
    )
    op.create_table(
        "publication_paper",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "docx",
                "pdf",
                name="paperformat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_paper_publication_id_publication"),
        ),
        sa.PrimaryKeyConstraint("publication_id", "format", name=op.f("pk_publication_paper")),
    )
    op.create_table(
        "publication_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("quote", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)",
            name=op.f("ck_publication_remark_settled_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["answers_id"],
            ["publication_remark.id"],
            name=op.f("fk_publication_remark_answers_id_publication_remark"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_publication_remark_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_remark_publication_id_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["person.id"],
            name=op.f("fk_publication_remark_settled_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_remark")),
    )
    op.create_index(
        op.f("ix_publication_remark_answers_id"), "publication_remark", ["answers_id"], unique=False
    )
    op.create_index(
        op.f("ix_publication_remark_publication_id"),
        "publication_remark",
        ["publication_id"],
        unique=False,
    )
    op.create_table(
        "publication_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "lead",
                "co",
                "separate",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "named",
            sa.Enum(
                "praise",
                "criticism",
                name="named",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_unit_publication_id_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["suggestion_id"],
            ["suggestion.id"],
            name=op.f("fk_publication_unit_suggestion_id_suggestion"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_publication_unit_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_unit")),
        sa.UniqueConstraint(
            "publication_id",
            "suggestion_id",
            name=op.f("uq_publication_unit_publication_id_suggestion_id"),
        ),
    )
    op.create_index(
        op.f("ix_publication_unit_suggestion_id"),
        "publication_unit",
        ["suggestion_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_publication_unit_unit_id"), "publication_unit", ["unit_id"], unique=False
    )
    op.create_table(
        "publication_version",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("addressee", sa.String(length=400), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_version_publication_id_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name=op.f("fk_publication_version_saved_by_id_person")
        ),
        sa.PrimaryKeyConstraint("publication_id", "revision", name=op.f("pk_publication_version")),
    )
    _refuse("publication_paper")
    _serials()
    _slips()


def _refuse(table: str) -> None:
    """Let the database itself refuse to change the files of an issue."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_is_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{table} is frozen' USING ERRCODE = '23001'; END$$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_frozen()"
    )


def _serials() -> None:
    """Write the serials of the house; 督查通知 goes on where the ladder's slips are."""
    serial = sa.table(
        "serial",
        *(
            sa.column(name)
            for name in ("name", "title", "title_en", "number_style", "audience", "position")
        ),
        sa.column("active", sa.Boolean()),
        sa.column("version"),
    )
    for place, (name, title, title_en, audience) in enumerate(SERIALS):
        row = {
            "name": name,
            "title": title,
            "title_en": title_en,
            "number_style": "〔{year}〕第{number}期",
            "audience": audience,
            "position": place,
            "active": True,
            "version": 1,
        }
        op.execute(serial.insert().values(**row))
    op.execute(
        sa.text(
            "UPDATE number_sequence SET series = 'issue.notice' WHERE series = 'supervision_notice'"
        )
    )


def _slips() -> None:
    """Let every slip that has gone out be an issue of 督查通知, under the number that it has."""
    given = sa.text(
        "SELECT e.id, e.year, e.serial, e.demand, e.decided_by_id, e.decided_at, e.delivered_at,"
        " e.read_at, e.read_by_id, a.item_id, a.unit_id, u.name AS unit, i.title"
        " FROM escalation e JOIN assignment a ON a.id = e.assignment_id"
        " JOIN unit u ON u.id = a.unit_id JOIN item i ON i.id = a.item_id"
        " WHERE e.serial IS NOT NULL ORDER BY e.id"
    ).columns(decided_at=MOMENT, delivered_at=MOMENT, read_at=MOMENT)
    connection = op.get_bind()
    for row in connection.execute(given).mappings().all():
        at, title = row["delivered_at"], f"关于“{row['title']}”的督办单"[:200]
        made = connection.execute(
            PUBLICATION.insert()
            .values(
                serial_name="notice", kind="slip", state="issued",
                year=row["year"], number=row["serial"],
                first=at.date(), last=at.date(),
                item_id=row["item_id"], escalation_id=row["id"],
                title=title, addressee=row["unit"], copies_to="",
                content={"type": "doc", "content": []}, words=f"{title}\n{row['demand']}",
                revision=1, for_all=False, made_at=at, saved_at=at,
                approved_by_id=row["decided_by_id"], approved_at=row["decided_at"],
                issued_by_id=row["decided_by_id"], issued_at=at,
                returned_reason="", withdrawn_reason="",
            )
            .returning(PUBLICATION.c.id)
        ).scalar_one()  # fmt: skip
        connection.execute(
            DELIVERY.insert().values(
                publication_id=made, unit_id=row["unit_id"], delivered_at=at,
                read_at=row["read_at"], read_by_id=row["read_by_id"], times_urged=0,
            )
        )  # fmt: skip
