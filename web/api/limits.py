"""The limits, the ladder of escalation and how the clock counts: for administrators."""

from flask import Response
from werkzeug.exceptions import NotFound

from engine import Session
from web import shapes
from web.api.resource import Resource, collection
from web.api.schemas import ClockSchema, LimitSchema, RungSchema
from web.api.wire import Body, act, dump, must_match, show
from workflows import ladder_rules, limits, settings
from workflows.ladder_rules import Rule
from workflows.people import Actor
from workflows.reckoning import Span
from workflows.tables import LimitUnit

blueprint = Resource("Limits", __name__, "How long something may take", administered=True)

LimitsSchema = collection("Limits", limits=LimitSchema)
LadderSchema = collection("Ladder", rungs=RungSchema)

CLOCK = {name: name.replace(".", "_") for name in shapes.CLOCK}


@blueprint.look("/limits", LimitsSchema)
def many() -> Response:
    """List every limit."""

    def look(session: Session, _actor: Actor) -> Body:
        return dump(LimitsSchema(), {"limits": limits.limits(session)})

    return show(look)


@blueprint.look("/limits/<string:name>", LimitSchema)
def one(name: str) -> Response:
    """Show a limit."""
    return show(lambda session, _actor: seen(session, name))


@blueprint.act("/limits/<string:name>", shapes.LimitEntry, LimitSchema, guarded=True)
def change(sent: Body, name: str) -> Response:
    """Change a limit; what already runs keeps its due date."""
    number = 0 if sent["unit"] is LimitUnit.SAME_DAY else sent["number"]

    def deed(session: Session, actor: Actor) -> Body:
        must_match(seen(session, name))
        limits.change_limit(session, actor, name, Span(number, sent["unit"], name))
        return seen(session, name)

    return act(deed)


@blueprint.look("/ladder", LadderSchema)
def ladder() -> Response:
    """Show the ladder: which rung comes on which working day overdue."""
    return show(lambda session, _actor: rungs(session))


@blueprint.act("/ladder", shapes.Ladder, LadderSchema, guarded=True)
def change_ladder(sent: Body) -> Response:
    """Replace the ladder; a higher rung never comes earlier than a lower one."""

    def deed(session: Session, actor: Actor) -> Body:
        must_match(rungs(session))
        ladder_rules.change_ladder(session, actor, [Rule(**line) for line in sent["rungs"]])
        return rungs(session)

    return act(deed)


@blueprint.look("/clock", ClockSchema)
def clock() -> Response:
    """Show how the clock counts and warns."""
    return show(lambda session, _actor: counted(session))


@blueprint.act("/clock", shapes.Clock, ClockSchema, guarded=True)
def change_clock(sent: Body) -> Response:
    """Change how the clock counts and warns; what isn't named stays."""

    def deed(session: Session, actor: Actor) -> Body:
        must_match(counted(session))
        for name, key in CLOCK.items():
            if key in sent:
                settings.change(session, actor, name, sent[key])
        return counted(session)

    return act(deed)


def seen(session: Session, name: str) -> Body:
    """Return a limit as it is now."""
    if name not in limits.DEFAULTS:
        raise NotFound
    return dump(LimitSchema(), limits.span_of(session, name))


def rungs(session: Session) -> Body:
    """Return the ladder as it is now."""
    return dump(LadderSchema(), {"rungs": ladder_rules.table(session)})


def counted(session: Session) -> Body:
    """Return the settings of the clock as they are now."""
    found = {key: settings.text(session, name) for name, key in CLOCK.items()}
    return dump(ClockSchema(), found)
