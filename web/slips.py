"""A supervision notice 督查通知 as a paper: the same lines on the page, in the file and in print.

It is an official paper, so it is Chinese whatever the reader's language. What it says and how it
looks comes from the template of its colour.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from engine import Session
from workflows import documents, paper_templates
from workflows.documents import Paper, chinese
from workflows.ladder.views import Slip
from workflows.paper_templates import Template
from workflows.tables import Rung

KINDS: Mapping[Rung, str] = MappingProxyType(
    {
        Rung.NOTICE_BLUE: "slip_blue",
        Rung.NOTICE_YELLOW: "slip_yellow",
        Rung.NOTICE_RED: "slip_red",
    }
)
"""The template of each colour."""
DRAFT = "（签发后编号）"


def slip_paper(session: Session, slip: Slip) -> Paper:
    """Return a slip as a paper."""
    template = _template(session, slip)
    return Paper(
        form=template.kind.form,
        title="",
        head=template.sketch.head,
        label=template.sketch.label,
        ink=template.kind.ink,
        number=slip.number or DRAFT,
        addressee=slip.file.part.unit.name,
        blocks=paper_templates.filled(template, _values(slip)),
        signature=slip.office,
        issued_on=slip.issued_on,
    )


def slip_docx(session: Session, slip: Slip) -> bytes:
    """Return a slip as a Word file."""
    return documents.docx(slip_paper(session, slip), _template(session, slip).file)


def slip_pdf(session: Session, slip: Slip) -> bytes:
    """Return a slip as a PDF."""
    return documents.pdf(slip_paper(session, slip))


def file_name(slip: Slip, ending: str) -> str:
    """Return what a slip's file is called."""
    return f"{slip.number or '督查通知'}（{slip.file.part.unit.name}）.{ending}"


def _template(session: Session, slip: Slip) -> Template:
    """Return the template that counted when the slip went out; a draft's is the one of today."""
    rung = slip.file.rung
    return paper_templates.current(session, KINDS[rung.rung], rung.delivered_at)


def _values(slip: Slip) -> Mapping[str, str]:
    file = slip.file
    rung, item = file.rung, file.item
    return {
        "item": f"{item.number or DRAFT}　{item.title}",
        "basis": item.basis,
        "target": item.target,
        "due_on": chinese(date.fromisoformat(rung.rule["due_on"])),
        "days_overdue": str(rung.days_overdue),
        "demand": rung.demand,
        "answer_by": chinese(rung.answer_by) if rung.answer_by else "",
        "approver": file.people.get(rung.decided_by_id or 0, ""),
        "office": slip.office,
    }
