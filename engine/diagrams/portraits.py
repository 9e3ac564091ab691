"""What each element of a file says, property by property, however the file is written.

Prefixes, comments, the order of attributes, the white space around texts and values that
an attribute has anyway are gone here: two portraits differ only if the diagrams do.
"""

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from lxml import etree

from engine.diagrams.read import BPMN, DUBAN

Path = tuple[str, ...]

XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
DI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
CONTAINERS: Final = frozenset(
    BPMN + name
    for name in (
        "definitions",
        "collaboration",
        "process",
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "laneSet",
        "childLaneSet",
        "lane",
        "category",
    )
)
"""What holds elements that are compared by themselves."""
SCOPES: Final = frozenset(BPMN + name for name in ("subProcess", "transaction", "adHocSubProcess"))
PARTS: Final = frozenset(
    BPMN + name
    for name in (
        "documentation",
        "extensionElements",
        "ioSpecification",
        "property",
        "dataInputAssociation",
        "dataOutputAssociation",
        "resourceRole",
        "performer",
        "humanPerformer",
        "potentialOwner",
        "multiInstanceLoopCharacteristics",
        "standardLoopCharacteristics",
        "completionCondition",
        "partitionElement",
        "partitionElementRef",
        "supportedInterfaceRef",
        "import",
        "extension",
        "auditing",
        "monitoring",
    )
)
"""What a container says of itself, and no element of its own."""
TOLD_ELSEWHERE: Final = frozenset(BPMN + name for name in ("incoming", "outgoing", "flowNodeRef"))
"""What repeats the flows, or is told of the element that stands in the lane."""
USUAL: Final = {
    "startQuantity": "1",
    "completionQuantity": "1",
    "isForCompensation": "false",
    "triggeredByEvent": "false",
    "isInterrupting": "true",
    "cancelActivity": "true",
    "parallelMultiple": "false",
    "isSequential": "false",
    "isCollection": "false",
    "isClosed": "false",
    "testBefore": "false",
    "instantiate": "false",
    "waitForCompletion": "true",
    "cancelRemainingInstances": "true",
    "behavior": "All",
    "ordering": "Parallel",
    "gatewayDirection": "Unspecified",
    "eventGatewayType": "Exclusive",
    "processType": "None",
    "associationDirection": "None",
    "textFormat": "text/plain",
    "implementation": "##unspecified",
}
"""Attributes that an element has with this value even when nobody writes it."""
SIGNATURES: Final = frozenset({"id", "exporter", "exporterVersion"})
"""Attributes that say who drew it, and under which name."""
NAMED: Final = frozenset(BPMN + name for name in ("message", "error", "signal", "escalation"))
"""What is referred to by an id, but known by its name."""
ORDERED: Final = frozenset(
    BPMN + name for name in ("exclusiveGateway", "inclusiveGateway", "complexGateway")
)
"""Where the order of the flows decides which condition is asked first."""
KEYS: Final = ("key", "name", "value")
"""Attributes that tell an extension element from its brothers."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one property says: its own text, and everything below it when it stands alone."""

    text: str
    whole: str
    order: tuple[str, ...] | None = None


@dataclass(slots=True)
class Portrait:
    """One element: where it is found again, what it is, and all that it says."""

    id: str | None
    key: str
    tag: str
    name: str
    said: dict[Path, Said] = field(default_factory=dict)
    layout: str | None = None


def portraits(root: etree._Element) -> dict[str, Portrait]:
    """Return the portrait of every element of a file, in the order of the document."""
    return _Painter(root).painted


def type_of(tag: str) -> str:
    """Return an element's name as a person would write it: ``userTask``, ``duban:outcome``."""
    if tag.startswith(BPMN):
        return tag.removeprefix(BPMN)
    return f"duban:{tag.removeprefix(DUBAN)}" if tag.startswith(DUBAN) else tag


