"""A diagram as a small sketch: boxes and lines, for a list in which nobody reads the words."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from engine.diagrams.files import bpmn_root
from engine.diagrams.reading.tags import BPMN, name_of

DI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS: Final = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
WAYPOINT: Final = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
SHAPES: Final = (
    ("Event", "event"),
    ("Gateway", "gateway"),
    ("participant", "lane"),
    ("lane", "lane"),
)
LARGEST: Final = 100_000.0
"""Nothing is drawn further away than this; what is isn't sketched."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """One shape: an event, a gateway, a lane, or a task."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a diagram looks like from afar."""

    boxes: tuple[Box, ...]
    lines: tuple[tuple[Point, ...], ...]

    @property
    def view(self) -> tuple[float, float, float, float]:
        """Return the left, the top, the width and the height of the whole."""
        points = [(box.x, box.y) for box in self.boxes]
        points += [(box.x + box.width, box.y + box.height) for box in self.boxes]
        points += [point for line in self.lines for point in line]
        if not points:
            return 0, 0, 1, 1
        (left, right), (top, bottom) = (
            (min(axis), max(axis)) for axis in zip(*points, strict=True)
        )
        return left, top, max(right - left, 1), max(bottom - top, 1)


def sketch(xml: bytes) -> Sketch:
    """Return what a diagram looks like from afar; what has no place in the picture is left out."""
    root = bpmn_root(xml)
    kinds = {element.get("id"): _kind(element) for element in root.iter(BPMN + "*")}
    boxes = []
    for shape in root.iter(DI + "BPMNShape"):
        bounds = shape.find(BOUNDS)
        placed = None if bounds is None else _numbers(bounds, "x", "y", "width", "height")
        if placed is not None:
            boxes.append(Box(kinds.get(shape.get("bpmnElement"), "task"), *placed))
    lines = []
    for edge in root.iter(DI + "BPMNEdge"):
        points = [_numbers(point, "x", "y") for point in edge.iterchildren(WAYPOINT)]
        lines.append(tuple((point[0], point[1]) for point in points if point is not None))
    return Sketch(tuple(boxes), tuple(lines))


def _kind(element: etree._Element) -> str:
    name = name_of(element)
    return next((kind for ending, kind in SHAPES if name.endswith(ending)), "task")


def _numbers(element: etree._Element, *names: str) -> list[float] | None:
    try:
        found = [float(element.get(name, "")) for name in names]
    except ValueError:
        return None
    return found if all(-LARGEST < number < LARGEST for number in found) else None
