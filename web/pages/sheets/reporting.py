"""Reporting, signing and reviewing."""

from collections.abc import Mapping
from uuid import UUID

from flask import g
from werkzeug.datastructures import MultiDict

from engine import Session
from web.entries import Typed, load
from web.pages.sheets.sheet import Context, Sheet
from web.shapes import projects as project_shapes
from web.shapes import steps as step_shapes
from web.shapes.projects import figures_typed
from workflows import casefile, dossiers, reports, reviews
from workflows.decisions import common_reports
from workflows.people import Actor
from workflows.projects import overview
from workflows.projects.money import Figures
from workflows.steps import OpenedTask


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


FIGURES_PLACES = {
    "figures-year": "figures_month",
    "figures-month": "figures_month",
    "figures-done": "figures_done",
    "figures-milestone_id": "figures_node",
}

SHEETS: Mapping[str, Sheet] = {
    "report": Sheet(_report, _report_look, _report_start, FIGURES_PLACES),
    "confirm": Sheet(_confirm, _report_look),
    "review": Sheet(_review, _report_look, places={"verdict": "outcome"}),
}
