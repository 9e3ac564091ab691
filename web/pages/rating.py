"""The one page that a proposer sees: a reply, and how they take it; no account, nothing else."""

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from web.entries import Entry, load, refused
from web.errors import problem_of
from web.shapes import proposals as shapes
from web.transaction import writing
from web.words import word
from workflows import proposals
from workflows.errors import LinkUnknown, Refusal, TooManyTries
from workflows.proposals import ratings
from workflows.proposals.ratings import OpenRating

blueprint = Blueprint("rating", __name__, url_prefix="/rate")

LONGEST = 80
"""How many signs of a token are looked at; a longer one is nobody's."""


@blueprint.get("/<token>")
def show(token: str) -> ResponseReturnValue:
    """Show a reply to whoever holds its link."""
    return _page(_opened(token), token, Entry())


@blueprint.post("/<token>")
def rate(token: str) -> ResponseReturnValue:
    """Take the answer; it can be changed until the case goes on."""
    typed = MultiDict(request.form)
    try:
        said = load(shapes.Rating, typed)
        opened = writing(lambda session: proposals.rate(session, token[:LONGEST], _from(), **said))
    except (ValidationError, Refusal) as error:
        entry = refused(typed, error)
        return _page(_opened(token), token, entry)
    return _page(ratings.must_be_found(opened), token, Entry(), thanks=True)


@blueprint.errorhandler(LinkUnknown)
@blueprint.errorhandler(TooManyTries)
def nothing(error: Refusal) -> ResponseReturnValue:
    """Say that a link leads nowhere, or that too many did; a stranger isn't asked to sign in."""
    problem = problem_of(error)
    return render_template("proposals/rate_none.html", problem=problem), problem.status


@blueprint.after_request
def keep_to_itself(response: Response) -> Response:
    """Let nothing of the page be kept or indexed; no other site is told of its address anyway."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _opened(token: str) -> OpenRating:
    """Look a link up; that it leads nowhere is counted before it is told."""
    found = writing(lambda session: proposals.open_rating(session, token[:LONGEST], _from()))
    return ratings.must_be_found(found)


def _from() -> str:
    return request.remote_addr or ""


def _page(
    opened: OpenRating, token: str, entry: Entry, *, thanks: bool = False
) -> ResponseReturnValue:
    answers = [(each.value, word(each)) for each in ratings.ANSWERS]
    if not entry.typed and opened.rating.satisfaction is not None:
        given = {"satisfaction": opened.rating.satisfaction.value, "why": opened.rating.why}
        entry.values = MultiDict(given)
    body = render_template(
        "proposals/rate.html",
        told=opened,
        token=token,
        entry=entry,
        answers=answers,
        thanks=thanks,
    )
    return make_response(body, entry.status)
