"""Random processes: built of blocks that fit together, and such blocks with a flow gone astray.

A block begins at its first element and goes on from its last. What is drawn of it is
kept apart from its flows, so that a mutation can lead one of them elsewhere.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from hypothesis import strategies as st

from tests.engine import drawing
from tests.engine.drawing import diagram, end, event_sub, service, start, sub, times, user

CHOICES: Final = ("x", "y", "z")
"""The outcomes that conditions ask for."""


@dataclass
class Scope:
    """What is drawn in the process or in one sub-process: elements, and flows by their ends."""

    drawn: list[str] = field(default_factory=list)
    flows: list[tuple[str, str, str | None]] = field(default_factory=list)
    splits: dict[str, str] = field(default_factory=dict)
    """The gateways with a default, by where it leads."""
    places: list[str] = field(default_factory=list)
    """The elements in the flow that a mutation may lead to."""

    def xml(self) -> str:
        """Draw all."""
        gateways = [
            getattr(drawing, kind)(name, default)
            for kind, name, default in (
                (*key.split(" "), default) for key, default in self.splits.items()
            )
        ]
        ways = [drawing.flow(*way) for way in self.flows]
        return "".join([*self.drawn, *gateways, *ways])


@dataclass
class Drawer:
    """Draws blocks as a strategy's choices say; ``pick`` returns a number below another."""

    pick: Callable[[int], int]
    budget: int
    count: int = 0

    def name(self, kind: str) -> str:
        """Return a new id."""
        self.count += 1
        return f"{kind}{self.count}"

    def process(self) -> Scope:
        """Draw a whole process."""
        return self._filled(main=True)

    def _filled(self, *, main: bool = False, begin: str | None = None) -> Scope:
        """Draw a scope: from its start by a row of blocks to its end."""
        scope = Scope()
        first = self.name("start")
        scope.drawn.append(begin.format(first) if begin else start(first))
        first_block, last = self._row(scope, depth=0 if main else 2)
        last_name = self.name("end")
        scope.drawn.append(end(last_name))
        scope.flows += [(first, first_block, None), (last, last_name, None)]
        if self.pick(6) == 0 and self.budget > 0:
            self._handler(scope)
        return scope

    def _handler(self, scope: Scope) -> None:
        """Draw an event sub-process."""
        self.budget -= 3
        name, interrupting = self.name("handler"), bool(self.pick(2))
        mark = "\0"
        begin = start(mark, interrupting=interrupting, **self._event(name)).replace(mark, "{}")
        inside = self._filled(begin=begin)
        scope.drawn.append(event_sub(name, inside.xml()))

    def _event(self, name: str) -> dict[str, str]:
        kinds = ({"message": f"m{name}"}, {"duration": "PT1H"}, {"signal": "news"})
        return kinds[self.pick(len(kinds))]

    def _row(self, scope: Scope, depth: int) -> tuple[str, str]:
        first, last = self._block(scope, depth)
        while self.budget > 0 and self.pick(3) == 0:
            begin, end_ = self._block(scope, depth)
            scope.flows.append((last, begin, None))
            last = end_
        return first, last

    def _block(self, scope: Scope, depth: int) -> tuple[str, str]:
        self.budget -= 1
        blocks = [self._task, self._task, self._wait]
        if self.budget > 0 and depth < 4:
            blocks += [
                self._choice,
                self._parallel,
                self._inclusive,
                self._loop,
                self._sub,
                self._race,
                self._bounded,
                self._beside,
            ]
        return blocks[self.pick(len(blocks))](scope, depth)

    def _task(self, scope: Scope, _depth: int) -> tuple[str, str]:
        name = self.name("task")
        marks = ("", "", "", times("2"), times("0"), times("2", sequential=True))
        mark = marks[self.pick(len(marks))]
        kinds = (user(name, loop=mark), user(name, loop=mark), service(name, "mail", loop=mark))
        scope.drawn.append(kinds[self.pick(len(kinds))])
        scope.places.append(name)
        return name, name

    def _wait(self, scope: Scope, _depth: int) -> tuple[str, str]:
        name = self.name("wait")
        scope.drawn.append(drawing.catch(name, **self._event(name)))
        scope.places.append(name)
        return name, name

    def _fork(self, scope: Scope, depth: int, kind: str, join: str) -> tuple[str, str]:
        """Draw a split, some branches, and a join."""
        split, joined = self.name("split"), self.name("join")
        branches = [self._row(scope, depth + 1) for _ in range(2 + self.pick(2))]
        default = None if kind == "parallel" else branches[0][0]
        if kind == "parallel":
            scope.drawn.append(drawing.parallel(split))
        else:
            scope.splits[f"{kind} {split}"] = branches[0][0]
        scope.drawn.append(getattr(drawing, join)(joined))
        for (first, last), outcome in zip(branches, CHOICES, strict=False):
            asked = None if default in {None, first} else f'outcome == "{outcome}"'
            if kind == "inclusive" and asked is not None:
                asked = f'outcome >= "{outcome}"'
            scope.flows += [(split, first, asked), (last, joined, None)]
        scope.places += [split, joined]
        return split, joined

    def _choice(self, scope: Scope, depth: int) -> tuple[str, str]:
        return self._fork(scope, depth, "choice", "choice")

    def _parallel(self, scope: Scope, depth: int) -> tuple[str, str]:
        joins = ("parallel", "parallel", "inclusive")
        return self._fork(scope, depth, "parallel", joins[self.pick(len(joins))])

    def _inclusive(self, scope: Scope, depth: int) -> tuple[str, str]:
        return self._fork(scope, depth, "inclusive", "inclusive")

    def _loop(self, scope: Scope, depth: int) -> tuple[str, str]:
        """Draw a row of blocks that may be gone through again."""
        merge, ask, out = self.name("merge"), self.name("again"), self.name("out")
        said = self.name("said")  # what is done several times says nothing to the choice
        merges = ("choice", "inclusive")
        first, last = self._row(scope, depth + 1)
        scope.drawn += [getattr(drawing, merges[self.pick(2)])(merge), user(out), user(said)]
        scope.splits[f"choice {ask}"] = out
        scope.flows += [
            (merge, first, None),
            (last, said, None),
            (said, ask, None),
            (ask, out, None),
            (ask, merge, 'outcome == "x"'),
        ]
        scope.places += [merge, ask, out]
        return merge, out

    def _sub(self, scope: Scope, _depth: int) -> tuple[str, str]:
        name = self.name("sub")
        marks = ("", "", "", times("2"), times("2", sequential=True))
        scope.drawn.append(sub(name, self._filled().xml(), loop=marks[self.pick(len(marks))]))
        scope.places.append(name)
        return name, name

    def _race(self, scope: Scope, depth: int) -> tuple[str, str]:
        """Draw two events of which one comes first, and what follows each."""
        name, joined = self.name("race"), self.name("raced")
        scope.drawn += [drawing.race(name), drawing.choice(joined)]
        for event in ({"message": f"m{name}"}, {"duration": "PT2H"}):
            wait = self.name("wait")
            scope.drawn.append(drawing.catch(wait, **event))
            first, last = self._row(scope, depth + 1)
            scope.flows += [(name, wait, None), (wait, first, None), (last, joined, None)]
        scope.places += [name, joined]
        return name, joined

    def _bounded(self, scope: Scope, depth: int) -> tuple[str, str]:
        """Draw an activity that an event may interrupt, and what is done then instead."""
        host, joined = self._host(scope, depth), self.name("after")
        event = self.name("stop")
        scope.drawn.append(drawing.boundary(event, host, interrupting=True, **self._event(event)))
        first, last = self._row(scope, depth + 1)
        scope.drawn.append(drawing.choice(joined))
        scope.flows += [(event, first, None), (last, joined, None), (host, joined, None)]
        scope.places.append(joined)
        return host, joined

    def _beside(self, scope: Scope, depth: int) -> tuple[str, str]:
        """Draw an activity with an event beside it that leads to an end of its own."""
        host, event, ended = self._host(scope, depth), self.name("beside"), self.name("end")
        scope.drawn.append(drawing.boundary(event, host, **self._event(event)))
        first, last = self._row(scope, depth + 1)
        scope.drawn.append(end(ended))
        scope.flows += [(event, first, None), (last, ended, None)]
        return host, host

    def _host(self, scope: Scope, depth: int) -> str:
        kinds = (self._task, self._sub)
        return kinds[self.pick(len(kinds))](scope, depth)[0]


