"""What the editor of publications says by itself, in the reader's language."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.words import saving

WORDS: Mapping[str, LazyString] = MappingProxyType(
    {
        **saving.WORDS,
        "addressee": _l("To whom it is sent; may stay empty"),
        "all_rows": _l("See all {number}"),
        "annex": _l("Name of the annex"),
        "annex_line": _l("Annex"),
        "blank": _l("A blank to be filled in later"),
        "blank_hint": _l("Sending waits until it is filled in"),
        "fill_there": _l("Fill it in"),
        "level_1": _l("Heading 一、"),
        "level_2": _l("Heading （一）"),
        "level_3": _l("Heading 1."),
        "level_4": _l("Heading （1）"),
        "look_there": _l("Look there"),
        "also_open": _l("{name} has this open, too, since {time}"),
        "between": _l("; "),
        "taken_from": _l("Saved by {name} at {time}; you see it."),
        "not_known": _l("The ledger doesn't say yet."),
        "no_rows": _l("No rows"),
        "no_rows_now": _l("The rows can't be shown just now."),
        "no_standing": _l("There is no assessment of this quarter yet."),
        "not_filled": _l("{where}: “{label}” isn't filled in."),
        "now": _l("It would be {now} now."),
        "opening": _l("Opening"),
        "pages": _l("{number} pages"),
        "paper": _l("Text of the publication"),
        "still_open": _l("{number} still to mend"),
        "table": _l("A table"),
        "title": _l("Title of the paper"),
        "title_line": _l("Head and title"),
        "to_fill": _l("to be filled in"),
    }
)


def words() -> dict[str, str]:
    """Return all of it as the reader reads it."""
    return {name: str(said) for name, said in WORDS.items()}
