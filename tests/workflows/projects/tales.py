"""Tales that walk every arrow of a project's diagram."""

from datetime import date, timedelta

from sqlalchemy import update

from tests.workflows.projects import site
from tests.workflows.town import Town, found
from workflows import calendar, closing, items, revisits
from workflows.projects import supervision
from workflows.projects.registering import own_nodes
from workflows.tables import Setting, Source
from workflows.withdrawals import withdraw

EVERYTHING_IS_REVISITED = (
    update(Setting).where(Setting.name == "revisit.chance").values(value="100")
)


def not_opened(town: Town) -> int:
    """Play a project that is withdrawn, returned, and in the end not opened."""
    registration = town.registration(source=Source.KEY_PROJECT, details=site.details(town))
    item_id = town.act("li", items.register_item, registration).id
    town.act("li", withdraw, town.task(item_id, "approve"))
    town.act("li", items.amend_registration, town.task(item_id, "register"), registration)
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "return", "重写")
    town.act("li", items.amend_registration, town.task(item_id, "register"), registration)
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "refuse", "不属督查")
    return item_id


def built(town: Town) -> int:
    """Play a project that is supervised late, sent back, revisited in vain, and closed at last."""
    town.database.write(lambda session: session.execute(EVERYTHING_IS_REVISITED))
    day = calendar.office_day(town.clock.now())
    nodes = own_nodes(f"{day + timedelta(days=30)} 竣工")
    item_id = site.project(
        town, template_id=None, nodes=nodes, starts_on=None, year=day.year, ends_on=date(2029, 1, 1)
    )
    town.pass_days(day + timedelta(days=14))
    week = town.task(item_id, "supervise")
    town.act("li", supervision.supervise, week, "on_site", "停工", sound=False)
    site.reach(town, item_id, "竣工", day)
    finish(town, item_id, passed=False)
    again(town, item_id)
    finish(town, item_id, passed=True)
    for solved in (False, True):
        visit = town.task(item_id, "revisit")
        seen = found("on_site", "查看", solved=solved)
        town.act("li", revisits.record_revisit, visit, seen)
        if not solved:
            again(town, item_id)
            finish(town, item_id, passed=True)
    town.act("zhang", closing.close_item, town.task(item_id, "close"))
    return item_id


def finish(town: Town, item_id: int, *, passed: bool) -> None:
    """Have the final report accepted, and the project accepted or sent back."""
    day = calendar.office_day(town.clock.now())
    site.weekly(town, item_id, day.month, 100, year=day.year, final=True, percent=100)
    task = town.task(item_id, "acceptance")
    town.act("li", supervision.accept_project, task, passed=passed, opinion="缺验收报告")


def again(town: Town, item_id: int) -> None:
    """Hand the project over again."""
    town.assign(item_id)
    town.acknowledge(item_id)


TALES = (not_opened, built)
