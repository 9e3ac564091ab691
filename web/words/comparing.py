"""What differs between two versions of a diagram, each difference as one sentence.

Most differences are a property that was one thing and is another; the nouns below say
which, part by part, so that a property nobody thought of is told as well, by the name
that the file gives it. What people say in another way has a sentence of its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from engine import Change, ChangeKind, Drawn, Session
from web import words
from web.i18n import ENGLISH, language
from web.words.whys import limit_words, span_words
from workflows import diagrams, limits
from workflows.tables import Role

LONGEST: Final = 300
FLOW: Final = "sequenceFlow"
KEYED: Final = re.compile(r"^(?P<base>[^\[#]+)(?:\[(?P<key>.*)\])?(?:#(?P<number>\d+))?$")
SPAN: Final = re.compile(
    r"^P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?$"
)
CYCLE: Final = re.compile(r"^R(?P<times>\d*)/(?:(?P<since>[^/]+)/)?(?P<step>P[^/]+)$")

TYPES: Mapping[str, LazyString] = {
    "userTask": _l("step"),
    "serviceTask": _l("service task"),
    "businessRuleTask": _l("decision table"),
    "sendTask": _l("sending task"),
    "receiveTask": _l("receiving task"),
    "callActivity": _l("call of another process"),
    "subProcess": _l("sub-process"),
    "exclusiveGateway": _l("fork of which one way is taken"),
    "inclusiveGateway": _l("fork of which some ways are taken"),
    "parallelGateway": _l("fork of which all ways are taken"),
    "eventBasedGateway": _l("fork where the first event decides"),
    "startEvent": _l("start"),
    "endEvent": _l("end"),
    "boundaryEvent": _l("event at a step"),
    "intermediateCatchEvent": _l("event that is waited for"),
    "intermediateThrowEvent": _l("event that is sent"),
    "sequenceFlow": _l("way"),
    "lane": _l("lane"),
    "laneSet": _l("set of lanes"),
    "participant": _l("pool"),
    "collaboration": _l("picture of pools"),
    "process": _l("process"),
    "definitions": _l("file"),
    "textAnnotation": _l("note on the picture"),
    "association": _l("line to a note"),
    "group": _l("frame around a group"),
    "message": _l("message"),
    "signal": _l("signal"),
    "error": _l("error"),
    "escalation": _l("escalation"),
    "category": _l("category"),
}
"""What the elements of a diagram are called."""

NOUNS: Mapping[str, LazyString] = {
    "id": _l("identifier"),
    "name": _l("name"),
    "duban:name_en": _l("English name"),
    "documentation": _l("description"),
    "text": _l("text"),
    "lane": _l("lane"),
    "duban:role": _l("role"),
    "duban:who": _l("person in charge"),
    "duban:step": _l("kind of step"),
    "duban:limit": _l("limit"),
    "duban:operation": _l("operation"),
    "duban:decision": _l("table"),
    "duban:writes": _l("name of the result"),
    "duban:pass": _l("data handed over"),
    "duban:zone": _l("time zone"),
    "duban:correlation": _l("key of the message"),
    "duban:take": _l("data taken from the message"),
    "duban:ttl": _l("time that the message is kept"),
    "duban:outcome": _l("outcome"),
    "duban:field": _l("form field"),
    "duban:parameter": _l("parameter"),
    "duban:in": _l("handing over of data"),
    "duban:out": _l("taking back of data"),
    "label": _l("label"),
    "label_en": _l("English label"),
    "value": _l("value"),
    "key": _l("key"),
    "required": _l("“must be filled in”"),
    "options": _l("choices"),
    "help": _l("help text"),
    "help_en": _l("English help text"),
    "type": _l("sort"),
    "options_en": _l("English choices"),
    "visible_if": _l("condition of being shown"),
    "duban:column": _l("column"),
    "source": _l("source"),
    "target": _l("target"),
    "calledElement": _l("called process"),
    "processRef": _l("process shown"),
    "targetNamespace": _l("namespace"),
    "default": _l("default way"),
    "conditionExpression": _l("condition"),
    "condition": _l("condition"),
    "conditionalEventDefinition": _l("condition that is waited for"),
    "timerEventDefinition": _l("timer"),
    "timeDate": _l("moment"),
    "timeDuration": _l("time to wait"),
    "timeCycle": _l("rhythm"),
    "messageEventDefinition": _l("message"),
    "message": _l("message"),
    "signalEventDefinition": _l("signal"),
    "signal": _l("signal"),
    "errorEventDefinition": _l("error"),
    "error": _l("error"),
    "escalationEventDefinition": _l("escalation"),
    "escalation": _l("escalation"),
    "linkEventDefinition": _l("link"),
    "terminateEventDefinition": _l("end of everything under way"),
    "errorCode": _l("error code"),
    "escalationCode": _l("escalation code"),
    "multiInstanceLoopCharacteristics": _l("repetition for each of several"),
    "loopDataInputRef": _l("list gone through"),
    "inputDataItem": _l("single one"),
    "loopDataOutputRef": _l("list of results"),
    "outputDataItem": _l("single result"),
    "loopCardinality": _l("number of times"),
    "completionCondition": _l("condition to end early"),
    "standardLoopCharacteristics": _l("repetition"),
    "loopCondition": _l("condition to repeat"),
    "loopMaximum": _l("most repetitions"),
}
"""What the properties are called; any other goes by the name that stands in the file."""

SWITCHES: Mapping[str, tuple[bool, LazyString, LazyString]] = {
    "cancelActivity": (
        True,
        _l("When %(element)s happens, the step under it ends."),
        _l("When %(element)s happens, the step under it goes on."),
    ),
    "isInterrupting": (
        True,
        _l("When %(element)s happens, all else around it ends."),
        _l("When %(element)s happens, all else around it goes on."),
    ),
    "isSequential": (
        False,
        _l("%(element)s is done for one after the other."),
        _l("%(element)s is done for all at once."),
    ),
    "testBefore": (
        False,
        _l("%(element)s asks its condition before each round."),
        _l("%(element)s asks its condition after each round."),
    ),
    "triggeredByEvent": (
        False,
        _l("%(element)s begins by an event, beside the flow."),
        _l("%(element)s begins when the flow comes to it."),
    ),
    "isExecutable": (
        False,
        _l("%(element)s can run."),
        _l("%(element)s can't run: it is only a picture."),
    ),
    "required": (
        False,
        _l("%(part)s of %(element)s must be filled in."),
        _l("%(part)s of %(element)s may be left empty."),
    ),
}
"""What is either so or not: what holds where nothing is written, and both sentences."""

WHO: Mapping[str, LazyString] = {
    "registrar": _l("whoever registered the item"),
    "supervisor": _l("the item's supervisor"),
    "director": _l("the office's director"),
    "handler": _l("the unit's handler"),
    "unit_head": _l("the unit's head"),
    "sponsor": _l("the sponsor"),
    "instructing_leader": _l("the leader who gave the instruction"),
    "principal_leader": _l("the first leader"),
}

DATES: Mapping[str, LazyString] = {
    "due.limit": _l("the limit"),
    "due.acknowledge": _l("the day on which the receipt is late"),
    "due.warning": _l("the first reminder"),
    "due.second_warning": _l("the second reminder"),
    "due.overdue": _l("the day after the limit"),
    "due.interim": _l("the day of the interim report"),
    "due.revisit": _l("the day of the revisit"),
    "due.supervision": _l("the weekly supervision"),
    "due.rating": _l("the end of the time for ratings"),
    "due.promise": _l("the day of the promise"),
}
OWN_LIMITS: Mapping[str, LazyString] = {
    "due.limit": _l("the item's own limit"),
    "none": _l("no limit"),
}

ELSEWHERE: Final = frozenset({"type", "name", "lane", "flows", "sourceRef", "targetRef", "scope"})
"""What an element that is new says in its sentence anyway, or isn't worth telling."""

