"""Whether the labels of a drawing stand clear of everything else, as a reader sees them."""

from itertools import chain
from typing import Any, NamedTuple

from playwright.sync_api import Page

LARGE = 130, 90
"""How wide or high a rectangle is that holds others: only its border is in a label's way."""
AIR = 2
"""How many of the diagram's own units a line keeps from a label."""

SEEN = """() => {
  const view = document.querySelector(".djs-container .viewport");
  const back = view.getScreenCTM().inverse();
  const at = (x, y, from = back) => new DOMPoint(x, y).matrixTransform(from);
  const box = element => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const [one, two] = [at(left, top), at(right, bottom)];
    return [one.x, one.y, two.x, two.y];
  };
  const way = path => {
    const there = back.multiply(path.getScreenCTM());
    const points = [];
    for (let gone = 0; gone <= path.getTotalLength(); gone += AIR) {
      const { x, y } = path.getPointAtLength(gone);
      const point = at(x, y, there);
      points.push([point.x, point.y]);
    }
    return points;
  };
  const seen = { labels: [], shapes: [], lines: [], texts: [] };
  for (const element of view.querySelectorAll(".djs-element")) {
    const id = element.dataset.elementId;
    const drawn = element.querySelector(":scope > .djs-visual");
    const texts = [...drawn.querySelectorAll("text")].filter(each => each.textContent.trim());
    const told = texts.map(text => ({ id, words: text.textContent, box: box(text) }));
    const line = drawn.querySelector(":scope > path");
    if (element.classList.contains("djs-connection")) seen.lines.push({ id, points: way(line) });
    else if (id.endsWith("_label")) seen.labels.push(...told);
    else {
      const [shape] = drawn.children;
      if (shape) seen.shapes.push({ id, form: shape.tagName, box: box(shape) });
      seen.texts.push(...told);
    }
  }
  return seen;
}""".replace("AIR", str(AIR))


class Box(NamedTuple):
    """A rectangle, in the diagram's own units."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def ink(self) -> "Box":
        """Return where a text's own strokes are: a line of text has air above and below."""
        return Box(self.left + 1, self.top + 2.5, self.right - 1, self.bottom - 3.5)

    def meets(self, other: "Box") -> bool:
        """Say whether the two overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def lies_in(self, other: "Box") -> bool:
        """Say whether the other one holds this."""
        across = other.left < self.left and self.right < other.right
        return across and other.top < self.top and self.bottom < other.bottom

    def reach(self, other: "Box") -> tuple[float, float]:
        """Return how far this is from the middle of the other, in halves of its size."""
        x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        across = max(self.left - x, x - self.right, 0) / (other.right - x + 1)
        return across, max(self.top - y, y - self.bottom, 0) / (other.bottom - y + 1)


def covered(page: Page) -> list[str]:
    """Return the labels that lie on something, or that something runs through, and what."""
    seen = page.evaluate(SEEN)
    labels = seen["labels"]
    return [
        f"{label['words']}: {other}"
        for label in labels
        for other in chain(_shapes(label, seen), _lines(label, seen), _words(label, seen))
    ]


def _shapes(label: dict[str, Any], seen: dict[str, Any]) -> list[str]:
    ink = Box(*label["box"]).ink
    return [each["id"] for each in seen["shapes"] if _on(ink, each["form"], Box(*each["box"]))]


def _on(ink: Box, form: str, box: Box) -> bool:
    across, down = ink.reach(box)
    if form == "polygon":
        return across + down < 1
    if form == "circle":
        return across**2 + down**2 < 1
    holds = box.right - box.left > LARGE[0] or box.bottom - box.top > LARGE[1]
    return ink.meets(box) and not (holds and ink.lies_in(box))


def _lines(label: dict[str, Any], seen: dict[str, Any]) -> list[str]:
    ink = Box(*label["box"]).ink
    near = Box(ink.left - AIR, ink.top - AIR, ink.right + AIR, ink.bottom + AIR)
    return [
        line["id"]
        for line in seen["lines"]
        if any(near.meets(Box(x, y, x, y)) for x, y in line["points"])
    ]


def _words(label: dict[str, Any], seen: dict[str, Any]) -> list[str]:
    ink = Box(*label["box"]).ink
    others = [each for each in seen["labels"] if each["id"] != label["id"]] + seen["texts"]
    return [each["words"] for each in others if ink.meets(Box(*each["box"]).ink)]
