"""The form of each step: what its page shows, and how what was typed becomes a verb."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from flask import g
from werkzeug.datastructures import MultiDict

from engine import Session
from web import breakdowns, cases, form_fields, kind_fields, openings
from web.entries import Entry, Typed, load
from web.pages import ladder_sheets as of_ladder
from web.pages import proposal_sheets as of_proposals
from web.shapes import opening as opening_shapes
from web.shapes import projects as project_shapes
from web.shapes import steps as step_shapes
from web.shapes import visits as visit_shapes
from web.shapes.projects import figures_typed
from workflows import (
    assignments,
    casefile,
    changes,
    clock,
    closing,
    dossiers,
    family,
    forms,
    instructions,
    items,
    reports,
    results,
    reviews,
    revisits,
    units,
)
from workflows.decisions import breakdown, common_reports
from workflows.opening import registering
from workflows.people import Actor, leaders
from workflows.projects import overview, supervision
from workflows.projects.money import Figures
from workflows.revisits import room
from workflows.steps import OpenedTask
from workflows.tables import StopCause, Unit, UnitKind

Context: TypeAlias = Mapping[str, Any]


def _nothing(_session: Session, _opened: OpenedTask) -> Context:
    return {}


def _empty(_session: Session, _opened: OpenedTask) -> Typed:
    return MultiDict()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One type of step as a page.

    ``send`` calls the verb with what was typed, ``look`` reads what the page shows beside
    the form, ``start`` fills the form before anybody typed. ``places`` moves a mistake
    from the shape's field to the page's.
    """

    send: Callable[[Session, Actor, UUID, Typed], object]
    look: Callable[[Session, OpenedTask], Context] = _nothing
    start: Callable[[Session, OpenedTask], Typed] = _empty
    places: Mapping[str, str] = field(default_factory=dict)


# -- the office opens an item ------------------------------------------------------------


def registration_look(session: Session, source: str) -> Context:
    """Return what a registration from a source can choose from."""
    return {
        "leaders": leaders(session),
        "holders": dossiers.holders_of_leaders(session),
        **openings.units_to_choose(session),
        **kind_fields.look(session, source),
    }


