"""Stations 驻点督查: a team on the spot, the log of its problems, and what is counted of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from engine import Session, now
from workflows import notices, revisits, rules, settings, store
from workflows.actions import sight
from workflows.actors import Actor
from workflows.calendar import calendar_of, today
from workflows.errors import ActionUnknown, DayAhead, LimitInPast, NotNow
from workflows.reckoning import warning_day
from workflows.revisits import Guest
from workflows.tables import Role, Station, StationProblem, Unit

LINE, NAME = 200, 80
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class StationPlan:
    """Where a team stays, since when, for what, and who is in it."""

    title: str
    place: str
    started_on: date
    item_id: int | None = None
    unit_id: int | None = None
    team: Sequence[int] = ()
    guests: Sequence[Guest] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as it is written into the log: none of these may be missing."""

    text: str
    owner_unit_id: int
    owner_person: str
    due_on: date


def open_station(session: Session, actor: Actor, plan: StationPlan) -> Station:
    """Send a team to a place for some time."""
    rules.must_have(actor, *rules.OFFICE)
    rules.must_be_near(plan.started_on, today(session))
    if plan.item_id is not None:
        store.visible_item(session, actor, plan.item_id)
    if plan.unit_id is not None:
        store.active_units(session, [plan.unit_id])
    station = Station(
        title=rules.must_say("title", plan.title, LINE),
        place=rules.must_say("place", plan.place, LINE),
        item_id=plan.item_id,
        unit_id=plan.unit_id,
        team=revisits.must_be_of_the_office(session, plan.team),
        guests=[revisits.named(guest) for guest in plan.guests],
        started_on=plan.started_on,
        opened_by_id=actor.person_id,
        opened_at=now(session),
    )
    session.add(station)
    session.flush()
    return station


def add_problem(
    session: Session, actor: Actor, station_id: int, problem: Problem
) -> StationProblem:
    """Write a problem into the log, with whose it is and until when; its unit hears of it."""
    station = _running(session, actor, station_id, "add_problem")
    day = today(session)
    text = rules.must_say("text", problem.text)
    person = rules.must_say("owner_person", problem.owner_person, NAME)
    if problem.due_on < day:
        raise LimitInPast(problem.due_on, day)
    rules.must_be_near(problem.due_on, day)
    unit = store.active_units(session, [problem.owner_unit_id])[problem.owner_unit_id]
    latest = session.scalar(
        select(func.max(StationProblem.number)).where(StationProblem.station_id == station.id)
    )
    percent = settings.number(session, "limit.warn_at")
    found = StationProblem(
        station_id=station.id,
        number=(latest or 0) + 1,
        text=text,
        owner_unit_id=unit.id,
        owner_person=person,
        found_on=day,
        due_on=problem.due_on,
        warn_on=warning_day(calendar_of(session), day, problem.due_on, percent),
        added_by_id=actor.person_id,
        added_at=now(session),
    )
    session.add(found)
    session.flush()
    facts = {"station": station.id, "title": station.title, "text": text, "due_on": problem.due_on}
    _tell(session, unit, "problem_found", facts)
    return found


def settle_problem(
    session: Session, actor: Actor, problem_id: int, settlement: str
) -> StationProblem:
    """Write down how a problem came to its end."""
    rules.must_have(actor, *rules.OFFICE)
    wanted = select(StationProblem).where(StationProblem.id == problem_id)
    problem = session.scalars(wanted.with_for_update()).one_or_none()
    if problem is None:
        raise ActionUnknown(problem_id)
    if problem.settled_on is not None:
        raise NotNow("settle_problem", "settled")
    problem.settlement = rules.must_say("settlement", settlement)
    problem.settled_on, problem.settled_by_id = today(session), actor.person_id
    facts = {
        "station": problem.station_id,
        "title": problem.station.title,
        "text": problem.text,
        "settlement": problem.settlement,
    }
    _tell(session, problem.owner_unit, "problem_settled", facts)
    return problem


def close_station(
    session: Session, actor: Actor, station_id: int, ended_on: date, outcome: str
) -> Station:
    """Bring a team home once its log is settled."""
    station = _running(session, actor, station_id, "close_station")
    day = today(session)
    if ended_on > day:
        raise DayAhead("ended_on", ended_on)
    if ended_on < station.started_on:
        raise LimitInPast(ended_on, station.started_on)
    unsettled = select(func.count()).where(
        StationProblem.station_id == station.id, StationProblem.settled_on.is_(None)
    )
    if session.scalar(unsettled):
        raise NotNow("close_station", "unsettled")
    station.outcome, station.ended_on = rules.must_say("outcome", outcome), ended_on
    return station


def months(first: date, last: date) -> int:
    """Count the months from one day to another; a month that was begun counts."""
    between = (last.year - first.year) * MONTHS_A_YEAR + last.month - first.month
    return max(0, between + (1 if last.day >= first.day else 0))


def _running(session: Session, actor: Actor, station_id: int, deed: str) -> Station:
    """Return a station whose team is still there, locked, for the office to act on."""
    rules.must_have(actor, *rules.OFFICE)
    sight.visible_station(session, actor, station_id)
    wanted = select(Station).where(Station.id == station_id).with_for_update()
    station = session.scalars(wanted.execution_options(populate_existing=True)).one()
    if station.ended_on is not None:
        raise NotNow(deed, "ended")
    return station


def _tell(session: Session, unit: Unit, kind: str, facts: dict[str, object]) -> None:
    people = store.people_of_unit(session, unit.id, (Role.HANDLER, Role.UNIT_HEAD))
    plain = {name: str(fact) if isinstance(fact, date) else fact for name, fact in facts.items()}
    notices.notify(session, people, kind, facts=plain)
