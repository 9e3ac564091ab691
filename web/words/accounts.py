"""What is done to accounts, in the reader's words."""

from flask_babel import lazy_gettext as _l

from workflows.tables import AccountDeed

DEEDS = {
    AccountDeed.OPENED: _l("account opened"),
    AccountDeed.CLOSED: _l("account closed"),
    AccountDeed.REOPENED: _l("account opened again"),
    AccountDeed.RESET: _l("new password"),
    AccountDeed.ISSUED: _l("new API token"),
    AccountDeed.NAMED: _l("administrator's post"),
    AccountDeed.RELIEVED: _l("administrator's post taken back"),
    AccountDeed.REVOKED: _l("API token ended"),
}
TERMINAL = _l("somebody at the server's terminal")
"""Who does it without an account."""
