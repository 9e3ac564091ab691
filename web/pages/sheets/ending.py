"""The leader's word, the revisit and the end of an item."""

from collections.abc import Mapping
from uuid import UUID

from flask import g
from werkzeug.datastructures import MultiDict

from engine import Session
from web.entries import Typed, load
from web.pages.sheets.sheet import Context, Sheet
from web.shapes import steps as step_shapes
from web.shapes import visits as visit_shapes
from workflows import closing, dossiers, family, results, revisits
from workflows.people import Actor
from workflows.revisits import room
from workflows.steps import OpenedTask


def _instruct(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(
        step_shapes.LeaderDecision, {**sent, "new_instruction": sent.get("outcome") == "new"}
    )
    return results.record_instruction(session, actor, task_id, **said)


def _result_look(session: Session, opened: OpenedTask) -> Context:
    parts = family.parts_of(session, g.actor, opened.item)
    return {**dossiers.result_dossier(session, opened.item), "family": parts}


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


def _close(session: Session, actor: Actor, task_id: UUID, _sent: Typed) -> object:
    return closing.close_item(session, actor, task_id)


SHEETS: Mapping[str, Sheet] = {
    "instruct": Sheet(_instruct, _result_look),
    "revisit": Sheet(_revisit, _revisit_look, _revisit_start),
    "conclusion": Sheet(_conclusion, _conclusion_look, places={"upheld": "outcome"}),
    "close": Sheet(_close, _result_look),
}
