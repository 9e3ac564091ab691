"""Who may do what in the domain itself: every verb × every role × own and foreign unit.

A verb is any function of the domain that is told who acts. One without an entry fails:
either it is in the table, or among those that show everybody only what is theirs.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest

import engine
import workflows
from engine import Session
from tests.web.house import House
from tests.web.places import CHECKS, FINAL, PDF, REGISTRATION, Ids, actor, deploy_form
from tests.web.rights import (
    ADMINISTRATOR,
    LOGINS,
    NOTICE,
    OFFICE,
    PERSONAL,
    SEERS,
    SIGNED_IN,
    UNIT,
    VIEW,
    Answer,
    Right,
    Who,
    only,
)
from workflows import errors, papers
from workflows.actors import Actor
from workflows.assignments import UnitTask
from workflows.errors import Refusal
from workflows.people import PersonForm, UnitForm
from workflows.processes import DIAGRAMS
from workflows.reviews import Judgement
from workflows.tables import Role, UnitKind, Verdict

SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
LATER = date(2020, 12, 1)
TASK = "task_id"


def told(*names: str, **sent: object) -> Callable[[Ids], dict[str, Any]]:
    """Say what a verb is told: numbers of the place by their names, and what is sent."""
    return lambda ids: {**{name: ids[name] for name in names}, **sent}


HANDED_OUT = frozenset(
    {
        "casefile.shown_papers",
        "casefile.waiting_for",
        "desk.move_on",
        "desk.send",
        "drafts.draft_of",
        "drafts.drop_draft",
        "imports.walk.bring_in",
        "inbox.at_units",
        "inbox.changes_since",
        "inbox.counts",
        "inbox.done",
        "inbox.mine",
        "inbox.of_my_units",
        "ledger.count",
        "ledger.keep_view",
        "ledger.rows",
        "ledger.totals",
        "ledger.units_in",
        "ledger.views",
        "ledger.years_in",
        "notices.lines",
        "notices.mine",
        "notices.read_all",
        "notices.unread",
        "steps.actions_of",
        "story.latest",
        "urges.open_urges",
        "ways.way_of",
    }
)
"""Those that refuse nobody: they show what is the actor's own, or go on where a verb has asked."""
