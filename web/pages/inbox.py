"""The inbox 待办: what waits for whom, by when, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from engine import Session
from web.auth import current_actor
from web.moments import today
from web.navigation import inbox_title, papers, todo_counts
from web.toasts import say
from web.transaction import reading, writing
from web.words import awaited as awaited_words
from web.words.whys import why_words
from workflows import awaited, calendar, inbox, story, urges
from workflows.awaited import Row
from workflows.inbox import InboxFilter
from workflows.methods import Method
from workflows.steps import STEPS
from workflows.tables import Role

blueprint = Blueprint("inbox", __name__)
blueprint.record_once(lambda state: awaited_words.register(state.app))

MINE, UNITS, WAITING, DONE = "mine", "units", "waiting", "done"
LISTS = {MINE: awaited.mine, UNITS: awaited.of_my_units, WAITING: inbox.at_units}
OFFICE = frozenset({Role.SUPERVISOR, Role.DIRECTOR})
WITH_A_UNIT = OFFICE | {Role.HANDLER, Role.UNIT_HEAD}
AHEAD = 7
RECENT = 6
LOOKOUT = 21


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the inbox somebody wants to see, as the address says it."""

    tab: str
    step: str | None
    due: date | None

    def query(self, **changes: str | None) -> dict[str, str]:
        """Return the address's arguments with some of them changed."""
        due = self.due.isoformat() if self.due else None
        asked = {"tab": self.tab, "step": self.step, "due": due, **changes}
        return {name: value for name, value in asked.items() if value and value != MINE}


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
        rows = _rows(session, wish)
        return render_template(
            "inbox/show.html",
            wish=wish,
            rows=_due_on(rows, wish.due),
            days=_days(session, rows),
            may_urge=wish.tab == WAITING,
            methods=list(Method),
            title=inbox_title(),
            working=calendar.is_working(session, today()),
            special=_special_days(session),
            **_told(session),
        )


@blueprint.get("/inbox/news")
def news() -> ResponseReturnValue:
    """Say whether the inbox has changed since the page was shown, and count again."""
    wish, since = _wish(), request.args.get("since", "")
    with reading() as session:
        changes = _changes(session, since)
        told = _told(session)
        page = render_template("inbox/news.html", wish=wish, since=since, changes=changes, **told)
    response = make_response(page)
    response.add_etag()
    return response.make_conditional(request)


@blueprint.post("/inbox/urge")
def urge() -> ResponseReturnValue:
    """Urge the units of the chosen rows, each about its own part."""
    parts = request.form.getlist("assignment", type=int)
    method, text = request.form.get("method", ""), request.form.get("text", "")
    sent, spared = writing(
        lambda session: _counted(
            urges.urge_many(session, current_actor(session), parts, method, text)
        )
    )
    told = [ngettext("One unit was urged", "%(num)d urges were sent", sent)] if sent else []
    if spared:
        told.append(
            ngettext(
                "One unit was urged lately and is spared",
                "%(num)d units were urged lately and are spared",
                spared,
            )
        )
    say(_("; ").join(told))
    return redirect(url_for("inbox.show", tab=WAITING), 303)


def _counted(sent: urges.Sent) -> tuple[int, int]:
    return len(sent.urges), len(sent.spared)


def _wish() -> Wish:
    tab, step = request.args.get("tab", MINE), request.args.get("step")
    return Wish(
        tab=tab if tab in (*LISTS, DONE) else MINE,
        step=step if step in STEPS or step in set(awaited.Step) else None,
        due=request.args.get("due", type=date.fromisoformat),
    )


def _changes(session: Session, since: str | None = None) -> inbox.Changes:
    return awaited.changes_since(session, g.actor, papers(), since)


def _rows(session: Session, wish: Wish) -> Sequence[Row]:
    if wish.tab == DONE:
        return inbox.done(session, g.actor)
    return LISTS[wish.tab](session, g.actor, InboxFilter(step=wish.step))


def _due_on(rows: Sequence[Row], due: date | None) -> Sequence[Row]:
    return [row for row in rows if due in (None, row.due)]


def _days(session: Session, rows: Sequence[Row]) -> list[Day]:
    """Count what is due on each of the next seven days."""
    due = Counter(row.due for row in rows)
    days = (today() + timedelta(days=ahead) for ahead in range(AHEAD))
    return [Day(day, due[day], calendar.is_working(session, day)) for day in days]


def _special_days(session: Session) -> str:
    """Tell which holidays and make-up days lie just ahead: limits are counted by them."""
    days = [today() + timedelta(days=ahead) for ahead in range(1, LOOKOUT)]
    found = [day for day in map(calendar.calendar_of(session).special, days) if day]
    makeup = [day.day.isoformat() for day in found if day.working]
    parts: list[dict[str, Any]] = [{"kind": "makeup", "days": makeup}] if makeup else []
    for name, group in groupby((day for day in found if not day.working), lambda day: day.name):
        off = [day.day.isoformat() for day in group]
        parts.append({"kind": "holiday", "name": name, "first": off[0], "last": off[-1]})
    return why_words(parts)


def _told(session: Session) -> dict[str, Any]:
    """Return what the page and its news both tell."""
    return {
        "token": _changes(session).token,
        "counts": todo_counts(),
        "around": awaited.around(session, g.actor, papers()),
        "recent": story.latest(session, g.actor, RECENT),
        "is_office": bool(OFFICE & g.actor.roles),
        "has_unit": bool(WITH_A_UNIT & g.actor.roles),
    }