REFERENCES: Final = frozenset(
    {"lane", "scope", "attachedToRef", "sourceRef", "targetRef", "default"}
)
"""The properties that name another element of the file."""

MARKS: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.LAYOUT: "moved",
}
CHANGED: Final = "changed"


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


@dataclass(frozen=True, slots=True)
class Sentence:
    """One difference as it is read, and the element that it is about."""

    element_id: str | None
    mark: str
    words: str


class Teller:
    """Tells the differences between two files in the reader's language."""

    def __init__(
        self, before: Mapping[str, Drawn], after: Mapping[str, Drawn], known: Known
    ) -> None:
        self._before, self._after, self._known = before, after, known
        self._own: Mapping[str, Callable[[Change], str | None]] = {
            "name": self._renamed,
            "type": self._became,
            "lane": self._relaned,
            "scope": self._moved_scope,
            "attachedToRef": self._hung,
            "sourceRef": self._began,
            "targetRef": self._led,
            "default": self._defaulted,
            "conditionExpression": self._conditioned,
            "flows": self._reordered,
            "order": self._reordered,
        }
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

    def told(self, changes: Sequence[Change]) -> list[Sentence]:
        """Word every difference."""
        return [
            Sentence(each.element_id, MARKS.get(each.kind, CHANGED), self.sentence(each))
            for each in changes
        ]

    def sentence(self, change: Change) -> str:
        """Return one difference as a sentence."""
        told = self._sentence(change)
        return told[:1].upper() + told[1:]

    def _sentence(self, change: Change) -> str:
        match change.kind:
            case ChangeKind.ADDED:
                return self._new(change)
            case ChangeKind.REMOVED:
                return _("%(element)s is gone.", element=self._called(change, self._before))
            case ChangeKind.LAYOUT:
                return _("%(element)s is only drawn elsewhere.", element=self._subject(change))
        base = _base(change.path.rpartition("/")[2])
        own = self._own.get(base)
        if own is not None and (told := own(change)) is not None:
            return told
        if base in SWITCHES:
            return self._switched(change, base)
        return self._plain(change)

    # -- elements that came or went -----------------------------------------------------

    def _new(self, change: Change) -> str:
        drawn = self._after.get(change.element_id or "")
        element = self._called(change, self._after)
        if drawn is None:
            return _("%(element)s is new.", element=element)
        told = list(self._facts(drawn))
        if not told:
            return _("%(element)s is new.", element=element)
        return _("%(element)s is new: %(facts)s.", element=element, facts=_("; ").join(told))

    def _facts(self, drawn: Drawn) -> Iterator[str]:
        """Yield what is worth knowing of an element that is new."""
        if "lane" in drawn.says:
            yield _("lane: %(value)s", value=self._named(drawn.says["lane"], self._after))
        for path, value in drawn.says.items():
            if "/" in path or path in ELSEWHERE:
                continue
            noun = self._noun(path, drawn)
            shown = self._value(path, value, drawn, self._after)
            yield _("%(noun)s: %(value)s", noun=noun, value=shown) if shown else noun

    # -- what was one thing and is another ----------------------------------------------

    def _plain(self, change: Change) -> str:
        element, what = self._subject(change), self._what(change)
        old, new = self._sides(change)
        if change.before is not None and change.after is not None:
            return _(
                "The %(what)s of %(element)s was %(before)s and is %(after)s.",
                what=what, element=element, before=old or _("empty"), after=new or _("empty"),
            )  # fmt: skip
        if change.after is not None:
            if not new:
                return _("%(element)s now has: %(what)s.", element=element, what=what)
            return _(
                "%(element)s now has: %(what)s (%(after)s).",
                element=element, what=what, after=new,
            )  # fmt: skip
        if not old:
            return _("%(element)s no longer has: %(what)s.", element=element, what=what)
        return _(
            "%(element)s no longer has: %(what)s (%(before)s).",
            element=element, what=what, before=old,
        )  # fmt: skip

    def _switched(self, change: Change, base: str) -> str:
        usual, on, off = SWITCHES[base]
        now = usual if change.after is None else change.after == "true"
        part = self._what(change, up_to=-1) if "/" in change.path else ""
        facts = {"element": self._subject(change), "part": part}
        return str(on if now else off) % facts

    def _sides(self, change: Change) -> tuple[str, str]:
        """Return what a property said and says, in words."""
        told = []
        for value, side in ((change.before, self._before), (change.after, self._after)):
            drawn = side.get(change.element_id or "")
            told.append("" if value is None else self._value(change.path, value, drawn, side))
        return told[0], told[1]

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
            return _quoted(name)
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
            return _quoted(element_id)
        if drawn.type == FLOW:
            return self._named(drawn.says.get("targetRef", ""), side)
        kind = str(TYPES.get(drawn.type, drawn.type))
        return _quoted(_name(drawn)) if _name(drawn) else f"{kind} ({element_id})"

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
            return _quoted(leaf)
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
        base = _base(path.rpartition("/")[2])
        if base in REFERENCES:
            return self._named(value, side)
        if base in SWITCHES:
            return _("yes") if value == "true" else _("no")
        return self._words.get(base, _quoted)(value) if value else ""

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

    # -- what people say in another way -------------------------------------------------

    def _renamed(self, change: Change) -> str | None:
        if change.path != "name" or not (change.before and change.after):
            return None
        return _(
            "%(before)s is called %(after)s now.",
            before=_quoted(change.before), after=_quoted(change.after),
        )  # fmt: skip

    def _relaned(self, change: Change) -> str | None:
        ends = self._ends(change)
        if change.before is None:
            return _("%(element)s stands in the lane %(after)s now.", **ends)
        if change.after is None:
            return _("%(element)s stood in the lane %(before)s, and stands in none now.", **ends)
        return _(
            "%(element)s stood in the lane %(before)s and stands in the lane %(after)s.",
            **ends,
        )

    def _moved_scope(self, change: Change) -> str:
        ends = self._ends(change, _("the process itself"))
        return _("%(element)s stood in %(before)s and stands in %(after)s.", **ends)

    def _hung(self, change: Change) -> str:
        return _("%(element)s hung on %(before)s and hangs on %(after)s.", **self._ends(change))

    def _began(self, change: Change) -> str:
        drawn = self._after[change.element_id or ""]
        target = self._named(drawn.says.get("targetRef", ""), self._after)
        ends = {**self._ends(change), "target": target}
        return _("The way to %(target)s began at %(before)s and begins at %(after)s.", **ends)

    def _led(self, change: Change) -> str:
        drawn = self._after[change.element_id or ""]
        source = self._named(drawn.says.get("sourceRef", ""), self._after)
        ends = {**self._ends(change), "source": source}
        return _("The way from %(source)s led to %(before)s and leads to %(after)s.", **ends)

    def _defaulted(self, change: Change) -> str:
        ends = self._ends(change, _("nowhere"))
        return _(
            "Where no condition holds behind %(element)s, the way led to %(before)s and leads to "
            "%(after)s.",
            **ends,
        )

    def _became(self, change: Change) -> str:
        old, new = (str(TYPES.get(one or "", one)) for one in (change.before, change.after))
        return _(
            "%(element)s was a %(before)s and is a %(after)s.",
            element=self._subject(change), before=old, after=new,
        )  # fmt: skip

    def _conditioned(self, change: Change) -> str | None:
        if change.element_type != FLOW:
            return None
        facts = {"way": self._subject(change), "before": change.before, "after": change.after}
        if change.before is None:
            return _("%(way)s is only taken if %(after)s now.", **facts)
        if change.after is None:
            return _("%(way)s has no condition any more; it was %(before)s.", **facts)
        return _("%(way)s was taken if %(before)s, and is taken if %(after)s.", **facts)

    def _reordered(self, change: Change) -> str:
        element = self._subject(change)
        if change.path == "flows":
            ids = (change.after or "").split(", ")
            order = _(", ").join(self._named(one, self._after) for one in ids)
            return _(
                "The ways out of %(element)s are asked in another order: to %(order)s.",
                element=element, order=order,
            )  # fmt: skip
        drawn = self._after.get(change.element_id or "")
        above = change.path.rpartition("/")[0].rpartition("/")[0]
        paths = [f"{above}/{one}".strip("/") for one in (change.after or "").split(", ")]
        order = _(", ").join(self._noun(path, drawn) for path in paths)
        return _("%(element)s has these in another order: %(order)s.", element=element, order=order)

    def _ends(self, change: Change, nothing: str = "") -> dict[str, str]:
        nothing = nothing or _("nothing")
        sides = ((change.before, self._before), (change.after, self._after))
        old, new = (nothing if one is None else self._named(one, side) for one, side in sides)
        return {"element": self._subject(change), "before": old, "after": new}

    def _limit(self, value: str) -> str:
        span = limits.written(value)
        if span is not None:
            return span_words(span.number, span.unit.value)
        return str(OWN_LIMITS.get(value) or self._known.limits.get(value) or _quoted(value))

    def _process(self, value: str) -> str:
        return _quoted(self._known.processes.get(value) or value)


