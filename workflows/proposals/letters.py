"""The reply to a proposal as the letter 信函 that its proposers get, in the office's template."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import select

from engine import Session
from workflows import documents, paper_templates, store
from workflows.actors import Actor
from workflows.calendar import office_day
from workflows.documents import Block, BlockKind, Form, Paper, plain
from workflows.errors import LinkUnknown
from workflows.proposals.queries import proposal_of
from workflows.proposals.ratings import visible_reply
from workflows.tables import Assignment, Item, Proposal, Reply, Source

TEMPLATE = "reply"
CALLED: Mapping[Source, tuple[str, str]] = MappingProxyType(
    {
        Source.NPC_BILL: ("议案", "代表"),
        Source.NPC_SUGGESTION: ("建议", "代表"),
        Source.CPPCC_PROPOSAL: ("提案", "委员"),
    }
)
"""What each source is called, and those who make it."""
TITLES = ("代表", "委员")
"""How the session's list may write those who made a proposal already: 侯委员."""


def letter_of(session: Session, actor: Actor, reply_id: int) -> Paper:
    """Return a reply that the actor may read as a letter; a draft has neither number nor day."""
    reply = visible_reply(session, actor, reply_id)
    open_ones = select(Reply.id).join(Assignment, Assignment.id == Reply.assignment_id)
    wanted = open_ones.where(Reply.id == reply_id, store.replies_open_to(actor))
    if session.scalars(wanted).first() is None:
        raise LinkUnknown
    item, proposal = session.get_one(Item, reply.item_id), proposal_of(session, reply.item_id)
    template, values = paper_templates.current(session, TEMPLATE), _values(reply, item, proposal)
    unit = reply.assignment.unit.name
    return Paper(
        form=Form.LETTER,
        head=unit,
        number=reply.document_number,
        title=paper_templates.first_title(template, values),
        addressee=addressee(item.source, [each.name for each in proposal.proposers]),
        blocks=tuple(_lines(paper_templates.filled(template, values))),
        signature=unit,
        issued_on=office_day(reply.issued_at) if reply.issued_at else None,
    )


def letter_docx(session: Session, actor: Actor, reply_id: int) -> bytes:
    """Return a reply as a Word file."""
    template = paper_templates.current(session, TEMPLATE)
    return documents.docx(letter_of(session, actor, reply_id), template.file)


def _values(reply: Reply, item: Item, proposal: Proposal) -> Mapping[str, str]:
    kind, _ = CALLED.get(item.source, ("建议", ""))
    return {
        "session": proposal.session,
        "proposal_number": proposal.number.removeprefix("第").removesuffix("号"),
        "proposal_kind": kind,
        "proposal_title": item.title,
        "reply": reply.said,
        "contact": "　".join(filter(None, (item.responsible_person, item.contact))),
    }


def addressee(source: Source, proposers: Sequence[str]) -> str:
    """Return whom a letter is to: all who made the proposal, the first one first."""
    _, called = CALLED.get(source, ("", ""))
    names = "、".join(proposers)
    return names if names.endswith(TITLES) else names + called


def _lines(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield a block for each line that was written."""
    for block in blocks:
        if block.kind is not BlockKind.PARAGRAPH or "\n" not in block.text:
            yield block
        else:
            yield from (plain(line.strip()) for line in block.text.splitlines() if line.strip())
