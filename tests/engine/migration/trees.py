"""Random processes as trees of blocks, so that every one of them is sound, and random mutants."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from tests.engine.drawing import (
    again,
    boundary,
    choice,
    diagram,
    each,
    end,
    event_sub,
    flow,
    inclusive,
    parallel,
    path,
    start,
    sub,
    times,
    user,
)

LOOPS: Final = {
    "each": each("units", "unit"),
    "row": each("units", "unit", sequential=True),
    "times": times("2"),
    "again": again("outcome == 'again'", most=3),
}
KINDS: Final = ("leaf", "leaf", "leaf", "row", "both", "either", "some", "sub")
CHOICES: Final = frozenset({"either", "some", "back"})


@dataclass
class Block:
    """A step, or several blocks in a row, side by side, to be chosen from, or in a sub-process."""

    kind: str
    name: str
    parts: list["Block"] = field(default_factory=list)
    loop: str = ""
    event: str = ""

    def copy(self) -> "Block":
        """Return the same tree again."""
        parts = [part.copy() for part in self.parts]
        return Block(self.kind, self.name, parts, self.loop, self.event)

    def blocks(self) -> Iterator["Block"]:
        """Yield it and all that is in it."""
        yield self
        for part in self.parts:
            yield from part.blocks()

    def fixed(self, *, chosen: bool = False) -> Iterator[str]:
        """Yield the steps that must be done exactly once."""
        chosen = chosen or self.kind in CHOICES or bool(self.loop) or bool(self.event)
        if self.kind == "leaf" and not chosen:
            yield self.name
        for part in self.parts:
            yield from part.fixed(chosen=chosen)


class Gardener:
    """Grows trees and changes them, always the same way from the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._count = 0

    def grow(self, depth: int = 3, kind: str = "row") -> Block:
        """Return a new tree."""
        self._count += 1
        block = Block(kind, f"n{self._count}")
        if kind in {"leaf", "sub"} and self.chance.random() < 0.2:
            block.loop = self.chance.choice(list(LOOPS))
        if kind in {"leaf", "sub"} and self.chance.random() < 0.3:
            block.event = self.chance.choice(["timer", "cut", "listen"])
        if kind != "leaf":
            for _ in range(self.chance.randint(2, 3)):
                inner = self.chance.choice(KINDS) if depth else "leaf"
                block.parts.append(self.grow(depth - 1, inner))
        return block

    def mutant(self, tree: Block) -> Block:
        """Return a tree that differs in one to three things."""
        tree = tree.copy()
        for _ in range(self.chance.randint(1, 3)):
            self._change(tree)
        return tree

    def _change(self, tree: Block) -> None:  # noqa: C901, PLR0912 - a case for each mutation
        places = [block for block in tree.blocks() if block.parts]
        place = self.chance.choice(places)
        at = self.chance.randrange(len(place.parts))
        part = place.parts[at]
        match self.chance.randrange(9):
            case 0:
                place.parts.insert(at, self.grow(0, "leaf"))
            case 1:
                place.parts.insert(at, self.grow(1, self.chance.choice(KINDS)))
            case 2 if len(place.parts) > 2:
                del place.parts[at]
            case 3:
                self.chance.shuffle(place.parts)
            case 4:
                part.name += "r"
            case 5:
                self._count += 1
                kind = self.chance.choice(["both", "either", "some", "sub", "back"])
                place.parts[at] = Block(kind, f"n{self._count}", [part, self.grow(0, "leaf")])
            case 6 if part.parts:
                part.kind = self.chance.choice(["row", "both", "either", "some"])
            case 7 if part.kind in {"leaf", "sub"}:
                part.event = self.chance.choice(["", "timer", "cut", "listen"])
            case _ if part.kind in {"leaf", "sub"}:
                part.loop = self.chance.choice(["", *LOOPS])


def drawn(tree: Block) -> bytes:
    """Draw a tree as a process."""
    body, first, last = _draw(tree)
    return diagram("p", start(), end(), *body, path("begin", first), path(last, "end"))


def _draw(block: Block) -> tuple[list[str], str, str]:
    """Return what is drawn, and where it begins and ends."""
    name, loop = block.name, LOOPS.get(block.loop, "")
    if block.kind == "leaf":
        return _with_event(block, [user(name, loop=loop)])
    if block.kind == "sub":
        body, first, last = _row(block.parts)
        around = []
        if block.event == "listen":
            around = [_listener(f"{name}h")]
        ways = [path(f"{name}s", first), path(last, f"{name}e")]
        inner = [start(f"{name}s"), end(f"{name}e"), *body, *ways, *around]
        return _with_event(block, [sub(name, *inner, loop=loop)])
    if block.kind == "row":
        return _row(block.parts)
    return _gates(block)


def _listener(name: str) -> str:
    body = [user(f"{name}u"), end(f"{name}e"), path(f"{name}s", f"{name}u", f"{name}e")]
    return event_sub(name, start(f"{name}s", signal="all", interrupting=False), *body)


def _row(parts: list[Block]) -> tuple[list[str], str, str]:
    drawn_parts = [_draw(part) for part in parts]
    body = [piece for pieces, _, _ in drawn_parts for piece in pieces]
    for (_, _, last), (_, first, _) in pairwise(drawn_parts):
        body.append(path(last, first))
    return body, drawn_parts[0][1], drawn_parts[-1][2]


def _gates(block: Block) -> tuple[list[str], str, str]:
    split, join = f"{block.name}f", f"{block.name}j"
    if block.kind == "back":
        body, first, last = _row(block.parts)
        back = [choice(split), choice(join, default=f"{block.name}x"), user(f"{block.name}x")]
        again_if = flow(join, split, "outcome == 'again'")
        flows = [path(split, first), path(last, join, f"{block.name}x"), again_if]
        return [*body, *back, *flows], split, f"{block.name}x"
    parts = [_draw(part) for part in block.parts]
    kinds = {"both": parallel, "either": choice, "some": inclusive}[block.kind]
    body = [piece for pieces, _, _ in parts for piece in pieces]
    if block.kind == "both":
        body += [parallel(split), parallel(join), *(path(split, first) for _, first, _ in parts)]
    else:
        body += [kinds(split, default=parts[0][1]), kinds(join), path(split, parts[0][1])]
        body += [flow(split, first, f"w{at} > 4") for at, (_, first, _) in enumerate(parts) if at]
    return [*body, *(path(last, join) for _, _, last in parts)], split, join


def _with_event(block: Block, body: list[str]) -> tuple[list[str], str, str]:
    """Return an activity with its event: what cuts it off leads on behind it."""
    name, cuts = block.name, block.event == "cut"
    if block.event not in {"timer", "cut"}:
        return body, name, name
    last = f"{name}m" if cuts else f"{name}z"
    event = boundary(f"{name}t", name, duration="P1D", interrupting=cuts)
    drawn_event = [event, user(f"{name}u"), path(f"{name}t", f"{name}u", last)]
    if not cuts:
        return [*body, *drawn_event, end(last)], name, name
    return [*body, *drawn_event, choice(last), path(name, last)], name, last
