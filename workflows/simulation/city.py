"""The simulated city: forty units with their heads and handlers, an office, four leaders."""

from dataclasses import dataclass
from datetime import date
from random import Random

from sqlalchemy import select

from engine import Database, Session
from workflows import limits, passwords, processes
from workflows.actors import Actor, actor_of
from workflows.assessment import seed_groups
from workflows.calendar import seed_calendar
from workflows.decision_tables import seed_tables
from workflows.demo.cast import CITY, OFFICE, PASSWORD, UNITS
from workflows.errors import NotEmpty
from workflows.ladder import seed_bases
from workflows.projects.templates import seed_templates
from workflows.tables import Holding, MilestoneTemplate, Person, Post, Role, Unit, UnitKind

MORE_UNITS: tuple[tuple[str, UnitKind], ...] = (
    ("市民政局", UnitKind.DEPARTMENT),
    ("市应急管理局", UnitKind.DEPARTMENT),
    ("市审计局", UnitKind.DEPARTMENT),
    ("市统计局", UnitKind.DEPARTMENT),
    ("市商务局", UnitKind.DEPARTMENT),
    ("市农业农村局", UnitKind.DEPARTMENT),
    ("市文化广电和旅游局", UnitKind.DEPARTMENT),
    ("市医保局", UnitKind.DEPARTMENT),
    ("市税务局", UnitKind.DEPARTMENT),
    ("市信访局", UnitKind.DEPARTMENT),
    ("市退役军人事务局", UnitKind.DEPARTMENT),
    ("西城区政府", UnitKind.COUNTY),
    ("临江县政府", UnitKind.COUNTY),
    ("石桥县政府", UnitKind.COUNTY),
)
FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟敏静丽军洋勇艳杰涛明超霞平刚文玲强国英"
LEADERS = ("市长", "常务副市长", "副市长", "秘书长")
SUPERVISORS = 4


@dataclass(frozen=True, slots=True)
class City:
    """Who is there: units that take work, posts of leaders, and who acts in which role where."""

    units: tuple[int, ...]
    leaders: tuple[int, ...]
    supervisors: tuple[Actor, ...]
    actors: dict[tuple[Role, int | None], Actor]
    templates: tuple[int, ...]

    def seat(self, role: Role, unit_id: int | None = None) -> Actor:
        """Return who acts in a role, of a unit or of the office."""
        return self.actors[role, unit_id]


def found_city(database: Database, since: date, random: Random) -> City:
    """Found the city in an empty database, or refuse one that has people already."""
    database.write(lambda session: _found(session, since, random))
    with database.read() as session:
        return _city(session)


def _found(session: Session, since: date, random: Random) -> None:
    if session.scalars(select(Person.id).limit(1)).first() is not None:
        raise NotEmpty
    processes.deploy_shipped(session)
    seed_calendar(session)
    limits.seed_limits(session)
    seed_tables(session)
    seed_groups(session)
    seed_templates(session)
    seed_bases(session)
    password = passwords.hash_of(PASSWORD)
    places = [(name, kind) for name, kind, _ in UNITS] + list(MORE_UNITS)
    for place, (name, kind) in enumerate(places):
        unit = Unit(name=name, kind=kind, position=place)
        session.add(unit)
        session.flush()
        for post, role in _posts(name):
            _seat(session, Post(unit_id=unit.id, name=post, role=role), since, password, random)


def _posts(unit: str) -> list[tuple[str, Role]]:
    if unit == CITY:
        auditor = ("审计员", Role.AUDITOR)
        return [*((post, Role.LEADER) for post in LEADERS), auditor]
    if unit == OFFICE:
        supervisors = [(f"督查员{number + 1}", Role.SUPERVISOR) for number in range(SUPERVISORS)]
        director, administrator = ("主任", Role.DIRECTOR), ("系统管理员", Role.ADMINISTRATOR)
        return [director, *supervisors, administrator]
    return [("主要负责人", Role.UNIT_HEAD), ("承办人", Role.HANDLER)]


def _seat(session: Session, post: Post, since: date, password: str, random: Random) -> None:
    full_name = random.choice(FAMILIES) + random.choice(GIVEN)
    person = Person(name=full_name, login="", password=password, demo=True)
    session.add(post)
    session.flush()
    person.login = f"{post.role.value}{post.id}"
    session.add(person)
    session.flush()
    session.add(Holding(post_id=post.id, person_id=person.id, since=since))


def _city(session: Session) -> City:
    actors: dict[tuple[Role, int | None], Actor] = {}
    supervisors: list[Actor] = []
    rows = session.execute(
        select(Post, Holding.person_id).join(Holding, Holding.post_id == Post.id).order_by(Post.id)
    ).all()
    for post, person_id in rows:
        actor = actor_of(session, person_id)
        if post.role is Role.SUPERVISOR:
            supervisors.append(actor)
        place = post.id if post.role is Role.LEADER else post.unit_id
        actors[post.role, place] = actor
        actors.setdefault((post.role, None), actor)
    taking = select(Unit.id).where(Unit.kind.in_([UnitKind.DEPARTMENT, UnitKind.COUNTY]))
    leaders = select(Post.id).where(Post.role == Role.LEADER)
    templates = select(MilestoneTemplate.id)
    return City(
        units=tuple(session.scalars(taking.order_by(Unit.id))),
        leaders=tuple(session.scalars(leaders.order_by(Post.id))),
        supervisors=tuple(supervisors),
        actors=actors,
        templates=tuple(session.scalars(templates.order_by(MilestoneTemplate.id))),
    )
