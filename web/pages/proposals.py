"""Proposals: their ledger, hand-over meeting, promises, figures, and how replies are rated."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import (
    Blueprint,
    Response,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.channels import reach_of
from web.downloads import give
from web.entries import Entry, load, refused
from web.moments import iso_day
from web.proposal_wishes import Wish, wish_of
from web.shapes import proposals as shapes
from web.transaction import reading, writing
from web.words import word
from web.workbooks import download
from workflows import documents, dossiers, proposals, rules
from workflows.assignments import UnitTask
from workflows.calendar import today
from workflows.errors import LinkUnknown, Refusal
from workflows.people import Actor
from workflows.proposals import (
    HandOut,
    Link,
    Meeting,
    ledger,
    letters,
    queries,
    ratings,
    views,
)
from workflows.proposals import links as links_sent
from workflows.tables import Channel, Handling, HeardBy, Item, Role, Satisfaction

blueprint = Blueprint("proposals", __name__, url_prefix="/proposals")

OUT = (Channel.MAIL, Channel.SMS)
"""By what a proposer is sent a link."""


# -- the ledger and its figures ---------------------------------------------------------


@blueprint.get("/")
def show() -> str:
    """List the proposals of a session, by class, rating and unit."""
    with reading() as session:
        sessions = queries.sessions(session)
        wish = wish_of(request.args, sessions)
        rows = ledger.lines(session, g.actor, wish.filter)
        return render_template(
            "proposals/show.html",
            rows=rows,
            wish=wish,
            sessions=sessions,
            units=_units(session, wish),
        )


@blueprint.get("/ledger.xlsx")
def export() -> Response:
    """Give the rows that are listed as a workbook."""
    with reading() as session:
        wish = wish_of(request.args, queries.sessions(session))
        rows = ledger.lines(session, g.actor, wish.filter)
        table = [_cells(row) for row in rows]
    return download(_("Proposals"), _heads(), table)


@blueprint.get("/figures")
def figures() -> str:
    """Show a session's figures; each one opens the rows that make it."""
    with reading() as session:
        sessions = queries.sessions(session)
        wish = wish_of({"session": request.args.get("session", "")}, sessions)
        told = (session, g.actor, wish.filter)
        return render_template(
            "proposals/figures.html",
            wish=wish,
            sessions=sessions,
            total=ledger.figures(*told),
            by_class=ledger.by_class(*told),
            by_unit=ledger.by_unit(*told),
            share=ledger.share,
            satisfactions=list(Satisfaction),
        )


@blueprint.get("/promises")
def promises() -> str:
    """List what was promised and isn't kept yet, the first to come back first."""
    with reading() as session:
        owed = ledger.promises(session, g.actor)
        return render_template("proposals/promises.html", owed=owed, day=today(session))


def _heads() -> list[str]:
    return [
        _("Number"),
        _("Session"),
        _("Kind of matter"),
        _("Title"),
        _("Proposers"),
        _("Lead unit"),
        _("Co-units"),
        _("Way of handling"),
        _("Assigned on"),
        _("Limit"),
        _("Document number"),
        _("Class"),
        _("Satisfaction"),
        _("May all read it?"),
    ]


def _cells(row: ledger.ProposalLine) -> list[str]:
    reply = row.replies[0] if row.replies else None
    lead, *others = [unit.name for unit in row.units] or [""]
    return [
        row.proposal.number,
        row.proposal.session,
        word(row.item.source),
        row.item.title,
        "、".join(one.name for one in row.proposal.proposers),
        lead,
        "、".join(others),
        word(row.proposal.handling),
        iso_day(row.item.assigned_on),
        iso_day(row.item.due_on),
        reply.document_number if reply else "",
        word(row.reply_class),
        word(row.satisfaction),
        (_("public") if reply.disclosed else _("not public")) if reply else "",
    ]


def _units(session: Session, wish: Wish) -> list[tuple[str, str]]:
    """Return the units that lead a proposal of the session, to choose from."""
    named = ledger.ProposalFilter(session=wish.filter.session)
    counted = ledger.by_unit(session, g.actor, named)
    return [(str(unit.id), unit.name) for unit, _figures in counted]


# -- the hand-over meeting --------------------------------------------------------------


@blueprint.get("/hand-over")
def hand_over() -> ResponseReturnValue:
    """Show a session's waiting proposals, each with the units to choose."""
    return _hand_over(Entry())


