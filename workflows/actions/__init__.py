"""Supervision actions 督查活动: by every method, on the spot for months, by letter.

``doing`` plans and records actions, ``photographs`` keeps their pictures, ``stations`` the teams
on the spot with their logs, ``letters`` what goes to a unit's principal leader; ``sight`` says who
may know of what, ``room`` is what the pages read.
"""

from workflows.actions.doing import (
    ActionPlan,
    ActionRecord,
    call_off_action,
    plan_action,
    record_action,
)
from workflows.actions.letters import LetterText, open_letter, send_letter
from workflows.actions.photographs import keep_photograph, open_photograph
from workflows.actions.stations import (
    Problem,
    StationPlan,
    add_problem,
    close_station,
    months,
    open_station,
    settle_problem,
)

__all__ = [
    "ActionPlan",
    "ActionRecord",
    "LetterText",
    "Problem",
    "StationPlan",
    "add_problem",
    "call_off_action",
    "close_station",
    "keep_photograph",
    "months",
    "open_letter",
    "open_photograph",
    "open_station",
    "plan_action",
    "record_action",
    "send_letter",
    "settle_problem",
]
