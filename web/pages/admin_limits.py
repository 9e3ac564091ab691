"""The limits and the few settings of the clock: all data."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, refused
from web.transaction import reading, writing
from web.whys import limit_words
from workflows import limits, rules, settings
from workflows.errors import LimitRefused, SettingRefused
from workflows.people import Actor
from workflows.reckoning import Span
from workflows.tables import LimitUnit, Role

blueprint = Blueprint("admin_limits", __name__, url_prefix="/admin/limits")

CLOCK = ("limit.roll", "limit.warn_at", "limit.warn_again_at", "revisit.chance")
"""The settings that this page shows."""

UNREADABLE = -1


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit as its row shows it: as stored, or as somebody just typed it."""

    name: str
    number: str
    unit: str


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show every limit and the settings."""
    return _page(Entry())


@blueprint.post("/")
def change() -> ResponseReturnValue:
    """Change the limits that were typed anew."""
    typed = request.form

    def work(session: Session) -> int:
        actor = current_actor(session)
        return sum(_change_one(session, actor, name, typed) for name in limits.DEFAULTS)

    try:
        changed = writing(work)
    except LimitRefused as refusal:
        name = str(refusal.facts["name"])
        words = refused(MultiDict(typed), refusal).errors.popitem()[1]
        return _page(_wrong(f"number-{name}", limit_words(name), words))
    toasts.say(_("%(count)s limits are changed; what already runs keeps its own.", count=changed))
    return redirect(url_for("admin_limits.show"), 303)


@blueprint.post("/settings")
def change_settings() -> ResponseReturnValue:
    """Change how the clock counts and warns."""

    def work(session: Session) -> None:
        actor = current_actor(session)
        for name in CLOCK:
            settings.change(session, actor, name, request.form.get(name, settings.NO))

    try:
        writing(work)
    except SettingRefused as refusal:
        words = _("Please write a whole number from 0 to 100.")
        return _page(_wrong(str(refusal.facts["name"]), _("Counting and warning"), words))
    toasts.say(_("The settings are changed."))
    return redirect(url_for("admin_limits.show", _anchor="settings"), 303)


def _wrong(field: str, label: str, words: str) -> Entry:
    told = _("%(label)s: %(words)s", label=label, words=words)
    return Entry(values=MultiDict(request.form), errors={field: told}, status=422, typed=True)


def _change_one(session: Session, actor: Actor, name: str, typed: Mapping[str, str]) -> bool:
    """Change a limit if what was typed isn't what it is; say whether it was."""
    span = _span(name, typed)
    if span is None or span == limits.span_of(session, name):
        return False
    limits.change_limit(session, actor, name, span)
    return True


def _span(name: str, typed: Mapping[str, str]) -> Span | None:
    unit = typed.get(f"unit-{name}")
    if unit not in set(LimitUnit):
        return None
    number = 0 if unit == LimitUnit.SAME_DAY else _number(typed.get(f"number-{name}", ""))
    return Span(number, LimitUnit(unit), name)


def _number(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 6 else UNREADABLE  # noqa: PLR2004 (days of a lifetime)


def _page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        page = render_template(
            "admin/limits.html",
            entry=entry,
            lines=_limit_lines(session, entry),
            clock={name: entry.get(name) or settings.text(session, name) for name in CLOCK},
            units=list(LimitUnit),
        )
    return page, entry.status


def _limit_lines(session: Session, entry: Entry) -> list[LimitLine]:
    stored = {row.name: row for row in limits.limits(session)}
    lines = []
    for name in limits.DEFAULTS:
        span = stored.get(name) or limits.span_of(session, name)
        number = entry.get(f"number-{name}", str(span.number))
        lines.append(LimitLine(name, number, entry.get(f"unit-{name}", span.unit.value)))
    return lines
