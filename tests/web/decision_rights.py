"""Who may do what about decisions, differing instructions and what comes before an item."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from tests.web.places import FINAL, REGISTRATION, Ids
from tests.web.rights import OFFICE, SEERS, Right, Who, only
from workflows.decisions.breakdown import BreakdownRow
from workflows.opening.plans import Plan
from workflows.opening.registering import Opening

SETTLED = {"outcome": "settle", "words": "错时放行"}
PLAN = {"content": "看进度"}
MATTER = {"title": "背街小巷改造"}


def broken_down(ids: Ids) -> Mapping[str, Any]:
    """Break a decision down into one row for the place's unit."""
    return {
        "rows": [
            {
                "title": "改造",
                "sponsor_post_id": ids["leader_id"],
                "lead_unit_id": ids["lead_id"],
                "responsible_person": "某某",
                "due_on": "2020-12-01",
            }
        ]
    }


def in_common(ids: Ids) -> Mapping[str, Any]:
    """Write one report for one part: whoever is let in is told that it takes two."""
    return {"parts": [{"task_id": str(ids["task_id"]), "percent": 10}], "progress": "已开工。"}


API: Mapping[str, Right] = {
    "Decisions.parts": Right(SEERS, "acknowledge"),
    "Decisions.alike": Right(OFFICE, sent=MATTER),
    "Decisions.burden": Right(OFFICE),
    "Decisions.plan": Right(SEERS, "acknowledge"),
    "Decisions.write_plan": Right(OFFICE, "acknowledge", PLAN),
    "Decisions.report_in_common": Right(only(Who.HANDLER), "report", in_common, named=False),
    "Steps.decompose": Right(only(Who.SUPERVISOR), "decompose", broken_down),
    "Steps.resolve": Right(only(Who.DIRECTOR), "resolve", SETTLED),
}

PAGES: Mapping[str, Right] = {
    "registering.before": Right(only(Who.SUPERVISOR)),
    "decisions.change_rows": Right(only(Who.SUPERVISOR), "decompose", {"rows": "add"}),
    "decisions.common": Right(only(Who.HANDLER)),
    "decisions.send_common": Right(only(Who.HANDLER), sent={"progress": "已开工。"}),
    "decisions.plan": Right(OFFICE, "acknowledge"),
    "decisions.write_plan": Right(OFFICE, "acknowledge", PLAN),
}


def unlike_any() -> Opening:
    """Return a matter that looks like no other."""
    return Opening(replace(REGISTRATION, title=uuid4().hex))


def row(ids: Ids) -> BreakdownRow:
    """Return a whole row for the place's unit."""
    return BreakdownRow("改造", "", ids["leader_id"], ids["lead_id"], (), "某某", date(2020, 12, 1))


VERBS: Mapping[str, Right] = {
    "decisions.breakdown.decompose": Right(
        only(Who.SUPERVISOR),
        "decompose",
        lambda ids: {"task_id": ids["task_id"], "rows": [row(ids)]},
    ),
    "decisions.common_reports.confirm": Right(
        only(Who.UNIT_HEAD), "confirm", lambda ids: {"task_id": ids["task_id"], "sign": True}
    ),
    "decisions.common_reports.submit_common": Right(
        only(Who.HANDLER), sent=lambda _: {"shares": [], "words": FINAL}
    ),
    "instructions.resolve": Right(
        only(Who.DIRECTOR), "resolve", lambda ids: {"task_id": ids["task_id"], **SETTLED}
    ),
    "opening.plans.keep_plan": Right(
        OFFICE, "acknowledge", lambda ids: {"item_id": ids["item_id"], "plan": Plan("看进度")}
    ),
    "opening.registering.open_item": Right(
        only(Who.SUPERVISOR), sent=lambda _: {"opening": unlike_any()}
    ),
    "opening.registering.amend_item": Right(
        only(Who.SUPERVISOR),
        "register",
        lambda ids: {"task_id": ids["task_id"], "opening": unlike_any()},
    ),
}

FOR_EVERYBODY = frozenset(
    {
        "decisions.common_reports.reportable",
        "family.parts_of",
        "family.whole_of",
        "opening.plans.write",
    }
)
"""Verbs that show everybody what is theirs, or go on where another has asked."""
