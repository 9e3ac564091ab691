"""Yearly targets, the bases of accountability, and replies that the public may read."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
MONEY = sa.BigInteger()
BASES = "suggestion.bases"


def upgrade() -> None:
    op.create_table(
        "suggestion_basis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("document_number", sa.String(length=80), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "until IS NULL OR since IS NULL OR until > since",
            name=op.f("ck_suggestion_basis_ends_after_start"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_basis")),
        sa.UniqueConstraint("name", name=op.f("uq_suggestion_basis_name")),
    )
    op.create_table(
        "disclosed_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session", sa.String(length=60), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=False),
        sa.Column("released_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["released_by_id"],
            ["person.id"],
            name=op.f("fk_disclosed_figures_released_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosed_figures")),
    )
    op.create_index(
        op.f("ix_disclosed_figures_session"), "disclosed_figures", ["session"], unique=False
    )
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column(
            "measure",
            _words("measure", "figure", "percent", "milestones", "investment"),
            nullable=False,
        ),
        sa.Column("figure", sa.String(length=60), nullable=False),
        sa.Column("direction", _words("direction", "at_least", "at_most"), nullable=False),
        sa.Column("amount", MONEY, nullable=False),
        sa.Column("counted_in", sa.String(length=20), nullable=False),
        sa.Column("path", _words("path", "level", "straight", "quarters"), nullable=False),
        sa.Column("first", MONEY, nullable=True),
        sa.Column("second", MONEY, nullable=True),
        sa.Column("third", MONEY, nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column(
            "state",
            _words("targetstate", "drafted", "returned", "in_force", "replaced", "ended"),
            nullable=False,
        ),
        sa.Column("older_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(measure = 'figure') = (figure <> '')", name=op.f("ck_target_figure_is_named")
        ),
        sa.CheckConstraint(
            "(path = 'quarters') = (first IS NOT NULL AND second IS NOT NULL"
            " AND third IS NOT NULL)",
            name=op.f("ck_target_marks_by_quarter"),
        ),
        sa.CheckConstraint(
            "measure = 'figure' OR item_id IS NOT NULL", name=op.f("ck_target_of_an_item")
        ),
        sa.CheckConstraint(
            "older_id IS NULL OR reason <> ''", name=op.f("ck_target_change_has_a_reason")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_target_decision_has_an_author"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_target_not_negative")),
        sa.CheckConstraint(
            "unit_id IS NULL OR item_id IS NULL", name=op.f("ck_target_of_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_target_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["person.id"], name=op.f("fk_target_drafted_by_id_person")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_target_item_id_item")),
        sa.ForeignKeyConstraint(
            ["older_id"], ["target.id"], name=op.f("fk_target_older_id_target")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_target_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    op.create_index(op.f("ix_target_item_id"), "target", ["item_id"], unique=False)
    op.create_index(op.f("ix_target_older_id"), "target", ["older_id"], unique=False)
    op.create_index(op.f("ix_target_unit_id"), "target", ["unit_id"], unique=False)
    op.create_index("ix_target_year_state", "target", ["year", "state"], unique=False)
    op.create_table(
        "target_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", MONEY, nullable=True),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("why_not", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "value IS NOT NULL OR why_not <> ''", name=op.f("ck_target_reading_a_value_or_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_target_reading_snapshot_id_snapshot")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["target.id"], name=op.f("fk_target_reading_target_id_target")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_reading")),
    )
    op.create_index(
        op.f("ix_target_reading_snapshot_id"), "target_reading", ["snapshot_id"], unique=False
    )
    op.create_index(
        op.f("ix_target_reading_target_id"), "target_reading", ["target_id"], unique=False
    )
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("session", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("proposers", sa.String(), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("reply_class", _words("replyclass", "a", "b", "c", "d"), nullable=False),
        sa.Column("document_number", sa.String(length=60), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("masked", sa.JSON(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=False),
        sa.Column("released_at", MOMENT, nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason <> ''",
            name=op.f("ck_disclosure_withdrawal_has_a_reason"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
            name=op.f("ck_disclosure_withdrawal_has_an_author"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_disclosure_item_id_item")),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["person.id"], name=op.f("fk_disclosure_released_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_disclosure_reply_id_reply")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_disclosure_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_disclosure_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_index(op.f("ix_disclosure_issued_on"), "disclosure", ["issued_on"], unique=False)
    op.create_index(op.f("ix_disclosure_item_id"), "disclosure", ["item_id"], unique=False)
    op.create_index(op.f("ix_disclosure_reply_id"), "disclosure", ["reply_id"], unique=False)
    op.create_index(op.f("ix_disclosure_unit_id"), "disclosure", ["unit_id"], unique=False)
    op.create_index(
        "uq_disclosure_stands",
        "disclosure",
        ["reply_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "disclosure_gram",
        sa.Column("gram", sa.String(length=2), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_disclosure_gram_disclosure_id_disclosure"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("gram", "disclosure_id", name=op.f("pk_disclosure_gram")),
    )
    op.create_index(
        op.f("ix_disclosure_gram_disclosure_id"), "disclosure_gram", ["disclosure_id"], unique=False
    )
    suggestion = sa.ForeignKey("suggestion.id", name="fk_paper_suggestion_id_suggestion")
    op.add_column(
        "paper", sa.Column("suggestion_id", sa.Integer(), suggestion), inline_references=True
    )
    op.create_index("ix_paper_suggestion_id", "paper", ["suggestion_id"])
    basis = sa.ForeignKey("suggestion_basis.id", name="fk_suggestion_basis_id_suggestion_basis")
    op.add_column("suggestion", sa.Column("basis_id", sa.Integer(), basis), inline_references=True)
    for name, length in (("article", 80), ("wording", None)):
        text = sa.Column(name, sa.String(length), nullable=False, server_default="")
        op.add_column("suggestion", text)
    op.add_column("suggestion", sa.Column("answer_by", sa.Date(), nullable=True))
    _move_bases()


def _move_bases() -> None:
    """Make rows of the regulations that an administrator had listed in a setting."""
    connection = op.get_bind()
    named = {"name": BASES}
    listed = connection.scalar(sa.text("SELECT value FROM setting WHERE name = :name"), named)
    names = [each.strip() for each in (listed or "").replace("\n", "；").split("；")]
    for place, name in enumerate(dict.fromkeys(filter(None, names))):
        connection.execute(
            sa.text(
                "INSERT INTO suggestion_basis (position, name, document_number, articles)"
                " VALUES (:place, :name, '', :none)"
            ),
            {"place": place, "name": name[:200], "none": json.dumps([])},
        )
    connection.execute(sa.text("DELETE FROM setting WHERE name = :name"), named)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