@st.composite
def structured(draw: st.DrawFn, size: int = 10) -> Scope:
    """Draw a process of blocks."""
    drawer = Drawer(lambda below: draw(st.integers(0, below - 1)), size)
    return drawer.process()


def _swap(draw: st.DrawFn, scope: Scope) -> None:
    """Let two flows lead to where the other did."""
    free = [n for n, way in enumerate(scope.flows) if way[1] not in scope.splits.values()]
    one, other = (draw(st.sampled_from(free)) for _ in range(2))
    (a, b, c), (d, e, f) = scope.flows[one], scope.flows[other]
    scope.flows[one], scope.flows[other] = (a, e, c), (d, b, f)


def _stray(draw: st.DrawFn, scope: Scope) -> None:
    """Put a gateway into a flow, from where another flow leads elsewhere."""
    number = draw(st.integers(0, len(scope.flows) - 1))
    source, target, condition = scope.flows[number]
    if not scope.places or target in scope.splits.values():
        return
    name, place = f"stray{len(scope.flows)}", draw(st.sampled_from(scope.places))
    if place == target:
        return
    scope.flows[number] = (source, name, condition)
    if draw(st.booleans()):
        scope.splits[f"{draw(st.sampled_from(SPLITS))} {name}"] = target
        scope.flows += [(name, target, None), (name, place, 'outcome == "x"')]
    else:
        scope.drawn.append(drawing.parallel(name))
        scope.flows += [(name, target, None), (name, place, None)]


def _turn(draw: st.DrawFn, scope: Scope) -> None:
    """Make one join of the other kind."""
    joins = [n for n, part in enumerate(scope.drawn) if 'Gateway id="join' in part]
    if joins:
        number = draw(st.sampled_from(joins))
        tag = draw(st.sampled_from(("exclusive", "parallel", "inclusive")))
        scope.drawn[number] = GATEWAY.sub(f"<bpmn:{tag}Gateway", scope.drawn[number])


SPLITS: Final = ("choice", "inclusive")
GATEWAY: Final = re.compile("<bpmn:[a-z]+Gateway")
MUTATIONS: Final = (_swap, _stray, _stray, _turn, _turn)


@st.composite
def mutated(draw: st.DrawFn, size: int = 10) -> Scope:
    """Draw a process of blocks in which something has gone astray."""
    scope = draw(structured(size))
    for _ in range(draw(st.integers(1, 2))):
        draw(st.sampled_from(MUTATIONS))(draw, scope)
    return scope


def drawn(scope: Scope) -> bytes:
    """Return the file of a process."""
    return diagram("p", scope.xml())
