"""Publications 通报与专报: the drafts, the archive, and each issue as its reader sees it."""

from io import BytesIO

from flask import Blueprint, Response, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, Typed, load, refused
from web.moments import iso_day, today
from web.shapes import publications as publication_shapes
from web.transaction import reading, writing
from web.words import publications as publication_words
from web.words.publications import kind_word, numbered, span_of, state_word
from web.workbooks import download
from workflows import dossiers, items, publications, rules, serials, settings
from workflows.calendar import office_day
from workflows.documents import Paper
from workflows.errors import Refusal
from workflows.grams import LONGEST
from workflows.ladder.views import slip_of
from workflows.publications import ArchiveFilter, addressing, papers, slips, views
from workflows.tables import (
    PaperFormat,
    Publication,
    PublicationKind,
    PublicationState,
    Role,
)

blueprint = Blueprint("publications", __name__, url_prefix="/publications")
blueprint.record_once(lambda state: publication_words.register(state.app))

DRAFTS, ISSUED, ASIDE = "drafts", "issued", "aside"


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the drafts and what waits, the archive, or what was put aside."""
    office = is_office()
    shown = request.args.get("shown", DRAFTS if office else ISSUED)
    with reading() as session:
        if shown == DRAFTS and office:
            rows = views.drafts(session, g.actor)
        elif shown == ASIDE and office:
            rows = views.put_aside(session, g.actor)
        else:
            shown, rows = ISSUED, publications.archive(session, g.actor, _wanted())
        return render_template(
            "publications/show.html",
            shown=shown,
            rows=rows,
            tabs=_tabs(session) if office else [],
            wanted=_wanted(),
            serials=serials.serials(session),
            years=views.years(session, g.actor),
            is_office=office,
            fresh={one.publication_id for one in views.unread(session, g.actor)},
        )


@blueprint.get("/archive.xlsx")
def archive() -> Response:
    """Give the issues that are shown as a workbook."""
    with reading() as session:
        rows = publications.archive(session, g.actor, _wanted())
        lines = [
            [
                each.serial.title,
                numbered(each),
                each.title,
                str(kind_word(each.kind)),
                span_of(each),
                iso_day(office_day(each.issued_at)) if each.issued_at else "",
                str(state_word(each.state)),
            ]
            for each in rows
        ]
    header = [
        _("Serial"), _("Number"), _("Headline"), _("Kind"), _("Span"), _("Issued on"), _("State"),
    ]  # fmt: skip
    return download(_("Publications"), header, lines)


def _tabs(session: Session) -> list[tuple[str, str, int]]:
    return [
        (DRAFTS, _("On their way"), len(views.drafts(session, g.actor))),
        (ISSUED, _("Issued"), 0),
        (ASIDE, _("Put aside"), 0),
    ]


def _wanted() -> ArchiveFilter:
    withdrawn = {"yes": True, "no": False}.get(request.args.get("withdrawn", ""))
    return ArchiveFilter(
        serial=request.args.get("serial") or None,
        year=request.args.get("year", type=int),
        text=request.args.get("q", "")[:LONGEST],
        withdrawn=withdrawn,
    )


def is_office() -> bool:
    """Say whether the reader drafts and issues."""
    return any(g.actor.has(role) for role in rules.OFFICE)


# -- a new one ----------------------------------------------------------------------------


@blueprint.get("/new")
def new_form() -> ResponseReturnValue:
    """Ask for which serial a draft is, of which kind, about which days."""
    values: Typed = MultiDict(request.args)
    values.setdefault("what", f"{serials.CIRCULAR}:{PublicationKind.MONTHLY.value}")
    values.setdefault("span", publication_shapes.offered_spans(today())[1][0])
    return _new_page(Entry(values=values))


@blueprint.post("/new")
def begin() -> ResponseReturnValue:
    """Begin a draft; the ledger is frozen for it now."""
    typed = MultiDict(request.form)

    try:
        said = load(publication_shapes.NewDraft, typed)
        serial, _colon, kind = said["what"].partition(":")
        span = publication_shapes.chosen(said)
        begun = publications.NewDraft(serial, kind, span, said["item_id"])
        with reading() as session:
            counted = publications.count_first(session, g.actor, begun)

        def work(session: Session) -> int:
            return publications.make_draft(session, current_actor(session), begun, counted).id

        publication_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _new_page(refused(typed, error))
    toasts.say(_("The draft is begun, with the figures of its snapshot."))
    return redirect(url_for("publishing.edit", publication_id=publication_id), 303)


def _new_page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        rules.must_have(g.actor, *rules.OFFICE)
        asked = entry.get("item_id")
        item = None
        if asked.isascii() and asked.isdecimal():
            item = items.visible_item(session, g.actor, int(asked))
        offered = [
            (f"{serial.name}:{kind.value}", serial, kind)
            for serial in serials.serials(session, active=True)
            for kind in serials.kinds_of(serial)
        ]
        body = render_template(
            "publications/new.html",
            entry=entry,
            offered=offered,
            spans=publication_shapes.offered_spans(today()),
            item=item,
        )
    return body, entry.status


# -- one ----------------------------------------------------------------------------------


@blueprint.get("/<int:publication_id>")
def one(publication_id: int) -> ResponseReturnValue:
    """Show an issue; the first look of whom it was sent to leaves the receipt."""
    writing(lambda s: publications.open_issue(s, current_actor(s), publication_id))
    with reading() as session:
        found = publications.reading_of(session, g.actor, publication_id)
        issue = found.publication
        office = is_office()
        watches = office or g.actor.has(Role.AUDITOR)
        draft = issue.state in views.ON_ITS_WAY
        shows_receipts = watches and issue.issued_at is not None
        return render_template(
            "publications/one.html",
            found=found,
            issue=issue,
            paper=_paper(session, issue),
            states=PublicationState,
            formats=PaperFormat,
            deeds=publications.deeds_of(g.actor, issue),
            receipts=publications.receipts(session, g.actor, issue.id) if shows_receipts else [],
            checks=publications.checks_of(session, g.actor, issue) if office and draft else [],
            open_suggestions=publications.open_suggestions(session, g.actor) if office else [],
            groups=dossiers.unit_groups(session) if office and draft else [],
            posts=addressing.posts(session) if office and draft else [],
            opens_figures=not g.actor.roles.isdisjoint(views.OPENS_FIGURES),
            office=settings.text(session, "office.name"),
        )


def _paper(session: Session, issue: Publication) -> Paper:
    """Return an issue as a paper; what a slip says is its rung's."""
    if issue.escalation_id is None:
        return papers.paper_of(session, issue)
    return slips.paper_of(session, slip_of(session, g.actor, issue.escalation_id))


@blueprint.get("/<int:publication_id>/paper.<any(docx, pdf):ending>")
def paper(publication_id: int, ending: str) -> Response:
    """Give an issue as a file: the very one that was issued, or a draft as it is now."""
    wanted = PaperFormat(ending)
    with reading() as session:
        found = publications.visible(session, g.actor, publication_id)
        content = papers.file_of(session, found, wanted)
        name = papers.file_name(found, wanted)
    return send_file(
        BytesIO(content),
        mimetype=papers.MEDIA_TYPES[wanted],
        as_attachment="inline" not in request.args,
        download_name=name,
        max_age=0,
    )
