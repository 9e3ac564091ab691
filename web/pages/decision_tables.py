"""Decision tables 决策表: edited, checked, compared; a file in and out; the versions."""

from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    Response,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

import engine
from engine import Session
from web import table_flaws, toasts
from web.auth import current_actor
from web.csrf import csrf_token
from web.entries import Entry, refused
from web.i18n import language
from web.moments import ZONE, moment
from web.transaction import reading, writing
from web.words import saving
from web.words import tables as table_words
from workflows import decision_tables, rules
from workflows.decision_tables import Flaw, Judged
from workflows.errors import (
    DraftMoved,
    TableRefused,
    TableWouldLose,
)
from workflows.tables import Role

blueprint = Blueprint("decision_tables", __name__, url_prefix="/admin/tables")

XML = "application/xml"
LARGEST = 2_000_000
SEVERAL = frozenset({"kind", "urgency", "part", "risk"})
"""The columns of which a row may name several values."""

blueprint.record_once(lambda state: table_words.register(state.app))
blueprint.record_once(lambda state: table_flaws.register(state.app))


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("")
def show() -> str:
    """List the tables, each with the version that holds and its draft."""
    with reading() as session:
        return render_template(
            "decision_tables/show.html",
            tables=decision_tables.tables(session, g.actor),
            waiting=decision_tables.waiting_reviews(session, g.actor),
        )


@blueprint.get("/<name>")
def look(name: str) -> ResponseReturnValue:
    """Show the table that holds, and its versions."""
    return _page(name, Entry())


@blueprint.get("/<name>/<int:definition_id>/file")
def file(name: str, definition_id: int) -> Response:
    """Give one version as a DMN file."""
    with reading() as session:
        table = decision_tables.version(session, g.actor, name, definition_id)
    stream = BytesIO(engine.write_decision_table(table))
    download = f"{name}-{definition_id}.dmn"
    return send_file(stream, mimetype=XML, as_attachment=True, download_name=download, max_age=0)


@blueprint.post("/<name>/file")
def bring(name: str) -> ResponseReturnValue:
    """Take the rows of a file into the draft; one with other columns is refused, and said why."""
    sent = request.files.get("file")
    xml = sent.read(LARGEST + 1) if sent else b""
    file_name = sent.filename or "" if sent else ""
    try:
        found = writing(lambda s: decision_tables.bring_file(s, current_actor(s), name, xml))
    except TableWouldLose as error:
        writing(lambda s: decision_tables.keep_file(s, current_actor(s), name, file_name, xml))
        return _page(name, refused(MultiDict(request.form), error, {"": "file"}))
    return _brought(name, found)


@blueprint.post("/<name>/kept/<int:file_id>")
def take(name: str, file_id: int) -> ResponseReturnValue:
    """Take the rows of a file that was kept into the draft, knowing what is dropped."""

    def work(session: Session) -> Judged:
        actor = current_actor(session)
        kept = decision_tables.file_of(session, actor, name, file_id)
        return decision_tables.bring_file(session, actor, name, kept.xml, sure=True)

    return _brought(name, writing(work))


@blueprint.get("/<name>/kept/<int:file_id>")
def kept(name: str, file_id: int) -> Response:
    """Give a file as it came."""
    with reading() as session:
        found = decision_tables.file_of(session, g.actor, name, file_id)
    stream, called = BytesIO(found.xml), found.file_name or f"{name}.dmn"
    return send_file(stream, mimetype=XML, as_attachment=True, download_name=called, max_age=0)


def _brought(name: str, found: Judged) -> ResponseReturnValue:
    if found.table is None:
        return _page(name, Entry(status=422), found)
    toasts.say(_("The rows of the file are in the draft; nothing is deployed yet."))
    return redirect(url_for("decision_tables.edit", name=name), 303)


@blueprint.get("/<name>/compare")
def compare(name: str) -> str:
    """Show what differs between two versions, row by row."""
    old, new = request.args.get("from", 0, type=int), request.args.get("to", 0, type=int)
    with reading() as session:
        versions = decision_tables.versions(session, g.actor, name)
        known = {each.id: each for each in versions}
        tables = [decision_tables.version(session, g.actor, name, each) for each in (old, new)]
        return render_template(
            "decision_tables/compare.html",
            name=name,
            old=known[old],
            new=known[new],
            versions=versions,
            changes=decision_tables.differences(*tables),
        )


@blueprint.post("/<name>/<int:definition_id>/back")
def back(name: str, definition_id: int) -> ResponseReturnValue:
    """Begin to bring an older version back: what is left to be done stands on the next page."""
    draft = writing(lambda s: decision_tables.roll_back(s, current_actor(s), name, definition_id))
    return redirect(url_for("table_releases.show", draft_id=draft.id), 303)


