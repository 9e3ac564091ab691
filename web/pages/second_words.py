"""复核 on the page of a draft, of a diagram or a table: handed over, judged, set on the newest."""

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, refused
from web.errors import problem_of
from web.transaction import writing
from workflows.actors import Actor
from workflows.errors import DraftUnread, MovesUnseen, ReasonMissing, TextMissing, TextTooLong

TYPED: Final = (ReasonMissing, TextMissing, TextTooLong)
"""What the page says at the field; any other refusal is told on a page of its own."""
UNREAD: Final = (DraftUnread, MovesUnseen)
"""What has changed since it was looked at: it is shown again, and nothing is decided."""

Made = TypeVar("Made")
Page = Callable[[int, Entry], ResponseReturnValue]


class Room(Protocol):
    """The verbs that the rooms of diagrams and of tables have in common."""

    def ask_review(
        self, session: Session, actor: Actor, draft_id: int, note: str, *, revision: int | None
    ) -> object:
        """Hand a draft over."""

    def review_draft(
        self,
        session: Session,
        actor: Actor,
        draft_id: int,
        *,
        approve: bool,
        words: str,
        revision: int | None,
    ) -> object:
        """Say a word about it."""

    def rebase_draft(self, session: Session, actor: Actor, draft_id: int) -> object:
        """Let it stand on the newest version."""


def add_to(blueprint: Blueprint, room: Room, page: Page) -> None:
    """Add to the page of a draft what is done with one of either kind."""

    @blueprint.post("/review")
    def ask(draft_id: int) -> ResponseReturnValue:
        """Hand a draft to the other administrators."""
        note, read = request.form.get("note", ""), read_revision()

        def deed(session: Session, actor: Actor) -> object:
            return room.ask_review(session, actor, draft_id, note, revision=read)

        said = _("The other administrators are asked to review it.")
        return tried(draft_id, page, deed, lambda _made: _shown(draft_id, said))

    @blueprint.post("/verdict")
    def judge(draft_id: int) -> ResponseReturnValue:
        """Record a second administrator's word: approve it, or send it back with words."""
        approve, words = request.form.get("verdict") == "approve", request.form.get("words", "")
        read = read_revision()

        def deed(session: Session, actor: Actor) -> object:
            return room.review_draft(
                session, actor, draft_id, approve=approve, words=words, revision=read
            )

        said = _("It is approved.") if approve else _("It is sent back.")
        return tried(draft_id, page, deed, lambda _made: _shown(draft_id, said))

    @blueprint.post("/rebase")
    def rebase(draft_id: int) -> ResponseReturnValue:
        """Let a draft stand on the newest version; it takes nothing over from it."""
        writing(lambda s: room.rebase_draft(s, current_actor(s), draft_id))
        return _shown(draft_id, _("The draft stands on the newest version now."))


def tried(
    draft_id: int,
    page: Page,
    deed: Callable[[Session, Actor], Made],
    then: Callable[[Made], ResponseReturnValue],
) -> ResponseReturnValue:
    """Decide about a draft; show it again where it has moved, or where something is to be typed."""
    try:
        made = writing(lambda s: deed(s, current_actor(s)))
    except UNREAD as error:
        problem = problem_of(error)
        return _shown(draft_id, f"{problem.title}{_(': ')}{problem.words}")
    except TYPED as error:
        return page(draft_id, refused(MultiDict(request.form), error))
    return then(made)


def read_revision() -> int | None:
    """Return the revision that the page showed whose form this is."""
    return request.form.get("revision", type=int)


def _shown(draft_id: int, said: str) -> ResponseReturnValue:
    toasts.say(said)
    return redirect(url_for(".show", draft_id=draft_id), 303)
