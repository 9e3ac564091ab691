"""What a new issue says before anybody has written a word: its title, and its first text.

Papers are Chinese whatever the reader's language. Where the ledger knows what belongs in a
blank, as who is praised, it stands there already; the rest waits for the drafter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from engine import Session
from workflows import figures, settings
from workflows.actors import Actor
from workflows.documents import chinese
from workflows.figures import Span, SpanKind
from workflows.publications import known
from workflows.publications.content import (
    Node,
    annex,
    blank,
    doc,
    figure,
    heading,
    paragraph,
)
from workflows.publications.known import CRITICISED, LATE, MATTER, PRAISED, RANKING
from workflows.tables import Item, Publication, PublicationKind

ALL_UNITS: Final = "各县（市、区）人民政府，市直各单位"
QUARTERS: Final = "一二三四"


@dataclass(frozen=True, slots=True)
class Begun:
    """What a draft begins with."""

    title: str
    addressee: str
    content: Node


def begin(session: Session, actor: Actor, draft: Publication) -> Begun:
    """Return the first text of a draft, with what the ledger knows in its blanks."""
    office = settings.text(session, "office.name")
    span = Span(draft.first, draft.last)
    matter = _matter(session, draft)
    begun = TEXTS[draft.kind](office, span, matter)
    return Begun(begun.title, begun.addressee, known.put_in(session, actor, draft, begun.content))


def span_words(span: Span) -> str:
    """Return a span as papers call it: 2019年8月份, 2019年第三季度, 2019年."""
    year, month = span.first.year, span.first.month
    if span.kind is SpanKind.MONTH:
        return f"{year}年{month}月份"
    if span.kind is SpanKind.QUARTER:
        return f"{year}年第{QUARTERS[figures.quarter_of(span.first) - 1]}季度"
    if span.kind is SpanKind.YEAR:
        return f"{year}年"
    return f"{chinese(span.first)}至{chinese(span.last)}"


def _matter(session: Session, draft: Publication) -> str:
    return "" if draft.item_id is None else session.get_one(Item, draft.item_id).title


def _summary(office: str, span: Span) -> Node:
    return paragraph(
        f"{span_words(span)}，{office}围绕市政府工作报告、领导批示、重点项目和重点民生实事，开展督查",
        figure("actions"),
        "次，发出催办",
        figure("urges"),
        f"次。截至{chinese(span.last)}，在办督查事项",
        figure("items_open"),
        "项，按期推进",
        figure("items_on_plan"),
        "项，临期或滞后",
        figure("items_near"),
        "项，逾期",
        figure("items_overdue"),
        "项；期间销号",
        figure("items_closed"),
        "项，办结率",
        figure("closing_rate"),
        "。现将有关情况通报如下：",
    )


def _circular(office: str, span: Span, *rest: Node) -> Begun:
    return Begun(
        f"关于{span_words(span)}重点督查事项落实情况的通报",
        ALL_UNITS,
        doc(
            _summary(office, span),
            heading(1, "落实较好的单位"),
            paragraph(blank(PRAISED), "工作抓得紧、落得实，予以通报表扬。"),
            heading(1, "进展滞后的事项"),
            paragraph("下列事项没有按时限办结：", blank(LATE), "。"),
            paragraph(blank(CRITICISED), "落实不力，予以通报批评。"),
            heading(1, "下步要求"),
            paragraph(
                "各责任单位要对照时限要求，逐项查找原因，落实整改措施。逾期事项的牵头单位"
                f"要书面说明情况，经主要领导签字后报{office}。"
            ),
            *rest,
        ),
    )


def _monthly(office: str, span: Span, _matter: str) -> Begun:
    return _circular(office, span)


def _quarterly(office: str, span: Span, _matter: str) -> Begun:
    return _circular(
        office, span, annex(f"{span_words(span)}督查考评排名"), paragraph(blank(RANKING))
    )


def _about(title: str, *blocks: Node) -> Callable[[str, Span, str], Begun]:
    """Return the text of an issue about one matter; without one its title waits too."""

    def begun(_office: str, _span: Span, matter: str) -> Begun:
        return Begun(title.format(matter=matter) if matter else "", "", doc(*blocks))

    return begun


_special = _about(
    "关于{matter}办理情况的专报",
    heading(1, "基本情况"),
    paragraph(blank(MATTER)),
    heading(1, "存在问题"),
    paragraph(blank("存在问题")),
    heading(1, "意见建议"),
    paragraph(blank("意见建议")),
)
_notice = _about(
    "关于做好{matter}的督查通知",
    paragraph(blank(MATTER)),
    paragraph(blank("督查要求")),
    paragraph("请于", blank("反馈时限"), "前书面反馈办理情况，由单位主要领导签字确认。"),
)
_instruction = _about(
    "关于{matter}的批示",
    paragraph(blank(MATTER)),
    paragraph("请有关单位认真贯彻落实，并于", blank("反馈时限"), "前书面反馈。"),
)


def _affairs(office: str, span: Span, _matter: str) -> Begun:
    return Begun(
        f"{span_words(span)}政务督查工作情况",
        "",
        doc(_summary(office, span), paragraph(blank("正文"))),
    )


TEXTS: Mapping[PublicationKind, Callable[[str, Span, str], Begun]] = MappingProxyType(
    {
        PublicationKind.MONTHLY: _monthly,
        PublicationKind.QUARTERLY: _quarterly,
        PublicationKind.CIRCULAR: _monthly,
        PublicationKind.SPECIAL: _special,
        PublicationKind.NOTICE: _notice,
        PublicationKind.AFFAIRS: _affairs,
        PublicationKind.INSTRUCTION: _instruction,
    }
)
"""The text with which each kind of issue begins."""
