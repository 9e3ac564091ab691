"""A supervision notice 督查通知 as a paper, and as the files that were kept when it went out.

It is an official paper, so it is Chinese whatever the reader's language. What it says and how it
looks comes from the template of its colour; once issued, its words and files never change.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import Final

from sqlalchemy import select

from engine import Session
from workflows import documents, paper_templates
from workflows.documents import Block, Paper, chinese
from workflows.errors import FontsMissing, GlyphsMissing
from workflows.ladder import views
from workflows.ladder.views import Slip
from workflows.paper_templates import Template
from workflows.publications import content, papers
from workflows.tables import Escalation, PaperFormat, Publication, PublicationPaper, Rung

KINDS: Mapping[Rung, str] = MappingProxyType(
    {
        Rung.NOTICE_BLUE: "slip_blue",
        Rung.NOTICE_YELLOW: "slip_yellow",
        Rung.NOTICE_RED: "slip_red",
    }
)
"""The template of each colour."""
DRAFT: Final = "（签发后编号）"


def keep(session: Session, rung: Escalation) -> None:
    """Write down what a slip says as it goes out, and keep the files that it is from now on."""
    issue = _issue_of(session, rung)
    if issue is None:
        return
    slip = views.slip_going_out(session, rung)
    template = _template(session, slip)
    issue.content = paper_templates.content_of(paper_templates.filled(template, _values(slip)))
    issue.words = f"{issue.title}\n{content.text_of(issue.content)}"
    papers.keep(session, issue, dict(_settable(paper_of(session, slip), template)))


def paper_of(session: Session, slip: Slip) -> Paper:
    """Return a slip as a paper: the words with which it went out, or those of a draft."""
    template = _template(session, slip)
    return Paper(
        form=template.kind.form,
        title="",
        head=template.sketch.head,
        label=template.sketch.label,
        ink=template.kind.ink,
        number=slip.number or DRAFT,
        addressee=slip.file.part.unit.name,
        blocks=_blocks(session, slip, template),
        signature=slip.office,
        issued_on=slip.issued_on,
    )


def file_of(session: Session, slip: Slip, wanted: PaperFormat) -> bytes:
    """Return a slip as a file: the very one that went out, or a draft's as it is now."""
    issue = _issue_of(session, slip.file.rung)
    kept = issue and session.get(PublicationPaper, (issue.id, wanted))
    if kept:
        return kept.content
    return _file(paper_of(session, slip), _template(session, slip), wanted)


def file_name(slip: Slip, wanted: PaperFormat) -> str:
    """Return what a slip's file is called."""
    return f"{slip.number or '督查通知'}（{slip.file.part.unit.name}）.{wanted.value}"


def _issue_of(session: Session, rung: Escalation) -> Publication | None:
    return session.scalars(
        select(Publication).where(Publication.escalation_id == rung.id)
    ).one_or_none()


def _blocks(session: Session, slip: Slip, template: Template) -> tuple[Block, ...]:
    issue = _issue_of(session, slip.file.rung)
    if issue is not None and issue.content["content"]:
        return papers.blocks(issue.content)
    return paper_templates.filled(template, _values(slip))


def _settable(paper: Paper, template: Template) -> Iterator[tuple[PaperFormat, bytes]]:
    """Yield the files of a slip; a sign that no face of a PDF has holds up no slip."""
    for wanted in PaperFormat:
        with suppress(GlyphsMissing, FontsMissing):
            yield wanted, _file(paper, template, wanted)


def _file(paper: Paper, template: Template, wanted: PaperFormat) -> bytes:
    if wanted is PaperFormat.PDF:
        return documents.pdf(paper)
    return documents.docx(paper, template.file)


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
