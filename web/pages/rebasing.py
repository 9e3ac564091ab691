"""A newer version came meanwhile: what it changed, what the draft did, and what is both."""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

import engine
from engine import Change, Session
from web import toasts
from web.auth import current_actor
from web.errors import problem_of
from web.transaction import reading, writing
from web.words.comparing import Known, Sentence, Teller, known
from workflows import drawings
from workflows.drawings import Meanwhile

blueprint = Blueprint("rebasing", __name__, url_prefix="/diagrams/drafts/<int:draft_id>/newer")

MOVED: Final = "moved"


@blueprint.get("")
def show(draft_id: int) -> str:
    """Show what the newest version changed, what the draft did, and what can be taken over."""
    with reading() as session:
        found = drawings.meanwhile(session, g.actor, draft_id)
        theirs, ours = _told(session, found)
        release = drawings.release(session, g.actor, draft_id)
        return render_template(
            "drafts/newer.html",
            draft=found.draft,
            base=found.base,
            newest=found.newest,
            newer=problem_of(release.newer) if release.newer else None,
            merged=found.merged,
            theirs=theirs,
            ours=ours,
        )


@blueprint.post("")
def take(draft_id: int) -> ResponseReturnValue:
    """Put into the draft what only the newest version changed; it stands on that version then."""
    read = request.form.get("revision", type=int)

    def work(session: Session) -> int:
        actor = current_actor(session)
        number = len(drawings.meanwhile(session, actor, draft_id).merged.taken)
        drawings.take_over(session, actor, draft_id, revision=read)
        return number

    number = writing(work)
    toasts.say(ngettext("One element was taken over.", "%(num)d elements were taken over.", number))
    return redirect(url_for("releases.show", draft_id=draft_id), 303)


def _told(session: Session, found: Meanwhile) -> tuple[list[Sentence], list[Sentence]]:
    """Word what each side changed; where things are drawn is left out."""
    words = known(session)
    return (
        _sentences(words, found.base.xml, found.newest.xml, found.theirs),
        _sentences(words, found.base.xml, found.draft.xml, found.ours),
    )


def _sentences(
    words: Known, before: bytes, after: bytes, changes: Sequence[Change]
) -> list[Sentence]:
    teller = Teller(engine.drawn_in(before), engine.drawn_in(after), words)
    return [each for each in teller.told(changes) if each.mark != MOVED]