def _register(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    return registering.amend_item(session, actor, task_id, openings.from_form(session, sent))


def _register_look(session: Session, opened: OpenedTask) -> Context:
    typed = _register_start(session, opened)
    return {
        **registration_look(session, opened.item.source.value),
        **openings.look(session, typed, opened.item.id),
    }


def _register_start(session: Session, opened: OpenedTask) -> Typed:
    item = opened.item
    columns = (
        "source", "basis", "title", "target", "urgency", "instructing_post_id",
        "sponsor_post_id", "planned_due_on", "reporting_period", "responsible_person",
        "contact", "remarks",
    )  # fmt: skip
    kept = {name: str(value) for name in columns if (value := getattr(item, name)) is not None}
    asked = {"revisit_asked": "true"} if item.revisit_asked else {}
    own = {**kind_fields.start(session, item), **openings.start(session, item)}
    return MultiDict({**kept, **asked, **own, "secret": "false"})


def _approve(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    return items.approve_item(session, actor, task_id, **load(opening_shapes.Approval, sent))


def _approve_look(session: Session, opened: OpenedTask) -> Context:
    return {
        "due": dossiers.due_of_item(session, opened.item),
        **cases.opening_of(session, g.actor, opened.item),
        **cases.words_of(session, opened.item),
    }


def _resolve(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(opening_shapes.Resolution, sent)
    return instructions.resolve(session, actor, task_id, **said)


def _resolve_look(session: Session, opened: OpenedTask) -> Context:
    return cases.words_of(session, opened.item)


# -- handing out, receiving, objecting ----------------------------------------------------


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


# -- reporting, signing, reviewing --------------------------------------------------------


def _report(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    told = {**sent, "paper_ids": sent.getlist("paper_ids"), "figures": figures_typed(sent)}
    said = load(project_shapes.ReportWithFigures, told)
    paper_ids, figures = said.pop("paper_ids"), said.pop("figures")
    told_of = Figures(**figures) if figures else None
    text = reports.ReportText(**said)
    return reports.submit_report(session, actor, task_id, text, paper_ids, told_of)


def _report_look(session: Session, opened: OpenedTask) -> Context:
    part = dossiers.part_of(opened)
    project = overview.led_by(session, part)
    dossier = dossiers.report_dossier(session, part)
    latest = dossier["latest"]
    return {
        **dossier,
        "project": project,
        "others_to_report": common_reports.others_to_report(session, opened.todo),
        "serves": common_reports.serves(session, g.actor, latest.report if latest else None),
    }


def _report_start(session: Session, opened: OpenedTask) -> Typed:
    """Begin with the share reached, or with the report that was just taken back to be mended."""
    part = dossiers.part_of(opened)
    start = {"percent": str(part.percent), "final": "false"}
    last = next(iter(casefile.reports_of(session, part)), None)
    if last is not None and last.withdrawn_at is not None:
        start |= {"percent": str(last.percent), "final": str(last.final).lower()}
        start |= {name: getattr(last, name) for name in ("progress", "problems", "next_steps")}
    form = MultiDict(start)
    if last is not None and last.withdrawn_at is not None:
        for paper in casefile.papers_of(session, [last])[last.id]:
            form.add("paper_ids", str(paper.id))
    return form


def _confirm(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(step_shapes.Confirmation, {**sent, "sign": sent.get("outcome") == "sign"})
    return common_reports.confirm(session, actor, task_id, **said)


def _review(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    checks = {name: name in sent for name in ("measures_done", "problem_solved", "target_reached")}
    verdict = {"accept": "accepted", "return": "returned"}.get(sent.get("outcome", ""), "")
    said = load(step_shapes.Review, {**sent, **checks, "verdict": verdict})
    return reviews.review_report(session, actor, task_id, reviews.Judgement(**said))


# -- leader, revisit, close ---------------------------------------------------------------


def _instruct(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(
        step_shapes.LeaderDecision, {**sent, "new_instruction": sent.get("outcome") == "new"}
    )
    return results.record_instruction(session, actor, task_id, **said)


def _result_look(session: Session, opened: OpenedTask) -> Context:
    parts = family.parts_of(session, g.actor, opened.item)
    return {**dossiers.result_dossier(session, opened.item), "family": parts}


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


def _revisit(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    solved = sent.get("outcome") == "solved"
    said = load(
        visit_shapes.Revisit,
        {
            **sent,
            "solved": solved,
            "answers": _answers(sent),
            "paper_ids": sent.getlist("paper_ids"),
        },
    )
    return revisits.record_revisit(session, actor, task_id, revisits.Finding(**said))


def _revisit_look(session: Session, opened: OpenedTask) -> Context:
    return {
        **_result_look(session, opened),
        "office": revisits.office_people(session),
        "questions": revisits.questions(session),
        "may_see_samples": room.sees_samples(g.actor),
    }


def _revisit_start(session: Session, opened: OpenedTask) -> Typed:
    """Begin with the plan, if there is one."""
    revisit = _result_look(session, opened)["revisit"]
    if revisit is None or revisit.planned_on is None:
        return MultiDict()
    guests = ("，".join(filter(None, guest.values())) for guest in revisit.guests)
    form = MultiDict(
        {
            "method": revisit.method or "",
            "planned_on": revisit.planned_on.isoformat(),
            "guests": "\n".join(guests),
        }
    )
    form.setlist("team", [str(person_id) for person_id in revisit.team])
    return form


def _conclusion(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    upheld = sent.get("outcome") == "uphold"
    said = load(visit_shapes.ConclusionDecision, {**sent, "upheld": upheld})
    return revisits.decide_conclusion(session, actor, task_id, **said)


def _conclusion_look(session: Session, opened: OpenedTask) -> Context:
    return {"file": room.objected_at(session, opened.todo)}


def _answers(sent: Typed) -> list[dict[str, str]]:
    """Return the checklist as it was filled in, line by line."""
    lines = sorted(int(name[5:]) for name in sent if name[:5] == "mark-" and name[5:].isdecimal())
    return [
        {"mark": sent.get(f"mark-{line}", ""), "note": sent.get(f"note-{line}", "")}
        for line in range(max(lines, default=-1) + 1)
    ]


def _supervise(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(project_shapes.Supervision, {**sent, "sound": sent.get("outcome") == "sound"})
    return supervision.supervise(session, actor, task_id, **said)


def _acceptance(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(project_shapes.Acceptance, {**sent, "passed": sent.get("outcome") == "pass"})
    return supervision.accept_project(session, actor, task_id, **said)


def _project_look(session: Session, opened: OpenedTask) -> Context:
    return {"project": overview.file_of_item(session, opened.item)}


def _close(session: Session, actor: Actor, task_id: UUID, _sent: Typed) -> object:
    return closing.close_item(session, actor, task_id)


# -- whatever else a diagram asks ---------------------------------------------------------


def _form(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    answers = {"values": form_fields.typed_values(sent), "outcome": sent.get("outcome")}
    said = load(step_shapes.FormAnswers, answers)
    return forms.complete_form(session, actor, task_id, **said)


def _form_look(session: Session, opened: OpenedTask) -> Context:
    form, data = opened.task.form, opened.task.data

    def hidden(entry: Entry) -> Sequence[str]:
        return forms.hidden(form, form_fields.typed_values(entry.values), data)

    conditional = any(each.visible_if for each in form)
    offered = form_fields.offered(session, form)
    return {**offered, "hidden_fields": hidden, "conditional": conditional}


ASSIGN_PLACES = {
    "co": "co",
    "lead": "lead",
    "lead-unit_id": "lead",
    "lead-due_on": "lead_due_on",
    "due_on": "lead_due_on",
}

FIGURES_PLACES = {
    "figures-year": "figures_month",
    "figures-month": "figures_month",
    "figures-done": "figures_done",
    "figures-milestone_id": "figures_node",
}

SHEETS: Mapping[str, Sheet] = {
    "register": Sheet(_register, _register_look, _register_start),
    "approve": Sheet(_approve, _approve_look),
    "assign": Sheet(_assign, _assign_look, _assign_start, ASSIGN_PLACES),
    "resolve": Sheet(_resolve, _resolve_look),
    "decompose": Sheet(_decompose, _decompose_look, _decompose_start),
    "acknowledge": Sheet(_acknowledge, _acknowledge_look),
    "objection": Sheet(_objection, _objection_look, _objection_start, {"decision": "outcome"}),
    "report": Sheet(_report, _report_look, _report_start, FIGURES_PLACES),
    "confirm": Sheet(_confirm, _report_look),
    "review": Sheet(_review, _report_look, places={"verdict": "outcome"}),
    "instruct": Sheet(_instruct, _result_look),
    "endorse_change": Sheet(_endorse_change, _change_look),
    "advise_change": Sheet(_advise_change, _change_look),
    "consent": Sheet(_consent, _change_look),
    "revisit": Sheet(_revisit, _revisit_look, _revisit_start),
    "conclusion": Sheet(_conclusion, _conclusion_look, places={"upheld": "outcome"}),
    "close": Sheet(_close, _result_look),
    "approve_rung": Sheet(of_ladder.approve_rung, of_ladder.rung_look, of_ladder.rung_start),
    "hold_interview": Sheet(
        of_ladder.hold_interview, of_ladder.rung_look, of_ladder.interview_start
    ),
    "evidence": Sheet(of_ladder.evidence, of_ladder.suggestion_look, of_ladder.evidence_start),
    "endorse_suggestion": Sheet(
        of_ladder.endorse, of_ladder.suggestion_look, places={"verdict": "outcome"}
    ),
    "approve_suggestion": Sheet(of_ladder.approve_suggestion, of_ladder.suggestion_look),
    "hand_over": Sheet(of_ladder.hand_over, of_ladder.suggestion_look, of_ladder.hand_over_start),
    "record_outcome": Sheet(
        of_ladder.record_outcome, of_ladder.suggestion_look, of_ladder.day_start
    ),
    "supervise": Sheet(_supervise, _project_look),
    "acceptance": Sheet(_acceptance, _project_look),
    "contact": Sheet(of_proposals.contact, of_proposals.look, of_proposals.contact_start),
    "opinion": Sheet(of_proposals.opinion, of_proposals.look),
    "reply": Sheet(of_proposals.reply, of_proposals.look, of_proposals.reply_start),
    "review_reply": Sheet(of_proposals.review, of_proposals.look, of_proposals.review_start),
    "sign_reply": Sheet(of_proposals.sign, of_proposals.look, of_proposals.sign_start),
    "satisfaction": Sheet(
        of_proposals.settle, of_proposals.look, places={"names": "outcome", "": "outcome"}
    ),
    "promise": Sheet(of_proposals.promise, of_proposals.look),
    "form": Sheet(_form, look=_form_look),
}
"""The sheet of each type of step; ``workflows.steps.STEPS`` names the same types."""
