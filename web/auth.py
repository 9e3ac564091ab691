"""Who is asking: the session cookie, and the door that every page stands behind."""

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from engine import Session
from web.transaction import database, reading, writing
from workflows import people
from workflows.people import Actor

SESSION = "duban"
POLL = "X-Poll"
"""The header of a request that nobody made by hand: it keeps no session alive."""

PUBLIC = frozenset(
    {"auth.sign_in", "auth.enter", "auth.prefer", "rating.show", "rating.rate", "static"}
)
"""Every page that a stranger may see; each other one asks to sign in."""


class SignedOut(Exception):
    """Nobody is signed in, or not any more."""


def register(app: Flask) -> None:
    """Put the door before every page; the API has its own."""
    app.before_request(ask_who)
    app.context_processor(lambda: {"actor": g.get("actor")})


def is_api() -> bool:
    """Say whether this request goes to the API, which knows tokens and no cookies."""
    return request.path.startswith("/api/")


def is_public() -> bool:
    """Say whether this request asks for what anybody reads, signed in or not, and alike."""
    return request.blueprint == "public"


def ask_who() -> None:
    """Know who asks; refuse strangers everywhere but at the public pages."""
    if is_api() or is_public() or request.endpoint == "static":
        return
    with reading() as session:
        g.actor = people.load_session(session, session_key())
        stale = people.wants_touch(session, session_key())
    if g.actor is None and request.endpoint not in PUBLIC:
        raise SignedOut
    if stale and POLL not in request.headers:
        writing(lambda session: people.touch_session(session, session_key()))


def current_actor(session: Session) -> Actor:
    """Load whoever is signed in, inside the transaction that acts for them."""
    actor = people.load_session(session, session_key())
    if actor is None:
        raise SignedOut
    return actor


def renew_session(session: Session, actor: Actor) -> str:
    """Open a session under a new key; whatever the browser held before is worth nothing."""
    people.close_session(session, session_key())
    people.sweep_sessions(session)
    return people.open_session(session, actor.person_id)


def change_password(old: str, new: str) -> str:
    """Change the reader's own password; all their sessions end, and a new one begins."""
    person_id = g.actor.person_id
    people.change_own_password(database(), person_id, old, new, request.remote_addr or "")
    return writing(lambda session: people.open_session(session, person_id))


def session_key() -> str:
    """Return the key that the browser holds, or nothing."""
    return request.cookies.get(cookie_name(SESSION), "")


def cookie_name(name: str) -> str:
    """Return a cookie's full name: bound to this host where readers come over https."""
    return f"__Host-{name}" if current_app.config["SECURE"] else name


def set_cookie(response: Response, name: str, value: str, *, days: int | None = None) -> None:
    """Give the browser a cookie that scripts can't read and other sites can't send."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=None if days is None else days * 24 * 3600,
        secure=current_app.config["SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


def delete_cookie(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        cookie_name(name), secure=current_app.config["SECURE"], httponly=True, samesite="Lax"
    )
