"""The words of disclosure: what was hidden, why a reply isn't public, what a rate means."""

from collections.abc import Mapping

from flask.sansio.app import App
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.refusals import REASONS
from web.words import word
from workflows.disclosure.masking import Sort
from workflows.errors import DisclosureRefused
from workflows.tables import ReplyClass, Satisfaction

SORTS: Mapping[str, LazyString] = {
    Sort.NAME: _l("Name of a person"),
    Sort.PHONE: _l("Telephone number"),
    Sort.IDENTITY: _l("Identity number"),
    Sort.EMAIL: _l("Mail address"),
    Sort.ADDRESS: _l("Home address"),
    Sort.ACCOUNT: _l("Account or plate"),
    Sort.BY_HAND: _l("Hidden by hand"),
}

RATES: Mapping[str, tuple[LazyString, LazyString]] = {
    "contact_rate": (
        _l("Contact rate"),
        _l("Of all proposals of the session: with whose proposers the units talked."),
    ),
    "reply_rate": (
        _l("Reply rate"),
        _l("Of all proposals of the session: those to which every unit that replies has replied."),
    ),
    "satisfaction_rate": (
        _l("Satisfaction rate"),
        _l(
            "Of the proposals whose proposers rated the reply: satisfied, or basically satisfied. "
            "Of several ratings the worst counts; no answer isn't counted."
        ),
    ),
}
"""Each rate with its definition."""


def register(app: App) -> None:
    """Give the templates their filters."""
    app.jinja_env.filters["masked_word"] = lambda sort: SORTS.get(sort, sort)
    app.jinja_env.filters["reply_class_word"] = lambda name: word(ReplyClass(name))
    app.jinja_env.filters["satisfaction_word"] = lambda name: word(Satisfaction(name))
    app.jinja_env.filters["held_back"] = lambda why: REASONS[DisclosureRefused].get(why, why)
