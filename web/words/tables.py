"""Words of the decision tables: their names, columns and values, and what changed as sentences."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask.sansio.app import App
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

import engine
from engine import DecisionTable, TableCell, TableColumn
from web.moments import space
from web.words import word
from web.words.ladder import rung_name
from web.words.revisits import weight_word
from web.words.whys import limit_words
from workflows.decision_tables import RowChange
from workflows.tables import Kind, LimitUnit, Rung, StartEvent, Urgency

NAMES: Mapping[str, LazyString] = {
    "limits": _l("Limits"),
    "ladder": _l("Ladder of escalation"),
    "sampling": _l("Weights of revisits"),
    "scores": _l("Scores of the assessment"),
}
PURPOSES: Mapping[str, LazyString] = {
    "limits": _l("How long each thing may take, from when it counts, and what stops it."),
    "ladder": _l("Which rung a late unit climbs, after how many working days."),
    "sampling": _l("How much each risk counts when the lot for a revisit is drawn."),
    "scores": _l("What each event adds to a unit's score, or takes away."),
}
COLUMNS: Mapping[str, LazyString] = {
    "limit": _l("Limit"),
    "number": _l("How long"),
    "unit": _l("Counted in"),
    "starts": _l("Begins when"),
    "stops_objection": _l("Stops: objection"),
    "stops_change": _l("Stops: change"),
    "stops_review": _l("Stops: review"),
    "stops_suspension": _l("Stops: suspension"),
    "objection": _l("Window for objections"),
    "extensions": _l("Extensions"),
    "longest_number": _l("In all at most"),
    "longest_unit": _l("In all, counted in"),
    "kind": _l("Kind"),
    "urgency": _l("Urgency"),
    "rung": _l("Rung"),
    "days_overdue": _l("Days overdue"),
    "times_before": _l("Times before"),
    "risk": _l("Risk"),
    "percent": _l("Percent"),
    "event": _l("Event"),
    "part": _l("Takes part as"),
    "points": _l("Points"),
    "per": _l("Counted"),
    "most": _l("At most"),
}
SCORES: Mapping[str, LazyString] = {
    "base": _l("Base of a quarter"),
    "finished_on_time": _l("Finished on time"),
    "praised_by_leader": _l("Positive instruction by a leader"),
    "praised_in_circular": _l("Praised in a circular"),
    "late_report": _l("Report is late"),
    "missing_report": _l("Report is missing"),
    "empty_report": _l("Report without substance"),
    "returned_report": _l("Report returned or untrue"),
    "red_slip": _l("Urged by a red slip"),
    "criticised_in_circular": _l("Criticised in a circular"),
    "overdue_instruction": _l("Instruction is overdue"),
    "revisit_failed": _l("Revisit found it unsolved"),
    "praise_national": _l("National praise"),
    "praise_province": _l("Provincial praise"),
    "praise_city": _l("Praise by the city"),
    "lead": _l("as lead"),
    "co": _l("as co-unit"),
    "once": _l("once in all"),
    "day": _l("each day"),
}
VALUES: Mapping[str, Callable[[str], str]] = {
    "limit": limit_words,
    "objection": limit_words,
    "unit": lambda value: word(LimitUnit(value)),
    "longest_unit": lambda value: word(LimitUnit(value)),
    "starts": lambda value: word(StartEvent(value)),
    "kind": lambda value: word(Kind(value)),
    "urgency": lambda value: word(Urgency(value)),
    "rung": rung_name,
    "risk": weight_word,
    **dict.fromkeys(("event", "part", "per"), lambda value: str(SCORES[value])),
}


def column_word(name: str) -> str:
    """Return what a column is called."""
    return str(COLUMNS[name])


def value_word(column: str, value: object) -> str:
    """Return the reader's word for a value of a column."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column in VALUES:
        try:
            return VALUES[column](str(value))
        except (KeyError, ValueError):
            return str(value)
    return str(value)


def cell_words(column: TableColumn, cell: TableCell) -> str:
    """Return what a cell says, in words."""
    if not cell.plain:
        return cell.text
    if cell.values is None:
        return _("any") if column.side == "input" else ""
    return _(", ").join(value_word(column.name, value) for value in cell.values)


def text_words(column: TableColumn, text: str) -> str:
    """Return what the text of a cell says, in words."""
    return cell_words(column, engine.table_cell(text, column.side)) or _("nothing")


def change_words(change: RowChange) -> str:
    """Return what became of a row, as a sentence."""
    key = _(", ").join(text_words(column, text) for column, text in change.key)
    if change.what == "changed":
        parts = [
            _(
                "%(column)s was %(old)s and is %(new)s",
                column=column_word(cell.column.name),
                old=text_words(cell.column, cell.old),
                new=text_words(cell.column, cell.new),
            )
            for cell in change.cells
        ]
        if change.old_note != change.new_note:
            parts.append(_("the remark is “%(note)s”", note=change.new_note))
        return _("%(key)s: %(what)s.", key=key, what=_("; ").join(parts))
    said = _(", ").join(
        f"{column_word(cell.column.name)}{space()}{text_words(cell.column, cell.new or cell.old)}"
        for cell in change.cells
    )
    if change.what == "added":
        return _("New row: %(key)s: %(what)s.", key=key, what=said)
    return _("Row taken out: %(key)s: %(what)s.", key=key, what=said)


def result_words(value: object) -> str:
    """Return what a trial came to, in plain words: a day, a weight, rungs or a score."""
    if isinstance(value, tuple):
        return _(", ").join(result_words(each) for each in value)
    return rung_name(value.value) if isinstance(value, Rung) else str(value)


def shown(table: DecisionTable) -> Sequence[Sequence[str]]:
    """Return every cell of a table in words."""
    return [
        [cell_words(column, cell) for column, cell in zip(table.columns, row.cells, strict=True)]
        for row in table.rows
    ]


def in_words(table: DecisionTable) -> DecisionTable:
    """Return a table whose columns are called as the reader calls them."""
    columns = tuple(replace(each, label=column_word(each.name)) for each in table.columns)
    return replace(table, columns=columns)


def told_columns(columns: Sequence[TableColumn], several: Container[str]) -> list[dict[str, Any]]:
    """Return the columns as the editor needs them, in the reader's words.

    ``several`` names those of which a row may list some values.
    """
    return [
        {
            "side": column.side,
            "name": column.name,
            "label": column_word(column.name),
            "type": column.type,
            "values": [[each, value_word(column.name, each)] for each in column.allowed],
            "several": column.name in several,
        }
        for column in columns
    ]


def register(app: App) -> None:
    """Let templates say these words."""
    app.jinja_env.filters.update(
        table_name=lambda name: str(NAMES[name]),
        table_purpose=lambda name: str(PURPOSES[name]),
        table_column=column_word,
        table_change=change_words,
    )
