"""The short pages of the rules, where a second administrator reads a change before it holds."""

from dataclasses import dataclass
from typing import Final

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import DecisionTable, Session
from web import toasts
from web.errors import Problem, problem_of
from workflows import decision_tables, seconding
from workflows.actors import Actor
from workflows.decision_tables import table_named
from workflows.errors import (
    DraftOpen,
    NewerDeployed,
    NothingChanged,
    ReviewMissing,
    TableRefused,
    TextMissing,
    TextTooLong,
)
from workflows.tables import TableDraft

UNSENT: Final = (
    DraftOpen,
    NewerDeployed,
    NothingChanged,
    ReviewMissing,
    TableRefused,
    TextMissing,
    TextTooLong,
)
"""Why a change wasn't handed over: it is said on the page where it was typed."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a short page shows: the rows to change, whose draft is open, who would be asked.

    ``tied`` is why some of them can't say their word yet.

    Where nobody reviews, they are the rows in force; one's own draft is gone on with.
    """

    needed: bool
    table: DecisionTable
    draft: TableDraft | None
    own: bool
    names: list[str]
    tied: list[Problem]


def asked_about(session: Session, actor: Actor, name: str) -> Asking:
    """Return what the short page of a table shows, and what saving does there."""
    shape = table_named(name)
    needed, draft = seconding.is_needed(session), decision_tables.draft_of(session, actor, name)
    own = needed and draft is not None and draft.saved_by_id == actor.person_id
    table = decision_tables.newest(session, shape) or shape.default()
    readers = seconding.readers(session, {actor.person_id})
    if own and draft is not None:
        table = decision_tables.rows_of(draft)
    return Asking(
        needed,
        table,
        draft if needed else None,
        own,
        readers.names,
        [problem_of(each) for each in readers.tied],
    )


def handed_over(draft: TableDraft) -> ResponseReturnValue:
    """Say that a second administrator was asked, and show what they see."""
    toasts.say(_("It is in the draft, and the other administrators are asked to review it."))
    return redirect(url_for("table_releases.show", draft_id=draft.id), 303)
