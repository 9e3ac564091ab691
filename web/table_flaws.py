"""What is wrong with a decision table, and at which cell."""

from collections.abc import Mapping

from flask.sansio.app import App
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.errors import problem_of
from web.words.decisions import WORDS as DECISION_WORDS
from web.words.flaws import WORDS as FLAW_WORDS
from web.words.tables import column_word
from workflows.decision_tables import Flaw

FLAWS: Mapping[str, LazyString] = {
    "table_columns": _l("The file has other columns. This table has, in this order: %(columns)s."),
    "cell_plain": _l("%(text)s isn't a plain value: choose one, or write a number."),
    "cell_whole": _l("Please write a whole number."),
    "limit_single": _l("Each row is about one limit: choose it."),
    "longest_whole": _l("Number and unit of the whole length belong together."),
    "percent_range": _l("A weight lies between 0 and %(most)s percent; the cap is 100 at least."),
    "points_range": _l("Points lie between -%(most)s and %(most)s."),
    "points_fine": _l("Points have two decimals at most."),
}


def flaw_words(flaw: Flaw) -> str:
    """Return what is wrong, in the reader's language."""
    if flaw.code in FLAWS:
        return str(FLAWS[flaw.code]) % flaw.facts
    if flaw.refusal is not None:
        problem = problem_of(flaw.refusal)
        return problem.words or problem.title
    words = DECISION_WORDS.get(flaw.code) or FLAW_WORDS[flaw.code]
    return str(words) % flaw.facts


def flaw_place(flaw: Flaw) -> str:
    """Return where it is, as far as it is known."""
    row = "" if flaw.row is None else _("row %(number)s", number=flaw.row + 1)
    column = "" if flaw.column is None else column_word(flaw.column)
    return " · ".join(filter(None, (row, column))) or _("the whole table")


def register(app: App) -> None:
    """Let templates say these words."""
    app.jinja_env.filters.update(table_flaw=flaw_words, flaw_place=flaw_place)
