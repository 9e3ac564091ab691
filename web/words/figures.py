"""The figures in words: what each is called, what it counts, and why one can't be computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask.sansio.app import App
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from web.moments import iso_day, list_words
from web.words import method_word, word
from web.words.issues import KINDS as ISSUES
from web.words.ladder import rung_name
from web.words.scores import WORDS as PRAISED
from workflows.figures import FIGURES, LedgerLine, Measured, Row, Span, SpanKind, WhyNot, quarter_of
from workflows.methods import Method
from workflows.summaries import Wording
from workflows.tables import (
    ItemState,
    Kind,
    PraiseLevel,
    PublicationKind,
    Rung,
    Satisfaction,
    Snapshot,
    Source,
)

METHODS = "methods_"
GROUPS: Sequence[tuple[LazyString, Sequence[str]]] = (
    (
        _l("How the ledger stands"),
        ("items_open", "items_on_plan", "items_near", "items_overdue"),
    ),
    (
        _l("What was done"),
        (
            "items_registered", "items_closed", "closing_rate", "on_time_rate", "report_rate",
            "urges", "returns", "extensions", "interviews", "accountability", "revisits",
            "revisits_failed",
        ),
    ),
    (
        _l("Matters by source"),
        (
            "work_report", "work_report_province", "work_report_city", "livelihood",
            "instructions", "proposals", "executive_meeting", "mayors_council",
            "mayors_brief_meeting", "coordination_meeting", "incentives", "campaigns",
            "key_projects",
        ),
    ),
    (_l("Delegates' opinions"), ("contact_rate", "satisfaction_rate")),
    (
        _l("How supervision was done"),
        (
            "actions", "special_supervisions", "station_months", "station_problems",
            *(name for name in FIGURES if name.startswith(METHODS)),
        ),
    ),
    (
        _l("What went out, and praise"),
        (
            "issues_notice", "issues_affairs", "issues_circular", "issues_special",
            "issues_instructions", "praise_office", "honours_office", "persons_commended",
        ),
    ),
)  # fmt: skip
"""The figures in the order in which a page shows them."""

LABELS: Mapping[str, LazyString] = {
    "items_open": _l("Open items"),
    "items_overdue": _l("Items overdue"),
    "items_near": _l("Items due soon or behind"),
    "items_on_plan": _l("Items on plan"),
    "items_registered": _l("Items registered"),
    "items_closed": _l("Items closed"),
    "closing_rate": _l("Closing rate"),
    "on_time_rate": _l("Done on time"),
    "report_rate": _l("Reports made"),
    "urges": _l("Urges sent"),
    "interviews": _l("Interviews"),
    "accountability": _l("Suggestions of accountability"),
    "returns": _l("Reports sent back"),
    "extensions": _l("Extensions consented to"),
    "revisits": _l("Revisits made"),
    "revisits_failed": _l("Revisits that found it unsolved"),
    "actions": _l("Actions carried out"),
    "special_supervisions": _l("Special supervisions"),
    "work_report_province": _l("Items of the province's work report"),
    "work_report_city": _l("Items of the city's work report"),
    "work_report": _l("Items of the work reports"),
    "livelihood": _l("Livelihood matters"),
    "instructions": _l("Leaders' instructions"),
    "proposals": _l("Bills, suggestions, proposals"),
    "executive_meeting": _l("Matters of the executive meeting"),
    "mayors_council": _l("Matters of the mayor's council"),
    "mayors_brief_meeting": _l("Matters of the mayor's brief meeting"),
    "coordination_meeting": _l("Matters of special coordination meetings"),
    "incentives": _l("Incentive measures"),
    "campaigns": _l("Special campaigns"),
    "key_projects": _l("Key projects"),
    "issues_notice": _l("Issues of the Supervision Notice"),
    "issues_affairs": _l("Issues of Government Supervision"),
    "issues_circular": _l("Issues of the Supervision Circular"),
    "issues_special": _l("Issues of the Special Report"),
    "issues_instructions": _l("Issues of Leaders' Instructions"),
    "station_months": _l("Months of stationed supervision"),
    "station_problems": _l("Problems settled on the spot"),
    "praise_office": _l("Praise of the office"),
    "honours_office": _l("Commendations of the office"),
    "persons_commended": _l("Persons commended"),
    "satisfaction_rate": _l("Satisfied proposers"),
    "contact_rate": _l("Contact rate"),
}

DEFINITIONS: Mapping[str, LazyString] = {
    "items_open": _l(
        "Lines of the ledger that were approved and not ended when the span ended. A decision "
        "that was broken down is counted by its parts."
    ),
    "items_overdue": _l(
        "Open items whose leading unit's limit had passed when the span ended; while a clock "
        "stands still, by the day on which it stopped."
    ),
    "items_near": _l(
        "Open items that weren't overdue, with a yellow light, or a red one by the item's own plan."
    ),
    "items_on_plan": _l("Open items with a green light when the span ended."),
    "items_registered": _l(
        "Items that came on the ledger in the span, without those that weren't approved; for "
        "imported ones the day in the ledger counts."
    ),
    "items_closed": _l(
        "Items that were struck off the ledger in the span and not taken up again before it ended."
    ),
    "closing_rate": _l(
        "Of the items that were struck off in the span or open at its end, how many were struck "
        "off. Each counts for its leading unit; co-units are left out."
    ),
    "on_time_rate": _l(
        "Of the items closed in the span that had a limit, those whose leading unit's accepted "
        "report was signed by the last day of the limit."
    ),
    "report_rate": _l(
        "Of the interim reports that had to be asked for when they fell due in the span, those "
        "that were signed before the next one fell due."
    ),
    "urges": _l("How often units were urged in the span: by hand, by the ladder, by slips."),
    "interviews": _l(
        "Interviews with a unit's principal leader that the ladder led to and that were held in "
        "the span."
    ),
    "accountability": _l(
        "Suggestions that a leader approved and that were handed to the competent organ in the "
        "span."
    ),
    "returns": _l("Reports and replies that the office sent back in the span."),
    "extensions": _l("Later limits that leaders consented to in the span."),
    "revisits": _l("Visits that checked in the span whether a matter was really solved."),
    "revisits_failed": _l("Visits of the span that found a matter not really solved."),
    "actions": _l("Supervision actions by any method that were carried out in the span."),
    "special_supervisions": _l(
        "Supervision actions carried out in the span that are marked as special supervisions."
    ),
    "work_report_province": _l(
        "Matters of the province's government work report that came on the ledger in the span; "
        "broken down or not, each counts once."
    ),
    "work_report_city": _l(
        "Matters of the city's government work report that came on the ledger in the span; "
        "broken down or not, each counts once."
    ),
    "work_report": _l(
        "Matters of the province's and the city's government work reports that came on the "
        "ledger in the span."
    ),
    "livelihood": _l(
        "Key livelihood matters of the province and the city that came on the ledger in the span."
    ),
    "instructions": _l(
        "Instructions of provincial and city leaders that came on the ledger in the span."
    ),
    "proposals": _l(
        "Bills and suggestions of the people's congress and proposals of the CPPCC that came on "
        "the ledger in the span."
    ),
    "executive_meeting": _l(
        "Matters decided by the city government's executive meeting that came on the ledger in "
        "the span."
    ),
    "mayors_council": _l(
        "Matters decided by the mayor's council that came on the ledger in the span."
    ),
    "mayors_brief_meeting": _l(
        "Matters decided by the mayor's brief meeting that came on the ledger in the span."
    ),
    "coordination_meeting": _l(
        "Matters decided by the city government's special coordination meetings that came on "
        "the ledger in the span."
    ),
    "incentives": _l(
        "Incentive measures of the General Office of the State Council that came on the ledger "
        "in the span."
    ),
    "campaigns": _l("Special campaigns that were on the ledger at any time of the span."),
    "key_projects": _l(
        "Key projects that were on the ledger at any time of the span: key and livelihood "
        "projects, relocation, road and rail works."
    ),
    "issues_notice": _l(
        "Issues of the Supervision Notice that went out in the span and weren't withdrawn, with "
        "the slips of the ladder."
    ),
    "issues_affairs": _l(
        "Issues of Government Supervision that went out in the span and weren't withdrawn."
    ),
    "issues_circular": _l(
        "Issues of the Supervision Circular that went out in the span and weren't withdrawn."
    ),
    "issues_special": _l(
        "Issues of the Special Report that went out in the span and weren't withdrawn."
    ),
    "issues_instructions": _l(
        "Issues of Leaders' Instructions that went out in the span and weren't withdrawn."
    ),
    "station_months": _l(
        "Months that teams spent on the spot in the span, team by team; a month that was begun "
        "counts."
    ),
    "station_problems": _l(
        "Problems in the logs of stationed supervision that were settled in the span."
    ),
    "praise_office": _l(
        "Praise of the office on record in the span: by document or in a leader's own words."
    ),
    "honours_office": _l(
        "Praise of the office in the span that a document of the state, the province or the "
        "city says."
    ),
    "persons_commended": _l(
        "Persons who were commended by document in the span, one by one, each time."
    ),
    "satisfaction_rate": _l(
        "Of the proposers who rated a reply in the span, those who were satisfied or basically "
        "satisfied."
    ),
    "contact_rate": _l(
        "Of the replies issued in the span, those before which a proposer was talked to."
    ),
}

WHY_NOT: Mapping[str, LazyString] = {
    WhyNot.NOT_KEPT.value: _l(
        "not kept: the span was over before this house kept records, and nothing was written "
        "down about it"
    ),
    WhyNot.NOTHING_TO_COUNT.value: _l(
        "nothing to count: there was nothing in the span that the rate could be out of"
    ),
    WhyNot.CLOSINGS_NOT_KEPT.value: _l(
        "the days of closing weren't kept: items came in closed with an old ledger"
    ),
    WhyNot.LIGHTS_NOT_KEPT.value: _l(
        "the lights of that day weren't kept; take a snapshot when a span ends"
    ),
}


SPANS: Mapping[SpanKind, LazyString] = {
    SpanKind.MONTH: _l("a month"),
    SpanKind.QUARTER: _l("a quarter"),
    SpanKind.YEAR: _l("a year"),
}


def register(app: App) -> None:
    """Let templates say figures."""
    app.add_template_filter(label, "figure_label")
    app.add_template_global(differences, "line_differences")
    app.add_template_filter(definition, "figure_definition")
    app.add_template_filter(why_not, "figure_why_not")
    app.add_template_filter(said, "figure_said")
    app.add_template_filter(note, "figure_note")
    app.add_template_filter(title, "figure_title")
    app.add_template_filter(snapshot_name, "snapshot_name")
    app.add_template_filter(snapshot_part, "snapshot_part")
    app.add_template_filter(lambda kind: str(SPANS[kind]), "span_kind")


CELLS: Mapping[str, LazyString] = {
    "title": _l("Title"),
    "source": _l("Source"),
    "state": _l("State"),
    "light": _l("Light"),
    "due_on": _l("Limit"),
    "ended_on": _l("Closed on"),
    "percent": _l("Percent done"),
    "unit": _l("Lead unit"),
    "units": _l("Units"),
}
"""What can change in a line of the ledger while it stays the same item's."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell of a line of the ledger that says something else today."""

    name: str
    label: str
    then: str
    now: str


