"""The mails that left the house; a demo without a server shows here what it would send."""

import os

from flask import Blueprint, g, render_template

from web.mails import server_of
from web.transaction import reading
from workflows import notices, rules
from workflows.tables import Role

blueprint = Blueprint("mails", __name__, url_prefix="/admin/mails")


@blueprint.get("/")
def show() -> str:
    """Show the mails that left the house, the newest first."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    with reading() as session:
        host = server_of(session, os.environ).host
        return render_template("mails/show.html", mails=notices.mails(session), host=host)
