"""Four kinds of items, and every source that the seed names."""

import sqlalchemy as sa
from alembic import op

from workflows.migrations.words import set_words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = ("instruction", "proposal", "key_project", "decision")
KEPT = (
    "provincial_instruction", "city_instruction", "work_report_province", "work_report_city",
    "livelihood", "executive_meeting", "mayors_council", "mayors_brief_meeting",
    "coordination_meeting", "incentives", "campaign", "key_project",
)  # fmt: skip
NEW = ("livelihood_project", "major_work", "npc_bill", "npc_suggestion", "cppcc_proposal")


def upgrade() -> None:
    set_words("item", "kind", "kind", KINDS)
    set_words("item", "source", "source", (*KEPT, "proposal", *NEW))
    op.execute(sa.text("UPDATE item SET source = 'npc_suggestion' WHERE source = 'proposal'"))
    set_words("item", "source", "source", (*KEPT, *NEW))
