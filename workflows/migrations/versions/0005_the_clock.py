"""The rules of the legal clock as rows: start, stops, objection window, ceiling; its stops."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNITS = ("same_day", "working_days", "natural_days", "months")
STARTS = ("opened", "registered", "handed_over", "acknowledged", "closed")
CAUSES = ("objection", "change", "review", "suspension")

PARTS = (
    "instruction.flash", "instruction.urgent", "instruction.pressing", "instruction.normal",
    "instruction.complex", "instruction.long_term", "document", "minutes", "decision.first_report",
    "proposal", "proposal.co_opinion",
)  # fmt: skip
"""The rules by which a unit's part is due."""

HANDED_OVER = (*PARTS, "interim.weekly", "interim.monthly", "interim.quarterly", "object",
               "object.proposal")  # fmt: skip


def words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    rows = op.get_bind().execute(sa.text("SELECT name, number, unit, version FROM limit_rule"))
    kept = {row.name: dict(row._mapping) for row in rows}  # noqa: SLF001 (its documented name)
    op.drop_table("limit_rule")
    rules = op.create_table(
        "limit_rule",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit", words(*UNITS, name="limitunit"), nullable=False),
        sa.Column("starts", words(*STARTS, name="startevent"), nullable=False),
        sa.Column("stops", sa.JSON(), nullable=False),
        sa.Column("objection", sa.String(length=60), nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("longest_number", sa.Integer(), nullable=True),
        sa.Column("longest_unit", words(*UNITS, name="longest_unit"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_limit_rule_not_negative")),
        sa.CheckConstraint("extensions >= 0", name=op.f("ck_limit_rule_extensions_not_negative")),
        sa.CheckConstraint(
            "(longest_number IS NULL) = (longest_unit IS NULL)",
            name=op.f("ck_limit_rule_longest_has_a_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["objection"], ["limit_rule.name"], name="fk_limit_rule_objection_limit_rule"
        ),
        sa.PrimaryKeyConstraint("name", name="pk_limit_rule"),
    )
    longest = kept.pop("proposal.longest", None)
    filled = [_with_terms(row, longest) for row in kept.values()]
    if filled:
        op.bulk_insert(rules, sorted(filled, key=lambda row: row["objection"] is not None))
    op.create_table(
        "clock_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("cause", words(*CAUSES, name="stopcause"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until >= since", name=op.f("ck_clock_stop_ends_after_it_began")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_clock_stop_assignment_id_assignment"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clock_stop"),
    )
    op.create_index("ix_clock_stop_assignment_id", "clock_stop", ["assignment_id"], unique=False)
    op.add_column("assignment", sa.Column("stopped_on", sa.Date(), nullable=True))
    op.add_column("item", sa.Column("stopped_on", sa.Date(), nullable=True))
    op.add_column(
        "todo", sa.Column("due_why", sa.JSON(), server_default=sa.text("'[]'"), nullable=False)
    )


def _with_terms(row: dict[str, object], longest: dict[str, object] | None) -> dict[str, object]:
    """Give a rule of old the terms that it has by default."""
    name = str(row["name"])
    row.update(
        starts="closed" if name == "revisit" else "opened", stops=[], objection=None,
        extensions=0, longest_number=None, longest_unit=None,
    )  # fmt: skip
    if name in HANDED_OVER:
        row["starts"] = "handed_over"
    if name in PARTS:
        proposal = name.startswith("proposal")
        row.update(
            stops=["objection", "suspension"] if name == "proposal" else ["suspension"],
            objection="object.proposal" if proposal else "object",
            extensions=1 if proposal or name == "instruction.flash" else 2,
        )
    if name == "instruction.flash":
        row.update(longest_number=3, longest_unit="working_days")
    elif name == "proposal.co_opinion":
        row.update(longest_number=2, longest_unit="months")
    elif name == "proposal":
        row.update(
            longest_number=longest["number"] if longest else 6,
            longest_unit=longest["unit"] if longest else "months",
        )
    return row
