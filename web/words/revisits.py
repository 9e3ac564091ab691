"""Words of the revisit: why an item is visited, and what made its lot heavier."""

from collections.abc import Mapping
from typing import Any

from flask.sansio.app import App
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from web.i18n import ENGLISH, language
from web.words import word
from workflows.revisits import Mark, Question
from workflows.tables import Cause, Kind

CAUSES: Mapping[Cause, LazyString] = {
    Cause.LOT: _l("Drawn by lot before it closed"),
    Cause.ASKED: _l("Asked for"),
    Cause.SAMPLE: _l("Drawn in a sample of closed items"),
    Cause.RECTIFICATION: _l("To check that it was put right"),
}

MARKS: Mapping[Mark, LazyString] = {
    Mark.YES: _l("Yes"),
    Mark.NO: _l("No"),
    Mark.NA: _l("Not looked at"),
}

WEIGHTS: Mapping[str, LazyString] = {
    "late": _l("each day late adds"),
    "returned": _l("each returned report adds"),
    "failed": _l("each failed revisit of the lead unit adds"),
    "size": _l("each unit beyond the first adds"),
    "most": _l("none of these counts more than"),
}


def cause_word(cause: Cause) -> str:
    """Say why an item is visited."""
    return str(CAUSES[cause])


def mark_word(mark: str) -> str:
    """Return the word of an answer of the checklist."""
    return str(MARKS[Mark(mark)])


def factor_words(factor: Mapping[str, Any]) -> str:
    """Say what a factor of an item's risk is: 逾期3天, 退回2次."""
    count = factor.get("count", 0)
    match factor["name"]:
        case "kind":
            return word(Kind(factor["of"]))
        case "late":
            return ngettext("%(num)d day late", "%(num)d days late", count)
        case "returned":
            return ngettext("returned once", "returned %(num)d times", count)
        case "failed":
            return ngettext(
                "one failed revisit of the unit", "%(num)d failed revisits of the unit", count
            )
        case "size":
            return ngettext("one more unit", "%(num)d more units", count)
        case name:
            return str(name)


def times(factor: float) -> str:
    """Write how many times heavier something weighs: ×1.5."""
    return f"×{factor:.2f}".rstrip("0").rstrip(".")


def weight_word(name: str) -> str:
    """Return what a line of the table of weights is about."""
    kind = name.removeprefix("kind.")
    return word(Kind(kind)) if kind != name else str(WEIGHTS[name])


def asked(line: Mapping[str, Any]) -> str:
    """Return a question of the checklist in the reader's language."""
    english = line.get("text_en") if language() == ENGLISH else ""
    return str(english or line["text"])


def asked_of(question: Question) -> str:
    """Return a question of the checklist as it stands, in the reader's language."""
    return asked({"text": question.text, "text_en": question.text_en})


def register(app: App) -> None:
    """Teach the templates these words."""
    app.jinja_env.filters.update(
        cause_word=cause_word,
        mark_word=mark_word,
        factor_words=factor_words,
        times=times,
        weight_word=weight_word,
        asked=asked,
        asked_of=asked_of,
    )
    app.jinja_env.globals.update(marks=[(mark.value, words) for mark, words in MARKS.items()])
