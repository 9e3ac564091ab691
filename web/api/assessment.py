"""The assessment: scores and ranks of a quarter and a year, appeals, praise on record."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, g
from marshmallow import fields, validate

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.kinds import one_of
from web.api.wire import Body, act, dump, show
from web.shapes import Schema, Shape, text
from web.shapes import scores as score_shapes
from web.transaction import reading
from workflows import assessment
from workflows.assessment import Decision, PraiseForm, Quarter, Standing
from workflows.people import Actor
from workflows.tables import (
    AssessmentState,
    CommendationState,
    Part,
    Praised,
    PraiseLevel,
)

blueprint = Resource("Assessment", __name__, "Scores, ranks, appeals, praise on record")


class EntrySchema(Schema):
    """Points, and the event that they come from; ``cause`` names it."""

    event = fields.String()
    cause = fields.String()
    points = fields.Decimal(as_string=True)
    on = fields.Date()
    part = one_of(Part, null=True)
    item_id = fields.Integer(allow_none=True)
    assignment_id = fields.Integer(allow_none=True)
    appeal_id = fields.Integer(allow_none=True)
    facts = fields.Dict()


class StandingSchema(Schema):
    """Where a unit stands: its score is the base and the sum of its entries."""

    unit_id = fields.Integer(attribute="unit.id")
    unit = fields.String(attribute="unit.name")
    group = fields.String(attribute="group.name")
    base = fields.Decimal(as_string=True)
    score = fields.Decimal(as_string=True)
    rank = fields.Integer(allow_none=True)
    parts = fields.Integer(attribute="tasks.had")
    fell_due = fields.Integer(attribute="tasks.due")
    done = fields.Integer(attribute="tasks.done")
    entries = fields.List(fields.Nested(EntrySchema))


class QuarterSchema(Schema):
    """A quarter: how far it is, and the scores that the caller may see."""

    year = fields.Integer()
    quarter = fields.Integer()
    state = one_of(AssessmentState)
    appeal_until = fields.Date(allow_none=True)
    standings = fields.List(fields.Nested(StandingSchema))


class YearLineSchema(Schema):
    """A unit's year: the scores of its quarters, and their sum."""

    unit_id = fields.Integer()
    unit = fields.String()
    group = fields.String()
    quarters = fields.Dict(keys=fields.String(), values=fields.String())
    total = fields.String()
    rank = fields.Integer(allow_none=True)


class AppealSchema(Schema):
    """An appeal, and what somebody else decided."""

    id = fields.Integer()
    year = fields.Integer(attribute="assessment.year")
    quarter = fields.Integer(attribute="assessment.quarter")
    unit_id = fields.Integer()
    cause = fields.String(allow_none=True)
    reason = fields.String()
    made_at = fields.AwareDateTime()
    upheld = fields.Boolean(allow_none=True)
    points = fields.Decimal(as_string=True, allow_none=True)
    opinion = fields.String()
    decided_at = fields.AwareDateTime(allow_none=True)


class PraiseSchema(Schema):
    """Praise on record."""

    id = fields.Integer()
    level = one_of(PraiseLevel)
    whom = one_of(Praised)
    unit_id = fields.Integer(allow_none=True)
    item_id = fields.Integer(allow_none=True)
    title = fields.String()
    by = fields.String()
    document = fields.String()
    on = fields.Date()
    counted_on = fields.Date()
    persons = fields.Integer()
    names = fields.String()
    paper_name = fields.String()
    withdrawn_at = fields.AwareDateTime(allow_none=True)


class CommendationSchema(Schema):
    """A year's list of units to be commended."""

    id = fields.Integer()
    year = fields.Integer()
    state = one_of(CommendationState)
    proposed_at = fields.AwareDateTime()
    decided_at = fields.AwareDateTime(allow_none=True)
    opinion = fields.String()
    lines = fields.List(
        fields.Nested(
            Schema.from_dict(
                {
                    "unit_id": fields.Integer(),
                    "score": fields.Decimal(as_string=True),
                    "rank": fields.Integer(),
                    "left_out": fields.String(),
                },
                name="CommendationLineSchema",
            )
        )
    )


class YearQuery(Shape):
    """Of which year; of all, unless said."""

    year = fields.Integer(load_default=None, validate=validate.Range(min=2000, max=2100))


class Proposal(Shape):
    """Who is left out of a list in spite of the rank, and why, by the unit's number."""

    left_out = fields.Dict(keys=fields.Integer(), values=text(required=True), load_default=dict)


YearSchema = collection("AssessedYear", standings=YearLineSchema)
AppealsSchema = collection("Appeals", appeals=AppealSchema)
PraisesSchema = collection("Praises", praises=PraiseSchema)
CommendationsSchema = collection("Commendations", lists=CommendationSchema)


@blueprint.look("/assessment/<int:year>/<int:number>", QuarterSchema)
def quarter(year: int, number: int) -> Response:
    """Show a quarter's scores; a unit sees its own, and its rank once it is published."""
    return show(lambda session, actor: _quarter(session, actor, year, number))


