"""The ledger's columns in the reader's words: the same on the page, in print and in xlsx."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple
from uuid import UUID

from flask.sansio.app import App
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from web.moments import iso_day, list_words
from web.words import BEHIND, RETURNED, docno, is_behind, light_word, name_of, word
from workflows.casefile import ENDED
from workflows.ledger import LedgerRow
from workflows.lights import Light
from workflows.tables import AssignmentState, ItemState, Todo

HEADS: Mapping[str, LazyString] = {
    "light": _l("Light (working days)"),
    "number": _l("Number"),
    "title": _l("Matter"),
    "target": _l("Target"),
    "kind": _l("Kind of item"),
    "source": _l("Source"),
    "basis": _l("Basis"),
    "instructing": _l("Instructed by"),
    "sponsor": _l("Sponsor"),
    "units": _l("Responsible units"),
    "lead": _l("Lead unit"),
    "co": _l("Co-units"),
    "responsible_person": _l("Who sees to it"),
    "contact": _l("Contact"),
    "assigned_on": _l("Assigned on"),
    "urgency": _l("Urgency"),
    "due_on": _l("Limit"),
    "original_due_on": _l("Limit before extensions"),
    "reporting_period": _l("Interim reports"),
    "step": _l("Present step"),
    "progress": _l("Progress"),
    "percent": _l("Percent done"),
    "problems": _l("Problems"),
    "next_steps": _l("Next steps"),
    "urged": _l("Urges"),
    "returned": _l("Returns"),
    "extended": _l("Extensions"),
    "reopened": _l("Re-openings"),
    "closed_on": _l("Closed on"),
    "closed_how": _l("How it ended"),
    "reviewer": _l("Reviewer"),
    "opinion": _l("What the leader said"),
    "revisited_on": _l("Revisited on"),
    "findings": _l("Findings of the revisit"),
    "supervisor": _l("Supervisor"),
    "remarks": _l("Remarks"),
    "imported_light": _l("Light in the file"),
}

SUMS: Mapping[Light, LazyString] = {
    Light.RED: _l("Overdue"),
    Light.YELLOW: _l("Due soon or returned"),
    Light.GREEN: _l("On plan"),
    Light.BLUE: _l("Not yet assigned"),
    Light.DONE: _l("Ended"),
}
"""What a light counts, in the line of sums."""


class Days(NamedTuple):
    """How days are told that are over, and days that are left."""

    over: Callable[[int], str]
    left: Callable[[int], str]


IN_ROW = Days(
    lambda days: ngettext("%(num)d day over", "%(num)d days over", days),
    lambda days: ngettext("%(num)d day left", "%(num)d days left", days),
)
"""Under a head that says which days they are."""

ALONE = Days(
    lambda days: ngettext("%(num)d working day overdue", "%(num)d working days overdue", days),
    lambda days: ngettext("%(num)d working day left", "%(num)d working days left", days),
)

IN_CELL = Days(
    lambda days: ngettext(
        "Overdue by %(many)s working day",
        "Overdue by %(many)s working days",
        days,
        many=f"{days:,}",
    ),
    lambda days: ngettext(
        "%(many)s working day to go", "%(many)s working days to go", days, many=f"{days:,}"
    ),
)
"""Where the words have a sheet to themselves."""


def light_text(row: LedgerRow, days: Days = IN_ROW) -> str:
    """Say where an item stands: 逾期12天, 剩5天, 退回, 已销号."""
    match row.light:
        case Light.DONE:
            return _ending(row)
        case Light.RED | Light.YELLOW if is_behind(row.light, row.item, row.days_left):
            return str(BEHIND)
        case Light.RED if row.days_left:
            return days.over(-row.days_left)
        case Light.YELLOW if is_returned(row):
            return str(RETURNED)
        case Light.YELLOW | Light.GREEN if row.days_left is not None:
            return days.left(row.days_left) if row.days_left else _("due today")
        case _:
            return light_word(row.light)


def is_returned(row: LedgerRow) -> bool:
    """Say whether a report of one of the units was sent back."""
    return any(part.state is AssignmentState.RETURNED for part in row.parts)


def due_text(row: LedgerRow) -> str:
    """Say until when: a day, or that there is no limit and how often a report is due."""
    item = row.item
    if item.due_on is not None:
        return iso_day(item.due_on)
    if item.reporting_period is not None:
        return word(item.reporting_period)
    return "" if item.state is ItemState.REGISTERED else _("No limit")


def step_names(row: LedgerRow, own: Collection[UUID] = ()) -> list[str]:
    """Return the names of the steps that wait, each once: the reader's own before the item's.

    After these come the lead unit's, then those of the others.
    """
    lead_id = row.lead.id if row.lead else None

    def place(todo: Todo) -> tuple[bool, bool, bool]:
        part_id = todo.assignment_id
        return todo.task_id not in own, part_id is not None, part_id != lead_id

    return list(dict.fromkeys(name_of(todo) for todo in sorted(row.todos, key=place)))


def unit_names(row: LedgerRow) -> list[str]:
    """Return the names of the units, the lead unit's first."""
    return [part.unit.name for part in (row.lead, *row.others) if part is not None]