class _Painter:
    """Walks through a file once; what is referred to is looked up first."""

    def __init__(self, root: etree._Element) -> None:
        self.painted: dict[str, Portrait] = {}
        self._names = {
            element.get("id", ""): element.get("name") or element.get("errorCode") or ""
            for element in root.iter(*NAMED)
        }
        self._lanes = _lanes(root)
        self._flows = _flows(root)
        self._layouts = _layouts(root)
        self._paint(root, owner="")

    def _paint(self, element: etree._Element, owner: str) -> None:
        """Paint an element that stands by itself, and then those that stand in it."""
        portrait = Portrait(
            element.get("id"), self._key(element, owner), _tag(element), element.get("name", "")
        )
        self.painted[portrait.key] = portrait
        said = portrait.said
        said["type",] = _plain(type_of(portrait.tag))
        if portrait.tag == BPMN + "process":
            said["id",] = _plain(element.get("id", ""))
        self._place(element, said)
        self._describe(element, (), said)
        portrait.layout = self._layouts.get(element.get("id", ""))
        for child in element:
            if _stands_alone(child):
                self._paint(child, portrait.key)

    def _key(self, element: etree._Element, owner: str) -> str:
        """Return what an element is found again by: its id, or its place if it has none."""
        tag = _tag(element)
        if tag in {BPMN + "definitions", BPMN + "process"}:
            key = type_of(tag)  # a file has one of each, under whatever id
        elif element.get("id"):
            key = f"#{element.get('id')}"
        elif element.get("sourceRef"):
            key = f"{type_of(tag)} {element.get('sourceRef')}-{element.get('targetRef')}"
        else:
            key = f"{type_of(tag)} in {owner}"
        return _free(key, self.painted)

    def _place(self, element: etree._Element, said: dict[Path, Said]) -> None:
        """Tell in which sub-process and in which lane an element stands."""
        above = element.getparent()
        if above is not None and above.tag in SCOPES:
            said["scope",] = _plain(above.get("id", ""))
        lane = self._lanes.get(element.get("id", ""))
        if element.tag == BPMN + "lane":
            lane = next((e.get("id", "") for e in element.iterancestors(BPMN + "lane")), None)
        if lane is not None:
            said["lane",] = _plain(lane)
        flows = self._flows.get(element.get("id", ""), [])
        if element.tag in ORDERED and len(flows) > 1:
            said["flows",] = Said("", "", tuple(flows))

    def _describe(self, element: etree._Element, path: Path, said: dict[Path, Said]) -> None:
        """Tell all that an element says, attribute by attribute and part by part."""
        for name, value in self._attributes(element):
            said[_free_path((*path, name), said)] = _plain(value)
        parts = defaultdict(list)
        for part in _parts(element):
            parts[type_of(_tag(part))].append(part)
        for kind, alike in parts.items():
            labels = _labels(kind, alike)
            if len(alike) > 1 and any(map(_key_of, alike)):
                said[*path, kind, "order"] = Said("", "", tuple(labels))
            for label, part in zip(labels, alike, strict=True):
                inner = _free_path((*path, label), said)
                said[inner] = Said(_text(part), self._whole(part))
                self._describe(part, inner, said)

    def _attributes(self, element: etree._Element) -> Iterator[tuple[str, str]]:
        """Yield the attributes that say something, in the order of their names."""
        for attribute in sorted(str(name) for name in element.attrib):
            value = str(element.attrib[attribute])
            if attribute in SIGNATURES or attribute.startswith(XSI):
                continue
            if not value or USUAL.get(attribute) == value:
                continue
            yield self._resolved(element, attribute, value)

    def _resolved(self, element: etree._Element, attribute: str, value: str) -> tuple[str, str]:
        """Follow a reference to what is known by its name, and drop a prefix before an id."""
        if not attribute.endswith("Ref"):
            return type_of(attribute), value
        prefix, _, local = value.partition(":")
        target = local if local and prefix in element.nsmap else value
        if target in self._names:
            return attribute.removesuffix("Ref"), self._names[target] or target
        return attribute, target

    def _whole(self, element: etree._Element) -> str:
        """Return in one line what a part says that the other version lacks."""
        told = [_text(element)] if _text(element) else []
        told += [f"{name}={value}" for name, value in self._attributes(element)]
        for part in _parts(element):
            told.append(f"{type_of(_tag(part))}({self._whole(part)})")
        return ", ".join(told)


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what an element says in elements of their own, those of extensions too."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in TOLD_ELSEWHERE or _stands_alone(child):
            continue
        if child.tag == BPMN + "extensionElements":
            yield from _parts(child)
        elif not child.tag.startswith(DI):
            yield child


