"""The kinds of papers that have a template, and what each template has to hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from workflows.documents import RED, Form

BLUE, YELLOW, CRIMSON = "1D4F9C", "B7791F", RED

ELEMENTS: Final = (
    "copy_number",
    "secrecy",
    "urgency",
    "head",
    "label",
    "number",
    "signer",
    "organ",
    "issued_on",
    "title",
    "addressee",
    "annexes",
    "signature",
    "remark",
    "copies_to",
    "printer",
    "printed_on",
    "content",
)
"""The parts of a paper that a template may have a place for."""

OF_SERIALS = ("head", "number", "organ", "issued_on", "title", "addressee", "annexes")
OF_SLIPS = ("head", "label", "number", "addressee", "signature", "issued_on")
OF_LETTERS = ("head", "number", "title", "addressee", "signature", "issued_on")
OF_REPORTS = ("title", "annexes", "signature", "issued_on")
AT_TOP = ("copy_number", "secrecy", "urgency")
IN_IMPRINT = ("copies_to", "printer", "printed_on")

SPAN = ("span", "first_day", "last_day", "year", "office")
MATTER = ("matter", *SPAN)
SUMMARY = (
    *SPAN,
    "next_year",
    "city_short",
    "newspaper",
    "television",
    "wechat_group",
    "assessment_rules",
    "stations",
    "followed",
    "honours",
    "bases",
)
SLIP = (
    "item",
    "basis",
    "target",
    "due_on",
    "days_overdue",
    "demand",
    "answer_by",
    "approver",
    "office",
)
REPLY = ("session", "proposal_number", "proposal_kind", "proposal_title", "reply", "contact")


@dataclass(frozen=True, slots=True)
class TemplateKind:
    """A kind of paper: its form, what its template must hold, and the values that it may name.

    A serial's head is its own name; ``head`` stands in its sample. ``figures`` says that it may
    name figures of the ledger. ``needs`` are values without which the paper
    wouldn't say what it is for, ``blanks`` those that the ledger fills with whole paragraphs.
    """

    name: str
    form: Form
    elements: tuple[str, ...]
    values: tuple[str, ...]
    head: str = ""
    label: str = ""
    ink: str = RED
    text: str = ""
    figures: bool = False
    needs: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def names_itself(self) -> bool:
        """Tell whether the template itself says what stands at the head: a slip's does."""
        return self.form is Form.NOTICE

    @property
    def source(self) -> str:
        """Return the name of the shipped text."""
        return self.text or self.name


def _serial(name: str, head: str, values: tuple[str, ...], *blanks: str) -> TemplateKind:
    optional = (*AT_TOP, "remark", *IN_IMPRINT)
    return TemplateKind(
        name,
        Form.SERIAL,
        OF_SERIALS,
        values,
        head,
        figures=True,
        blanks=blanks,
        optional=optional,
    )


def _slip(colour: str, label: str, ink: str) -> TemplateKind:
    return TemplateKind(
        f"slip_{colour}",
        Form.NOTICE,
        OF_SLIPS,
        SLIP,
        "督查通知",
        label,
        ink,
        text="slip",
        needs=("item", "demand"),
    )


def _kinds() -> Iterator[TemplateKind]:
    yield _serial("monthly", "督查工作通报", SPAN)
    yield _serial("quarterly", "督查工作通报", SPAN, "排名表")
    yield _serial("circular", "督查工作通报", SPAN)
    yield _serial("special", "督查专报", MATTER)
    yield _serial("notice", "督查通知", MATTER)
    yield _slip("blue", "蓝色督办单", BLUE)
    yield _slip("yellow", "黄色督办单", YELLOW)
    yield _slip("red", "红色督办单", CRIMSON)
    yield _serial("affairs", "政务督查", SPAN)
    yield _serial("instruction", "领导批示", MATTER)
    yield TemplateKind(
        "reply",
        Form.LETTER,
        OF_LETTERS,
        REPLY,
        needs=("reply",),
        optional=(*AT_TOP, "annexes", "remark", "copies_to"),
    )
    yield TemplateKind("annual", Form.REPORT, OF_REPORTS, SUMMARY, figures=True)
    yield TemplateKind("summary", Form.REPORT, OF_REPORTS, SUMMARY, figures=True)


KINDS: Mapping[str, TemplateKind] = MappingProxyType({kind.name: kind for kind in _kinds()})
"""Every kind by its name."""
