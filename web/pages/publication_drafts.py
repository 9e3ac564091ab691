"""A draft of an issue over the wire: saved by revision, checked, and moved on to its receipts."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from engine import Session
from web import toasts
from web.auth import current_actor
from web.errors import problem_of
from web.moments import moment
from web.transaction import reading, writing
from web.words import figures as figure_words
from web.words import publications as publication_words
from workflows import figures, publications, rules
from workflows.documents.titles import title_lines
from workflows.errors import DraftMoved, NotNow, NotReady, Refusal
from workflows.people import Actor
from workflows.publications import Check, Edited, measured
from workflows.publications.measured import Values
from workflows.tables import Publication, PublicationState

blueprint = Blueprint(
    "publication_drafts", __name__, url_prefix="/publications/<int:publication_id>"
)

LARGEST = 2_000_000
REVISION = re.compile(r"[0-9]{1,9}")
Verb = Callable[..., object]
View = Callable[[int], ResponseReturnValue]


# -- the text -----------------------------------------------------------------------------


@blueprint.get("/content")
def content(publication_id: int) -> Response:
    """Give a draft to the editor."""
    with reading() as session:
        rules.must_have(g.actor, *rules.OFFICE)
        draft = publications.visible(session, g.actor, publication_id)
        told = {
            "content": draft.content,
            "title": draft.title,
            "addressee": draft.addressee,
            "revision": draft.revision,
        }
    answer = jsonify(told)
    answer.set_etag(str(told["revision"]))
    return answer


@blueprint.put("/content")
def save(publication_id: int) -> ResponseReturnValue:
    """Keep what the editor has, unless somebody else has saved since; say what is to be mended."""
    request.max_content_length = LARGEST
    sent = request.get_json(silent=True)
    told = sent if isinstance(sent, dict) else {}
    edited = Edited(
        told.get("content"), str(told.get("title") or ""), str(told.get("addressee") or "")
    )

    def work(session: Session) -> dict[str, Any]:
        actor = current_actor(session)
        draft = publications.save_draft(session, actor, publication_id, _revision(), edited)
        return {"revision": draft.revision, "saved_at": moment(draft.saved_at)}

    return _answered(lambda: writing(work) | _state(publication_id))


@blueprint.post("/presence")
def presence(publication_id: int) -> ResponseReturnValue:
    """Note that the reader has a draft open; tell who else has, and whether it is newer."""

    def work(session: Session) -> dict[str, Any]:
        actor = current_actor(session)
        others = publications.note_presence(session, actor, publication_id)
        draft = publications.visible(session, actor, publication_id)
        return {
            "others": [{"name": one.person.name, "since": one.since} for one in others],
            "revision": draft.revision,
            "saved_by": draft.saved_by.name if draft.saved_by else "",
            "saved_at": draft.saved_at,
            "ended": draft.state is not PublicationState.DRAFT,
        }

    return jsonify(writing(work))


@blueprint.get("/figures")
def figures_of(publication_id: int) -> Response:
    """Give every figure of a draft's snapshot, and what it would be now."""
    with reading() as session:
        rules.must_have(g.actor, *rules.OFFICE)
        draft = publications.visible(session, g.actor, publication_id)
        changed = measured.changes(session, g.actor, draft.snapshot_id)
        return jsonify(told_figures(session, g.actor, draft, changed))


@blueprint.post("/snapshot")
def snapshot(publication_id: int) -> ResponseReturnValue:
    """Freeze the ledger once more; the text takes the new figures."""
    with reading() as session:
        counted = publications.count_again(session, g.actor, publication_id)

    def work(session: Session) -> dict[str, Any]:
        actor = current_actor(session)
        revision = _revision()
        draft = publications.take_snapshot(session, actor, publication_id, revision, counted)
        return {"revision": draft.revision, "saved_at": moment(draft.saved_at)}

    if _wants_json():
        return _answered(lambda: writing(work) | _state(publication_id))
    writing(work)
    toasts.say(_("The draft has the figures of now."))
    return redirect(url_for("publishing.edit", publication_id=publication_id), 303)


