"""What was done to accounts, for whoever oversees the house: whose, what, when and by whom."""

from flask import Blueprint, g, render_template, request

from web.transaction import reading
from web.words import accounts
from workflows import account_changes
from workflows.tables import Role

blueprint = Blueprint("account_changes", __name__, url_prefix="/admin/accounts")


@blueprint.get("/")
def show() -> str:
    """Show what was done to anybody's account, the latest first; the rest page by page."""
    before_id = request.args.get("before", type=int)
    with reading() as session:
        changes = account_changes.latest(session, g.actor, before_id)
        return render_template(
            "admin/account_changes.html",
            changes=changes,
            before_id=before_id,
            most=account_changes.SHOWN,
            terminal=accounts.TERMINAL,
            administers=g.actor.has(Role.ADMINISTRATOR),
        )
