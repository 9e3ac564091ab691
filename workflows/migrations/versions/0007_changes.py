"""Extensions become changes: adjusted and cancelled as well, signed and passed on first."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PENDING = sa.text("decided_at IS NULL")
PEOPLE = ("asked_by_id", "endorsed_by_id", "advised_by_id", "decided_by_id")
RENAMED = {"extension_asked": "change_asked", "extension_decided": "change_decided"}

COPY = """
INSERT INTO change_request (
    assignment_id, kind, reason, progress, old_due_on, new_due_on, old_target, new_target,
    asked_by_id, asked_at, advice, decision, opinion, decided_by_id, decided_at
)
SELECT assignment_id, 'extend', reason, '', old_due_on, new_due_on, '', '',
    asked_by_id, asked_at, '',
    CASE
        WHEN consented IS NULL THEN NULL
        WHEN consented THEN 'consented'
        WHEN decided_by_id IS NULL THEN 'lapsed'
        ELSE 'declined'
    END,
    opinion, decided_by_id, decided_at
FROM extension ORDER BY id
"""


def upgrade() -> None:
    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("extend", "adjust", "cancel", name="changekind"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("old_target", sa.String(), nullable=False),
        sa.Column("new_target", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endorsed_by_id", sa.Integer(), nullable=True),
        sa.Column("endorsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("advice", sa.String(), nullable=False),
        sa.Column("advised_by_id", sa.Integer(), nullable=True),
        sa.Column("advised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "decision",
            _words("consented", "declined", "withdrawn", "lapsed", name="changedecision"),
            nullable=True,
        ),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        _check("decision_has_a_date", "(decision IS NULL) = (decided_at IS NULL)"),
        _check("signature_has_a_signer", "(endorsed_at IS NULL) = (endorsed_by_id IS NULL)"),
        _check("advice_has_an_adviser", "(advised_at IS NULL) = (advised_by_id IS NULL)"),
        _check("goes_forward", "new_due_on > old_due_on"),
        _check("extension_has_a_limit", "kind <> 'extend' OR new_due_on IS NOT NULL"),
        _check("adjustment_has_a_target", "kind <> 'adjust' OR new_target <> ''"),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_change_request_assignment_id_assignment"
        ),
        *(
            sa.ForeignKeyConstraint([who], ["person.id"], name=f"fk_change_request_{who}_person")
            for who in PEOPLE
        ),
        sa.PrimaryKeyConstraint("id", name="pk_change_request"),
    )
    op.create_index("ix_change_request_assignment_id", "change_request", ["assignment_id"])
    op.create_index(
        "ix_change_request_pending",
        "change_request",
        ["assignment_id"],
        unique=True,
        postgresql_where=PENDING,
        sqlite_where=PENDING,
    )
    op.execute(sa.text(COPY))
    op.drop_table("extension")
    op.execute(sa.text("DELETE FROM limit_rule WHERE name = 'extension'"))
    for table in ("story_entry", "notice"):
        _retell(table)


def _words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_change_request_{name}"))


def _retell(name: str) -> None:
    """Tell of what happened to extensions as it is told of changes."""
    table = sa.table(
        name, sa.column("id", sa.Integer), sa.column("kind", sa.String), sa.column("facts", sa.JSON)
    )
    told = op.get_bind().execute(sa.select(table).where(table.c.kind.in_(RENAMED))).all()
    for row in told:
        retold = {"kind": RENAMED[row.kind], "facts": _retold(row.facts)}
        op.execute(table.update().where(table.c.id == row.id).values(retold))


def _retold(facts: dict[str, Any]) -> dict[str, Any]:
    kept = {key: fact for key, fact in facts.items() if key not in ("consented", "moot")}
    if "consented" in facts:
        lapsed = "lapsed" if facts.get("moot") else "declined"
        kept["decision"] = "consented" if facts["consented"] else lapsed
    return {"change": "extend", **kept}
