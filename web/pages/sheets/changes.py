"""What is asked and decided about a limit or a part."""

from collections.abc import Mapping
from uuid import UUID

from engine import Session
from web.entries import Typed, load
from web.pages.sheets.sheet import Context, Sheet
from web.shapes import steps as step_shapes
from workflows import changes, dossiers
from workflows.people import Actor
from workflows.steps import OpenedTask


def _endorse_change(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(step_shapes.Endorsement, {**sent, "endorse": sent.get("outcome") == "endorse"})
    return changes.endorse_change(session, actor, task_id, **said)


def _advise_change(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(step_shapes.Advice, {**sent, "pass_on": sent.get("outcome") == "pass_on"})
    return changes.advise_change(session, actor, task_id, **said)


def _consent(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(step_shapes.Consent, {**sent, "consent": sent.get("outcome") == "consent"})
    return changes.decide_change(session, actor, task_id, **said)


def _change_look(session: Session, opened: OpenedTask) -> Context:
    return dossiers.change_dossier(session, dossiers.part_of(opened))


SHEETS: Mapping[str, Sheet] = {
    "endorse_change": Sheet(_endorse_change, _change_look),
    "advise_change": Sheet(_advise_change, _change_look),
    "consent": Sheet(_consent, _change_look),
}
