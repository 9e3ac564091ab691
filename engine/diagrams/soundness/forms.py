"""States that can be compared: what stands where, without names for single tokens."""

from collections import Counter
from typing import Final

from engine.diagrams.model import ACTIVITIES
from engine.diagrams.soundness.net import Net
from engine.diagrams.soundness.tokens import LISTENS, OPEN, QUEUED, Scope, Token
from engine.diagrams.soundness.world import World

DONE: Final = -1
"""The state in which all has come to an end."""
Unit = tuple[int, int, tuple[int, ...], tuple[int, ...], int]
"""A token: its place, its mode, its hues, its events, and what else its mode asks for."""
Form = tuple[int, tuple[Unit, ...]]
"""A scope: its owner's place, and its tokens in order."""


class Forms:
    """Writes worlds down as numbers; equal worlds have the same number."""

    def __init__(self, net: Net) -> None:
        self._net = net
        self._numbers: dict[Form, int] = {}
        self._forms: list[Form] = []
        self._crowds: list[int] = []
        self.met: dict[int, int] = {}
        """The activities that several tokens are at, by the form in which it was seen first."""

    def freeze(self, world: World) -> int:
        """Return the number of a world."""
        if world.done:
            return DONE
        live = (token for token in world.queue if token.alive)
        turns = {id(token): turn for turn, token in enumerate(live)}
        return self._freeze(world.root, -1, turns)

    def thaw(self, number: int) -> World:
        """Build a world again."""
        world = World(self._net)
        queue: dict[int, Token] = {}
        self._thaw(number, world.root, queue)
        world.queue.extend(queue[turn] for turn in sorted(queue))
        return world

    def rests(self, number: int) -> bool:
        """Tell whether all tokens wait."""
        return number == DONE or not any(unit[1] in QUEUED for unit in self.units(number))

    def units(self, number: int) -> list[Unit]:
        """Return all tokens, those inside sub-processes too."""
        found = list(self._forms[number][1])
        for unit in self._forms[number][1]:
            if self._is_open(unit):
                found += self.units(unit[4])
        return found

    def idle(self, number: int) -> list[int]:
        """Return the owners of scopes in which no token is left that could move."""
        owner, units = self._forms[number]
        found = [] if any(unit[1] != LISTENS for unit in units) else [owner]
        for unit in units:
            if self._is_open(unit):
                found += self.idle(unit[4])
        return found

    def crowd(self, number: int) -> int:
        """Return how many tokens stand at the same place, at most."""
        return self._crowds[number]

    def counted(self, number: int) -> Counter[tuple[int, tuple[int, ...], int]]:
        """Return how many tokens stand where."""
        return Counter(
            (unit[0], unit[2], 0 if unit[1] in QUEUED or self._is_open(unit) else unit[4])
            for unit in self.units(number)
        )

    def _freeze(self, scope: Scope, owner: int, turns: dict[int, int]) -> int:
        units = []
        for token in scope.tokens:
            more = token.flow
            if token.mode in QUEUED:
                more = turns[id(token)]
            elif token.inner is not None:
                more = self._freeze(token.inner, token.place, turns)
            units.append((token.place, token.mode, token.hues, token.armed, more))
        form = (owner, tuple(sorted(units)))
        known = self._numbers.get(form)
        if known is None:
            known = self._numbers[form] = len(self._forms)
            self._forms.append(form)
            self._look(known, form)
        return known

    def _look(self, number: int, form: Form) -> None:
        """Count the tokens that stand at the same place."""
        places = Counter((unit[0], unit[2]) for unit in form[1] if unit[1] != LISTENS)
        inside = (self._crowds[unit[4]] for unit in form[1] if self._is_open(unit))
        self._crowds.append(max([*places.values(), *inside], default=0))
        for (place, _), count in places.items():
            if count > 1 and self._net.nodes[place].kind in ACTIVITIES:
                self.met.setdefault(place, number)

    @staticmethod
    def _is_open(unit: Unit) -> bool:
        return unit[1] == OPEN

    def _thaw(self, number: int, scope: Scope, queue: dict[int, Token]) -> None:
        for place, mode, hues, armed, more in self._forms[number][1]:
            token = Token(scope, place, mode, hues)
            token.armed = armed
            if mode in QUEUED:
                queue[more] = token
            elif mode == OPEN:
                token.inner = Scope(token)
                self._thaw(more, token.inner, queue)
            else:
                token.flow = more
