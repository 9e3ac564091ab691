"""What anybody may read without signing in: replies that were released, and their figures.

The address says everything, the language too, so that a cache may keep each page for all;
no cookie is read or set here.
"""

from functools import partial
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from web.errors import problem_of
from web.transaction import database, reading, writing
from web.visitors import Visitors, pause
from web.words import word
from web.words.disclosure import RATES
from workflows import settings
from workflows.disclosure import counting, published, visitors
from workflows.disclosure.published import Wanted
from workflows.disclosure.visitors import take_lot
from workflows.errors import DisclosureUnknown, Refusal, TooManyTries
from workflows.grams import LONGEST
from workflows.tables import ReplyClass

VISITORS = "visitors"

blueprint = Blueprint("public", __name__)
blueprint.record_once(lambda state: state.app.extensions.setdefault(VISITORS, Visitors()))

FRESH = "public, max-age=300"
GONE = 410
ROBOTS = "User-agent: *\nAllow: /public/\nAllow: /static/\nDisallow: /\n"


@blueprint.before_request
def let_in() -> None:
    """Give one address as much as a reader reads, and no more; nobody is named by it."""
    house, known = database(), current_app.extensions[VISITORS]
    visitor = visitors.pseudonym(request.remote_addr or "", house.key)
    known.let_in(visitor, house.clock.now(), lambda: writing(partial(take_lot, visitor=visitor)))


@blueprint.get("/public/")
def show() -> ResponseReturnValue:
    """List the released replies, found by words and narrowed by year, class and unit."""
    wanted = _wanted()
    with reading() as session:
        return _page(
            "public/list.html",
            page=published.found(session, wanted),
            wanted=wanted,
            choices=published.choices(session),
            classes=[(each.value, word(each)) for each in ReplyClass],
            city=settings.text(session, "office.city"),
        )


@blueprint.get("/public/replies/<int:disclosure_id>")
def reply(disclosure_id: int) -> ResponseReturnValue:
    """Show one reply as it was released; of a withdrawn one only that it was here."""
    with reading() as session:
        row = published.one(session, disclosure_id)
        status = 200 if row.withdrawn_at is None else GONE
        return _page("public/reply.html", status, row=row)


@blueprint.get("/public/figures")
def figures() -> ResponseReturnValue:
    """Show the figures of each session as they were released, each rate with its definition."""
    with reading() as session:
        rows = [(row, counting.count(row.lines)) for row in counting.standing_figures(session)]
        return _page("public/figures.html", rows=rows, rates=RATES)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let search engines read what is public, and nothing else."""
    return _kept(Response(ROBOTS, mimetype="text/plain"))


@blueprint.errorhandler(DisclosureUnknown)
def nothing(error: Refusal) -> ResponseReturnValue:
    """Say that there is nothing here; a stranger isn't asked to sign in."""
    problem = problem_of(error)
    return _page("public/nothing.html", problem.status, problem=problem)


@blueprint.errorhandler(TooManyTries)
def later(error: TooManyTries) -> ResponseReturnValue:
    """Ask a visitor to wait; no cache keeps that for others."""
    problem = problem_of(error)
    response = _page("public/later.html", problem.status, problem=problem)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Retry-After"] = str(pause(error, database().clock.now()))
    return response


def _page(template: str, status: int = 200, **told: object) -> Response:
    """Write a page that may be kept by anybody, and say so."""
    with reading() as session:
        office = settings.text(session, "office.name")
    body = render_template(
        template, office=office, other=_other_language(), address=_address, turned=_turned, **told
    )
    return _kept(make_response(body, status))


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = FRESH
    response.add_etag()
    response.make_conditional(request)
    return response


def _other_language() -> str:
    """Return this page's address in the other language."""
    args = {name: value for name, value in request.args.items() if name != "lang"}
    if request.args.get("lang") != "en":
        args["lang"] = "en"
    return f"{request.path}?{urlencode(args)}" if args else request.path


def _address(endpoint: str, **told: int) -> str:
    """Return a public page's address in the language of this one."""
    address = url_for(endpoint, **told)  # type: ignore[arg-type] # numbers of the address alone
    return f"{address}?lang=en" if request.args.get("lang") == "en" else address


def _turned(page: int) -> str:
    """Return another page of the same list."""
    args = {name: value for name, value in request.args.items() if name != "page" and value}
    return f"{request.path}?{urlencode({**args, 'page': page})}"


def _wanted() -> Wanted:
    named, year = request.args.get("class"), request.args.get("year", type=int)
    return Wanted(
        words=request.args.get("q", "")[:LONGEST].strip(),
        year=year if year is not None and 1900 < year < 2200 else None,  # noqa: PLR2004 (a year)
        reply_class=ReplyClass(named) if named in set(ReplyClass) else None,
        unit=request.args.get("unit", "")[:LONGEST],
        page=max(1, request.args.get("page", 1, type=int)),
    )