def differences(
    then: LedgerLine, now: LedgerLine | None, units: Mapping[int, str]
) -> Sequence[Difference]:
    """Return the cells of a line that are others today; none is left of what has gone."""
    return [
        Difference(
            name,
            str(CELLS[name]),
            _cell(name, then, units),
            _cell(name, now, units) if now else "–",
        )
        for name in CELLS
        if now is None or getattr(then, name) != getattr(now, name)
    ]


def _cell(name: str, line: LedgerLine, units: Mapping[int, str]) -> str:
    if name == "state":
        return word(ItemState(line.state))
    if name == "units":
        return list_words([units[each] for each in line.units]) or "–"
    if name == "percent":
        return f"{line.percent}%"
    value = getattr(line, name)
    return (iso_day(value) if isinstance(value, date) else word(value)) or "–"


def label(name: str) -> str:
    """Return what a figure is called."""
    if name.startswith(METHODS):
        return _("%(method)s supervision", method=method_word(name.removeprefix(METHODS)))
    return str(LABELS[name]) if name in LABELS else name


def definition(name: str) -> str:
    """Return in a sentence what a figure counts."""
    if name.startswith(METHODS):
        return _(
            "How often this method was used in the span: in supervision actions, urges by hand, "
            "revisits and letters, and by teams on the spot."
        )
    return str(DEFINITIONS[name]) if name in DEFINITIONS else ""