def _stands_alone(element: etree._Element) -> bool:
    above = element.getparent()
    return (
        above is not None
        and above.tag in CONTAINERS
        and isinstance(element.tag, str)
        and element.tag.startswith(BPMN)
        and element.tag not in PARTS
        and element.tag not in TOLD_ELSEWHERE
    )


def _labels(kind: str, alike: list[etree._Element]) -> list[str]:
    """Call parts of one kind by what tells them apart, or else by their place in the row."""
    labels: list[str] = []
    for part in alike:
        key = None if _tag(part).startswith(BPMN) else _key_of(part)
        labels.append(_free(f"{kind}[{key}]" if key else kind, labels))
    return labels


def _key_of(part: etree._Element) -> str | None:
    return next((part.get(name) for name in KEYS if part.get(name)), None)


def _lanes(root: etree._Element) -> dict[str, str]:
    """Return the innermost lane of each element that stands in one."""
    return {
        (ref.text or "").strip(): lane.get("id", lane.get("name", ""))
        for lane in root.iter(BPMN + "lane")
        for ref in lane.iterchildren(BPMN + "flowNodeRef")
    }


def _flows(root: etree._Element) -> dict[str, list[str]]:
    """Return the flows that lead on from each element, in the order of the document."""
    found = defaultdict(list)
    for flow in root.iter(BPMN + "sequenceFlow"):
        source = flow.get("sourceRef", "")
        found[source].append(flow.get("id") or f"{source}-{flow.get('targetRef')}")
    return found


def _layouts(root: etree._Element) -> dict[str, str]:
    """Return where each element is drawn, and how."""
    return {
        drawn.get("bpmnElement", ""): " ".join(_drawn(drawn))
        for drawn in root.iter(DI + "BPMNShape", DI + "BPMNEdge")
    }


def _drawn(drawn: etree._Element) -> Iterator[str]:
    for element in drawn.iter("*"):
        here = {
            etree.QName(str(name)).localname: _number(str(value))
            for name, value in element.attrib.items()
            if name not in {"id", "bpmnElement"}
        }
        if {"x", "y"} <= here.keys():
            yield f"{here.pop('x')},{here.pop('y')}"
        if {"width", "height"} <= here.keys():
            yield f"{here.pop('width')}×{here.pop('height')}"
        yield from (f"{name}={here[name]}" for name in sorted(here))


def _number(value: str) -> str:
    """Write a number as short as it can be: tools write 100 and 100.0."""
    try:
        return f"{round(float(value), 2):g}"
    except ValueError:
        return value


def _tag(element: etree._Element) -> str:
    return str(element.tag)


def _text(element: etree._Element) -> str:
    """Return an element's own text, without what stands between the tags for the eye."""
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


def _plain(text: str) -> Said:
    return Said(text, text)


def _free(key: str, taken: Container[str]) -> str:
    """Return a key that isn't taken: drafts may use an id twice."""
    numbered = (key if number == 1 else f"{key}#{number}" for number in count(1))
    return next(one for one in numbered if one not in taken)


def _free_path(path: Path, taken: Container[Path]) -> Path:
    *above, name = path
    numbered = ((*above, name if n == 1 else f"{name}#{n}") for n in count(1))
    return next(one for one in numbered if one not in taken)
