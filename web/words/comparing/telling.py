"""The differences between two versions, each as one sentence.

Most differences are a property that was one thing and is another; its nouns say
which, part by part, so that a property nobody thought of is told as well, by the name
that the file gives it. What people say in another way has a sentence of its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from engine import Change, ChangeKind, Drawn
from web.words.comparing.naming import FLOW, Known, Naming, base_of
from web.words.comparing.quoting import quoted
from web.words.comparing.vocabulary import SWITCHES, TYPES

ELSEWHERE: Final = frozenset({"type", "name", "lane", "flows", "sourceRef", "targetRef", "scope"})
"""What an element that is new says in its sentence anyway, or isn't worth telling."""

MARKS: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.LAYOUT: "moved",
}
CHANGED: Final = "changed"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One difference as it is read, and the element that it is about."""

    element_id: str | None
    mark: str
    words: str


class Teller(Naming):
    """Tells the differences between two files in the reader's language."""

    def __init__(
        self, before: Mapping[str, Drawn], after: Mapping[str, Drawn], known: Known
    ) -> None:
        super().__init__(before, after, known)
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
        base = base_of(change.path.rpartition("/")[2])
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

    # -- what people say in another way -------------------------------------------------

    def _renamed(self, change: Change) -> str | None:
        if change.path != "name" or not (change.before and change.after):
            return None
        return _(
            "%(before)s is called %(after)s now.",
            before=quoted(change.before), after=quoted(change.after),
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
