"""Stories of proposals that together walk every arrow of their diagrams."""

from datetime import date, timedelta

from tests.workflows.proposals import session as s
from tests.workflows.revisits.closed import record
from tests.workflows.revisits.visiting import never_before_closing
from tests.workflows.town import HANDLERS, Town
from workflows import assignments, items, proposals, revisits
from workflows.assignments import UnitTask
from workflows.calendar import office_day
from workflows.proposals import HandOut, Opinion
from workflows.tables import Handling, ReplyClass, Satisfaction
from workflows.withdrawals import withdraw


def refused(town: Town) -> int:
    """Play a proposal that is never opened."""
    item_id = town.act("li", items.register_item, s.registration(number="人大建议第8号")).id
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "refuse", "重复")
    return item_id


def separate(town: Town) -> int:
    """Play one handled separately: a unit is let go, the other replies; visited, and done again."""
    secretary = town.posts["secretary"]
    item_id = s.opened(town, number="人大建议第7号", sponsor_post_id=secretary)
    handed = s.hand_out(town, item_id, "finance", handling=Handling.SEPARATE)
    town.act("li", proposals.assign_proposal, handed)
    for unit in ("parks", "finance"):
        town.acknowledge(item_id, unit)
    town.ask(item_id, "finance", kind="cancel", new_due_on=None)
    town.pass_on(item_id, "finance")
    town.consent(item_id, "finance")
    town.act("zhang", revisits.ask_for_revisit, item_id)
    s.issued(town, item_id)
    _rated(town, item_id, Satisfaction.SATISFIED)
    record(town, item_id, solved=False)
    town.act("li", proposals.assign_proposal, s.hand_out(town, item_id))
    town.acknowledge(item_id)
    s.issued(town, item_id)
    _rated(town, item_id, Satisfaction.SATISFIED)
    record(town, item_id, solved=True)
    s.close(town, item_id)
    return item_id


def everything(town: Town) -> int:
    """Play one with every detour: withdrawn, refused, late, returned, dissatisfied, promised."""
    town.database.write(never_before_closing)
    item_id = _opened_at_last(town)
    others = tuple(UnitTask(town.units[unit]) for unit in ("finance", "staffing"))
    handed = HandOut(town.task(item_id, "assign"), UnitTask(town.units["parks"]), others)
    town.act("li", proposals.assign_proposal, handed)
    town.acknowledge(item_id, "parks")
    _object(town, item_id)
    _talked_and_returned(town, item_id)
    town.ask(item_id, "parks", new_due_on=_due(town, item_id, "parks") + timedelta(days=29))
    town.pass_on(item_id, "parks")
    town.consent(item_id, "parks", consent=False, opinion="按期答复")
    late = _due(town, item_id, "finance") + timedelta(days=6)
    town.pass_days(late)  # the receipt of one unit is late by now
    town.acknowledge(item_id, "finance")
    town.pass_days(_ahead(town, 2))
    task = town.task(item_id, "opinion", "finance")
    town.act("yang", proposals.give_opinion, task, "同意")
    town.pass_days(_due(town, item_id, "parks") + timedelta(days=2))
    _signed(town, item_id)
    tokens = s.links(town, item_id)
    s.rate(town, tokens["刘代表"], Satisfaction.DISSATISFIED, "没有说何时完工")
    town.pass_days(_ahead(town, 18))
    s.settle(town, item_id)
    kind, soon = ReplyClass.B, _ahead(town, 9)
    s.issued(town, item_id, reply_class=kind, promise="年内完工", promised_on=soon)
    _rated(town, item_id, Satisfaction.BASICALLY)
    s.close(town, item_id)
    _kept_at_last(town, item_id)
    return item_id


def _opened_at_last(town: Town) -> int:
    """Register, take back, have it returned, and have it approved."""
    registration = s.registration(number="人大建议第9号", sponsor_post_id=town.posts["secretary"])
    item_id = town.act("li", items.register_item, registration).id
    for answer in ("withdraw", "return", "approve"):
        task = town.task(item_id, "approve")
        if answer == "withdraw":
            town.act("li", withdraw, task)
        else:
            town.act("zhang", items.approve_item, task, answer, "写明领衔人")
        if answer != "approve":
            task = town.task(item_id, "register")
            town.act("li", items.amend_registration, task, registration)
    return item_id


def _object(town: Town, item_id: int) -> None:
    """Let a unit refuse, take that back, be told to stay, and be let go."""
    greens = town.units["greens"]
    for decision in ("withdraw", "insist", "release"):
        task = town.task(item_id, "acknowledge", "staffing")
        town.act("luo", assignments.object_to, task, "不属本单位职责", greens)
        task = town.task(item_id, "objection")
        if decision == "withdraw":
            town.act("luo", withdraw, task)
        else:
            town.act("li", assignments.decide_objection, task, decision, "研究过")


def _talked_and_returned(town: Town, item_id: int) -> None:
    """Let the lead unit talk twice, take its draft back, have it returned, and draft again."""
    s.talk(town, item_id)
    town.act("chu", proposals.contact_again, town.task(item_id, "reply"))
    s.talk(town, item_id)
    s.drafted(town, item_id)
    town.act("chu", withdraw, town.task(item_id, "review_reply"))
    s.drafted(town, item_id)
    back = Opinion(accept=False, disclosed=True, reason="写明完工日期")
    town.act("li", proposals.review_reply, town.task(item_id, "review_reply"), back)
    s.drafted(town, item_id)
    _accept(town, item_id)
    task = town.task(item_id, "sign_reply")
    town.act("fan", proposals.sign_reply, task, sign=False, reason="再核一遍")


def _accept(town: Town, item_id: int) -> None:
    task = town.task(item_id, "review_reply")
    town.act("li", proposals.review_reply, task, Opinion(accept=True, disclosed=True))


def _signed(town: Town, item_id: int) -> None:
    s.drafted(town, item_id)
    _accept(town, item_id)
    task = town.task(item_id, "sign_reply")
    town.act("fan", proposals.sign_reply, task, sign=True, document_number="市园建〔2020〕9号")


def _rated(town: Town, item_id: int, satisfaction: Satisfaction) -> None:
    for token in s.links(town, item_id).values():
        s.rate(town, token, satisfaction)
    s.settle(town, item_id)


def _kept_at_last(town: Town, item_id: int) -> None:
    """Let the promise come back twice: put off, then kept."""
    for days, kept in ((9, False), (30, True)):
        town.pass_days(_ahead(town, days))
        later = None if kept else _ahead(town, 30)
        task = town.task(item_id, "promise")
        handler = HANDLERS["parks"]
        said = {"kept": kept, "said": "已完工" if kept else "差一处", "new_promised_on": later}
        town.act(handler, proposals.check_promise, task, **said)


def _due(town: Town, item_id: int, unit: str) -> date:
    due_on = town.part(item_id, unit).due_on
    assert due_on is not None
    return due_on


def _ahead(town: Town, days: int) -> date:
    return office_day(town.clock.now()) + timedelta(days=days)


TALES = (refused, separate, everything)
