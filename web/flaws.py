"""What the gate refuses about a diagram, in the reader's language and by the element's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from engine import Problem

WORDS: Mapping[str, LazyString] = {
    "message_missing": _l("This event waits for a message that the diagram doesn't name."),
    "timer_incomplete": _l("A timer needs exactly one of duration, date or cycle."),
    "timer_unreadable": _l("The timer %(timer)s can't be read."),
    "flow_dangling": _l("This arrow doesn't lead from one element to another."),
    "expression_refused": _l("The expression %(expression)s isn't allowed."),
    "several_incomplete": _l("A step for each of several needs the list and the element's name."),
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One reason why a diagram is refused: where, and why."""

    code: str
    element_id: str | None
    element_name: str | None
    facts: Mapping[str, Any]
    words: str

    @property
    def place(self) -> str:
        """Return the element's name as a person would look for it."""
        return self.element_name or self.element_id or gettext("The whole diagram")


def flaws(problems: Sequence[Problem]) -> list[Flaw]:
    """Word every problem of a diagram."""
    return [
        Flaw(each.code, each.element_id, each.element_name, each.facts, words_of(each))
        for each in problems
    ]


def words_of(problem: Problem) -> str:
    """Return why the gate refuses it; a code without words is said as it is."""
    told = WORDS.get(problem.code)
    if told is None:
        return gettext("This isn't allowed here (%(code)s).", code=problem.code)
    return str(told) % {name: str(fact) for name, fact in problem.facts.items()}
