"""What the simulated office does in the field: actions by every method, a station for months."""

from datetime import date, timedelta

from sqlalchemy import select

from workflows import actions
from workflows.actions import ActionPlan, ActionRecord, Problem, StationPlan
from workflows.methods import Method
from workflows.simulation.year import Year
from workflows.tables import (
    Assignment,
    Item,
    ItemState,
    Party,
    Station,
    StationProblem,
    SupervisionAction,
)

OUT = (3, 5)
"""The days of the week on which the office goes out, as ISO counts them."""
METHODS = tuple(
    method
    for method in Method
    if method not in (Method.SYSTEM, Method.STATIONED, Method.REMINDER, Method.LOOK_BACK)
)
SPECIAL = 4
"""Every which action is a special supervision."""
LEFT_OPEN = 30
STATIONED = ((4, 1), (9, 30))
"""When the team on the spot goes out and comes home: months and days."""
PROBLEM = "围挡外水管占压施工便道，影响土方外运。"


def go_out(year: Year) -> None:
    """Plan and carry out an action twice a week, one method after the other."""
    if year.today.isoweekday() not in OUT:
        return
    with year.database.read() as session:
        held = len(session.scalars(select(SupervisionAction.id)).all())
        wanted = (
            select(Item.id, Item.title, Assignment.unit_id)
            .join(Assignment, Assignment.item_id == Item.id)
            .where(Item.state == ItemState.OPEN)
            .order_by(Item.due_on, Item.id)
        )
        found = session.execute(wanted.limit(LEFT_OPEN)).all()
    if not found:
        return
    item_id, title, unit_id = found[held % len(found)]
    method = METHODS[held % len(METHODS)]
    plan = ActionPlan(
        method,
        f"{title}落实情况督查",
        year.today,
        special=held % SPECIAL == 0,
        joint=(Party.PARTY_COMMITTEE,) if method is Method.JOINT else (),
        item_ids=(item_id,),
        unit_ids=(unit_id,),
    )
    who = year.city.supervisors[held % len(year.city.supervisors)]
    action = year.act(who, actions.plan_action, plan)
    told = ActionRecord(year.today, "进展与反馈一致，手续尚缺一项。", "当场明确责任人和完成时间。")
    year.act(who, actions.record_action, action.id, told)


def stand_by(year: Year) -> None:
    """Keep a team on the spot for half a year: a problem a week, settled the week after."""
    first, last = (date(year.first.year, *day) for day in STATIONED)
    with year.database.read() as session:
        station = session.scalars(select(Station)).first()
        problems = session.scalars(
            select(StationProblem).where(StationProblem.settled_on.is_(None))
        ).all()
    who = year.city.supervisors[-1]
    if station is None:
        if first <= year.today < last:
            plan = StationPlan("老监狱搬迁驻点督查", "北山县老监狱", year.today)
            year.act(who, actions.open_station, plan)
        return
    if station.ended_on is not None or year.today.isoweekday() != OUT[0]:
        return
    for problem in problems:
        year.act(who, actions.settle_problem, problem.id, "已协调产权单位当日迁改。")
    if year.today >= last:
        year.act(who, actions.close_station, station.id, year.today, "按要求完成搬迁拆迁。")
    else:
        owner = year.city.units[0]
        due = year.today + timedelta(days=5)
        said = Problem(PROBLEM, owner_unit_id=owner, owner_person="现场负责人", due_on=due)
        year.act(who, actions.add_problem, station.id, said)


DAILY = (go_out, stand_by)
"""What the office does outside, tried on every working day."""
