"""What is stuck: in plain words, on the diagram; tried again, skipped, moved; items suspended."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from engine import Session
from web import toasts
from web.auth import current_actor
from web.transaction import database, reading, writing
from web.words import incidents as incident_words
from workflows import diagrams, incidents, mending
from workflows.incidents import Stuck, StuckFilter
from workflows.mending import Deed, Outlook

blueprint = Blueprint("incidents", __name__, url_prefix="/admin/incidents")
blueprint.record_once(lambda state: incident_words.register(state.app))


PAGE = 50


class Wanted(NamedTuple):
    """A deed that was asked for: which, why, and where to."""

    deed: str
    reason: str
    to: str


DEEDS: Mapping[str, Callable[[int, Wanted], Deed]] = {
    "retry": lambda number, _wanted: partial(mending.retry, incident_id=number),
    "skip": lambda number, wanted: partial(mending.skip, incident_id=number, reason=wanted.reason),
    "move": lambda number, wanted: partial(
        mending.move, incident_id=number, element_id=wanted.to, reason=wanted.reason
    ),
}


@blueprint.get("")
def show() -> str:
    """Show what is stuck, the newest first, and what is suspended."""
    told = StuckFilter(
        kind=request.args.get("kind") or None,
        process_id=request.args.get("process") or None,
        element_id=request.args.get("element") or None,
    )
    page, held = (max(1, request.args.get(name, 1, type=int)) for name in ("page", "held"))
    with reading() as session:
        everything = incidents.stuck(session, g.actor)
        found = [each for each in everything if told.takes(each)]
        suspended = incidents.suspended(session, g.actor)
        return render_template(
            "incidents/show.html",
            stuck=found[(page - 1) * PAGE : page * PAGE],
            page=page,
            pages=-(-len(found) // PAGE),
            held=held,
            helds=-(-len(suspended) // PAGE),
            pager_of=_pager_of,
            all=everything,
            told=told,
            kinds=sorted({each.incident.kind for each in everything}),
            causes=_causes(found),
            still=incidents.still(session, g.actor),
            suspended=suspended[(held - 1) * PAGE : held * PAGE],
            waiting=Counter(each.process_id for each in suspended),
            processes=diagrams.processes(session),
        )


@blueprint.get("/<int:incident_id>")
def one(incident_id: int) -> str:
    """Show one incident: what happened, where on the diagram, who is affected, what can be done."""
    with reading() as session:
        return page(session, incident_id)


@blueprint.post("/<int:incident_id>/foresee")
def foresee(incident_id: int) -> str:
    """Say what a deed would lead to; nothing is done yet."""
    wanted = _wanted()
    with reading() as session:
        found = incidents.one(session, g.actor, incident_id)
        key = found.incident.business_key
    outlook = mending.foresee(database(), current_actor, key, _deed(incident_id, wanted))
    with reading() as session:
        return page(session, incident_id, wanted, outlook)


@blueprint.post("/<int:incident_id>/do")
def do(incident_id: int) -> ResponseReturnValue:
    """Do what was confirmed."""
    wanted = _wanted()
    deed = _deed(incident_id, wanted)
    writing(lambda session: deed(session, current_actor(session)))
    toasts.say(_said(wanted))
    return redirect(url_for("incidents.show"), 303)


@blueprint.post("/<int:incident_id>/retry")
def retry(incident_id: int) -> ResponseReturnValue:
    """Try again what has failed."""
    writing(lambda session: mending.retry(session, current_actor(session), incident_id))
    toasts.say(_said(Wanted("retry", "", "")))
    return redirect(url_for("incidents.show"), 303)


@blueprint.post("/retry")
def retry_all() -> ResponseReturnValue:
    """Try again everything of one cause."""
    told = StuckFilter(
        kind=request.form.get("kind", ""),
        process_id=request.form.get("process", ""),
        element_id=request.form.get("element", ""),
    )
    number = mending.retry_all(database(), current_actor, told)
    toasts.say(ngettext("One was tried again.", "%(num)d were tried again.", number))
    return redirect(url_for("incidents.show"), 303)


@blueprint.post("/suspend")
def suspend() -> ResponseReturnValue:
    """Let nothing move an item, or all that runs on a process, until it is resumed."""
    number, process_id = request.form.get("number", ""), request.form.get("process", "")
    reason = request.form.get("reason", "")
    if process_id and not number.strip():
        count = mending.suspend_process(database(), current_actor, process_id, reason)
        said = ngettext("One item is suspended.", "%(num)d items are suspended.", count)
    else:
        item = writing(
            lambda session: mending.suspend_item(session, current_actor(session), number, reason)
        )
        said = _("%(number)s is suspended.", number=item.number)
    toasts.say(said)
    return redirect(url_for("incidents.show"), 303)


@blueprint.post("/resume")
def resume_all() -> ResponseReturnValue:
    """Let all that is suspended go on, or all of it on a process."""
    form = request.form
    process_id = form.get("process") or None
    number = mending.resume_all(database(), current_actor, form.get("reason", ""), process_id)
    toasts.say(ngettext("One item goes on.", "%(num)d items go on.", number))
    return redirect(url_for("incidents.show"), 303)


@blueprint.post("/resume/<int:item_id>")
def resume(item_id: int) -> ResponseReturnValue:
    """Let a suspended item go on."""
    reason = request.form.get("reason", "")
    item = writing(
        lambda session: mending.resume_item(session, current_actor(session), item_id, reason)
    )
    toasts.say(_("%(number)s goes on.", number=item.number))
    return redirect(url_for("incidents.show"), 303)


def page(
    session: Session,
    incident_id: int,
    wanted: Wanted | None = None,
    outlook: Outlook | None = None,
) -> str:
    """Render one incident, with what a deed would lead to if one was asked for."""
    found = incidents.one(session, g.actor, incident_id)
    targets = mending.targets(found)
    return render_template(
        "incidents/one.html",
        each=found,
        wanted=wanted,
        outlook=outlook,
        targets=targets,
        to=next((node for node in targets if wanted and node.id == wanted.to), None),
        same=sum(other.cause == found.cause for other in incidents.stuck(session, g.actor)),
        picture=_picture(found),
    )


def _picture(found: Stuck) -> Mapping[str, Any] | None:
    if found.process is None or found.incident.element_id is None:
        return None
    words = incident_words.plain(found.incident.kind)
    mark = {
        "id": found.incident.element_id,
        "marker": "stuck",
        "tag": _("stuck here"),
        "title": str(words.title),
        "hot": True,
        "href": None,
    }
    return {"xml": found.process.xml.decode(), "marks": [mark]}


def _pager_of(name: str) -> Callable[[int], str]:
    """Return what gives this page's address at another page of one of its lists."""
    told: dict[str, Any] = dict(request.args)
    return lambda number: url_for("incidents.show", **{**told, name: number})


def _causes(found: list[Stuck]) -> list[tuple[Stuck, int]]:
    """Return the causes that several incidents share, each with one of them."""
    counted = Counter(each.cause for each in found)
    first = {each.cause: each for each in reversed(found)}
    return [(first[cause], number) for cause, number in counted.most_common() if number > 1]


def _wanted() -> Wanted:
    form = request.form
    return Wanted(form.get("deed", ""), form.get("reason", ""), form.get("to", ""))


def _deed(incident_id: int, wanted: Wanted) -> Deed:
    if wanted.deed not in DEEDS:
        abort(400)
    return DEEDS[wanted.deed](incident_id, wanted)


def _said(wanted: Wanted) -> str:
    match wanted.deed:
        case "skip":
            return _("It goes on behind what had failed.")
        case "move":
            return _("It was moved.")
        case _:
            return _("It was tried again. What fails once more stands here anew.")
