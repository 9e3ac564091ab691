"""Three versions of a diagram: what one side changed is put into the other, element by element.

An element that only the newer version changed, added or removed is taken from it whole, with its
place in its lane and where it is drawn. One that both sides changed stays as it is in ours, and
so does whatever could only be taken together with such a one: nothing refers to what isn't there.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from engine.diagrams.files import bpmn_root
from engine.diagrams.portraits import DI, PARTS, Path, Portrait, Said, portraits
from engine.diagrams.read import BPMN
from engine.records import Merged

DC: Final = "{http://www.omg.org/spec/DD/20100524/DC}"
WAYPOINT: Final = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
REFERENCES: Final = (
    "sourceRef",
    "targetRef",
    "attachedToRef",
    "default",
    "messageRef",
    "signalRef",
    "errorRef",
    "escalationRef",
)
"""The attributes by which an element needs another one of the file."""
HOLDERS: Final = frozenset(
    BPMN + name
    for name in ("definitions", "collaboration", "process", "subProcess", "laneSet", "lane")
)
"""What holds other elements: it is never taken whole, so what it says of itself stays ours."""


def merge_xml(base: bytes, theirs: bytes, ours: bytes) -> Merged:
    """Return our file with what only the other side has changed since both had the same base."""
    kept: set[str] = set()
    while True:
        merging = _Merging(base, theirs, ours, kept)
        lost = merging.merge()
        if not lost:
            return merging.told()
        kept |= lost


@dataclass(slots=True)
class _File:
    """A file as a tree, with its elements by their ids and how each looks."""

    root: etree._Element
    looks: Mapping[str, Portrait]

    @classmethod
    def read(cls, xml: bytes) -> "_File":
        root = bpmn_root(xml)
        return cls(root, {one.id: one for one in portraits(root).values() if one.id})

    def find(self, identifier: str) -> etree._Element | None:
        """Return an element by its id, never one of the picture nor a part of another element."""
        return next(
            (
                each
                for each in self.root.iter()
                if isinstance(each.tag, str)
                and each.tag.startswith(BPMN)
                and each.tag not in PARTS
                and each.get("id") == identifier
            ),
            None,
        )

    def drawn(self, identifier: str) -> etree._Element | None:
        """Return how an element is drawn."""
        return next(
            (
                each
                for each in self.root.iter(DI + "BPMNShape", DI + "BPMNEdge")
                if each.get("bpmnElement") == identifier
            ),
            None,
        )


class _Merging:
    """One try to put the other side's changes into ours."""

    def __init__(self, base: bytes, theirs: bytes, ours: bytes, kept: set[str]) -> None:
        self._base, self._theirs, self._ours = map(_File.read, (base, theirs, ours))
        self._kept = kept
        changed = {one for one in self._ids() if self._differs(self._base, self._theirs, one)}
        self._agreed = {one for one in changed if not self._differs(self._theirs, self._ours, one)}
        self._both = {
            one for one in changed - self._agreed if self._differs(self._base, self._ours, one)
        }
        self._wanted = changed - self._agreed - self._both
        self._taken: set[str] = set()

    def told(self) -> Merged:
        """Return the file, what was taken, what both sides changed, and what had to be left."""
        xml = etree.tostring(self._ours.root.getroottree(), encoding="UTF-8", xml_declaration=True)
        left = self._wanted - self._taken
        return Merged(xml, frozenset(self._taken), frozenset(self._both), frozenset(left))

    def merge(self) -> set[str]:
        """Take over what can be, and return what must not have been: it leaves others astray."""
        wanted = [one for one in self._ids() if one in self._wanted - self._kept]
        for identifier in wanted:
            if self._take(identifier):
                self._taken.add(identifier)
        self._tie()
        return self._astray()

    def _ids(self) -> Iterator[str]:
        """Yield every id of the other side and of the base, what holds others first."""
        yield from dict.fromkeys([*self._theirs.looks, *self._base.looks])

    @staticmethod
    def _differs(one: _File, other: _File, identifier: str) -> bool:
        here, there = one.looks.get(identifier), other.looks.get(identifier)
        if here is None or there is None:
            return here is not there
        return _says(here) != _says(there)

    # -- one element ----------------------------------------------------------------------

    def _take(self, identifier: str) -> bool:
        """Put one element of the other side into ours, or take it away; false if it can't be."""
        source, target = self._theirs.find(identifier), self._ours.find(identifier)
        if source is None:
            return target is not None and self._remove(identifier, target)
        if source.tag in HOLDERS:
            return False
        if target is None:
            return self._add(identifier, source)
        above, place = source.getparent(), target.getparent()
        if above is None or place is None or above.get("id") != place.get("id"):
            return False  # it stands in another sub-process there
        place.replace(target, _copy(source))
        self._put_into_lane(identifier)
        if self._same_picture(identifier):
            self._draw(identifier)
        return True

    def _add(self, identifier: str, source: etree._Element) -> bool:
        above = source.getparent()
        if above is None:
            return False
        if above.tag == BPMN + "definitions":
            self._ours.root.insert(0, _copy(source))
            return True
        place = self._ours.find(above.get("id", ""))
        if place is None:
            return False
        place.append(_copy(source))
        self._put_into_lane(identifier)
        self._draw(identifier)
        return True

    def _remove(self, identifier: str, target: etree._Element) -> bool:
        if target.tag in HOLDERS:
            return False
        above, drawn = target.getparent(), self._ours.drawn(identifier)
        if above is None:
            return False
        above.remove(target)
        self._leave_lanes(identifier)
        if drawn is not None and (picture := drawn.getparent()) is not None:
            picture.remove(drawn)
        return True

    def _put_into_lane(self, identifier: str) -> None:
        """Let an element stand in the lane in which the other side has it."""
        look = self._theirs.looks[identifier]
        wanted = look.said.get(("lane",))
        if wanted is None:
            return
        lane = self._ours.find(wanted.text)
        if lane is not None and lane.tag == BPMN + "lane":
            self._leave_lanes(identifier)
            ref = etree.SubElement(lane, BPMN + "flowNodeRef")
            ref.text = identifier

    def _leave_lanes(self, identifier: str) -> None:
        for ref in list(self._ours.root.iter(BPMN + "flowNodeRef")):
            if (ref.text or "").strip() == identifier and (lane := ref.getparent()) is not None:
                lane.remove(ref)

    # -- the picture ----------------------------------------------------------------------

    def _same_picture(self, identifier: str) -> bool:
        """Say whether we have left an element where it was drawn."""
        before, now = self._base.looks[identifier], self._ours.looks[identifier]
        return before.layout == now.layout

    def _draw(self, identifier: str) -> None:
        """Draw an element as the other side does; a line ends where our elements stand."""
        drawn, old = self._theirs.drawn(identifier), self._ours.drawn(identifier)
        plane = None if drawn is None else self._plane(drawn)
        if drawn is None or plane is None:
            return
        made = _copy(drawn)
        if old is not None and (picture := old.getparent()) is not None:
            picture.replace(old, made)
        else:
            plane.append(made)
        points = list(made.iter(WAYPOINT))
        source = self._theirs.find(identifier)
        if points and source is not None:
            self._shift(points[0], source.get("sourceRef", ""))
            self._shift(points[-1], source.get("targetRef", ""))

    def _plane(self, drawn: etree._Element) -> etree._Element | None:
        """Return the picture of ours that is of the same process or sub-process, if it has one."""
        above = drawn.getparent()
        planes = list(self._ours.root.iter(DI + "BPMNPlane"))
        about = "" if above is None else above.get("bpmnElement", "")
        own = (each for each in planes if each.get("bpmnElement") == about)
        return next(own, planes[0] if planes else None)

    def _shift(self, point: etree._Element, identifier: str) -> None:
        """Move the end of a line as far as the element at which it ends stands elsewhere."""
        there, here = (_corner(file.drawn(identifier)) for file in (self._theirs, self._ours))
        if there is None or here is None:
            return
        for axis, old, new in zip("xy", there, here, strict=True):
            point.set(axis, f"{float(point.get(axis, '0')) + new - old:g}")

    # -- the whole ------------------------------------------------------------------------

    def _tie(self) -> None:
        """Let each element name the flows that come to it and lead on from it, and no others."""
        flows = list(self._ours.root.iter(BPMN + "sequenceFlow"))
        for node in list(self._ours.root.iter()):
            if not isinstance(node.tag, str) or node.get("id") is None:
                continue
            for tag, end in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
                wanted = [str(f.get("id")) for f in flows if f.get(end) == node.get("id")]
                _name_flows(node, BPMN + tag, wanted)

    def _astray(self) -> set[str]:
        """Return what was taken but refers to what isn't there, or is missed by others."""
        known = {each.get("id") for each in self._ours.root.iter() if isinstance(each.tag, str)}
        looks = {one.id: one for one in portraits(self._ours.root).values()}
        lost = {
            one
            for one in self._taken & self._theirs.looks.keys()
            if one not in looks or _says(looks[one]) != _says(self._theirs.looks[one])
        }
        for each in self._ours.root.iter():
            if not isinstance(each.tag, str) or not each.tag.startswith(BPMN):
                continue
            needed = {each.get(name, "").rpartition(":")[2] for name in REFERENCES}
            if astray := needed - known - {""}:
                above = {str(one.get("id")) for one in each.iterancestors()}
                lost |= ({str(each.get("id"))} | above | astray) & self._taken
        return lost


