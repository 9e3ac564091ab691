"""Words of the templates' page: kinds of papers, parts of a paper, values, and flaws of a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web import moments
from web.words import figures as figure_words
from workflows.figures import FIGURES
from workflows.paper_templates import Flaw, TemplateKind

KINDS: Mapping[str, LazyString] = MappingProxyType(
    {
        "monthly": _l("Monthly circular"),
        "quarterly": _l("Quarterly circular"),
        "circular": _l("Circular of any span"),
        "special": _l("Special report"),
        "notice": _l("Supervision notice"),
        "slip_blue": _l("Supervision slip, blue"),
        "slip_yellow": _l("Supervision slip, yellow"),
        "slip_red": _l("Supervision slip, red"),
        "affairs": _l("Government supervision"),
        "instruction": _l("Leaders' instructions (serial)"),
        "reply": _l("Reply to a delegate"),
        "annual": _l("Summary of a year, and plan of the next"),
        "summary": _l("Summary of a month or quarter"),
    }
)

ELEMENTS: Mapping[str, LazyString] = MappingProxyType(
    {
        "copy_number": _l("Number of the copy"),
        "secrecy": _l("Secrecy"),
        "urgency": _l("Urgency"),
        "head": _l("Red head (style 发文机关标志)"),
        "label": _l("Line under the head (style 标志下说明)"),
        "number": _l("Document number"),
        "signer": _l("Who signs it off"),
        "organ": _l("Issuing organ"),
        "issued_on": _l("Date"),
        "title": _l("Title (style 公文标题)"),
        "addressee": _l("Addressee (style 主送机关)"),
        "annexes": _l("List of annexes"),
        "signature": _l("Signature"),
        "remark": _l("Note under the date"),
        "copies_to": _l("Copies to"),
        "printer": _l("Printed by"),
        "printed_on": _l("Printed on"),
    }
)

VALUES: Mapping[str, LazyString] = MappingProxyType(
    {
        "span": _l("The span, such as 2019年8月份"),
        "first_day": _l("First day of the span"),
        "last_day": _l("Last day of the span"),
        "year": _l("Year of the span"),
        "office": _l("Name of the office"),
        "matter": _l("Title of the item"),
        "item": _l("Number and title of the item"),
        "basis": _l("What the item is based on"),
        "target": _l("What has to be reached"),
        "due_on": _l("When it was due"),
        "days_overdue": _l("How many working days it is late"),
        "demand": _l("What is demanded"),
        "answer_by": _l("By when to answer"),
        "approver": _l("Who approved the slip"),
        "session": _l("Session of the congress or conference"),
        "proposal_number": _l("Number of the proposal"),
        "proposal_kind": _l("Bill, suggestion or proposal"),
        "proposal_title": _l("Title of the proposal"),
        "reply": _l("Text of the reply"),
        "contact": _l("Whom to ask, and where"),
        "next_year": _l("The year after"),
        "city_short": _l("Short name of the city"),
        "newspaper": _l("Newspaper"),
        "television": _l("Television station"),
        "wechat_group": _l("WeChat group of supervision"),
        "assessment_rules": _l("Rules of the assessment"),
        "stations": _l("What stationed supervision was about"),
        "followed": _l("Items that were followed to their end"),
        "honours": _l("What the office was commended for"),
        "bases": _l("Regulations of accountability in force"),
    }
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark that a template may use, and what stands there in a paper."""

    name: str
    says: str

    @property
    def written(self) -> str:
        """Return the mark as it stands in a file."""
        return "{{" + self.name + "}}"


def kind_words(name: str) -> str:
    """Return what a kind of paper is called."""
    return str(KINDS[name])


def elements(names: tuple[str, ...]) -> list[Mark]:
    """Return parts of a paper with their marks."""
    return [Mark(name, str(ELEMENTS[name])) for name in names]


def values(kind: TemplateKind) -> list[Mark]:
    """Return the values that a kind's template may name."""
    return [Mark(name, str(VALUES[name])) for name in kind.values]


def figures(kind: TemplateKind) -> list[Mark]:
    """Return the figures that a kind's template may name."""
    return [Mark(name, figure_words.label(name)) for name in FIGURES] if kind.figures else []


def flaw_words(flaw: Flaw) -> str:
    """Say one thing that is wrong with a file."""
    names = flaw.facts.get("names", [])
    told = [_said(str(name), flaw.code) for name in names] if isinstance(names, list) else []
    return {
        "element": _("It has no place for: %(names)s.", names=moments.list_words(told)),
        "value": _("It doesn't say: %(names)s.", names=moments.list_words(told)),
        "blank": _("It has no place for: %(names)s.", names=moments.list_words(told)),
        "unknown": _("Nobody knows these marks: %(names)s.", names=moments.list_words(told)),
        "broken": _(
            "A mark is opened and not closed, or closed and not opened, at: %(names)s.",
            names=moments.list_words(told),
        ),
        "glyphs": _("PDFs can't show these characters: %(names)s.", names=moments.list_words(told)),
        "empty": _("It has no text between its head and its end."),
    }[flaw.code]


def _said(name: str, code: str) -> str:
    if code == "element":
        return f"{ELEMENTS[name]} {{{{{name}}}}}"
    if code == "value":
        return f"{VALUES[name]} {{{{{name}}}}}"
    if code == "blank":
        return f"[[{name}]]"
    return f"{{{{{name}}}}}" if code == "unknown" else f"“{name}”"
