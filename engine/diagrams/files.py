"""A diagram as a file: what it is called, what it holds that isn't ours, a copy by another name."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from engine.diagrams.model import Diagram
from engine.diagrams.read import read
from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.tags import BPMN, DUBAN
from engine.diagrams.vocabulary import parse
from engine.diagrams.xml import root_of
from engine.errors import Refused

DRAWN: Final = ("BPMN/20100524/DI", "DD/20100524/DC", "DD/20100524/DI")
OURS: Final = ("", "BPMN/20100524/MODEL", *DRAWN)
OMG: Final = "http://www.omg.org/spec/"
KNOWN: Final = frozenset(
    {
        *(OMG + name if name else name for name in OURS),
        DUBAN.strip("{}"),
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/XML/1998/namespace",
    }
)
"""The namespaces that a diagram is written with; whatever is of another one isn't run."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a file's process is called, as far as it says."""

    process_id: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a file holds of another tool, how often, and whether an editor can keep it.

    An attribute anywhere and an element inside ``extensionElements`` are kept as they are; an
    element anywhere else has no place in BPMN and is lost once the diagram is saved.
    """

    namespace: str
    name: str
    count: int
    kept: bool


def bpmn_root(xml: bytes) -> etree._Element:
    """Return the root of a BPMN file, or refuse one that isn't, or that nobody should open."""
    problems = Problems()
    root = root_of(xml, problems.note)
    if root is not None and root.tag != BPMN + "definitions":
        problems.note("not_bpmn")
    if root is None or problems:
        raise Refused(problems)
    return root


def must_be_bpmn(xml: bytes) -> None:
    """Refuse a file that isn't BPMN, or that nobody should open; it may be unsound."""
    bpmn_root(xml)


def title_of(xml: bytes) -> Title:
    """Return what a file's first process is called; nothing of it needs to be sound."""
    root = bpmn_root(xml)
    process = root.find(BPMN + "process")
    if process is None:
        return Title("", "", "")
    return Title(process.get("id", ""), process.get("name", ""), process.get(DUBAN + "name_en", ""))


def outline(xml: bytes) -> Diagram | None:
    """Return what a diagram says as far as it can be read: it may be unsound."""
    problems = Problems()
    process = parse(xml, problems)
    return None if process is None else read(process, problems)


def foreign(xml: bytes) -> list[Foreign]:
    """Return what a file holds of other tools; each name once, what would be lost first."""
    found = Counter(_strange(bpmn_root(xml)))
    told = [
        Foreign(namespace, name, count, kept) for (namespace, name, kept), count in found.items()
    ]
    return sorted(told, key=lambda one: (one.kept, one.namespace, one.name))


def _strange(root: etree._Element) -> Iterator[tuple[str, str, bool]]:
    """Yield the namespace and name of each strange part, and whether it is kept."""
    for element in root.iter("*"):
        name = etree.QName(element)
        if (name.namespace or "") not in KNOWN:
            above = element.getparent()
            if above is None or (etree.QName(above).namespace or "") in KNOWN:
                yield name.namespace or "", name.localname, _is_kept(above)
            continue
        for attribute in element.attrib:
            named = etree.QName(str(attribute))
            if (named.namespace or "") not in KNOWN:
                yield named.namespace or "", named.localname, True


def _is_kept(above: etree._Element | None) -> bool:
    return above is not None and above.tag == BPMN + "extensionElements"


def renamed(xml: bytes, title: Title) -> bytes:
    """Return a copy of a diagram whose process is called otherwise."""
    root = bpmn_root(xml)
    process = root.find(BPMN + "process")
    if process is None:
        problems = Problems()
        problems.note("process_missing")
        raise Refused(problems)
    old = process.get("id", "")
    process.set("id", title.process_id)
    process.set("name", title.name)
    process.set(DUBAN + "name_en", title.name_en)
    for pool in root.iter(BPMN + "participant"):
        if pool.get("processRef") == old:
            pool.set("processRef", title.process_id)
            pool.set("name", title.name)
    for drawn in root.iter("*"):
        if drawn.get("bpmnElement") == old:
            drawn.set("bpmnElement", title.process_id)
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
