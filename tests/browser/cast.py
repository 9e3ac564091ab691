"""Who plays on the stage: a small city with its office, two departments and a leader."""

from datetime import date
from functools import cache

from engine import Session
from workflows import passwords
from workflows.calendar import seed_calendar
from workflows.ladder import seed_bases
from workflows.limits import seed_limits
from workflows.projects.templates import seed_templates
from workflows.serials import seed_serials
from workflows.tables import Holding, Person, Post, Role, Unit, UnitKind

PASSWORD = "shui-di-shi-chuan-2019"
SINCE = date(2018, 1, 1)

UNITS = (
    ("云川市人民政府", UnitKind.GOVERNMENT),
    ("市政府督查室", UnitKind.OFFICE),
    ("市交通运输局", UnitKind.DEPARTMENT),
    ("市城管局", UnitKind.DEPARTMENT),
    ("东城区政府", UnitKind.COUNTY),
)
PEOPLE = (
    ("luyuan", "陆远", "云川市人民政府", "常务副市长", Role.LEADER),
    ("zhangming", "张明", "市政府督查室", "主任", Role.DIRECTOR),
    ("liwen", "李文", "市政府督查室", "督查员", Role.SUPERVISOR),
    ("hemin", "何敏", "市政府督查室", "系统管理员", Role.ADMINISTRATOR),
    ("shenji", "沈计", "市政府督查室", "审计员", Role.AUDITOR),
    ("qianjin", "钱进", "市交通运输局", "承办人", Role.HANDLER),
    ("zhouju", "周局", "市交通运输局", "局长", Role.UNIT_HEAD),
    ("yangfan", "杨帆", "市城管局", "承办人", Role.HANDLER),
    ("luojing", "罗静", "市城管局", "局长", Role.UNIT_HEAD),
)


def come_on(session: Session) -> None:
    """Bring everybody on stage, with the calendar, limits, templates and serials of the house."""
    seed_calendar(session)
    seed_limits(session)
    seed_templates(session)
    seed_serials(session)
    seed_bases(session)
    units = {name: Unit(name=name, kind=kind, aliases=[]) for name, kind in UNITS}
    session.add_all(units.values())
    session.flush()
    for login, name, unit, post_name, role in PEOPLE:
        person = Person(name=name, login=login, password=hashed())
        post = Post(unit_id=units[unit].id, name=post_name, role=role)
        session.add_all([person, post])
        session.flush()
        session.add(Holding(post_id=post.id, person_id=person.id, since=SINCE))
    session.flush()


@cache
def hashed() -> str:
    """Return everybody's password as it is stored; argon2 takes its time, so once."""
    return passwords.hash_of(PASSWORD)
