"""What the gate has against a diagram, in the reader's language and by the element's name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _

from engine import Problem
from web.i18n import ENGLISH, language
from web.words.advice import WORDS as ADVICE_WORDS
from web.words.decisions import WORDS as DECISION_WORDS
from web.words.flaws import TERMS, WORDS

__all__ = ["WORDS", "Flaw", "flaws", "words_of"]

ERROR: Final = "error"
LISTED: Final = ", "
KNOWN: Final = (WORDS, ADVICE_WORDS, DECISION_WORDS)
PARTS: Final = frozenset({"element", "event", "allowed"})
"""The facts that name parts of a diagram."""
ELEMENTS: Final = frozenset({"path", "missing", "round", "others", "elements"})
"""The facts that list elements by their names, joined by one of the signs below."""
JOINS: Final = re.compile("( → | \\+ |, )")


@dataclass(frozen=True, slots=True)
class Flaw:
    """One reason why a diagram is refused, or what could be better about it, and where."""

    code: str
    element_id: str | None
    element_name: str | None
    facts: Mapping[str, Any]
    words: str
    severity: str
    called: str | None = None
    """The element's name in the reader's language."""

    @property
    def refuses(self) -> bool:
        """Tell whether the diagram is refused for this."""
        return self.severity == ERROR

    @property
    def place(self) -> str:
        """Return the element's name as a person would look for it."""
        return self.called or self.element_id or _("The whole diagram")


def flaws(problems: Sequence[Problem]) -> list[Flaw]:
    """Word every problem of a diagram."""
    return [
        Flaw(
            each.code,
            each.element_id,
            each.element_name,
            each.facts,
            words_of(each),
            each.severity,
            _called(each),
        )
        for each in problems
    ]


def words_of(problem: Problem) -> str:
    """Return what the gate has against it, in the reader's language."""
    words = next(known[problem.code] for known in KNOWN if problem.code in known)
    told = {name: _in_words(fact) for name, fact in problem.facts.items() if name in PARTS}
    if language() == ENGLISH:
        named = {name: str(fact) for name, fact in problem.facts.items() if name in ELEMENTS}
        told |= {name: _in_english(fact, problem.english) for name, fact in named.items()}
    return str(words) % {**problem.facts, **told}


def _called(problem: Problem) -> str | None:
    """Return what the diagram calls an element in the reader's language."""
    name = problem.element_name
    if language() != ENGLISH or not name:
        return name
    return problem.english.get(problem.element_id or "") or problem.english.get(name, name)


def _in_english(listed: str, english: Mapping[str, str]) -> str:
    """Return elements by their English names; one that has none is quoted as it is written."""
    return "".join(
        english.get(part) or (part if part.isascii() or JOINS.fullmatch(part) else f"“{part}”")
        for part in JOINS.split(listed)
    ).replace("“…”", "…")


def _in_words(fact: object) -> str:
    """Return what people call a part of a diagram, or several of them."""
    return LISTED.join(str(TERMS.get(term, term)) for term in str(fact).split(LISTED))
