"""Search in words: what kind of thing a hit is, where it leads, and why a file isn't found."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.ledger_wishes import Wish
from workflows.ledger_filter import LedgerFilter, Scope
from workflows.search import Hit, Sort
from workflows.tables import TextState

SORTS: Mapping[Sort, LazyString] = {
    Sort.ITEM: _l("Items"),
    Sort.REPORT: _l("Reports"),
    Sort.PAPER: _l("Papers"),
    Sort.REPLY: _l("Replies"),
    Sort.PUBLICATION: _l("Publications"),
}
STATES: Mapping[TextState, LazyString] = {
    TextState.EMPTY: _l("no text in it: a scan can't be searched"),
    TextState.REFUSED: _l("not opened for safety: can't be searched"),
    TextState.UNREADABLE: _l("its text can't be read: can't be searched"),
}
"""Why a paper is found by its name only."""


def address(hit: Hit) -> str:
    """Return where a hit stands: the place in its item, or the issue."""
    if hit.item is None:
        return url_for("publications.one", publication_id=int(hit.ref))
    places = {Sort.REPORT: "parts", Sort.PAPER: "papers", Sort.REPLY: "proposal"}
    return url_for("items.show", item_id=hit.item.id, _anchor=places.get(hit.sort))


def in_ledger(text: str) -> str:
    """Return where the ledger shows the items that hold the words."""
    wish = Wish(LedgerFilter(scope=Scope.ALL, text=text))
    return url_for("ledger.show", q=wish.filter.text, scope=wish.filter.scope.value)


def count(number: int, *, more: bool) -> str:
    """Write how many hits there are; beyond a hundred nobody counts on."""
    return _("more than %(num)d", num=number) if more else str(number)
