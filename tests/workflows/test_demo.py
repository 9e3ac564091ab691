"""The demo: believable on any day, filled once, and never in production."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import Database, MovableClock, Registry, Session, open_database
from tests.conftest import KEY, copied
from tests.postgres import PostgresServer, database_name
from workflows import awaited, demo, inbox, people, processes
from workflows.actors import actor_of
from workflows.calendar import today, working_days_between
from workflows.casefile import light_of_item
from workflows.demo.families import FAMILIES
from workflows.demo.matters import MATTERS
from workflows.errors import UnsafeForProduction
from workflows.lights import Light
from workflows.tables import (
    Assignment,
    Escalation,
    Item,
    ItemState,
    Kind,
    Notice,
    Person,
    Publication,
    Todo,
)

pytestmark = pytest.mark.costly

ALL = len(MATTERS) + len(FAMILIES)
AFTERNOON = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
ODD_MOMENTS = {
    "a minute past midnight on a holiday": datetime(2020, 10, 1, 16, 1, tzinfo=UTC),
    "a Sunday without a published calendar": datetime(2031, 1, 5, 2, 0, tzinfo=UTC),
}


@pytest.fixture(scope="session")
def sqlite_demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with the demo in it, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    shutil.copy(sqlite_template, path)
    played(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_demo(postgres: PostgresServer, postgres_template: str) -> str:
    """Return the name of a PostgreSQL database with the demo in it, to be copied."""
    url = postgres.create(template=postgres_template)
    played(url)
    return database_name(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(
    request: pytest.FixtureRequest, tmp_path: Path, clock: MovableClock, registry: Registry
) -> Iterator[Database]:
    """Give a demo that was filled on an afternoon, on either product."""
    clock.set(AFTERNOON)
    for url in copied(request, tmp_path, sqlite="sqlite_demo", postgresql="postgres_demo"):
        database = open_database(url, registry, clock=clock, key=KEY)
        yield database
        database.sql.dispose()


def played(url: str) -> None:
    """Fill the demo on an afternoon."""
    clock = MovableClock(AFTERNOON)
    database = open_database(url, processes.registry(), clock=clock, key=KEY)
    fill(database, clock, AFTERNOON)
    database.sql.dispose()


def fill(database: Database, clock: MovableClock, moment: datetime) -> Database:
    """Fill the demo at a moment."""
    clock.set(moment)
    database.write(processes.deploy_shipped)
    assert demo.fill(database)
    return database


def waiting(database: Database) -> dict[str, set[str]]:
    """Return the steps that wait for each item, by its title."""
    wanted = select(Item.title, Todo.step).join(Todo).where(Todo.closed_at.is_(None))
    with database.read() as session:
        steps: dict[str, set[str]] = {}
        for title, step in session.execute(wanted):
            steps.setdefault(title[:6], set()).add(step)
    return steps


def test_each_matter_stands_where_its_story_left_it(filled: Database) -> None:
    steps = waiting(filled)

    assert steps["市园林绿化处"] >= {"report", "review"}
    assert steps["科普教育基地"] == {"assign"}
    assert steps["市域铁路一期"] == {"report", "consent"}
    assert steps["高速公路东出"] == {"report", "acknowledge"}
    assert steps["健康养生示范"] == {"revisit"}
    assert steps["机关办公用房"] == {"instruct"}
    assert steps["超级电容项目"] == {"approve"}
    assert steps["城区新建公共"] == {"objection"}
    assert "中小学教师工" not in steps
    assert steps["整车生产基地"] >= {"report"}
    assert steps["关于加快城区"] == {"contact"}
    assert steps["关于推进智慧"] == {"satisfaction"}
    assert steps["关于设立老年"] == {"contact"}


def test_one_project_keeps_up_and_one_is_far_behind(filled: Database) -> None:
    with filled.read() as session:
        day = today(session)
        projects = session.scalars(select(Item).where(Item.kind == Kind.KEY_PROJECT))
        lights = {item.title[:6]: light_of_item(item, day) for item in projects}

    assert lights == {"整车生产基地": Light.RED, "康养启动区建": Light.GREEN}


@pytest.mark.parametrize(
    ("login", "steps"),
    [
        ("chengyuanshan", {"instruct", "consent"}),
        ("zhangming", {"approve"}),
        ("liwen", {"assign", "review", "objection", "revisit"}),
        ("chuyun", {"acknowledge", "report"}),
        ("fanzhiguo", {"confirm"}),
    ],
)
def test_everybody_whom_the_readme_names_has_something_to_do(
    filled: Database, login: str, steps: set[str]
) -> None:
    with filled.read() as session:
        person = session.scalars(select(Person.id).where(Person.login == login)).one()
        rows = inbox.mine(session, actor_of(session, person))

    assert {row.todo.step for row in rows} >= steps


def test_the_handler_finds_a_report_due_soon_and_one_returned(filled: Database) -> None:
    with filled.read() as session:
        person = session.scalars(select(Person.id).where(Person.login == "chuyun")).one()
        lights = {
            row.item.title: row.light for row in inbox.mine(session, actor_of(session, person))
        }

    assert lights["百城提质街头游园建设"] is Light.YELLOW
    assert lights["启动区道路两侧绿化配套"] is Light.YELLOW


def test_a_notice_that_the_director_returned_waits_for_who_wrote_it(filled: Database) -> None:
    with filled.read() as session:
        person = session.scalars(select(Person.id).where(Person.login == "liwen")).one()
        papers = awaited.awaited(session, actor_of(session, person))
        (todo,) = (each for each in papers if each.step is awaited.Step.MEND_ISSUE)
        assert isinstance(todo.subject, Publication)
        assert "市委编办哪一天" in todo.subject.returned_reason

    assert todo.mine
    assert todo.by == "张明"
    assert todo.light is not Light.RED


@pytest.mark.parametrize("moment", ODD_MOMENTS.values(), ids=ODD_MOMENTS.keys())
def test_it_can_be_played_on_any_day(
    database: Database, clock: MovableClock, moment: datetime
) -> None:
    steps = waiting(fill(database, clock, moment))

    assert len(steps) == ALL + 1  # one is closed, one waits for three parts of its own
    with database.read() as session:
        flash = session.scalars(select(Item).where(Item.title.startswith("高速公路"))).one()
        assert flash.due_on == today(session)


def test_the_overdue_are_escalated_and_the_flash_one_is_due_today(filled: Database) -> None:
    with filled.read() as session:
        climbed = {
            title
            for (title,) in session.execute(
                select(Item.title)
                .join(Assignment)
                .join(Escalation, Escalation.assignment_id == Assignment.id)
            )
        }
        flash = session.scalars(select(Item).where(Item.title.startswith("高速公路"))).one()
        silent = session.scalars(select(Item).where(Item.title.startswith("新能源"))).one()
        assert {"市园林绿化处经费形式变更", "新能源汽车产业园手续办理"} <= climbed
        assert flash.due_on == today(session)
        assert working_days_between(session, silent.due_on or flash.due_on, today(session)) == 22


def test_nothing_happened_after_now_and_the_clock_is_the_old_one(
    filled: Database, clock: MovableClock
) -> None:
    with filled.read() as session:
        latest = session.scalars(select(Notice.at).order_by(Notice.at.desc())).first()
        states = set(session.scalars(select(Item.state)))

    assert filled.clock is clock
    assert latest is not None
    assert latest <= clock.now()
    assert states == {ItemState.REGISTERED, ItemState.OPEN, ItemState.CLOSED}


def test_numbers_have_no_gaps_and_a_second_filling_changes_nothing(filled: Database) -> None:
    again = demo.fill(filled)

    with filled.read() as session:
        given = session.execute(select(Item.year, Item.serial).where(Item.serial.is_not(None)))
        by_year: dict[int, list[int]] = {}
        for year, serial in given:
            by_year.setdefault(year, []).append(serial)
    assert not again
    assert sum(map(len, by_year.values())) == ALL - 1  # one waits for its approval
    for serials in by_year.values():
        assert sorted(serials) == list(range(1, len(serials) + 1))


def test_every_account_signs_in_with_the_one_password(
    database: Database, clock: MovableClock
) -> None:
    clock.set(AFTERNOON)
    database.write(lambda session: demo.raise_curtain(session, clock.now().date()))

    for place, account in enumerate(demo.demo_accounts()):
        actor = people.sign_in(database, account.login, demo.PASSWORD, f"10.0.3.{place}")
        assert actor.has(account.role)
        assert actor.posts[0].unit_name == account.unit


def test_production_refuses_demo_accounts(database: Database, clock: MovableClock) -> None:
    production = {"DUBAN_ENV": "production"}
    database.write(lambda session: demo.raise_curtain(session, clock.now().date()))

    with database.read() as session:
        demo.must_be_safe_for_production(session, {})
        with pytest.raises(UnsafeForProduction):
            demo.must_be_safe_for_production(session, production)
    database.write(disable_all)
    with database.read() as session:
        demo.must_be_safe_for_production(session, production)


def disable_all(session: Session) -> None:
    """Close every demo account."""
    for person in session.scalars(select(Person)):
        person.active = False