# -- its way ------------------------------------------------------------------------------


def _deed(verb: Verb, said: LazyString, *, revision: bool = True, lead: str = "") -> View:
    """Return a view that does something with a draft, and leads on with a word about it."""

    def view(publication_id: int) -> ResponseReturnValue:
        told = {"reason": request.form.get("reason", "")} if lead == "reason" else {}
        more = (_revision(),) if revision else ()

        def work(session: Session) -> dict[str, Any]:
            verb(session, current_actor(session), publication_id, *more, **told)
            draft = publications.visible(session, current_actor(session), publication_id)
            return {"state": draft.state.value, "revision": draft.revision}

        return _done(publication_id, work, str(said))

    return view


DEEDS: tuple[tuple[str, View], ...] = (
    ("submit", _deed(publications.submit, _l("It is with the directors."))),
    ("review", _deed(publications.review, _l("You stand by it."))),
    ("approve", _deed(publications.approve, _l("It is approved and can be issued."))),
    (
        "return",
        _deed(publications.give_back, _l("It is back with its drafter."), lead="reason"),
    ),
    ("take-back", _deed(publications.take_back, _l("It can be edited again."), revision=False)),
    (
        "withdraw",
        _deed(publications.withdraw, _l("It is withdrawn."), revision=False, lead="reason"),
    ),
    ("take-up", _deed(publications.take_up, _l("The draft is open again."), revision=False)),
)
for _name, _view in DEEDS:
    blueprint.add_url_rule(f"/{_name}", _name.replace("-", "_"), _view, methods=["POST"])


@blueprint.post("/issue")
def issue(publication_id: int) -> ResponseReturnValue:
    """Issue what was approved; it is set as files first, so that nobody waits for that."""
    with reading() as session:
        prepared = publications.prepare(session, g.actor, publication_id)

    def work(session: Session) -> dict[str, Any]:
        actor = current_actor(session)
        issued = publications.issue(session, actor, publication_id, _revision(), prepared)
        return {"state": issued.state.value, "revision": issued.revision}

    return _done(publication_id, work, _("It is issued and on its way to its readers."))


@blueprint.post("/discard")
def discard(publication_id: int) -> ResponseReturnValue:
    """Put a draft aside; it can be taken up again at once."""
    read = _revision()
    writing(lambda s: publications.discard_draft(s, current_actor(s), publication_id, read))
    undo = url_for("publication_drafts.take_up", publication_id=publication_id)
    toasts.say(_("The draft is put aside."), undo=undo)
    return redirect(url_for("publications.show"), 303)


@blueprint.post("/urge")
def urge(publication_id: int) -> ResponseReturnValue:
    """Urge whoever hasn't read an issue."""
    try:
        told = writing(lambda s: publications.urge_readers(s, current_actor(s), publication_id))
    except NotNow:
        toasts.say(_("Whoever hasn't read it was urged within a day."), done=False)
    else:
        toasts.say(ngettext("%(num)d reader is urged.", "%(num)d readers are urged.", told))
    return redirect(url_for("publications.one", publication_id=publication_id), 303)


@blueprint.post("/addressees")
def address(publication_id: int) -> ResponseReturnValue:
    """Say whom a draft is for."""
    units = request.form.getlist("unit", type=int)
    posts = request.form.getlist("post", type=int)
    for_all = request.form.get("for_all") == "yes"
    copies_to = request.form.get("copies_to")

    def work(session: Session) -> None:
        actor = current_actor(session)
        publications.address(session, actor, publication_id, units, posts, for_all=for_all)
        if copies_to is not None:
            publications.copy_to(session, actor, publication_id, copies_to)

    writing(work)
    toasts.say(_("The addressees are noted."))
    return redirect(url_for("publications.one", publication_id=publication_id), 303)


