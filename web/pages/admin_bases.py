"""The regulations on which suggestions are based: an administrator's list."""

from collections.abc import Iterator

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, load, refused
from web.moments import iso_day
from web.shapes import ladder as ladder_shapes
from web.transaction import reading, writing
from workflows import ladder, rules
from workflows.errors import BasisRefused, Refusal
from workflows.ladder import Article, BasisEntry
from workflows.ladder.bases import CITY, Basis, bases
from workflows.tables import Role

blueprint = Blueprint("admin_bases", __name__, url_prefix="/admin/bases")


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("/")
def show() -> str:
    """List the regulations, those out of force too."""
    with reading() as session:
        return render_template("admin/bases.html", bases=bases(session))


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    """Ask for another regulation."""
    return _form(None, Entry())


@blueprint.post("/new")
def add() -> ResponseReturnValue:
    """Take another regulation in."""
    return _write(None)


@blueprint.get("/<int:basis_id>")
def edit(basis_id: int) -> ResponseReturnValue:
    """Show one regulation to be changed."""
    return _form(basis_id, Entry())


@blueprint.post("/<int:basis_id>")
def change(basis_id: int) -> ResponseReturnValue:
    """Change a regulation; what was suggested before keeps its words."""
    return _write(basis_id)


def _write(basis_id: int | None) -> ResponseReturnValue:
    typed = MultiDict(request.form)

    def work(session: Session) -> None:
        said = load(ladder_shapes.BasisForm, typed)
        articles = tuple(_articles(said.pop("articles")))
        entry = BasisEntry(**said, articles=articles)
        ladder.write_basis(session, current_actor(session), entry, basis_id)

    try:
        writing(work)
    except (ValidationError, Refusal) as error:
        return _form(basis_id, refused(typed, error, {"basis_id": "name", "article": "articles"}))
    toasts.say(_("The regulation is kept."))
    return redirect(url_for("admin_bases.show"), 303)


def _form(basis_id: int | None, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        found = next((each for each in bases(session) if each.row.id == basis_id), None)
        if basis_id is not None and found is None:
            raise BasisRefused("unknown")
        if found is not None and not entry.typed:
            entry.values = MultiDict(_start(found))
        body = render_template("admin/basis.html", basis=found, entry=entry, city=CITY)
    return body, entry.status


def _start(basis: Basis) -> dict[str, str]:
    row = basis.row
    return {
        "name": row.name,
        "document_number": row.document_number,
        "since": iso_day(row.since),
        "until": iso_day(row.until),
        "articles": "\n".join(f"{each.number} {each.wording}" for each in basis.articles),
    }


def _articles(text: str) -> Iterator[Article]:
    """Read one article from each line: its number, a blank, what it says."""
    for line in text.splitlines():
        number, _blank, wording = line.strip().replace("\u3000", " ").partition(" ")
        yield Article(number, wording)