@blueprint.post("/hand-over")
def hold() -> ResponseReturnValue:
    """Hand all of them over at once, as the meeting decided."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        actor = current_actor(session)
        said = load(shapes.HandoverMeeting, typed)
        handed = [_handed(todo.task_id, typed) for todo, _, _ in _waiting(session, typed)]
        proposals.hold_meeting(session, actor, Meeting(**said), handed)
        return len(handed)

    try:
        number = writing(work)
    except (ValidationError, Refusal) as error:
        return _hand_over(refused(typed, error, {"co": "units"}))
    toasts.say(ngettext("%(num)d proposal is handed over.", "%(num)d are handed over.", number))
    return redirect(url_for("proposals.show", session=typed.get("session")), 303)


def _hand_over(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        rules.must_have(g.actor, Role.SUPERVISOR)
        sessions = queries.sessions(session)
        chosen = entry.get("session") or request.args.get("session") or next(iter(sessions), "")
        entry.values.setdefault("held_on", today(session).isoformat())
        entry.values["session"] = chosen
        body = render_template(
            "proposals/hand_over.html",
            entry=entry,
            sessions=sessions,
            chosen=chosen,
            waiting=queries.waiting(session, chosen),
            groups=dossiers.unit_groups(session),
            handlings=[(each.value, word(each)) for each in Handling],
        )
    return body, entry.status


def _waiting(session: Session, typed: Mapping[str, str]) -> Any:  # noqa: ANN401 (rows)
    return queries.waiting(session, typed.get("session", ""))


def _handed(task_id: object, typed: MultiDict[str, str]) -> HandOut:
    """Read one row of the form: its lead unit, the others, and how they share it."""
    lead = typed.get(f"lead-{task_id}", "")
    others = [each for each in typed.getlist(f"others-{task_id}") if each.isdigit()]
    handling = typed.get(f"handling-{task_id}") or Handling.LEAD_CO.value
    return HandOut(
        task_id=task_id,  # type: ignore[arg-type] # it came from the rows
        lead=UnitTask(int(lead)) if lead.isdigit() else None,
        others=tuple(UnitTask(int(each)) for each in others if each != lead),
        handling=Handling.SINGLE if not others else handling,
    )


# -- ratings ----------------------------------------------------------------------------


@blueprint.get("/replies/<int:reply_id>/ratings", endpoint="ratings")
def ratings_of(reply_id: int) -> ResponseReturnValue:
    """Show how the proposers take a reply."""
    return _ratings(reply_id, Entry())


@blueprint.post("/replies/<int:reply_id>/links")
def links(reply_id: int) -> ResponseReturnValue:
    """Make every proposer a link of their own, and show it this once."""
    made: list[tuple[int, str]] = []

    def work(session: Session) -> list[tuple[int, str]]:
        fresh = proposals.make_links(session, current_actor(session), reply_id)
        return [(link.rating.id, _address(link)) for link in fresh]

    made = writing(work)
    return _ratings(reply_id, Entry(), dict(made))


@blueprint.post("/replies/<int:reply_id>/send")
def send(reply_id: int) -> ResponseReturnValue:
    """Send a link to every proposer who is reached and wasn't sent one yet."""
    return _do(reply_id, lambda session, actor: proposals.send_links(session, actor, reply_id))


@blueprint.post("/replies/<int:reply_id>/ratings/<int:rating_id>/resend")
def resend(reply_id: int, rating_id: int) -> ResponseReturnValue:
    """Send one proposer another link."""
    return _do(reply_id, lambda session, actor: proposals.resend_link(session, actor, rating_id))


@blueprint.post("/replies/<int:reply_id>/ratings/<int:rating_id>/withdraw")
def withdraw(reply_id: int, rating_id: int) -> ResponseReturnValue:
    """Let none of a proposer's links lead anywhere any more."""
    return _do(reply_id, lambda session, actor: proposals.withdraw_link(session, actor, rating_id))


@blueprint.post("/replies/<int:reply_id>/proposers/<int:proposer_id>")
def reach(reply_id: int, proposer_id: int) -> ResponseReturnValue:
    """Write down how a proposer is reached."""
    typed = MultiDict(request.form)

    def work(session: Session, actor: Actor) -> object:
        said = load(shapes.Reach, typed)
        return proposals.change_reach(session, actor, proposer_id, **said)

    return _do(reply_id, work, typed)


def _do(
    reply_id: int,
    deed: Callable[[Session, Actor], object],
    typed: MultiDict[str, str] | None = None,
) -> ResponseReturnValue:
    """Do something about a reply's links, and come back to them."""
    try:
        writing(lambda session: deed(session, current_actor(session)))
    except (ValidationError, Refusal) as error:
        return _ratings(reply_id, refused(typed or MultiDict(), error))
    return redirect(url_for("proposals.ratings", reply_id=reply_id, _anchor="links"), 303)


@blueprint.post("/replies/<int:reply_id>/heard")
def heard(reply_id: int) -> ResponseReturnValue:
    """Write down what a proposer said by telephone or on paper."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        said = load(shapes.HeardRating, typed)
        rating_id = typed.get("rating_id", 0, type=int)
        actor = current_actor(session)
        return proposals.record_rating(session, actor, rating_id, **said).id

    try:
        writing(work)
    except (ValidationError, Refusal) as error:
        return _ratings(reply_id, refused(typed, error))
    toasts.say(_("The rating is kept."))
    return redirect(url_for("proposals.ratings", reply_id=reply_id), 303)


def _ratings(
    reply_id: int, entry: Entry, made: Mapping[int, str] | None = None
) -> ResponseReturnValue:
    with reading() as session:
        rules.must_have(g.actor, Role.SUPERVISOR)
        reply = ratings.visible_reply(session, g.actor, reply_id)
        item = session.get_one(Item, reply.item_id)
        view = views.view_of(session, g.actor, item)
        own = view.of(reply.assignment) if view else None
        told = next(each for each in own.replies if each.reply.id == reply_id) if own else None
        body = render_template(
            "proposals/ratings.html",
            entry=entry,
            item=item,
            view=view,
            told=told,
            made=made or {},
            letters=links_sent.sent(session, reply),
            reaches={each: reach_of(session, each) is not None for each in OUT},
            by_hand=[(each.value, word(each)) for each in (HeardBy.PHONE, HeardBy.PAPER)],
            answers=[(each.value, word(each)) for each in ratings.ANSWERS],
        )
    return body, entry.status


def _address(link: Link) -> str:
    return url_for("rating.show", token=link.token, _external=True)


@blueprint.get("/replies/<int:reply_id>/letter.<ending>")
def letter(reply_id: int, ending: str) -> Response:
    """Give a reply as the letter that its proposers get."""
    if ending not in ("docx", "pdf"):
        raise LinkUnknown
    with reading() as session:
        paper = letters.letter_of(session, g.actor, reply_id)
        if ending == "pdf":
            content, kind = documents.pdf(paper), "application/pdf"
        else:
            content = letters.letter_docx(session, g.actor, reply_id)
            kind = documents.MEDIA_TYPE
    return give(content, kind, f"{paper.number or paper.title}.{ending}")
