"""The limits, the ladder of escalation and how the clock counts: for administrators."""

from flask import Response
from werkzeug.exceptions import NotFound

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.rules import ClockSchema, LimitSchema, MovesSchema, PeriodSchema, RungSchema
from web.api.wire import Body, act, dump, must_match, show
from web.shapes import admin as admin_shapes
from workflows import ladder_rules, limits, moves, periods, settings, switches
from workflows.ladder_rules import Rule
from workflows.limits import Clause
from workflows.moves import NewRule
from workflows.people import Actor
from workflows.reckoning import Span
from workflows.tables import LimitUnit

blueprint = Resource("Limits", __name__, "How long something may take", administered=True)

LimitsSchema = collection("Limits", limits=LimitSchema)
LadderSchema = collection("Ladder", rungs=RungSchema)
PeriodsSchema = collection("ReportingPeriods", periods=PeriodSchema)

CLOCK = {name: name.replace(".", "_") for name in admin_shapes.CLOCK}


@blueprint.look("/limits", LimitsSchema)
def many() -> Response:
    """List every limit."""

    def look(session: Session, _actor: Actor) -> Body:
        return {"limits": [seen(session, name) for name in limits.DEFAULTS]}

    return show(look)


@blueprint.look("/limits/<string:name>", LimitSchema)
def one(name: str) -> Response:
    """Show a limit."""
    return show(lambda session, _actor: seen(session, name))


@blueprint.act("/limits/<string:name>", admin_shapes.LimitEntry, LimitSchema, guarded=True)
def change(sent: Body, name: str) -> Response:
    """Change a rule; what runs keeps its day, or follows if that was seen and is wished."""

    def deed(session: Session, actor: Actor) -> Body:
        must_match(seen(session, name))
        rule = new_rule(session, name, sent)
        told = {"follow": sent["follow"], "seal": sent["seal"]}
        moves.change_rules(session, actor, [rule], **told)
        return seen(session, name)

    return act(deed)


@blueprint.act("/limits/<string:name>/moves", admin_shapes.LimitEntry, MovesSchema)
def would_move(sent: Body, name: str) -> Response:
    """Say which due dates would move if what runs followed this rule; nothing is changed."""

    def deed(session: Session, actor: Actor) -> Body:
        seen(session, name)
        return dump(MovesSchema(), moves.of_rules(session, actor, [new_rule(session, name, sent)]))

    return act(deed)


@blueprint.look("/reporting-periods", PeriodsSchema)
def reporting() -> Response:
    """Show how often units report, by source."""
    return show(lambda session, _actor: reported(session))


@blueprint.act("/reporting-periods", admin_shapes.Periods, PeriodsSchema, guarded=True)
def change_reporting(sent: Body) -> Response:
    """Change it; open items keep their period, or follow if that was seen and is wished."""
    wanted = {row["name"]: row["period"] for row in sent["periods"]}

    def deed(session: Session, actor: Actor) -> Body:
        must_match(reported(session))
        told = {"follow": sent["follow"], "seal": sent["seal"]}
        moves.change_periods(session, actor, wanted, **told)
        return reported(session)

    return act(deed)


@blueprint.act("/reporting-periods/moves", admin_shapes.Periods, MovesSchema)
def reports_would_move(sent: Body) -> Response:
    """Say which next reports would move if open items followed; nothing is changed."""
    wanted = {row["name"]: row["period"] for row in sent["periods"]}
    return act(lambda session, actor: dump(MovesSchema(), moves.of_periods(session, actor, wanted)))


@blueprint.look("/ladder", LadderSchema)
def ladder() -> Response:
    """Show the ladder: which rung comes on which working day overdue."""
    return show(lambda session, _actor: rungs(session))


@blueprint.act("/ladder", admin_shapes.Ladder, LadderSchema, guarded=True)
def change_ladder(sent: Body) -> Response:
    """Replace the ladder; a higher rung never comes earlier than a lower one."""

    def deed(session: Session, actor: Actor) -> Body:
        must_match(rungs(session))
        rows = [ladder_rules.row_of(Rule(**line)) for line in sent["rungs"]]
        ladder_rules.change_ladder(session, actor, rows)
        return rungs(session)

    return act(deed)


@blueprint.look("/clock", ClockSchema)
def clock() -> Response:
    """Show how the clock counts and warns."""
    return show(lambda session, _actor: counted(session))


@blueprint.act("/clock", admin_shapes.Clock, ClockSchema, guarded=True)
def change_clock(sent: Body) -> Response:
    """Change how the clock counts and warns; what isn't named stays."""

    def deed(session: Session, actor: Actor) -> Body:
        must_match(counted(session))
        for name, key in CLOCK.items():
            if key in sent:
                switches.change(session, actor, name, sent[key])
        return counted(session)

    return act(deed)


def seen(session: Session, name: str) -> Body:
    """Return a rule as it is now."""
    if name not in limits.DEFAULTS:
        raise NotFound
    return told(limits.span_of(session, name), limits.clause_of(session, name))


def told(span: Span, clause: Clause) -> Body:
    """Return a rule as the API tells it."""
    longest = clause.longest
    return {
        "name": span.name,
        "number": span.number,
        "unit": span.unit.value,
        "starts": clause.starts.value,
        "stops": sorted(cause.value for cause in clause.stops),
        "objection": clause.objection or None,
        "extensions": clause.extensions,
        "longest_number": longest.number if longest else None,
        "longest_unit": longest.unit.value if longest else None,
    }


def new_rule(session: Session, name: str, sent: Body) -> NewRule:
    """Return a rule as it would be: what isn't named stays as it is."""
    number = 0 if sent["unit"] is LimitUnit.SAME_DAY else sent["number"]
    now = limits.clause_of(session, name)
    longest = now.longest
    if "longest_number" in sent:
        unit = sent.get("longest_unit") or LimitUnit.MONTHS
        longest = None if sent["longest_number"] is None else Span(sent["longest_number"], unit)
    clause = Clause(
        starts=sent.get("starts", now.starts),
        stops=frozenset(sent.get("stops", now.stops)),
        objection=sent.get("objection", now.objection) or "",
        extensions=sent.get("extensions", now.extensions),
        longest=longest,
    )
    return NewRule(name, Span(number, sent["unit"], name), clause)


def reported(session: Session) -> Body:
    """Return how often units report now."""
    rows = [{"name": name, "period": period} for name, period in periods.table(session).items()]
    return dump(PeriodsSchema(), {"periods": rows})


def rungs(session: Session) -> Body:
    """Return the ladder as it is now."""
    return dump(LadderSchema(), {"rungs": ladder_rules.table(session)})


def counted(session: Session) -> Body:
    """Return the settings of the clock as they are now."""
    found = {key: settings.text(session, name) for name, key in CLOCK.items()}
    return dump(ClockSchema(), found)
