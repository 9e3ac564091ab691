"""The editor of publications: its page, the rows behind a figure, comments, and what was before."""

from dataclasses import dataclass
from typing import Any

from flask import (
    Blueprint,
    Response,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from engine import Session
from web import toasts
from web.auth import current_actor
from web.csrf import csrf_token
from web.i18n import language
from web.moments import ZONE, moment, short_day
from web.pages.publication_drafts import state_of
from web.transaction import reading, writing
from web.words import publishing as publishing_words
from web.words.publications import serial_name, span_of, state_word
from workflows import assessment, figures, publications, rules
from workflows.calendar import office_day
from workflows.errors import PublicationUnknown
from workflows.publications import comparing, content, known, papers
from workflows.tables import Publication, PublicationState, PublicationVersion, Snapshot

blueprint = Blueprint("publishing", __name__, url_prefix="/publications/<int:publication_id>")

FIRST = 5
BEST = 3
"""How many of a group are praised when the editor fills a blank."""

ADDRESSES = {
    "content": "publication_drafts.content",
    "known": "publishing.ledger_words",
    "presence": "publication_drafts.presence",
    "snapshot": "publication_drafts.snapshot",
    "standing": "publishing.standing",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is done with the whole draft; ``asks`` is what must be said first."""

    label: LazyString
    primary: bool = False
    title: LazyString | None = None
    help: LazyString | None = None
    asks: LazyString | None = None


DEEDS = {
    "submit": Deed(_l("Send to the director"), primary=True),
    "approve": Deed(_l("Approve"), primary=True),
    "review": Deed(_l("Stand by it")),
    "return": Deed(
        _l("Return …"),
        title=_l("Return it to its drafter?"),
        help=_l("It can be written again; the drafter is told why."),
        asks=_l("Why"),
    ),
    "take-back": Deed(_l("Take back")),
    "issue": Deed(
        _l("Issue …"),
        primary=True,
        title=_l("Issue it?"),
        help=_l("It takes its number, is kept as it is, and goes to everybody it is for."),
    ),
}
"""The deeds that the bar of the editor offers, where they are open to the reader."""

REMARKABLE = frozenset({PublicationState.DRAFT, PublicationState.SUBMITTED})


@blueprint.get("/edit")
def edit(publication_id: int) -> str:
    """Show the editor with a draft in it; one that is on its way is only looked at."""
    with reading() as session:
        draft = _draft(session, publication_id)
        paper = papers.paper_of(session, draft)
        return render_template(
            "publications/edit.html",
            told=_told(session, draft),
            publication=draft,
            paper=paper,
            name=_("%(serial)s, %(span)s", serial=serial_name(draft.serial), span=span_of(draft)),
            state=state_word(draft.state),
            is_numbered=draft.number is not None,
            saved=_("Saved %(when)s", when=moment(draft.saved_at)),
            deeds=_deeds(draft),
            snapshot=_snapshot(session, draft),
            versions=publications.versions(session, g.actor, draft.id),
            **_remarks(session, draft),
        )


def _draft(session: Session, publication_id: int) -> Publication:
    rules.must_have(g.actor, *rules.OFFICE)
    return publications.visible(session, g.actor, publication_id)


def _told(session: Session, draft: Publication) -> dict[str, Any]:
    """Return what the editor has to know."""
    found = {name: url_for(at, publication_id=draft.id) for name, at in ADDRESSES.items()}
    found["rows"] = url_for("publishing.rows", publication_id=draft.id, name="NAME")
    return {
        "language": language(),
        "zone": ZONE,
        "csrf": csrf_token(),
        "readonly": draft.state is not PublicationState.DRAFT,
        "publication": {
            "id": draft.id,
            "title": draft.title,
            "addressee": draft.addressee,
            "content": draft.content,
            "revision": draft.revision,
        },
        "addresses": found,
        "known": [*known.WORDS, *known.BLOCKS],
        "words": publishing_words.words(),
        **state_of(session, g.actor, draft),
    }


def _deeds(draft: Publication) -> list[tuple[str, str, Deed]]:
    """Return the deeds that are open to the reader, the main one last, and where each is done."""
    open_now = [name for name in publications.deeds_of(g.actor, draft) if name in DEEDS]
    return [
        (
            name,
            url_for(f"publication_drafts.{name.replace('-', '_')}", publication_id=draft.id),
            deed,
        )
        for name, deed in sorted(DEEDS.items(), key=lambda each: each[1].primary)
        if name in open_now
    ]


def _snapshot(session: Session, draft: Publication) -> dict[str, Any] | None:
    """Return what the page says of a draft's snapshot."""
    if draft.snapshot_id is None:
        return None
    kept = figures.snapshot_of(session, g.actor, draft.snapshot_id)
    changed = figures.lines_changed_since(session, g.actor, kept.id)
    return {
        "when": _when(kept),
        "number": len(kept.ledger),
        "changed": len(changed),
        "address": url_for("snapshots.show", snapshot_id=kept.id),
    }


def _when(kept: Snapshot) -> str:
    """Say as of when a snapshot's figures are: the moment of a day that wasn't over yet."""
    if office_day(kept.taken_at) == kept.stood_on:
        return moment(kept.taken_at)
    return f"{short_day(kept.stood_on)} 24:00"


@blueprint.get("/figures/<name>")
def rows(publication_id: int, name: str) -> Response:
    """Give the first rows behind a figure of the snapshot, and where all of them are."""
    with reading() as session:
        draft = _draft(session, publication_id)
        if draft.snapshot_id is None:
            raise PublicationUnknown(publication_id)
        found = figures.frozen_rows(session, g.actor, draft.snapshot_id, name)
        return jsonify(
            {
                "count": len(found),
                "all": url_for("snapshots.figure", snapshot_id=draft.snapshot_id, name=name),
                "rows": [
                    {"number": row.number, "title": row.title, "address": _address(row)}
                    for row in found[:FIRST]
                ],
            }
        )


def _address(row: figures.Row) -> str | None:
    """Return where the matter of a row is; other rows have no page of their own here."""
    if row.subject != "item" or not row.ref.isdecimal():
        return None
    return url_for("items.show", item_id=int(row.ref))


@blueprint.get("/standing")
def standing(publication_id: int) -> Response:
    """Give the best of each group in the quarter of a draft, as the assessment has them."""
    with reading() as session:
        draft = _draft(session, publication_id)
        quarter = figures.quarter_of(draft.last)
        found = assessment.standing(session, g.actor, draft.last.year, quarter)
        groups: dict[str, list[str]] = {}
        for each in found:
            if each.rank is not None and each.rank <= BEST:
                groups.setdefault(each.group.name, []).append(each.unit.name)
    return jsonify([{"group": name, "names": names} for name, names in groups.items()])


@blueprint.get("/known")
def ledger_words(publication_id: int) -> Response:
    """Give what the ledger knows by now for a blank: words or tables, nothing if it doesn't."""
    blank = content.doc(content.paragraph(content.blank(request.args.get("label", ""))))
    with reading() as session:
        draft = _draft(session, publication_id)
        made = known.put_in(session, g.actor, draft, blank)
    return jsonify([] if made == blank else made["content"])


# -- comments -----------------------------------------------------------------------------


def _remarks(session: Session, draft: Publication) -> dict[str, Any]:
    return {
        "remarks": publications.remarks(session, g.actor, draft.id),
        "may_remark": draft.state in REMARKABLE,
    }


@blueprint.post("/remarks")
def remark(publication_id: int) -> ResponseReturnValue:
    """Comment on a draft, or on a passage of it."""
    text, quote = request.form.get("text", ""), request.form.get("quote", "")
    writing(lambda s: publications.remark(s, current_actor(s), publication_id, text, quote))
    return _remarked(publication_id, "new")


@blueprint.post("/remarks/<int:remark_id>")
def answer(publication_id: int, remark_id: int) -> ResponseReturnValue:
    """Answer a comment, settle it, or both."""
    text, settles = request.form.get("text", "").strip(), bool(request.form.get("settle"))

    def work(session: Session) -> None:
        actor = current_actor(session)
        if text or not settles:
            publications.remark(session, actor, publication_id, text, answers_id=remark_id)
        if settles:
            publications.settle_remark(session, actor, publication_id, remark_id)

    writing(work)
    return _remarked(publication_id, remark_id)


def _remarked(publication_id: int, sent: int | str) -> ResponseReturnValue:
    """Give the comments anew; the form that was sent is empty, whatever else is typed stays."""
    if "HX-Request" not in request.headers:
        return redirect(url_for("publishing.edit", publication_id=publication_id), 303)
    with reading() as session:
        draft = _draft(session, publication_id)
        return render_template(
            "publications/remarks.html", publication=draft, sent=sent, **_remarks(session, draft)
        )


# -- what was before ----------------------------------------------------------------------


@blueprint.get("/versions/<int:older>/<int:newer>")
def compare(publication_id: int, older: int, newer: int) -> str:
    """Show what changed from one version of a draft to another."""
    with reading() as session:
        draft = _draft(session, publication_id)
        kept = {each.revision: each for each in publications.versions(session, g.actor, draft.id)}
        pair = [_version(kept, publication_id, each) for each in (older, newer)]
        lines = comparing.compare(*pair)
        return render_template(
            "publications/compare.html",
            publication=draft,
            name=_("%(serial)s, %(span)s", serial=serial_name(draft.serial), span=span_of(draft)),
            pair=pair,
            lines=lines,
            changed=sum(map(comparing.is_changed, lines)),
            may_restore=draft.state is PublicationState.DRAFT and older != draft.revision,
        )


def _version(
    kept: dict[int, PublicationVersion], publication_id: int, revision: int
) -> PublicationVersion:
    if revision not in kept:
        raise PublicationUnknown(publication_id)
    return kept[revision]


@blueprint.post("/versions/<int:version>")
def restore(publication_id: int, version: int) -> ResponseReturnValue:
    """Bring back what a draft said before; what it says now stays a version."""
    revision = request.form.get("revision", 0, type=int)
    writing(
        lambda s: publications.restore_version(
            s, current_actor(s), publication_id, version, revision
        )
    )
    toasts.say(_("The draft says again what it said before."))
    return redirect(url_for("publishing.edit", publication_id=publication_id), 303)