def _says(portrait: Portrait) -> dict[Path, Said]:
    """Return what an element says by itself; the flows out of it are elements of their own."""
    return {path: said for path, said in portrait.said.items() if path != ("flows",)}


def _copy(element: etree._Element) -> etree._Element:
    made = deepcopy(element)
    made.tail = element.tail
    return made


def _corner(drawn: etree._Element | None) -> tuple[float, float] | None:
    bounds = None if drawn is None else drawn.find(DC + "Bounds")
    return None if bounds is None else (float(bounds.get("x", 0)), float(bounds.get("y", 0)))


def _name_flows(node: etree._Element, tag: str, wanted: list[str]) -> None:
    """Let a node list these flows, those that it lists already in its own order."""
    listed = node.findall(tag)
    for ref in listed:
        if (ref.text or "").strip() not in wanted:
            node.remove(ref)
    there = {(ref.text or "").strip() for ref in listed}
    if not listed and not _lists(node):
        return
    at = max((node.index(ref) + 1 for ref in node.findall(tag)), default=_after_parts(node))
    for flow in wanted:
        if flow not in there:
            ref = etree.Element(tag)
            ref.text = flow
            node.insert(at, ref)
            at += 1


def _lists(node: etree._Element) -> bool:
    """Say whether the file's tool lists flows at the elements at all."""
    root = node.getroottree().getroot()
    return next(root.iter(BPMN + "incoming", BPMN + "outgoing"), None) is not None


def _after_parts(node: etree._Element) -> int:
    """Return where the flows of a node are listed: behind its description and extensions."""
    parts = (BPMN + "documentation", BPMN + "extensionElements", BPMN + "incoming")
    return sum(child.tag in parts for child in node)
