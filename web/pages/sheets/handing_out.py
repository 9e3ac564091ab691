"""Handing out, receiving and objecting."""

from collections.abc import Mapping
from uuid import UUID

from werkzeug.datastructures import MultiDict

from engine import Session
from web import breakdowns
from web.entries import Typed, load
from web.pages.sheets import proposals as of_proposals
from web.pages.sheets.sheet import Context, Sheet
from web.shapes import steps as step_shapes
from workflows import assignments, clock, dossiers, units
from workflows.decisions import breakdown
from workflows.people import Actor, leaders
from workflows.steps import OpenedTask
from workflows.tables import StopCause, Unit, UnitKind


def _assign(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    chosen = load(step_shapes.Handover, {"lead": _lead(sent), "co": _co(session, sent)})
    lead, *co = (assignments.UnitTask(**task) for task in (chosen["lead"], *chosen["co"]))
    if "handling" in sent:
        return of_proposals.assign(session, actor, task_id, sent, lead, co)
    return assignments.assign_item(session, actor, task_id, lead, co)


def _lead(sent: Typed) -> dict[str, str]:
    return {"unit_id": sent.get("lead", ""), "due_on": sent.get("lead_due_on", "")}


def _co(session: Session, sent: Typed) -> list[dict[str, str]]:
    """Return the co-units ticked, and those of whole groups; the lead unit is none of them."""
    ids = dict.fromkeys(sent.getlist("co"))
    for kind in sent.getlist("group"):
        if kind in {each.value for each in UnitKind}:
            ids |= dict.fromkeys(str(unit.id) for unit in units.members(session, UnitKind(kind)))
            ids.pop(sent.get("lead", ""), None)
    common = sent.get("co_due_on", "")
    return [{"unit_id": each, "due_on": sent.get(f"due_on-{each}") or common} for each in ids]


def _assign_look(session: Session, opened: OpenedTask) -> Context:
    return {
        "groups": dossiers.unit_groups(session),
        "due": dossiers.due_of_item(session, opened.item),
        "before": dossiers.units_before(session, opened.item),
        "handling": of_proposals.handling(session, opened.item),
    }


def _assign_start(session: Session, opened: OpenedTask) -> Typed:
    planned = of_proposals.handling(session, opened.item)
    return MultiDict({"handling": planned} if planned else {})


def _decompose(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    rows = breakdowns.read(session, sent)
    return breakdown.decompose(session, actor, task_id, rows)


def _decompose_look(session: Session, _opened: OpenedTask) -> Context:
    return {
        "groups": dossiers.unit_groups(session),
        "leaders": leaders(session),
        "holders": dossiers.holders_of_leaders(session),
        "labels_of_rows": breakdowns.LABELS,
    }


def _decompose_start(_session: Session, _opened: OpenedTask) -> Typed:
    return breakdowns.form_of([{}] * breakdowns.EMPTY_ROWS)


def _acknowledge(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    if sent.get("outcome") == "object":
        said = load(step_shapes.Objection, sent)
        return assignments.object_to(session, actor, task_id, **said)
    said = load(step_shapes.Acknowledgement, sent)
    return assignments.acknowledge(session, actor, task_id, **said)


def _acknowledge_look(session: Session, opened: OpenedTask) -> Context:
    part = dossiers.part_of(opened)
    window = clock.objection_window(session, part)
    return {
        "until": window.on,
        "until_why": window.why,
        "stands_still": clock.stops_for(session, part, StopCause.OBJECTION),
        "groups": dossiers.unit_groups(session),
        "passed_on": dossiers.passed_on(session, part),
    }


def _objection(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(step_shapes.ObjectionDecision, {**sent, "decision": sent.get("outcome", "")})
    return assignments.decide_objection(session, actor, task_id, **said)


def _objection_look(session: Session, opened: OpenedTask) -> Context:
    objection = dossiers.objection_of(session, dossiers.part_of(opened))
    return {**objection, "groups": dossiers.unit_groups(session)}


def _objection_start(session: Session, opened: OpenedTask) -> Typed:
    unit: Unit | None = dossiers.objection_of(session, dossiers.part_of(opened))["belongs_to"]
    return MultiDict({"unit_id": str(unit.id)} if unit else {})


ASSIGN_PLACES = {
    "co": "co",
    "lead": "lead",
    "lead-unit_id": "lead",
    "lead-due_on": "lead_due_on",
    "due_on": "lead_due_on",
}

SHEETS: Mapping[str, Sheet] = {
    "assign": Sheet(_assign, _assign_look, _assign_start, ASSIGN_PLACES),
    "decompose": Sheet(_decompose, _decompose_look, _decompose_start),
    "acknowledge": Sheet(_acknowledge, _acknowledge_look),
    "objection": Sheet(_objection, _objection_look, _objection_start, {"decision": "outcome"}),
}
