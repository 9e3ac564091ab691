"""The ladder of escalation as a decision table, and the settings of urges, slips, suggestions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, Typed, refused
from web.handing import UNSENT, asked_about, handed_over
from web.transaction import reading, writing
from workflows import decision_tables, ladder_rules, rules, seconding, settings, switches
from workflows.errors import LimitRefused, SettingRefused
from workflows.ladder_rules import Row, Rule
from workflows.tables import Kind, Role, Rung, TableDraft, Urgency

blueprint = Blueprint("admin_ladder", __name__, url_prefix="/admin/ladder")

NUMBERS = ("urge.most", "urge.again_after_days")
TEXTS = ("slip.number", "slip.demand", "suggestion.organs")

SPARE = 3
MOST = 200
UNREADABLE = -1
DIGITS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table as its page shows it."""

    place: int
    rung: str
    kinds: Sequence[str]
    urgencies: Sequence[str]
    days: str
    times: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The ladder that the table comes to, for some kinds and urgencies alike."""

    cases: Sequence[tuple[Kind, Sequence[Urgency]]]
    days: Mapping[Rung, int]

    @property
    def everywhere(self) -> Sequence[Urgency]:
        """Return the urgencies for which it holds whatever the kind; none if kinds differ."""
        urgencies = self.cases[0][1]
        alike = all(own == urgencies for _kind, own in self.cases)
        return urgencies if alike and len(self.cases) == len(Kind) else ()


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the table, what it comes to, and the settings."""
    return _page(Entry())


@blueprint.post("/")
def change() -> ResponseReturnValue:
    """Replace the table by the rows that were typed, or hand them to a second administrator."""
    typed = MultiDict(request.form)
    rows, note = list(_typed_rows(typed)), typed.get("note", "")

    def work(session: Session) -> TableDraft | None:
        actor = current_actor(session)
        if seconding.is_needed(session):
            return decision_tables.propose_ladder(session, actor, rows, note)
        ladder_rules.change_ladder(session, actor, rows)
        return None

    try:
        draft = writing(work)
    except LimitRefused as refusal:
        words = refused(typed, refusal).errors.popitem()[1]
        return _page(Entry(values=typed, errors={"table": words}, status=422, typed=True))
    except UNSENT as refusal:
        return _page(refused(typed, refusal, {"": "note"}))
    if draft is not None:
        return handed_over(draft)
    toasts.say(_("The ladder is changed."))
    return redirect(url_for("admin_ladder.show"), 303)


@blueprint.post("/settings")
def change_settings() -> ResponseReturnValue:
    """Change how often may be urged, and what slips and suggestions say."""
    typed = MultiDict(request.form)

    def work(session: Session) -> None:
        actor = current_actor(session)
        for name in (*NUMBERS, *TEXTS):
            switches.change(session, actor, name, typed.get(name, "").strip())

    try:
        writing(work)
    except SettingRefused as refusal:
        words = {
            str(refusal.facts["name"]): _("Please write a whole number.")
            if refusal.facts["name"] in NUMBERS
            else _("The text is too long")
        }
        return _page(Entry(values=typed, errors=words, status=422, typed=True))
    toasts.say(_("The settings are changed."))
    return redirect(url_for("admin_ladder.show", _anchor="settings"), 303)


def _typed_rows(typed: Typed) -> Iterator[Row]:
    """Read the rows; one without a rung was left empty or taken out."""
    for place in range(MOST):
        rung = typed.get(f"rung-{place}")
        if rung in set(Rung):
            kinds, urgencies = typed.getlist(f"kind-{place}"), typed.getlist(f"urgency-{place}")
            yield Row(
                Rung(rung),
                _number(typed.get(f"days-{place}", "")),
                _number(typed.get(f"times-{place}", "")),
                tuple(kind for kind in Kind if kind in kinds),
                tuple(urgency for urgency in Urgency if urgency in urgencies),
                typed.get(f"note-{place}", "").strip(),
            )


def _number(text: str) -> int:
    plain = text.strip()
    fits = plain.isascii() and plain.isdecimal() and len(plain) <= DIGITS
    return int(plain) if fits else UNREADABLE


def _page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        asking = asked_about(session, g.actor, ladder_rules.SHAPE.name)
        page = render_template(
            "admin/ladder.html",
            entry=entry,
            asking=asking,
            lines=_lines(ladder_rules.rows_in(asking.table), entry),
            outlooks=outlooks(ladder_rules.rules_in(asking.table)),
            values={
                name: entry.get(name) or settings.text(session, name) for name in (*NUMBERS, *TEXTS)
            },
            rungs=list(Rung),
            kinds=list(Kind),
            urgencies=list(Urgency),
        )
    return page, entry.status


def _lines(rows: Sequence[Row], entry: Entry) -> list[Line]:
    """Return the rows, as typed or as kept, with some empty ones below."""
    if "rung-0" in entry.values:
        rows = list(_typed_rows(entry.values))
    lines = [
        Line(place, row.rung, row.kinds, row.urgencies, str(row.days_overdue),
             str(row.times_before), row.note)
        for place, row in enumerate(rows)
    ]  # fmt: skip
    spare = range(len(lines), len(lines) + SPARE)
    return [*lines, *(Line(place, "", (), (), "", "0") for place in spare)]


def outlooks(table: Sequence[Rule]) -> list[Outlook]:
    """Return the ladders that the table comes to, alike ones told together."""
    alike: dict[tuple[tuple[Rung, int], ...], list[tuple[Kind, Urgency]]] = {}
    for kind, urgency, rows in ladder_rules.spread(table):
        steps = tuple((row.rung, row.days_overdue) for row in rows)
        alike.setdefault(steps, []).append((kind, urgency))
    return [
        Outlook(
            [
                (kind, [urgency for _kind, urgency in group])
                for kind, group in groupby(cases, key=lambda case: case[0])
            ],
            dict(steps),
        )
        for steps, cases in alike.items()
    ]
