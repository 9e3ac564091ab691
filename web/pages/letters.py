"""Letters 函件: point to point, to a unit's principal leader, each with its receipt."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, Typed, load, refused
from web.pages.actions import is_office
from web.shapes import actions as action_shapes
from web.transaction import reading, writing
from workflows import actions, dossiers, items, rules, settings
from workflows.actions import room
from workflows.errors import Refusal
from workflows.tables import LetterKind

blueprint = Blueprint("letters", __name__, url_prefix="/actions/letters")


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the letters that the reader may read."""
    with reading() as session:
        return render_template(
            "actions/letters.html",
            letters=room.letters(session, g.actor),
            is_office=is_office(),
        )


@blueprint.get("/new")
def write_form() -> ResponseReturnValue:
    """Ask to whom to write, and what."""
    values: Typed = MultiDict(request.args)
    if "kind" not in values:
        values["kind"] = LetterKind.POINT_TO_POINT.value
    return _letter_page(Entry(values=values))


@blueprint.post("/new")
def send() -> ResponseReturnValue:
    """Send a letter."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        text = actions.LetterText(**load(action_shapes.Letter, typed))
        return actions.send_letter(session, current_actor(session), text).id

    try:
        letter_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _letter_page(refused(typed, error))
    toasts.say(_("The letter is delivered; you see here when it is opened."))
    return redirect(url_for("letters.one", letter_id=letter_id), 303)


@blueprint.get("/<int:letter_id>")
def one(letter_id: int) -> ResponseReturnValue:
    """Show a letter; the first look of whoever heads its unit leaves the receipt."""
    writing(lambda s: actions.open_letter(s, current_actor(s), letter_id))
    with reading() as session:
        found, reader, sender = room.letter(session, g.actor, letter_id)
        return render_template(
            "actions/letter.html",
            letter=found,
            reader=reader,
            sender=sender,
            office=settings.text(session, "office.name"),
        )


def _letter_page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        rules.must_have(g.actor, *rules.OFFICE)
        item_id = entry.get("item_id")
        item = None
        if item_id.isascii() and item_id.isdecimal():
            item = items.visible_item(session, g.actor, int(item_id))
        body = render_template(
            "actions/new_letter.html",
            entry=entry,
            groups=dossiers.unit_groups(session),
            item=item,
            kinds=list(LetterKind),
        )
    return body, entry.status
