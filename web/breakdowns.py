"""The form of a breakdown: fields ``row-0-title`` and so on, to rows and back."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from marshmallow import EXCLUDE
from werkzeug.datastructures import MultiDict

from engine import Session
from web.shapes import steps as step_shapes
from workflows.decisions import breakdown, pasting
from workflows.decisions.breakdown import BreakdownRow, Hole
from workflows.errors import BreakdownHoles

FIELD = re.compile(r"row-(\d{1,3})-([a-z_]+)")
EMPTY_ROWS = 2

LABELS: Mapping[str, LazyString] = {
    "title": _l("Task"),
    "target": _l("Target"),
    "sponsor_post_id": _l("Lead leader"),
    "lead_unit_id": _l("Responsible unit"),
    "co_unit_ids": _l("Co-units"),
    "responsible_person": _l("Responsible person"),
    "due_on": _l("Limit"),
    "weight": _l("Weight"),
}

WHYS: Mapping[str, LazyString] = {
    "missing": _l("missing"),
    "unknown": _l("nobody knows it"),
    "past": _l("lies in the past"),
    "too_far": _l("lies too far ahead"),
    "twice": _l("a unit stands there twice"),
    "too_long": _l("too long"),
    "too_many": _l("too many rows"),
    "out_of_range": _l("from 1 to 1000"),
    "unread": _l("can't be read"),
}


def hole_words(hole: Mapping[str, Any]) -> str:
    """Say which field of which row has a hole, and why."""
    return _(
        "Row %(row)s, %(field)s: %(why)s",
        row=hole["row"],
        field=LABELS[hole["field"]],
        why=WHYS[hole["why"]],
    )


def rows_in(typed: MultiDict[str, str]) -> list[dict[str, str]]:
    """Return the rows of a form in their order, as they were typed."""
    rows: dict[int, dict[str, str]] = {}
    for name, value in typed.items():
        if found := FIELD.fullmatch(name):
            rows.setdefault(int(found[1]), {})[found[2]] = value
    return [rows[place] for place in sorted(rows)]


def form_of(rows: Sequence[Mapping[str, str]]) -> MultiDict[str, str]:
    """Return rows as the fields of a form."""
    return MultiDict(
        {
            f"row-{place}-{name}": row.get(name, "")
            for place, row in enumerate(rows)
            for name in LABELS
        }
    )


def read(session: Session, typed: MultiDict[str, str]) -> list[BreakdownRow]:
    """Return the rows of a form; what can't even be read is refused with every other hole."""
    rows: list[BreakdownRow] = []
    unread: list[Hole] = []
    for place, row in enumerate(rows_in(typed), start=1):
        ids, strangers = pasting.co_units(session, row.get("co_unit_ids", ""))
        told = {name: value for name, value in row.items() if name != "co_unit_ids"}
        shape = step_shapes.BreakdownRow(unknown=EXCLUDE)
        wrong = set(shape.validate(told)) & set(told)
        sound = shape.load({name: told[name] for name in told if name not in wrong})
        rows.append(BreakdownRow(**{**sound, "co_unit_ids": tuple(ids)}))
        unread += [Hole(place, name, "unread") for name in sorted(wrong)]
        unread += [Hole(place, "co_unit_ids", "unknown")] if strangers else []
    if unread:
        known = {(hole.row, hole.field) for hole in unread}
        others = [h for h in breakdown.holes(session, rows) if (h.row, h.field) not in known]
        raise BreakdownHoles([hole.facts for hole in sorted(unread + others, key=_place)])
    return rows


def _place(hole: Hole) -> tuple[int, int]:
    return hole.row, list(LABELS).index(hole.field)


def changed(session: Session, typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return a form with a row added or taken away, or with the rows that were pasted."""
    rows = rows_in(typed)
    deed = typed.get("rows", "")
    if deed == "add":
        rows.append({})
    elif deed == "paste":
        kept = [row for row in rows if any(row[name] for name in row if name != "weight")]
        pasted = pasting.paste(session, typed.get("pasted", ""), len(kept))
        rows = [*kept, *pasted.rows]
    elif deed.isdecimal():
        rows = [row for place, row in enumerate(rows) if place != int(deed)]
    return form_of(rows or [{}])


def unread_words(session: Session, typed: MultiDict[str, str]) -> list[str]:
    """Say which pasted cells nobody can read."""
    if typed.get("rows") != "paste":
        return []
    kept = [r for r in rows_in(typed) if any(r[name] for name in r if name != "weight")]
    pasted = pasting.paste(session, typed.get("pasted", ""), len(kept))
    return [
        _(
            "Row %(row)s, %(field)s: “%(text)s” isn't known here, please choose",
            row=cell.row,
            field=LABELS[cell.field],
            text=cell.text,
        )
        for cell in pasted.unread
    ]
