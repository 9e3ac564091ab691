"""GET /ledger.xlsx: the ledger as a workbook, as its page gives it."""

from flask import Response, g
from flask_babel import gettext as _

from web.api.queries import ExportQuery
from web.api.resource import Resource
from web.ledger_wishes import Wish
from web.moments import today
from web.transaction import reading
from web.words import ledger as ledger_words
from web.workbooks import XLSX, download
from workflows import ledger

blueprint = Resource("Ledger", __name__, "The ledger as a file")


@blueprint.give("/ledger.xlsx", XLSX, query=ExportQuery)
def export(wish: Wish) -> Response:
    """Give the items that the caller may see as a workbook, with the columns chosen."""
    with reading() as session:
        rows = ledger.rows(
            session, g.actor, wish.filter, wish.sort, descending=wish.descending, page=None
        )
        heads = [str(ledger_words.HEADS[column]) for column in wish.columns]
        lines = ([ledger_words.cell(column, row) for column in wish.columns] for row in rows)
        title = _("Supervision ledger %(day)s", day=today().isoformat())
        return download(title, heads, lines)