@blueprint.post("/names/<int:suggestion_id>")
def name(publication_id: int, suggestion_id: int) -> ResponseReturnValue:
    """Name a unit that a leader has approved praise or criticism of, or leave it out."""
    verb = publications.leave_out if request.form.get("out") else publications.name_unit
    writing(lambda s: verb(s, current_actor(s), publication_id, suggestion_id))
    return redirect(url_for("publications.one", publication_id=publication_id), 303)


# -- what is told -------------------------------------------------------------------------


def state_of(session: Session, actor: Actor, draft: Publication) -> dict[str, Any]:
    """Return the figures and checks of a draft as the editor shows them."""
    changed = measured.changes(session, actor, draft.snapshot_id)
    checks = publications.checks_of(session, actor, draft, changed)
    return {
        "lines": title_lines(draft.title),
        "figures": told_figures(session, actor, draft, changed),
        "checks": [told_check(each) for each in checks],
    }


def told_figures(
    session: Session, actor: Actor, draft: Publication, changed: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return every figure that a draft may use: its value in the snapshot, and what it is now."""
    values = Values(session, actor, draft.snapshot_id)
    return [
        {
            "name": name,
            "label": str(figure_words.label(name)),
            "definition": str(figure_words.definition(name)),
            "value": "" if each.value is None else values.said(name),
            "of": each.of,
            "why_not": str(figure_words.why_not(each.why_not)) if each.why_not else "",
            "changed": {"now": changed[name]} if name in changed else None,
        }
        for name, each in values.of().items()
        if name in figures.FIGURES
    ]


def told_check(check: Check) -> dict[str, Any]:
    """Return a check as the editor shows it; ``address`` is the page where it is mended."""
    return {
        "address": _page_of(check),
        "code": check.code,
        "severity": check.severity.value,
        "words": publication_words.check_words(check),
        "block": check.block,
    }


def _page_of(check: Check) -> str | None:
    """Return the page that a check is about, if it isn't the text: addressees, another issue."""
    publication_id = check.facts.get("publication_id")
    if publication_id is None:
        return None
    place = "addressees" if check.code == "no_addressee" else None
    return url_for("publications.one", publication_id=publication_id, _anchor=place)


def _state(publication_id: int) -> dict[str, Any]:
    """Read the state of a draft once it is saved: counting takes its time, others may write."""
    with reading() as session:
        draft = publications.visible(session, g.actor, publication_id)
        return state_of(session, g.actor, draft)


def _answered(work: Callable[[], dict[str, Any]]) -> ResponseReturnValue:
    """Answer the editor with what was done, or why not."""
    try:
        return jsonify(work())
    except DraftMoved as error:
        return jsonify({**error.facts, "saved_at": moment(error.facts["saved_at"])}), 412
    except Refusal as error:
        problem = problem_of(error)
        told = {"title": problem.title, "detail": problem.words or problem.title}
        return jsonify(told | _checks(error)), problem.status


def _done(
    publication_id: int, work: Callable[[Session], dict[str, Any]], said: str
) -> ResponseReturnValue:
    """Answer a deed: with JSON, or by leading on to the issue with a word about it."""
    if _wants_json():
        return _answered(lambda: writing(work))
    try:
        writing(work)
    except NotReady as error:
        first = error.facts["checks"][0]
        why = publication_words.check_words(first)
        toasts.say(_("Not yet: %(why)s", why=why), done=False)
        return redirect(url_for("publishing.edit", publication_id=publication_id), 303)
    toasts.say(said)
    return redirect(url_for("publications.one", publication_id=publication_id), 303)


def _checks(error: Refusal) -> dict[str, Any]:
    if not isinstance(error, NotReady):
        return {}
    return {"checks": [told_check(each) for each in error.facts["checks"]]}


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def _revision() -> int:
    """Return the revision that was read: of the header, or of the form; else none ever was."""
    sent = next(iter(request.if_match.as_set()), "") or request.form.get("revision", "")
    return int(sent) if REVISION.fullmatch(sent) else 0
