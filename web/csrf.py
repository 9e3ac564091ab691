"""No other site can make a reader's browser act: a token in every form, and the origin."""

import hmac
import secrets
from hashlib import sha256

from flask import Flask, Response, current_app, g, request

from web.auth import cookie_name, is_api, set_cookie

SEED = "duban_seed"
FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN = frozenset({"same-origin", "none"})
NOBODY = "0"


class ForeignForm(Exception):
    """The form doesn't come from one of our own pages, or from one that is too old."""


class SomebodyElse(Exception):
    """The form is from a page of this browser that was another person's."""


def register(app: Flask) -> None:
    """Check everything that isn't a GET; the API takes no cookies and needs no check."""
    app.before_request(check)
    app.after_request(keep_seed)
    app.jinja_env.globals["csrf_token"] = csrf_token


def csrf_token() -> str:
    """Return the token of this browser and of whoever is signed in.

    It holds for all their sessions: whoever signs in again meanwhile, in another tab, loses
    nothing that stands in this one. Nobody else's session takes it; what anybody may do without
    being signed in, they may do from a page of a session that has ended, too.
    """
    actor = g.get("actor")
    return _token_of(str(actor.person_id) if actor else NOBODY)


def check() -> None:
    """Refuse a form without our token, from another origin, or from another person's page."""
    if request.method in SAFE or is_api():
        return
    sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not _is_from_here():
        raise ForeignForm
    if _is(sent, csrf_token()):
        return
    whose, _, _ = sent.partition(".")
    if not _is(sent, _token_of(whose)):
        raise ForeignForm
    # One of this browser's own pages, from before somebody signed in here or out.
    if g.get("actor") and whose != NOBODY:
        raise SomebodyElse


def keep_seed(response: Response) -> Response:
    """Let the browser keep the seed that a token on this page was made with."""
    if "new_seed" in g:
        set_cookie(response, SEED, g.new_seed)
    return response


def _token_of(person: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return f"{person}.{hmac.new(key, f'{_seed()}.{person}'.encode(), sha256).hexdigest()}"


def _is(sent: str, token: str) -> bool:
    return hmac.compare_digest(sent.encode(), token.encode())


def _seed() -> str:
    kept = request.cookies.get(cookie_name(SEED))
    if kept:
        return kept
    if "new_seed" not in g:
        g.new_seed = secrets.token_urlsafe(16)
    seed: str = g.new_seed
    return seed


def _is_from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site not in OWN:
        return False
    return origin is None or origin.partition("://")[2] == request.host
