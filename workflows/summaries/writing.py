"""Writing a summary: the template that counts, with a snapshot's figures in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine import Session, now
from workflows import figures, paper_templates, rules
from workflows.actors import Actor
from workflows.errors import SummaryUnknown
from workflows.figures import FrozenFigure, Reckoned, Span, SpanKind
from workflows.publications.content import Node, blanks_in, blocks_of, checked, doc, figures_in
from workflows.summaries.names import values_of
from workflows.tables import Snapshot, Summary

PURPOSE = "工作总结"
ANNUAL, SHORTER = "annual", "summary"
"""The templates: of a year with the plan of the next, and of anything shorter."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A summary with its snapshot and the figures that stand in it."""

    summary: Summary
    snapshot: Snapshot
    figures: Mapping[str, FrozenFigure]


def prepare(session: Session, actor: Actor, span: Span, *, anew: bool = False) -> Reckoned | None:
    """Count what a summary needs, before anything is written; nothing if that was frozen."""
    rules.must_have(actor, *rules.OFFICE)
    return figures.count_for(session, actor, span, PURPOSE, anew=anew)


def write_of(
    session: Session,
    actor: Actor,
    span: Span,
    *,
    anew: bool = False,
    found: Reckoned | None = None,
) -> Summary:
    """Write the summary of a span: from what was frozen as it ended, was counted, or is now."""
    rules.must_have(actor, *rules.OFFICE)
    found = found or prepare(session, actor, span, anew=anew)
    kept = figures.ledger_for(session, actor, span, PURPOSE, found)
    return write(session, actor, kept.id)


def write(session: Session, actor: Actor, snapshot_id: int) -> Summary:
    """Write the summary of a snapshot's span by the template that counts today."""
    rules.must_have(actor, *rules.OFFICE)
    snapshot = figures.snapshot_of(session, actor, snapshot_id)
    template = paper_templates.current(session, template_for(snapshot))
    values = values_of(session, actor, snapshot)
    counted = figures.frozen(session, actor, snapshot.id)
    content = checked(paper_templates.first_content(template, values))
    summary = Summary(
        snapshot_id=snapshot.id,
        title=paper_templates.first_title(template, values) or values["span"],
        content=doc(*_kept(content, counted)),
        template=template.kind.name,
        template_version=template.version,
        written_by_id=actor.person_id,
        written_at=now(session),
    )
    session.add(summary)
    session.flush()
    return summary


def template_for(snapshot: Snapshot) -> str:
    """Return by which template a snapshot's span is summed up."""
    return ANNUAL if figures.span_of(snapshot).kind is SpanKind.YEAR else SHORTER


def summaries(session: Session, actor: Actor) -> Sequence[tuple[Summary, Snapshot]]:
    """Return the summaries with their snapshots, the latest first."""
    figures.must_know(session, actor)
    wanted = select(Summary, Snapshot).join(Snapshot, Snapshot.id == Summary.snapshot_id)
    rows = session.execute(wanted.order_by(Summary.id.desc()))
    return [(summary, snapshot) for summary, snapshot in rows]


def read(session: Session, actor: Actor, summary_id: int) -> Reading:
    """Return a summary with the figures that stand in it, as they were frozen."""
    figures.must_know(session, actor)
    summary = _known(session, summary_id)
    snapshot = figures.snapshot_of(session, actor, summary.snapshot_id)
    return Reading(summary, snapshot, figures.frozen(session, actor, snapshot.id))


def discard(session: Session, actor: Actor, summary_id: int) -> None:
    """Throw a summary away; its snapshot stays, so it can be written again."""
    rules.must_have(actor, *rules.OFFICE)
    session.delete(_known(session, summary_id))
    session.flush()


def _known(session: Session, summary_id: int) -> Summary:
    found = session.get(Summary, summary_id)
    if found is None:
        raise SummaryUnknown(summary_id)
    return found


def _kept(content: Node, counted: Mapping[str, FrozenFigure]) -> Iterator[Node]:
    """Leave out the paragraphs that name what nobody knows and count nothing at all."""
    for block in blocks_of(content):
        alone = doc(block)
        names = {each.name for each in figures_in(alone)}
        nothing = all(not (counted[name].value if name in counted else None) for name in names)
        if not (any(blanks_in(alone)) and nothing):
            yield block
