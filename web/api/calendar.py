"""The working-day calendar: a year's special days, read and replaced by administrators."""

from flask import Response
from werkzeug.exceptions import NotFound

from engine import Session
from web.api.resource import Resource
from web.api.schemas.rules import MovesSchema, NoticeReadingSchema, YearSchema
from web.api.wire import Body, act, answer, dump, key_of_request, must_match, show
from web.shapes import admin as admin_shapes
from web.words.calendar import calendar_problem
from workflows import calendar, holiday_notice, moves
from workflows.calendar import FIRST_YEAR, LAST_YEAR, SpecialDay
from workflows.people import Actor

blueprint = Resource("Calendar", __name__, "Which days are worked", administered=True)


@blueprint.look("/calendar/<int:year>", YearSchema)
def one(year: int) -> Response:
    """Show a year's days off and make-up days; without an official table it is provisional."""
    return show(lambda session, _actor: seen(session, year))


@blueprint.act("/calendar/<int:year>", admin_shapes.YearTable, YearSchema, guarded=True)
def take_in(sent: Body, year: int) -> Response:
    """Replace a year's table by these days; due dates that it moves must have been seen."""
    days = [SpecialDay(**day) for day in sent["days"]]

    def deed(session: Session, actor: Actor) -> Body:
        must_match(seen(session, year))
        moves.change_calendar(session, actor, year, days, sent["source"], sent["seal"])
        return seen(session, year)

    return act(deed)


@blueprint.act("/calendar/<int:year>/moves", admin_shapes.YearTable, MovesSchema)
def would_move(sent: Body, year: int) -> Response:
    """Say which due dates this table would move; nothing is changed."""
    must_be_known(year)
    days = [SpecialDay(**day) for day in sent["days"]]

    def deed(session: Session, actor: Actor) -> Body:
        found = moves.of_calendar(session, actor, year, days, sent["source"])
        return dump(MovesSchema(), found)

    return act(deed)


@blueprint.act("/calendar/<int:year>/notice", admin_shapes.HolidayNotice, NoticeReadingSchema)
def read_notice(sent: Body, year: int) -> Response:
    """Say what is understood of an official notice, or of rows; nothing is changed."""
    must_be_known(year)
    read = holiday_notice.read_text(year, sent["text"])
    problems = [{**each, "words": calendar_problem(each)} for each in read.problems]
    body = dump(NoticeReadingSchema(), {"days": read.days, "problems": problems})
    return act(lambda _session, _actor: body) if key_of_request() else answer(body)


def seen(session: Session, year: int) -> Body:
    """Return a year as administrators see it."""
    must_be_known(year)
    return dump(YearSchema(), calendar.year_table(session, year))


def must_be_known(year: int) -> None:
    """Refuse a year that no calendar of ours reaches."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound
