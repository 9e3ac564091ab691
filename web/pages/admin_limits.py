"""The rules of the legal clock, each on a page of its own, and the settings that count for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, Typed, refused
from web.handing import UNSENT, asked_about, handed_over
from web.transaction import reading, writing
from web.words.whys import limit_words, span_words
from workflows import calendar, decision_tables, limits, moves, rules, seconding, settings, switches
from workflows.errors import LimitRefused, MovesUnseen, SettingRefused
from workflows.limits import Clause
from workflows.moves import Moves, NewRule
from workflows.reckoning import Span
from workflows.tables import LimitUnit, Role, StartEvent, StopCause, TableDraft

blueprint = Blueprint("admin_limits", __name__, url_prefix="/admin/limits")

CLOCK = ("limit.roll", "limit.warn_at", "limit.warn_again_at", "revisit.chance")
"""The settings that this page shows."""

FIELDS: Mapping[str, str] = {
    "rhythm": "unit",
    "starts": "starts",
    "window": "objection",
    "extensions": "extensions",
    "longest": "longest_number",
}
"""The field that a refusal is about; any other is about the number."""

Member = TypeVar("Member", bound=StrEnum)

UNREADABLE = -1
DIGITS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as the list shows it."""

    name: str
    span: Span
    clause: Clause


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show every rule and the settings."""
    return _page(Entry())


@blueprint.get("/<name>")
def edit(name: str) -> ResponseReturnValue:
    """Show a rule with everything that it says."""
    return _rule_page(name, Entry())


@blueprint.post("/<name>")
def change(name: str) -> ResponseReturnValue:
    """Change a rule; where something runs by it, show first what would move if it followed.

    Where a second administrator reads it first, it is handed over: what moves is theirs to see.
    """
    typed = MultiDict(request.form)
    rule, follows = _typed_rule(name, typed), typed.get("follow")
    try:
        if (draft := writing(lambda s: _proposed(s, rule, typed.get("note", "")))) is not None:
            return handed_over(draft)
        if follows is None and (found := _would_move(rule)).moved:
            return _preview(rule, typed, found)
        writing(
            lambda session: moves.change_rules(
                session, current_actor(session), [rule], follow=follows == "yes",
                seal=typed.get("seal"),
            )
        )  # fmt: skip
    except LimitRefused as refusal:
        words = refused(typed, refusal).errors.popitem()[1]
        field = FIELDS.get(str(refusal.facts["why"]), "number")
        return _rule_page(name, Entry(typed, {field: words}, 422, typed=True))
    except UNSENT as refusal:
        return _rule_page(name, refused(typed, refusal, {"": "note"}))
    except MovesUnseen:
        return _preview(rule, typed, _would_move(rule), stale=True)
    toasts.say(_("The rule “%(limit)s” is changed.", limit=limit_words(name)))
    return redirect(url_for("admin_limits.show"), 303)


def _proposed(session: Session, rule: NewRule, note: str) -> TableDraft | None:
    """Hand a rule over where a second administrator reads it first."""
    if not seconding.is_needed(session):
        return None
    return decision_tables.propose_rules(session, current_actor(session), [rule], note)


@blueprint.post("/settings")
def change_settings() -> ResponseReturnValue:
    """Change how the clock counts and warns."""

    def work(session: Session) -> None:
        actor = current_actor(session)
        for name in CLOCK:
            switches.change(session, actor, name, request.form.get(name, settings.NO))

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


def _page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        lines = [
            Line(name, limits.span_of(session, name), limits.clause_of(session, name))
            for name in limits.DEFAULTS
        ]
        lines.sort(key=lambda line: list(limits.Use).index(limits.use_of(line.name)))
        page = render_template(
            "admin/limits.html",
            entry=entry,
            groups=[
                (use, list(found))
                for use, found in groupby(lines, key=lambda line: limits.use_of(line.name))
            ],
            clock={name: entry.get(name) or settings.text(session, name) for name in CLOCK},
            windows={"": "", **{name: _window(session, name) for name in limits.WINDOWS}},
        )
    return page, entry.status


def _window(session: Session, name: str) -> str:
    span = limits.span_of(session, name)
    return span_words(span.number, span.unit.value)


# -- one rule ---------------------------------------------------------------------------


def _rule_page(name: str, entry: Entry) -> ResponseReturnValue:
    if name not in limits.DEFAULTS:
        abort(404)
    with reading() as session:
        today = calendar.today(session)
        asking = asked_about(session, g.actor, limits.SHAPE.name)
        rule = limits.rules_in(asking.table).get(name) or limits.default_rule(name)
        if not entry.typed:
            entry.values = _written(rule.span, rule.clause)
        page = render_template(
            "admin/limit.html",
            entry=entry,
            asking=asking,
            name=name,
            use=limits.use_of(name),
            starts=limits.starts_of(name),
            causes=list(StopCause),
            windows=[(name, _window(session, name)) for name in limits.WINDOWS],
            units=list(LimitUnit),
            today=today,
            due=limits.due_date(session, today, name),
        )
    return page, entry.status


def _written(span: Span, clause: Clause) -> Typed:
    """Return a rule as its form shows it."""
    longest = clause.longest
    values: Typed = MultiDict(
        {
            "number": "" if span.unit is LimitUnit.SAME_DAY else str(span.number),
            "unit": span.unit.value,
            "starts": clause.starts.value,
            "objection": clause.objection,
            "extensions": str(clause.extensions),
            "longest_number": str(longest.number) if longest else "",
            "longest_unit": longest.unit.value if longest else LimitUnit.MONTHS.value,
        }
    )
    values.setlist("stops", [cause.value for cause in clause.stops])
    return values


def _typed_rule(name: str, typed: Typed) -> NewRule:
    unit = _one_of(LimitUnit, typed.get("unit"), LimitUnit.NATURAL_DAYS)
    number = 0 if unit is LimitUnit.SAME_DAY else _number(typed.get("number", ""))
    starts = _one_of(StartEvent, typed.get("starts"), limits.starts_of(name)[0])
    if limits.use_of(name) is not limits.Use.PART:
        return NewRule(name, Span(number, unit, name), Clause(starts))
    longest = None
    if typed.get("longest_number", "").strip():
        counted = _one_of(LimitUnit, typed.get("longest_unit"), LimitUnit.MONTHS)
        longest = Span(_number(typed["longest_number"]), counted)
    clause = Clause(
        starts,
        frozenset(StopCause(cause) for cause in typed.getlist("stops") if cause in set(StopCause)),
        typed.get("objection", ""),
        _number(typed.get("extensions", "")),
        longest,
    )
    return NewRule(name, Span(number, unit, name), clause)


def _one_of(kind: type[Member], typed: str | None, default: Member) -> Member:
    return kind(typed) if typed in set(kind) else default


def _number(text: str) -> int:
    plain = text.strip()
    fits = plain.isascii() and plain.isdecimal() and len(plain) <= DIGITS
    return int(plain) if fits else UNREADABLE


def _would_move(rule: NewRule) -> Moves:
    with reading() as session:
        return moves.of_rules(session, g.actor, [rule])


def _preview(
    rule: NewRule, typed: Typed, found: Moves, *, stale: bool = False
) -> ResponseReturnValue:
    kept = [(key, value) for key, value in typed.items(multi=True) if key not in NOT_KEPT]
    page = render_template(
        "admin/limit_preview.html", rule=rule, typed=kept, moves=found, stale=stale
    )
    return page, 409 if stale else 200


NOT_KEPT = frozenset({"csrf_token", "follow", "seal"})
