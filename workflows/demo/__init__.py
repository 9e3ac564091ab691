"""Demo data: the seed's own matters in a made-up city, walked to today through the verbs."""

import os
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import delete, select, update

from engine import Database, MovableClock, Session, now
from workflows import channels, limits, passwords
from workflows.assessment import seed_groups
from workflows.calendar import office_day, seed_calendar
from workflows.decision_tables import seed_tables
from workflows.demo.cast import PASSWORD, PEOPLE, UNITS, Account, demo_accounts
from workflows.demo.families import FAMILIES
from workflows.demo.matters import MATTERS
from workflows.demo.office import OFFICE
from workflows.demo.stage import Stage
from workflows.errors import DemoUnfinished, UnsafeForProduction
from workflows.ladder import seed_bases
from workflows.tables import Holding, Notice, Person, Post, Setting, Unit

__all__ = [
    "PASSWORD",
    "Account",
    "demo_accounts",
    "fill",
    "must_be_safe_for_production",
    "raise_curtain",
]

BEFORE = timedelta(days=110)
FRESH = timedelta(days=6)
CHANCE = "revisit.chance"
UNFINISHED = "demo.unfinished"
"""The setting that stands while the play is on; whoever finds it finds half a demo."""


def fill(database: Database) -> bool:
    """Fill an empty database with the demo; one that has people already stays as it is."""
    with database.read() as session:
        if session.get(Setting, UNFINISHED) is not None:
            raise DemoUnfinished
        if session.scalars(select(Person.id).limit(1)).first() is not None:
            return False
    curtain = database.clock.now()
    since = date(office_day(curtain).year - 2, 1, 1)
    database.write(lambda session: _begin(session, since))
    real = database.clock
    database.clock = clock = MovableClock(curtain - BEFORE)
    try:
        stage = Stage(database, clock, curtain)
        stage.play([matter(stage) for matter in (*MATTERS, *FAMILIES, *OFFICE)])
    finally:
        database.clock = real
    database.write(_drop_curtain)
    return True


def _begin(session: Session, since: date) -> None:
    """Raise the curtain, and say that the play is on."""
    raise_curtain(session, since)
    seed_tables(session)
    seed_groups(session)
    seed_bases(session)
    session.add(Setting(name=UNFINISHED, value="1"))


def raise_curtain(session: Session, since: date) -> None:
    """Found the city: calendar, limits, units, people and their posts."""
    seed_calendar(session)
    limits.seed_limits(session)
    session.merge(Setting(name=CHANCE, value="0"))
    units = _units(session)
    password = passwords.hash_of(PASSWORD)
    for place, account in enumerate(PEOPLE):
        person = Person(name=account.name, login=account.login, password=password, demo=True)
        post = Post(
            unit_id=units[account.unit], name=account.post, role=account.role, position=place
        )
        session.add_all([person, post])
        session.flush()
        session.add(Holding(post_id=post.id, person_id=person.id, since=since))
    session.flush()


def must_be_safe_for_production(
    session: Session, environment: Mapping[str, str] = os.environ
) -> None:
    """Refuse to serve demo accounts, whose password is printed, in production."""
    if environment.get("DUBAN_ENV") != "production":
        return
    demo = select(Person.login).where(Person.demo, Person.active).order_by(Person.id)
    logins = list(session.scalars(demo.limit(5)))
    if logins:
        raise UnsafeForProduction(why="demo_accounts", logins=logins)


def _units(session: Session) -> dict[str, int]:
    """Add the units: the city at the top, everything else below it."""
    made: dict[str, int] = {}
    for place, (name, kind, aliases) in enumerate(UNITS):
        parent = next(iter(made.values()), None)
        unit = Unit(name=name, kind=kind, parent_id=parent, position=place, aliases=list(aliases))
        session.add(unit)
        session.flush()
        made[name] = unit.id
    return made


def _drop_curtain(session: Session) -> None:
    """End the play: lots are drawn again, old notices are read, new ones go out as mails."""
    stale = now(session) - FRESH
    old = update(Notice).where(Notice.at < stale)
    session.execute(old.values(read_at=Notice.at))
    for person in session.scalars(select(Person)):
        person.email = f"{person.login}@yunchuan.example"
    people = session.scalars(select(Person)).all()
    fresh = session.scalars(select(Notice).where(Notice.read_at.is_(None))).all()
    channels.post(session, fresh, people)
    session.execute(delete(Setting).where(Setting.name.in_((CHANCE, UNFINISHED))))
