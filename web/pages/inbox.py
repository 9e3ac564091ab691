"""The inbox 待办: what waits for whom, by when, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from engine import Session
from web.moments import today
from web.transaction import reading
from workflows import calendar, inbox, story
from workflows.inbox import InboxFilter, InboxRow
from workflows.people import Actor
from workflows.steps import STEPS

blueprint = Blueprint("inbox", __name__)

MINE, UNITS, DONE = "mine", "units", "done"
TABS = (MINE, UNITS, DONE)
AHEAD = 7
RECENT = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the inbox somebody wants to see, as the address says it."""

    tab: str
    step: str | None
    due: date | None

    def query(self, **changes: str | None) -> dict[str, str]:
        """Return the address's arguments with some of them changed."""
        asked = {
            "tab": None if self.tab == MINE else self.tab,
            "step": self.step,
            "due": self.due.isoformat() if self.due else None,
            **changes,
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Day:
    """One of the next seven days, and how much is due on it."""

    on: date
    due: int
    working: bool


@blueprint.get("/")
def show() -> str:
    """Show what waits for the reader, for their units, or what they have done."""
    wish = _wish()
    with reading() as session:
        rows = _rows(session, g.actor, wish)
        return render_template(
            "inbox/show.html",
            wish=wish,
            rows=rows,
            groups=_groups(rows, wish),
            counts=inbox.counts(session, g.actor),
            days=_days(session, wish),
            recent=story.latest(session, g.actor, RECENT),
            token=inbox.changes_since(session, g.actor).token,
            working=calendar.is_working(session, today()),
        )


@blueprint.get("/inbox/news")
def news() -> ResponseReturnValue:
    """Say whether the inbox has changed since the page was shown, and count again."""
    with reading() as session:
        since = request.args.get("since", "")
        changes = inbox.changes_since(session, g.actor, since)
        response = make_response(
            render_template(
                "inbox/news.html",
                wish=_wish(),
                changed=changes.changed,
                new=_new_since(session, since),
                counts=inbox.counts(session, g.actor),
                recent=story.latest(session, g.actor, RECENT),
            )
        )
    response.add_etag()
    return response.make_conditional(request)


def _wish() -> Wish:
    tab, step = request.args.get("tab", MINE), request.args.get("step")
    return Wish(
        tab=tab if tab in TABS else MINE,
        step=step if step in STEPS else None,
        due=request.args.get("due", type=date.fromisoformat),
    )


def _rows(session: Session, actor: Actor, wish: Wish) -> Sequence[InboxRow]:
    wanted = InboxFilter(step=wish.step)
    match wish.tab:
        case "done":
            return inbox.done(session, actor)
        case "units":
            rows = inbox.of_my_units(session, actor, wanted)
        case _:
            rows = inbox.mine(session, actor, wanted)
    return [row for row in rows if wish.due in (None, row.due)]
