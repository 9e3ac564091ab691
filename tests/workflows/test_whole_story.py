"""One instruction from registration to close, with everything that can happen to it."""

from datetime import date

from sqlalchemy import select

from tests.workflows.town import Town, found
from workflows import assignments, items, revisits, steps, urges
from workflows.assignments import UnitTask
from workflows.closing import close_item
from workflows.reports import confirm_report
from workflows.tables import ClosedHow, Escalation, Item, ItemState, Rung, Setting, Verdict
from workflows.withdrawals import withdraw


def test_one_instruction_with_everything_that_can_happen_to_it(town: Town) -> None:
    town.database.write(
        lambda session: setattr(session.get(Setting, "revisit.chance"), "value", "100")
    )
    item_id = opened(town)
    handed_over(town, item_id)
    late_and_extended(town, item_id)
    returned_and_accepted(town, item_id)
    instructed_again(town, item_id)
    not_really_solved(town, item_id)
    closed(town, item_id)


def opened(town: Town) -> int:
    """Register, withdraw, amend, be returned, amend again, and be approved."""
    item_id = town.registered()
    town.act("li", withdraw, town.task(item_id, "approve"))
    town.act("li", items.amend_registration, town.task(item_id, "register"), town.registration())
    town.act("zhang", steps.see_task, town.task(item_id, "approve"))
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "return", "目标不明确")
    better = town.registration(target="完成经费形式变更手续")
    town.act("li", items.amend_registration, town.task(item_id, "register"), better)
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "approve")

    assert town.item(item_id).number == "督字〔2020〕1号"
    return item_id


def handed_over(town: Town, item_id: int) -> None:
    """Assign to three units; one takes it, one objects in vain, one is let go."""
    town.assign(item_id, "finance", "staffing")
    town.acknowledge(item_id, "parks")
    for unit, who in (("finance", "yang"), ("staffing", "luo")):
        task = town.task(item_id, "acknowledge", unit)
        town.act(who, assignments.object_to, task, "不属本单位职责")
    insisted, released = (town.task(item_id, "objection", unit) for unit in ("finance", "staffing"))
    town.act("li", assignments.decide_objection, insisted, "insist", "经费由你单位核定")
    town.act("li", assignments.decide_objection, released, "release")
    town.acknowledge(item_id, "finance")

    assert town.open_steps(item_id) == ["report", "report"]


def late_and_extended(town: Town, item_id: int) -> None:
    """Ask for more time and get it; still be late, be urged and escalated."""
    part = town.part(item_id, "parks")
    town.ask(item_id, new_due_on=date(2020, 3, 27))
    town.pass_on(item_id)
    town.consent(item_id, opinion="同意")
    town.finish(item_id, "finance")
    town.pass_days(date(2020, 3, 28))
    assert town.rows(select(Escalation)) == []

    town.pass_days(date(2020, 3, 31))
    town.act("li", urges.urge, [part.id], "telephone", "请于周五前反馈")
    town.act("chu", urges.open_urges, item_id)

    assert town.rows(select(Escalation.rung)) == [Rung.REMINDER, Rung.URGE]
    assert town.item(item_id).times_urged == 2


def returned_and_accepted(town: Town, item_id: int) -> None:
    """Report, take it back, have it declined, signed, returned, and accepted."""
    town.report(item_id, percent=80)
    town.act("chu", withdraw, town.task(item_id, "confirm"))
    town.report(item_id, percent=80)
    town.act("fan", confirm_report, town.task(item_id, "confirm"), sign=False, reason="数字有误")
    town.report(item_id, percent=80)
    town.sign(item_id)
    town.review(item_id, verdict=Verdict.RETURNED, problem_solved=False, reason="编办未受理")
    town.report(item_id, final=False, percent=90)
    town.sign(item_id)
    town.review(item_id)
    town.finish(item_id)

    item = town.item(item_id)
    assert (item.percent, item.times_returned) == (100, 1)
    assert town.open_steps(item_id) == ["instruct"]


def instructed_again(town: Town, item_id: int) -> None:
    """Be given a new instruction; the part goes to another unit, on the same clock."""
    town.answer(item_id, new_instruction=True, opinion="再核实")
    town.act(
        "li",
        assignments.assign_item,
        town.task(item_id, "assign"),
        UnitTask(town.units["finance"], date(2020, 4, 30)),
    )
    task = town.task(item_id, "acknowledge", "finance")
    town.act("yang", assignments.object_to, task, "属编办职责", town.units["staffing"])
    staffing = town.units["staffing"]
    task = town.task(item_id, "objection")
    town.act("li", assignments.decide_objection, task, "reassign", "", staffing)
    town.acknowledge(item_id, "staffing")
    town.finish(item_id, "staffing")

    assert town.part(item_id, "staffing").due_on == date(2020, 4, 30)


def not_really_solved(town: Town, item_id: int) -> None:
    """Be drawn for a revisit, fail it, and be taken up again under the same number."""
    town.answer(item_id, opinion="已阅")
    task = town.task(item_id, "revisit")
    town.act("li", revisits.record_revisit, task, found("unannounced", "账户未变更", solved=False))
    town.assign(item_id)
    town.acknowledge(item_id)
    town.finish(item_id)
    town.answer(item_id)

    assert town.item(item_id).times_reopened == 1
    assert town.item(item_id).round == 3


def closed(town: Town, item_id: int) -> None:
    """Be found really solved, and be struck off the ledger; nothing waits any more."""
    task = town.task(item_id, "revisit")
    town.act("li", revisits.record_revisit, task, found("on_site", "账户已变更", solved=True))
    town.act("zhang", close_item, town.task(item_id, "close"))

    item: Item = town.item(item_id)
    assert (item.state, item.closed_how) == (ItemState.CLOSED, ClosedHow.DONE)
    assert item.number == "督字〔2020〕1号"
    assert town.open_steps(item_id) == []
    town.pass_days(date(2020, 6, 1))
    assert town.story(item_id)[-1] == "closed"
