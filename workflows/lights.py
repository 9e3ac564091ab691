"""Lights 亮灯: where something stands against its plan, in Python and in SQL."""

from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, case, literal
from sqlalchemy.orm import InstrumentedAttribute


class Light(StrEnum):
    """Red is past the limit, or far behind a plan of its own; blue doesn't run yet."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    DONE = "done"


RUNNING = (Light.GREEN, Light.YELLOW)
"""The lights that a plan can still worsen."""

DateColumn: TypeAlias = InstrumentedAttribute[Any] | ColumnElement[Any]


def judged_on(stopped_on: date | None, today: date) -> date:
    """Return the day by which something is judged: where its clock stands still, that day."""
    return stopped_on or today


def light_of(
    due_on: date | None,
    warn_on: date | None,
    today: date,
    *,
    done: bool = False,
    returned: bool = False,
    running: bool = True,
) -> Light:
    """Return the light of something with this limit; without a limit it is on plan."""
    if done:
        return Light.DONE
    if not running:
        return Light.BLUE
    if due_on is not None and due_on < today:
        return Light.RED
    if returned or (due_on is not None and warn_on is not None and warn_on <= today):
        return Light.YELLOW
    return Light.GREEN


def light_column(
    due_on: DateColumn,
    warn_on: DateColumn,
    today: date | ColumnElement[date],
    *,
    done: ColumnElement[bool],
    returned: ColumnElement[bool],
    running: ColumnElement[bool],
) -> ColumnElement[str]:
    """Return the SQL expression that says the same as :func:`light_of`."""
    late = and_(due_on.is_not(None), due_on < today)
    close = and_(due_on.is_not(None), warn_on.is_not(None), warn_on <= today)
    return case(
        (done, literal(Light.DONE.value)),
        (~running, literal(Light.BLUE.value)),
        (late, literal(Light.RED.value)),
        (returned | close, literal(Light.YELLOW.value)),
        else_=literal(Light.GREEN.value),
    )


def with_plan(light: Light, yellow_on: date | None, red_on: date | None, today: date) -> Light:
    """Return the worse of a light and of what a plan of its own says from these days on."""
    if light not in RUNNING:
        return light
    if red_on is not None and red_on <= today:
        return Light.RED
    if light is Light.GREEN and yellow_on is not None and yellow_on <= today:
        return Light.YELLOW
    return light


def with_plan_column(
    light: ColumnElement[str], yellow_on: DateColumn, red_on: DateColumn, today: date
) -> ColumnElement[str]:
    """Return the SQL expression that says the same as :func:`with_plan`."""
    runs = light.in_([running.value for running in RUNNING])
    return case(
        (and_(runs, red_on <= today), literal(Light.RED.value)),
        (and_(light == Light.GREEN.value, yellow_on <= today), literal(Light.YELLOW.value)),
        else_=light,
    )