def why_not(code: str) -> str:
    """Return why a figure can't be computed."""
    return str(WHY_NOT[code]) if code in WHY_NOT else code


def span_name(first: date, last: date) -> str:
    """Return what a month, a quarter or a year is called; other spans by their days."""
    kind, quarter = Span(first, last).kind, quarter_of(first)
    if kind is SpanKind.YEAR:
        return _("%(year)s", year=first.year)
    if kind is SpanKind.QUARTER:
        return _("Quarter %(quarter)s of %(year)s", quarter=quarter, year=first.year)
    if kind is SpanKind.MONTH:
        return _("%(month)s/%(year)s", month=first.month, year=first.year)
    return f"{iso_day(first)} – {iso_day(last)}"


def snapshot_name(snapshot: Snapshot) -> str:
    """Return what a snapshot is called: its period, or what it was taken for."""
    return span_name(snapshot.first, snapshot.last) if snapshot.period else snapshot.purpose


def snapshot_part(snapshot: Snapshot) -> str:
    """Return what a snapshot holds: the whole ledger, or some units, kinds and sources."""
    held = [word(Kind(kind)) for kind in snapshot.kinds]
    held += [word(Source(source)) for source in snapshot.sources]
    if snapshot.unit_ids:
        held.append(ngettext("one unit", "%(num)d units", len(snapshot.unit_ids)))
    return list_words(held) if held else _("the whole ledger")


