"""What elements, their properties and their values are called, on both sides."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from engine import Change, Drawn, Session
from web import words
from web.i18n import ENGLISH, language
from web.words.comparing.quoting import quoted
from web.words.comparing.spans import time_words
from web.words.comparing.vocabulary import NOUNS, OWN_LIMITS, SWITCHES, TYPES, WHO
from web.words.whys import limit_words, span_words
from workflows import diagrams, limits
from workflows.tables import Role

FLOW: Final = "sequenceFlow"
KEYED: Final = re.compile(r"^(?P<base>[^\[#]+)(?:\[(?P<key>.*)\])?(?:#(?P<number>\d+))?$")
REFERENCES: Final = frozenset(
    {"lane", "scope", "attachedToRef", "sourceRef", "targetRef", "default"}
)
"""The properties that name another element of the file."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the words need beyond the two files: how long limits are, and processes' names."""

    limits: Mapping[str, str]
    processes: Mapping[str, str]


def known(session: Session) -> Known:
    """Return what the words need to know of the house."""
    spans = {name: limits.span_of(session, name) for name in limits.DEFAULTS}
    named = {
        name: f"{limit_words(name)} ({span_words(span.number, span.unit.value)})"
        for name, span in spans.items()
    }
    called = {each.process_id: words.name_of(each) for each in diagrams.processes(session)}
    return Known(named, called)


class Naming:
    """Names what stands in two files, in the reader's language."""

    def __init__(
        self, before: Mapping[str, Drawn], after: Mapping[str, Drawn], known: Known
    ) -> None:
        self._before, self._after, self._known = before, after, known
        self._words: Mapping[str, Callable[[str], str]] = {
            "duban:limit": self._limit,
            "duban:role": _role,
            "duban:who": _word_of(WHO),
            "duban:step": _word_of(words.STEPS),
            "calledElement": self._process,
            "processRef": self._process,
            "type": _word_of(TYPES),
            **dict.fromkeys(("timeDate", "timeDuration", "timeCycle", "duban:ttl"), time_words),
        }

    # -- names --------------------------------------------------------------------------

    def _subject(self, change: Change) -> str:
        """Return what an element is called now."""
        return self._called(change, self._after, short=True)

    def _called(self, change: Change, side: Mapping[str, Drawn], *, short: bool = False) -> str:
        """Return an element's name, with what it is if it isn't obvious."""
        drawn = side.get(change.element_id or "")
        if change.element_type == FLOW and drawn is not None:
            return self._way(drawn, side)
        kind = str(TYPES.get(change.element_type, change.element_type))
        name = _name(drawn) if drawn else change.element_name
        if name and short:
            return quoted(name)
        if name:
            return _("the %(kind)s “%(name)s”", kind=kind, name=name)
        if change.element_type in {"process", "definitions"} or not change.element_id:
            return _("the %(kind)s", kind=kind)
        return _("the %(kind)s (%(id)s)", kind=kind, id=change.element_id)

    def _way(self, drawn: Drawn, side: Mapping[str, Drawn]) -> str:
        ends = [self._named(drawn.says.get(end, ""), side) for end in ("sourceRef", "targetRef")]
        return _("the way from %(source)s to %(target)s", source=ends[0], target=ends[1])

    def _named(self, element_id: str, side: Mapping[str, Drawn]) -> str:
        """Return what an element that is referred to is called."""
        drawn = side.get(element_id)
        if drawn is None:
            return quoted(element_id)
        if drawn.type == FLOW:
            return self._named(drawn.says.get("targetRef", ""), side)
        kind = str(TYPES.get(drawn.type, drawn.type))
        return quoted(_name(drawn)) if _name(drawn) else f"{kind} ({element_id})"

    def _what(self, change: Change, up_to: int | None = None) -> str:
        """Return what the property at the end of a path is called, part by part."""
        drawn = self._after.get(change.element_id or "") or self._before.get(
            change.element_id or ""
        )
        parts = change.path.split("/")[:up_to]
        paths = ["/".join(parts[: place + 1]) for place in range(len(parts))]
        told = [
            self._noun(path, drawn, self._before.get(change.element_id or "")) for path in paths
        ]
        whole = told[0]
        for part in told[1:]:
            whole = _("%(part)s of the %(whole)s", part=part, whole=whole)
        return whole

    def _noun(self, path: str, drawn: Drawn | None, other: Drawn | None = None) -> str:
        """Return what one part of a path is called; an outcome goes by its label."""
        leaf = path.rpartition("/")[2]
        found = KEYED.match(leaf)
        if found is None or (leaf not in NOUNS and found["base"] not in NOUNS):
            return quoted(leaf)
        noun = str(NOUNS.get(leaf) or NOUNS[found["base"]])
        if found["key"]:
            key = _label(path, drawn) or _label(path, other) or found["key"]
            return _("%(noun)s “%(key)s”", noun=noun, key=key)
        if found["number"]:
            return _("%(noun)s %(number)s", noun=noun, number=found["number"])
        return noun

    # -- values -------------------------------------------------------------------------

    def _value(self, path: str, value: str, drawn: Drawn | None, side: Mapping[str, Drawn]) -> str:
        """Return what a property says, in words; a part with parts is told with all of them."""
        inner = self._inner(path, drawn)
        if inner:
            return inner
        base = base_of(path.rpartition("/")[2])
        if base in REFERENCES:
            return self._named(value, side)
        if base in SWITCHES:
            return _("yes") if value == "true" else _("no")
        return self._words.get(base, quoted)(value) if value else ""

    def _inner(self, path: str, drawn: Drawn | None) -> str:
        if drawn is None:
            return ""
        told = []
        for each, value in drawn.says.items():
            above, _slash, leaf = each.rpartition("/")
            if above != path or leaf == "order":
                continue
            shown = self._value(each, value, drawn, self._after)
            noun = self._noun(each, drawn)
            told.append(_("%(noun)s: %(value)s", noun=noun, value=shown) if shown else noun)
        return _(", ").join(told)

    def _limit(self, value: str) -> str:
        span = limits.written(value)
        if span is not None:
            return span_words(span.number, span.unit.value)
        return str(OWN_LIMITS.get(value) or self._known.limits.get(value) or quoted(value))

    def _process(self, value: str) -> str:
        return quoted(self._known.processes.get(value) or value)


def _word_of(table: Mapping[str, LazyString]) -> Callable[[str], str]:
    return lambda value: quoted(str(table.get(value, value)))


def _role(value: str) -> str:
    known = value in {role.value for role in Role}
    return quoted(str(words.ENUMS[Role][Role(value)]) if known else value)


def base_of(leaf: str) -> str:
    """Return the name of a property without what tells it from others of its kind."""
    found = KEYED.match(leaf)
    return found["base"] if found else leaf


def _label(path: str, drawn: Drawn | None) -> str:
    """Return how a part of an element is labelled, in the reader's language."""
    if drawn is None:
        return ""
    english = drawn.says.get(f"{path}/label_en", "") if language() == ENGLISH else ""
    return english or drawn.says.get(f"{path}/label", "")


def _name(drawn: Drawn) -> str:
    return drawn.name_en if language() == ENGLISH and drawn.name_en else drawn.name
