"""What the frame around every page asks for: navigation, counts, the reader and the print."""

from flask import Flask, request
from flask_babel import gettext as _

from web import navigation
from web.i18n import ENGLISH, language
from web.moments import clock_time, long_day
from web.pages.auth import theme
from web.transaction import database, reading
from web.words import because, word
from workflows import settings
from workflows.grams import LONGEST
from workflows.people import Actor


def register(app: Flask) -> None:
    """Give the base template what it calls."""
    app.jinja_env.filters["because"] = because.because
    app.jinja_env.globals.update(
        here=here,
        theme=theme,
        office_name=office_name,
        post_line=post_line,
        printed=printed,
        navigation=navigation.navigation,
        inbox_title=navigation.inbox_title,
        tabbar=navigation.tabbar,
        longest_search=LONGEST,
        unread=navigation.unread,
        ledger_address=lambda: navigation.address_of(navigation.LEDGER),
        notices_address=lambda: navigation.address_of(navigation.NOTICES),
    )


def here() -> str:
    """Return this page's own address, to come back to."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


def office_name() -> str:
    """Return the office's name in the reader's language."""
    name = "office.name_en" if language() == ENGLISH else "office.name"
    with reading() as session:
        return settings.text(session, name)


def post_line(actor: Actor) -> str:
    """Return what somebody is and where, in one line."""
    if not actor.posts:
        return ""
    post = actor.posts[0]
    return f"{word(post.role)} · {post.unit_name}"


def printed(actor: Actor) -> str:
    """Return what stands in the margin of every printed page."""
    now = database().clock.now()
    line = _(
        "Duban · %(day)s %(time)s · %(name)s",
        day=long_day(now),
        time=clock_time(now),
        name=actor.name,
    )
    return line.replace("\\", "").replace("'", "")
