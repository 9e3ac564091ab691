"""Quarterly scores, their entries, appeals and rankings; praise on record."""

import sqlalchemy as sa
from alembic import op

from workflows.tables.assessment import assessment_guards

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    standing = sa.text("state <> 'declined'")
    op.create_table(
        "unit_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            _words("unitkind", "government", "office", "department", "county", "lower"),
            nullable=True,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit_group"),
        sa.UniqueConstraint("kind", name=op.f("uq_unit_group_kind")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_group_name")),
    )
    op.create_table(
        "grouped_unit",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        _to("grouped_unit", "group_id", "unit_group"),
        _to("grouped_unit", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_grouped_unit")),
    )
    op.create_index("ix_grouped_unit_group_id", "grouped_unit", ["group_id"])
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _words("assessmentstate", "running", "frozen", "published", "final"),
            nullable=False,
        ),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.Column("table_note", sa.String(length=400), nullable=False),
        sa.Column("table_by_id", sa.Integer(), nullable=True),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("frozen_at", MOMENT, nullable=True),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("appeal_until", sa.Date(), nullable=True),
        sa.Column("final_at", MOMENT, nullable=True),
        sa.Column("final_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'final') = (final_at IS NOT NULL)", name=op.f("ck_assessment_final_once")
        ),
        sa.CheckConstraint(
            "(state = 'running') = (frozen_at IS NULL)", name=op.f("ck_assessment_frozen_once")
        ),
        sa.CheckConstraint(
            "(state IN ('published', 'final')) = (published_at IS NOT NULL)",
            name=op.f("ck_assessment_published_once"),
        ),
        sa.CheckConstraint(
            "(frozen_at IS NULL) = (base IS NULL)", name=op.f("ck_assessment_frozen_with_its_base")
        ),
        sa.CheckConstraint(
            "(frozen_at IS NULL) = (snapshot_id IS NULL)",
            name=op.f("ck_assessment_frozen_with_its_ledger"),
        ),
        sa.CheckConstraint(
            "(frozen_at IS NULL) = (frozen_by_id IS NULL)",
            name=op.f("ck_assessment_frozen_by_somebody"),
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (appeal_until IS NULL)",
            name=op.f("ck_assessment_published_with_a_window"),
        ),
        sa.CheckConstraint(
            "frozen_at IS NULL OR table_id IS NOT NULL",
            name=op.f("ck_assessment_frozen_by_a_table"),
        ),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_assessment_quarter_of_a_year")),
        _to("assessment", "final_by_id", "person"),
        _to("assessment", "frozen_by_id", "person"),
        _to("assessment", "published_by_id", "person"),
        _to("assessment", "snapshot_id", "snapshot"),
        _to("assessment", "table_by_id", "person"),
        _to("assessment", "table_id", "engine_decision"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.UniqueConstraint("year", "quarter", name=op.f("uq_assessment_year_quarter")),
    )
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(decided_by_id IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_appeal_decision_has_an_author"),
        ),
        sa.CheckConstraint(
            "(upheld IS NULL) = (decided_at IS NULL)", name=op.f("ck_appeal_decision_has_a_date")
        ),
        sa.CheckConstraint(
            "(upheld IS TRUE) = (points IS NOT NULL)", name=op.f("ck_appeal_upheld_with_points")
        ),
        _to("appeal", "assessment_id", "assessment"),
        _to("appeal", "decided_by_id", "person"),
        _to("appeal", "made_by_id", "person"),
        _to("appeal", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name="pk_appeal"),
        sa.UniqueConstraint(
            "assessment_id", "unit_id", "cause", name=op.f("uq_appeal_assessment_id_unit_id_cause")
        ),
    )
    op.create_table(
        "score_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("part", _words("part", "lead", "co", "separate"), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("appeal_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(event = 'correction') = (appeal_id IS NOT NULL)",
            name=op.f("ck_score_entry_corrects_by_appeal"),
        ),
        sa.CheckConstraint("cause <> ''", name=op.f("ck_score_entry_names_its_event")),
        _to("score_entry", "appeal_id", "appeal"),
        _to("score_entry", "assessment_id", "assessment"),
        _to("score_entry", "assignment_id", "assignment"),
        _to("score_entry", "by_id", "person"),
        _to("score_entry", "item_id", "item"),
        _to("score_entry", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name="pk_score_entry"),
        sa.UniqueConstraint("appeal_id", name=op.f("uq_score_entry_appeal_id")),
        sa.UniqueConstraint("unit_id", "cause", name=op.f("uq_score_entry_unit_id_cause")),
    )
    op.create_index("ix_score_entry_item_id", "score_entry", ["item_id"])
    op.create_index("ix_score_entry_quarter_unit", "score_entry", ["assessment_id", "unit_id"])
    op.create_table(
        "ranking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("tasks", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        _to("ranking", "assessment_id", "assessment"),
        _to("ranking", "group_id", "unit_group"),
        _to("ranking", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name="pk_ranking"),
        sa.UniqueConstraint(
            "assessment_id", "final", "unit_id", name=op.f("uq_ranking_assessment_id_final_unit_id")
        ),
    )
    op.create_index("ix_ranking_unit_id", "ranking", ["unit_id"])
    op.create_table(
        "praise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "level", _words("praiselevel", "national", "province", "city", "leader"), nullable=False
        ),
        sa.Column("whom", _words("praised", "office", "unit", "persons"), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=True),
        sa.Column("paper_name", sa.String(length=255), nullable=False),
        sa.Column("paper_type", sa.String(length=120), nullable=False),
        sa.Column("paper_size", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_why", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(paper_id IS NULL) = (paper_name = '')", name=op.f("ck_praise_paper_has_a_name")
        ),
        sa.CheckConstraint(
            "whom <> 'persons' OR persons > 0", name=op.f("ck_praise_persons_are_counted")
        ),
        sa.CheckConstraint(
            "whom <> 'unit' OR unit_id IS NOT NULL", name=op.f("ck_praise_unit_is_named")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
            name=op.f("ck_praise_withdrawn_by_somebody"),
        ),
        sa.CheckConstraint("persons >= 0", name=op.f("ck_praise_persons_in_range")),
        _to("praise", "item_id", "item"),
        _to("praise", "recorded_by_id", "person"),
        _to("praise", "unit_id", "unit"),
        _to("praise", "withdrawn_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_praise"),
    )
    op.create_index("ix_praise_counted_on", "praise", ["counted_on"])
    op.create_index("ix_praise_item_id", "praise", ["item_id"])
    op.create_index("ix_praise_on", "praise", ["on"])
    op.create_index("ix_praise_unit_id", "praise", ["unit_id"])
    op.create_table(
        "commendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "state", _words("commendationstate", "proposed", "approved", "declined"), nullable=False
        ),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)",
            name=op.f("ck_commendation_decision_has_a_date"),
        ),
        sa.CheckConstraint(
            "(decided_by_id IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_commendation_decision_has_an_author"),
        ),
        _to("commendation", "decided_by_id", "person"),
        _to("commendation", "proposed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_commendation"),
    )
    op.create_index(
        "uq_commendation_standing",
        "commendation",
        ["year"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_table(
        "commendation_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commendation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.String(), nullable=False),
        _to("commendation_line", "commendation_id", "commendation"),
        _to("commendation_line", "group_id", "unit_group"),
        _to("commendation_line", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name="pk_commendation_line"),
        sa.UniqueConstraint(
            "commendation_id", "unit_id", name=op.f("uq_commendation_line_commendation_id_unit_id")
        ),
    )
    for statement in assessment_guards(op.get_bind().dialect.name):
        op.execute(statement)
    op.add_column(
        "report", sa.Column("fault", sa.String(length=20), server_default="", nullable=False)
    )


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
