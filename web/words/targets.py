"""Targets in words: what is measured, in what, which way, and how it stands."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask.sansio.app import App
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.words import figures as figure_words
from workflows.figures import FIGURES, Measured
from workflows.tables import Direction, Measure, Path, Target, TargetState
from workflows.targets.measuring import NOT_BEGUN, NOT_PLANNED
from workflows.targets.path import Standing

MEASURES: Mapping[Measure, LazyString] = {
    Measure.FIGURE: _l("A figure of the ledger"),
    Measure.PERCENT: _l("An item's percent done"),
    Measure.MILESTONES: _l("A project's milestones reached"),
    Measure.INVESTMENT: _l("A project's investment completed"),
}
DIRECTIONS: Mapping[Direction, LazyString] = {
    Direction.AT_LEAST: _l("at least"),
    Direction.AT_MOST: _l("at most"),
}
PATHS: Mapping[Path, LazyString] = {
    Path.LEVEL: _l("holds on every day alike"),
    Path.STRAIGHT: _l("grows evenly to December"),
    Path.QUARTERS: _l("by marks at the quarters' ends"),
}
STATES: Mapping[TargetState, LazyString] = {
    TargetState.DRAFTED: _l("waits for the director"),
    TargetState.RETURNED: _l("was given back"),
    TargetState.IN_FORCE: _l("stands"),
    TargetState.REPLACED: _l("was replaced"),
    TargetState.ENDED: _l("was ended"),
}
STANDINGS: Mapping[Standing, tuple[LazyString, str]] = {
    Standing.REACHED: (_l("reached"), "green"),
    Standing.ON_PATH: (_l("on its path"), "green"),
    Standing.BEHIND: (_l("behind its path"), "yellow"),
    Standing.MISSED: (_l("missed"), "red"),
    Standing.UNKNOWN: (_l("can't be told"), "line"),
}
WHY_NOT: Mapping[str, LazyString] = {
    NOT_BEGUN: _l("The year hasn't begun."),
    NOT_PLANNED: _l("The project has no plan for that year."),
}
COUNTED_IN: Mapping[str, LazyString] = {
    Measured.ITEMS.value: _l("items"),
    Measured.TIMES.value: _l("times"),
    Measured.PERCENT.value: _l("%"),
    Measured.ISSUES.value: _l("issues"),
    Measured.MONTHS.value: _l("months"),
    Measured.PERSONS.value: _l("persons"),
    Measured.PROBLEMS.value: _l("problems"),
    "milestones": _l("milestones"),
    "money": _l("× 10,000 yuan"),
}


def register(app: App) -> None:
    """Give the templates their filters."""
    app.jinja_env.filters.update(
        measured=measured,
        measure_word=lambda one: str(MEASURES[one]),
        direction_word=lambda one: str(DIRECTIONS[one]),
        path_word=lambda one: str(PATHS[one]),
        target_state=lambda one: str(STATES[one]),
        target_stands=lambda one: STANDINGS[one],
        counted=counted,
        plain_number=plain_number,
        target_why_not=why_not,
    )


def measured(target: Target) -> str:
    """Return what a target measures."""
    if target.measure is Measure.FIGURE:
        return figure_words.label(target.figure)
    return str(MEASURES[target.measure])


def told(facts: Mapping[str, Any]) -> str:
    """Say what the target of a notice is."""
    measure = Measure(facts["measure"])
    of_ledger = measure is Measure.FIGURE
    about = figure_words.label(facts["figure"]) if of_ledger else str(MEASURES[measure])
    amount = counted(Decimal(facts["amount"]), facts["counted_in"])
    return _("%(year)s, %(about)s: %(amount)s.", year=facts["year"], about=about, amount=amount)


def plain_number(value: Decimal | None) -> str:
    """Return a number without needless zeros."""
    if value is None:
        return "—"
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text or "0"


def counted(value: Decimal | None, counted_in: str) -> str:
    """Return an amount with its unit of measure."""
    if value is None:
        return "—"
    number = plain_number(value)
    unit = str(COUNTED_IN.get(counted_in, counted_in))
    return f"{number}%" if counted_in == Measured.PERCENT.value else f"{number} {unit}"


def why_not(code: str) -> str:
    """Say why a target can't be measured."""
    return str(WHY_NOT[code]) if code in WHY_NOT else figure_words.why_not(code)


def figure_choices() -> list[tuple[str, str]]:
    """Return the figures to choose from."""
    return [(name, figure_words.label(name)) for name in FIGURES]