def _word_of(table: Mapping[str, LazyString]) -> Callable[[str], str]:
    return lambda value: _quoted(str(table.get(value, value)))


def _role(value: str) -> str:
    known = value in {role.value for role in Role}
    return _quoted(str(words.ENUMS[Role][Role(value)]) if known else value)


def time_words(value: str) -> str:
    """Word a length of time, a rhythm or a named date; anything else is quoted."""
    if value in DATES:
        return str(DATES[value])
    span = SPAN.match(value)
    if span and any(span.groups()):
        return (" " if language() == ENGLISH else "").join(_units(span))
    cycle = CYCLE.match(value)
    if cycle is None:
        return _quoted(value)
    told = _("every %(span)s", span=time_words(cycle["step"]))
    if cycle["since"]:
        since = time_words(cycle["since"])
        told = _("from %(since)s on, %(rhythm)s", since=since, rhythm=told)
    if cycle["times"]:
        times = int(cycle["times"])
        told += _(", ") + ngettext("once", "%(num)d times", times)
    return told


def _units(span: re.Match[str]) -> Iterator[str]:
    numbers = {unit: int(number) for unit, number in span.groupdict("0").items()}
    told = {
        "years": ngettext("%(num)d year", "%(num)d years", numbers["years"]),
        "months": ngettext("%(num)d month", "%(num)d months", numbers["months"]),
        "weeks": ngettext("%(num)d week", "%(num)d weeks", numbers["weeks"]),
        "days": ngettext("%(num)d day", "%(num)d days", numbers["days"]),
        "hours": ngettext("%(num)d hour", "%(num)d hours", numbers["hours"]),
        "minutes": ngettext("%(num)d minute", "%(num)d minutes", numbers["minutes"]),
        "seconds": ngettext("%(num)d second", "%(num)d seconds", numbers["seconds"]),
    }
    return (told[unit] for unit, number in numbers.items() if number)


def _base(leaf: str) -> str:
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


def _quoted(value: str) -> str:
    shown = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    return _("“%(value)s”", value=shown)
