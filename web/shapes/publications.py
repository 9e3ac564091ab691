"""What a new draft of an issue is told: its serial and kind, and the days that it is about."""

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema

from web.shapes import MISSING, NOT_OFFERED, Shape, line, member, row, text
from workflows import publications
from workflows.figures import Span, SpanKind, quarter_of
from workflows.tables import PublicationKind

MONTHS, QUARTERS, YEARS = 13, 5, 2
SPAN = re.compile(r"(?P<year>20\d\d)(-(?P<month>0[1-9]|1[0-2])|-q(?P<quarter>[1-4]))?")
WANTED = {
    PublicationKind.MONTHLY: SpanKind.MONTH,
    PublicationKind.QUARTERLY: SpanKind.QUARTER,
}
"""The kinds of issues that are about a whole month or quarter."""


class NewDraft(Shape):
    """Of which serial and kind a draft is, and about which days: offered ones, or its own."""

    what = fields.String(required=True)
    span = fields.String(load_default="")
    first = fields.Date(load_default=None, allow_none=True)
    last = fields.Date(load_default=None, allow_none=True)
    item_id = row()

    @validates_schema
    def must_be_about_days(self, said: dict[str, Any], **_more: object) -> None:
        """Refuse days that are missing, end before they begin, or aren't the kind's own."""
        kind = said.get("what", "").partition(":")[2]
        if kind not in set(PublicationKind):
            raise ValidationError(str(NOT_OFFERED), "what")
        span = span_in(said)
        if span is None:
            raise ValidationError(str(MISSING), "first" if not said.get("span") else "span")
        must_fit(PublicationKind(kind), span)


class IssueDraft(Shape):
    """Of which serial and kind a draft is, and about which days, as JSON says it."""

    serial = fields.String(required=True)
    kind = member(PublicationKind, required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    item_id = row()

    @validates_schema
    def must_be_about_days(self, said: dict[str, Any], **_more: object) -> None:
        """Refuse days that end before they begin, or aren't the kind's own."""
        must_fit(said["kind"], Span(said["first"], said["last"]))


class IssueArchive(Shape):
    """What of the archive is asked for."""

    serial = fields.String(load_default=None)
    year = row()
    text = line()
    withdrawn = fields.Boolean(load_default=None)


class IssueContent(Shape):
    """What a draft is to say; ``revision`` is the one that was read."""

    content = fields.Dict(required=True)
    title = line()
    addressee = fields.String(load_default="")
    revision = row(required=True)


class IssueRead(Shape):
    """Which revision was read."""

    revision = row(required=True)


class IssueReason(Shape):
    """Why an issue is withdrawn."""

    reason = text(required=True)


class IssueReturn(IssueRead):
    """Why a draft is returned, and which revision was read."""

    reason = text(required=True)


def begun(said: dict[str, Any]) -> publications.NewDraft:
    """Return what a draft begins with, as the verb is told."""
    span = Span(said["first"], said["last"])
    return publications.NewDraft(said["serial"], said["kind"].value, span, said["item_id"])


def must_fit(kind: PublicationKind, span: Span) -> None:
    """Refuse days that end before they begin, or aren't the kind's own."""
    if span.last < span.first:
        raise ValidationError(_("It ends before it begins."), "last")
    if WANTED.get(kind) not in (None, span.kind):
        words = _("A monthly one is about a month, a quarterly one about a quarter.")
        raise ValidationError(words, "span")


def chosen(said: dict[str, Any]) -> Span:
    """Return the days of a draft that was read."""
    span = span_in(said)
    if span is None:
        raise ValidationError(str(MISSING), "span")
    return span


def span_in(said: dict[str, Any]) -> Span | None:
    """Return the days that were chosen, or written."""
    asked = said.get("span", "")
    if asked:
        return read_span(asked)
    first, last = said.get("first"), said.get("last")
    return Span(first, last) if first and last else None


def read_span(written: str) -> Span | None:
    """Read 2019-08, 2019-q3 or 2019 as a span."""
    if not (read := SPAN.fullmatch(written)):
        return None
    year, month, quarter = int(read["year"]), read["month"], read["quarter"]
    if month:
        return Span.month(year, int(month))
    return Span.quarter(year, int(quarter)) if quarter else Span.year(year)


def offered_spans(today: date) -> list[tuple[str, Span]]:
    """Return the spans of late: months, quarters, years, the latest first."""
    months = [_month(today, back) for back in range(MONTHS)]
    first = today.year * 4 + quarter_of(today) - 1
    quarters = [divmod(first - back, 4) for back in range(QUARTERS)]
    return [
        *((f"{year}-{month:02}", Span.month(year, month)) for year, month in months),
        *((f"{year}-q{part + 1}", Span.quarter(year, part + 1)) for year, part in quarters),
        *((str(today.year - back), Span.year(today.year - back)) for back in range(YEARS)),
    ]


def _month(today: date, back: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return year, month + 1