def cell(column: str, row: LedgerRow) -> str:
    """Return what a column says about a row, as plain text."""
    special = SPECIAL.get(column)
    return special(row) if special else word(getattr(row.item, column))


def _ending(row: LedgerRow) -> str:
    how = row.item.closed_how if row.item.state is ItemState.CLOSED else None
    return word(row.item.state if how in (None, "done") else how)


def _step(row: LedgerRow) -> str:
    return word(row.item.state) if row.item.state in ENDED else list_words(step_names(row))


def _original(row: LedgerRow) -> str:
    lead = row.lead
    return iso_day(lead.original_due_on) if lead and row.item.times_extended else ""


def _whole_light(row: LedgerRow) -> str:
    """Say a light and where the item stands; 逾期12天 says the light already."""
    light, text = light_word(row.light), light_text(row, IN_CELL)
    return text if text.startswith(light) else _("%(light)s: %(where)s", light=light, where=text)


SPECIAL: Mapping[str, Callable[[LedgerRow], str]] = {
    "light": _whole_light,
    "number": lambda row: docno(row.item),
    "instructing": lambda row: row.item.instructing.name if row.item.instructing else "",
    "sponsor": lambda row: row.item.sponsor.name if row.item.sponsor else "",
    "units": lambda row: list_words(unit_names(row)),
    "lead": lambda row: row.lead.unit.name if row.lead else "",
    "co": lambda row: list_words([part.unit.name for part in row.others]),
    "assigned_on": lambda row: iso_day(row.item.assigned_on),
    "due_on": due_text,
    "original_due_on": _original,
    "step": _step,
    "percent": lambda row: f"{row.item.percent}%",
    "urged": lambda row: str(row.item.times_urged),
    "returned": lambda row: str(row.item.times_returned),
    "extended": lambda row: str(row.item.times_extended),
    "reopened": lambda row: str(row.item.times_reopened),
    "closed_on": lambda row: iso_day(row.item.closed_at),
    "reviewer": lambda row: row.said.reviewer,
    "opinion": lambda row: row.said.opinion,
    "revisited_on": lambda row: iso_day(row.said.revisited_at),
    "findings": lambda row: row.said.findings,
    "supervisor": lambda row: row.item.supervisor.name if row.item.supervisor else "",
}
"""How a column is told where it isn't simply a field of the item."""


def register(app: App) -> None:
    """Teach the templates these words."""
    app.jinja_env.filters.update(
        ledger_cell=lambda row, column: cell(column, row),
        ledger_light=light_text,
        ledger_card_light=lambda row: light_text(row, ALONE),
        ledger_due=due_text,
        ledger_steps=step_names,
        ledger_units=unit_names,
        by_id=lambda rows: [(row.id, row.name) for row in rows],
    )
    app.jinja_env.globals.update(ledger_heads=HEADS, ledger_sums=SUMS)