# -- the draft ----------------------------------------------------------------------------


@blueprint.post("/<name>/draft")
def begin(name: str) -> ResponseReturnValue:
    """Open the one draft of a table, begun now if there was none."""
    writing(lambda s: decision_tables.open_draft(s, current_actor(s), name))
    return redirect(url_for("decision_tables.edit", name=name), 303)


@blueprint.get("/<name>/draft")
def edit(name: str) -> ResponseReturnValue:
    """Show the editor with the draft in it."""
    with reading() as session:
        draft = decision_tables.draft_of(session, g.actor, name)
        if draft is None:
            return redirect(url_for("decision_tables.look", name=name), 303)
        found = decision_tables.check_draft(session, g.actor, name)
        shape = decision_tables.table_named(name).shape
        told = {
            "language": language(),
            "zone": ZONE,
            "csrf": csrf_token(),
            "name": name,
            "draft": {"id": draft.id},
            "columns": table_words.told_columns(shape.columns, SEVERAL),
            "optional": sorted(shape.optional),
            "problems": _problems(found),
            "addresses": {"xml": url_for("decision_tables.xml", name=name)},
            "words": _words(),
        }
        return render_template(
            "decision_tables/edit.html", name=name, told=told, draft=draft, judged=found
        )


@blueprint.get("/<name>/draft/xml")
def xml(name: str) -> Response:
    """Give the draft to the editor."""
    with reading() as session:
        draft = decision_tables.draft_of(session, g.actor, name)
        if draft is None:
            return Response(status=404)
        table = table_words.in_words(decision_tables.rows_of(draft))
        answer = Response(engine.write_decision_table(table), mimetype=XML)
        answer.set_etag(str(draft.revision))
    return answer


@blueprint.put("/<name>/draft/xml")
def save(name: str) -> ResponseReturnValue:
    """Keep what the editor has, unless somebody else has saved since; say what is wrong."""
    request.max_content_length = LARGEST
    sent, revision = request.get_data(cache=False), _revision()

    def work(session: Session) -> dict[str, Any]:
        actor = current_actor(session)
        draft = decision_tables.save_draft(session, actor, name, sent, revision)
        found = decision_tables.check_draft(session, actor, name)
        return {
            "revision": draft.revision,
            "saved_at": moment(draft.saved_at),
            "problems": _problems(found),
        }

    try:
        return jsonify(writing(work))
    except DraftMoved as error:
        told = {**error.facts, "saved_at": moment(error.facts["saved_at"])}
        return jsonify(told), 412
    except TableRefused as error:
        problems = [_problem(flaw) for flaw in error.facts["flaws"]]
        why = "".join(problems[0][part] for part in ("place", "text")) if problems else ""
        return jsonify({"problems": problems, "detail": why}), 422


def _revision() -> int:
    """Return the revision that the editor has read; whatever is none was never one."""
    sent = next(iter(request.if_match.as_set()), "")
    return int(sent) if sent.isascii() and sent.isdecimal() else 0


# -- what pages show ------------------------------------------------------------------------


def _page(name: str, entry: Entry, judged: Judged | None = None) -> ResponseReturnValue:
    with reading() as session:
        own = decision_tables.table_named(name)
        table = decision_tables.newest(session, own) or own.default()
        body = render_template(
            "decision_tables/look.html",
            name=name,
            entry=entry,
            judged=judged,
            shape=own.shape,
            table=table,
            cells=table_words.shown(table),
            draft=decision_tables.draft_of(session, g.actor, name),
            versions=decision_tables.versions(session, g.actor, name),
            files=decision_tables.files_of(session, g.actor, name),
        )
    return body, entry.status


def _problems(found: Judged) -> list[dict[str, Any]]:
    return [_problem(flaw) for flaw in found.flaws]


def _problem(flaw: Flaw) -> dict[str, Any]:
    return {
        "row": flaw.row,
        "column": flaw.column,
        "severity": flaw.severity,
        "place": table_flaws.flaw_place(flaw),
        "text": table_flaws.flaw_words(flaw),
    }


def _words() -> dict[str, str]:
    """Return what the editor says, beside what dmn-js says by itself."""
    return {
        "any": _("any"),
        "comma": _(", "),
        "nothing": _("nothing"),
        "yes": _("yes"),
        "no": _("no"),
        **{name: str(said) for name, said in saving.WORDS.items()},
        "sound": _("Nothing is wrong with this table."),
        "remark": _("Remark"),
    }
