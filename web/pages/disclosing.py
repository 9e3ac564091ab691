"""公示: what the office releases to the public, withdraws from it, and keeps on record."""

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, refused
from web.moments import iso_day
from web.transaction import reading, writing
from web.words import disclosure as disclosure_words
from web.words import word
from web.words.disclosure import RATES
from web.workbooks import download
from workflows import disclosure
from workflows.disclosure import Choice, counting, office
from workflows.errors import NotYours, Refusal
from workflows.people import Actor
from workflows.proposals import queries
from workflows.tables import Disclosure, Role

blueprint = Blueprint("disclosing", __name__, url_prefix="/disclosure")
blueprint.record_once(lambda state: disclosure_words.register(state.app))


@blueprint.get("/")
def show() -> str:
    """List the replies that wait to be released."""
    with reading() as session:
        return _list("waiting", session, waiting=office.to_release(session, g.actor))


@blueprint.get("/released")
def released() -> str:
    """List what the public reads."""
    with reading() as session:
        return _list("released", session, released=office.released(session, g.actor))


@blueprint.get("/withdrawn")
def withdrawn() -> str:
    """List what the public read once, and why it doesn't any more."""
    with reading() as session:
        return _list("withdrawn", session, withdrawn=office.withdrawn(session, g.actor))


@blueprint.get("/register.xlsx")
def export() -> Response:
    """Give all that is or was public as a workbook."""
    with reading() as session:
        kept = [each.disclosure for each in office.released(session, g.actor)]
        rows = [_cells(each) for each in (*kept, *office.withdrawn(session, g.actor))]
    return download(_("Disclosed replies"), _heads(), rows)


# -- one reply ---------------------------------------------------------------------------


@blueprint.get("/replies/<int:reply_id>")
def look(reply_id: int) -> ResponseReturnValue:
    """Show a reply beside what of it would be public."""
    return _look(reply_id, Choice(), Entry())


@blueprint.post("/replies/<int:reply_id>")
def release(reply_id: int) -> ResponseReturnValue:
    """Show it under another choice, or release it exactly as it was last shown."""
    typed = MultiDict(request.form)
    choice = Choice(tuple(typed.getlist("shown")), typed.get("more", ""))
    if typed.get("deed") != "release":
        return _look(reply_id, choice, Entry(values=typed, typed=True))

    def work(session: Session) -> int:
        actor, seal = current_actor(session), typed.get("seen", "")
        return disclosure.release(session, actor, reply_id, choice, seal).id

    try:
        made = writing(work)
    except Refusal as error:
        return _look(reply_id, choice, refused(typed, error))
    toasts.say(_("The public reads it from now on."))
    return redirect(url_for("disclosing.record", disclosure_id=made), 303)


@blueprint.get("/<int:disclosure_id>")
def record(disclosure_id: int) -> ResponseReturnValue:
    """Show what the public reads or read, who released it, and what was hidden."""
    return _record(disclosure_id, Entry())


@blueprint.post("/<int:disclosure_id>/withdraw")
def withdraw(disclosure_id: int) -> ResponseReturnValue:
    """Take it from the public and say why."""
    typed = MultiDict(request.form)

    def work(session: Session) -> object:
        return disclosure.withdraw(
            session, current_actor(session), disclosure_id, typed.get("reason", "")
        )

    try:
        writing(work)
    except NotYours:
        raise
    except Refusal as error:
        return _record(disclosure_id, refused(typed, error))
    toasts.say(_("Withdrawn; its record stays. A browser may show it five minutes longer."))
    return redirect(url_for("disclosing.record", disclosure_id=disclosure_id), 303)


# -- figures -----------------------------------------------------------------------------


@blueprint.get("/figures")
def figures() -> str:
    """Show the figures that the public reads, and whose could be released."""
    with reading() as session:
        office.counts(session, g.actor)
        rows = [(row, counting.count(row.lines)) for row in counting.standing_figures(session)]
        return _list("figures", session, rows=rows, sessions=queries.sessions(session), rates=RATES)


@blueprint.post("/figures")
def release_figures() -> ResponseReturnValue:
    """Release a session's figures as they are now."""
    named = request.form.get("session", "")
    writing(lambda s: disclosure.release_figures(s, current_actor(s), named))
    toasts.say(_("The public reads the figures of %(session)s.", session=named))
    return redirect(url_for("disclosing.figures"), 303)


@blueprint.get("/figures/<int:figures_id>")
def lines(figures_id: int) -> str:
    """Show the proposals that a session's figures were counted from, as they were then."""
    what, value = request.args.get("by", ""), request.args.get("value", "")
    with reading() as session:
        row = counting.figures_of(session, g.actor, figures_id)
        kept = counting.of(row.lines, what, value) if what in {"class", "unit"} else row.lines
        return render_template("disclosing/lines.html", row=row, lines=kept, value=value, by=what)


@blueprint.post("/figures/<int:figures_id>/withdraw")
def withdraw_figures(figures_id: int) -> ResponseReturnValue:
    """Take a session's figures from the public."""
    writing(lambda s: disclosure.withdraw_figures(s, current_actor(s), figures_id))
    toasts.say(_("The figures are withdrawn."))
    return redirect(url_for("disclosing.figures"), 303)


# -- pieces ------------------------------------------------------------------------------


def _may_act(actor: Actor) -> bool:
    return actor.has(Role.SUPERVISOR) or actor.has(Role.DIRECTOR)


def _list(tab: str, session: Session, **told: object) -> str:
    waiting, now_public, past = office.counts(session, g.actor)
    tabs = [
        ("waiting", url_for("disclosing.show"), _("To release"), waiting),
        ("released", url_for("disclosing.released"), _("Public"), now_public),
        ("withdrawn", url_for("disclosing.withdrawn"), _("Withdrawn from the public"), past),
        ("figures", url_for("disclosing.figures"), _("Figures"), None),
    ]
    return render_template(
        "disclosing/show.html", tab=tab, tabs=tabs, may_act=_may_act(g.actor), **told
    )


def _look(reply_id: int, choice: Choice, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        seen = disclosure.preview(session, g.actor, reply_id, choice)
        body = render_template("disclosing/look.html", seen=seen, entry=entry, choice=choice)
    return body, entry.status


def _record(disclosure_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        found = office.record(session, g.actor, disclosure_id)
        body = render_template(
            "disclosing/record.html",
            row=found.disclosure,
            why_not=found.why_not,
            entry=entry,
            may_act=_may_act(g.actor),
        )
    return body, entry.status


def _heads() -> list[str]:
    return [
        _("Session"),
        _("Number"),
        _("Title"),
        _("Unit"),
        _("Class"),
        _("Document number"),
        _("Issued on"),
        _("Released on"),
        _("Released by"),
        _("Withdrawn on"),
        _("Reason"),
    ]


def _cells(row: Disclosure) -> list[str]:
    return [
        row.session,
        row.number,
        row.title,
        row.unit_name,
        word(row.reply_class),
        row.document_number,
        iso_day(row.issued_on),
        iso_day(row.released_at),
        row.released_by.name,
        iso_day(row.withdrawn_at),
        row.withdrawn_reason,
    ]