def wording() -> Wording:
    """Return how a summary says its figures, in the language of the moment."""
    return Wording(label, definition, why_not, note)


def title(row: Row) -> str:
    """Return what a row is about, unless it is for others."""
    return row.title if row.ref else _("for those only to whom it was sent")


def note(row: Row) -> str:
    """Return what a row says besides: by which method, which rung, how satisfied."""
    if row.subject in ("urge", "action", "revisit", "letter") and row.note in set(Method):
        return method_word(row.note)
    if row.subject == "rung" and row.note in set(Rung):
        return rung_name(row.note)
    if row.subject == "issue" and row.note in set(PublicationKind):
        return str(ISSUES[PublicationKind(row.note)])
    if row.subject == "praise" and row.note in set(PraiseLevel):
        return str(PRAISED[PraiseLevel(row.note)])
    if row.subject == "rating" and row.note in set(Satisfaction):
        return word(Satisfaction(row.note))
    return row.note


def said(name: str, value: Decimal | None) -> str:
    """Return a value with what it counts: 318 items, 61.4%; a dash where there is none."""
    if value is None:
        return "–"
    number = f"{value.normalize():f}"
    counted = FIGURES[name].measured if name in FIGURES else Measured.TIMES
    return f"{number}%" if counted is Measured.PERCENT else _counted(counted, number, int(value))


def _counted(counted: Measured, number: str, value: int) -> str:
    words = {
        Measured.ITEMS: ngettext("%(number)s item", "%(number)s items", value, number=number),
        Measured.TIMES: ngettext("%(number)s time", "%(number)s times", value, number=number),
        Measured.ISSUES: ngettext("%(number)s issue", "%(number)s issues", value, number=number),
        Measured.MONTHS: ngettext("%(number)s month", "%(number)s months", value, number=number),
        Measured.PERSONS: ngettext("%(number)s person", "%(number)s persons", value, number=number),
        Measured.PROBLEMS: ngettext(
            "%(number)s problem", "%(number)s problems", value, number=number
        ),
    }
    return words[counted]
