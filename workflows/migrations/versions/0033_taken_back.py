"""A post that is taken back, and a token that is ended, are on record like those that are given."""

from workflows.migrations.words import set_words

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

DEEDS = ("opened", "closed", "reopened", "reset", "issued", "named", "relieved", "revoked")


def upgrade() -> None:
    set_words("account_change", "deed", "accountdeed", DEEDS)
