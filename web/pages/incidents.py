"""What is stuck: steps and jobs that failed by rule, each to be tried again by a button."""

from collections.abc import Mapping

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web import toasts
from web.auth import current_actor
from web.transaction import reading, writing
from workflows import incidents

blueprint = Blueprint("incidents", __name__, url_prefix="/admin/incidents")

KINDS: Mapping[str, LazyString] = {
    "operation": _l("An operation failed"),
    "timer": _l("A due date failed"),
    "job": _l("A job was given up"),
    "delivery": _l("A message was given up"),
}
RULE = _l("A rule of the diagram failed")


@blueprint.get("")
def show() -> str:
    """Show what is stuck, the newest first."""
    with reading() as session:
        return render_template(
            "incidents/show.html",
            stuck=incidents.stuck(session, g.actor),
            kinds=KINDS,
            rule=RULE,
        )


@blueprint.post("/<int:incident_id>/retry")
def retry(incident_id: int) -> ResponseReturnValue:
    """Try again what has failed."""
    writing(lambda session: incidents.retry(session, current_actor(session), incident_id))
    toasts.say(_("It was tried again. What fails once more stands here anew."))
    return redirect(url_for("incidents.show"), 303)