@blueprint.act("/assessment/<int:year>/<int:number>/freeze", None, QuarterSchema)
def freeze(year: int, number: int) -> Response:
    """Freeze a quarter that is over: from now on only appeals correct its entries."""
    with reading() as session:
        counted = assessment.prepare(session, g.actor, year, number)
    return _move(partial(assessment.freeze, counted=counted), year, number)


@blueprint.act("/assessment/<int:year>/<int:number>/publish", None, QuarterSchema)
def publish(year: int, number: int) -> Response:
    """Publish a frozen quarter; units may appeal until the day that is answered."""
    return _move(assessment.publish, year, number)


@blueprint.act("/assessment/<int:year>/<int:number>/conclude", None, QuarterSchema)
def conclude(year: int, number: int) -> Response:
    """Make a quarter final, once its window has closed and every appeal is decided."""
    return _move(assessment.conclude, year, number)


@blueprint.look("/assessment/<int:year>", YearSchema)
def whole_year(year: int) -> Response:
    """Show the year's totals and ranks."""

    def look(session: Session, actor: Actor) -> Body:
        lines = [
            {
                "unit_id": each.unit.id,
                "unit": each.unit.name,
                "group": each.group.name,
                "quarters": {str(key): str(found.score) for key, found in each.quarters.items()},
                "total": str(each.total),
                "rank": each.rank,
            }
            for each in assessment.year(session, actor, year)
        ]
        return {"standings": lines}

    return show(look)


# -- appeals ------------------------------------------------------------------------------


@blueprint.look("/appeals", AppealsSchema)
def appeals() -> Response:
    """List the appeals that the caller may see, the latest first."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(AppealsSchema(), {"appeals": assessment.appeals(session, actor)})

    return show(look)


@blueprint.act(
    "/assessment/<int:year>/<int:number>/appeals",
    score_shapes.AppealText,
    AppealSchema,
    status=201,
)
def appeal(sent: Body, year: int, number: int) -> Response:
    """Appeal for one's unit against an entry, or for points that are missing."""

    def deed(session: Session, actor: Actor) -> Body:
        made = assessment.appeal(session, actor, Quarter(year, number), **sent)
        return dump(AppealSchema(), made)

    return act(deed, status=201)


@blueprint.act("/appeals/<int:appeal_id>/decision", score_shapes.AppealDecision, AppealSchema)
def decide(sent: Body, appeal_id: int) -> Response:
    """Decide an appeal as somebody who has nothing to do with it."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(AppealSchema(), assessment.decide(session, actor, appeal_id, Decision(**sent)))

    return act(deed)


# -- praise and commendation --------------------------------------------------------------


@blueprint.look("/praise", PraisesSchema, query=YearQuery)
def praises(asked: Body) -> Response:
    """List the praise on record that the caller may see."""

    def look(session: Session, actor: Actor) -> Body:
        found = assessment.praises(session, actor, asked["year"])
        return dump(PraisesSchema(), {"praises": found})

    return show(look)


@blueprint.act("/praise", score_shapes.PraiseText, PraiseSchema, status=201)
def record_praise(sent: Body) -> Response:
    """Put praise on record; that of a unit by a document is recorded in the page, with it."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(PraiseSchema(), assessment.record_praise(session, actor, PraiseForm(**sent)))

    return act(deed, status=201)


@blueprint.act("/praise/<int:praise_id>/withdraw", score_shapes.Why, PraiseSchema)
def withdraw_praise(sent: Body, praise_id: int) -> Response:
    """Take praise off the record."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(PraiseSchema(), assessment.withdraw_praise(session, actor, praise_id, **sent))

    return act(deed)


@blueprint.look("/assessment/<int:year>/commendations", CommendationsSchema)
def lists(year: int) -> Response:
    """List a year's lists of units to be commended."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(CommendationsSchema(), {"lists": assessment.lists(session, actor, year)})

    return show(look)


@blueprint.act("/assessment/<int:year>/commendations", Proposal, CommendationSchema, status=201)
def propose(sent: Body, year: int) -> Response:
    """Propose a year's list by the ranks."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(CommendationSchema(), assessment.propose(session, actor, year, **sent))

    return act(deed, status=201)


@blueprint.act("/commendations/<int:list_id>/decision", score_shapes.ListAnswer, CommendationSchema)
def decide_list(sent: Body, list_id: int) -> Response:
    """Approve a list as a leader, or decline it."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(CommendationSchema(), assessment.decide_list(session, actor, list_id, **sent))

    return act(deed)


def _move(verb: Callable[[Session, Actor, int, int], Any], year: int, number: int) -> Response:
    def deed(session: Session, actor: Actor) -> Body:
        verb(session, actor, year, number)
        return _quarter(session, actor, year, number)

    return act(deed)


def _quarter(session: Session, actor: Actor, year: int, number: int) -> Body:
    found: list[Standing] = list(assessment.standing(session, actor, year, number))
    row = assessment.row_of(session, Quarter(year, number))
    told = {
        "year": year,
        "quarter": number,
        "state": assessment.state_of(row),
        "appeal_until": row.appeal_until if row else None,
        "standings": found,
    }
    return dump(QuarterSchema(), told)
