"""Plays that walk the arrows of decisions, and of instructions that differ."""

from datetime import date

from tests.workflows.decisions.stories import broken_down, done, row
from tests.workflows.town import Town, found
from workflows import items, results, revisits
from workflows.closing import close_item
from workflows.decisions.breakdown import decompose
from workflows.instructions import InstructionDetails, Words, resolve
from workflows.tables import Source, Urgency
from workflows.withdrawals import withdraw


def not_opened(town: Town) -> int:
    """Play a decision that is withdrawn, returned, and in the end not opened."""
    decision = {"source": Source.EXECUTIVE_MEETING}
    item_id = town.registered(**decision)
    said = town.registration(**decision)
    town.act("li", withdraw, town.task(item_id, "approve"))
    town.act("li", items.amend_registration, town.task(item_id, "register"), said)
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "return", "重写")
    town.act("li", items.amend_registration, town.task(item_id, "register"), said)
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "refuse", "不属督查")
    return item_id


def in_parts(town: Town) -> int:
    """Play a decision in parts, then whole for a new demand, and close it."""
    whole, (first, second) = broken_down(town, "parks", "finance")
    done(town, first, "parks")
    done(town, second, "finance")
    answer(town, whole, new=True)
    town.act("li", decompose, town.task(whole, "decompose"), [row(town)])
    done(town, whole, "parks")
    town.act("li", revisits.ask_for_revisit, whole)
    for solved in (False, True):
        answer(town, whole, new=False)
        task = town.task(whole, "revisit")
        town.act("li", revisits.record_revisit, task, found("on_site", "查看", solved=solved))
        if not solved:
            town.act("li", decompose, town.task(whole, "decompose"), [row(town)])
            done(town, whole, "parks")
    town.act("zhang", close_item, town.task(whole, "close"))
    return whole


def at_once(town: Town) -> int:
    """Play a top urgent decision, which skips its approval."""
    return town.registered(source=Source.EXECUTIVE_MEETING, urgency=Urgency.FLASH)


def one_part(town: Town) -> int:
    """Play one part of a decision to its end."""
    _, (first, _) = broken_down(town, "parks", "finance")
    done(town, first, "parks")
    return first


def settled(town: Town) -> int:
    """Play an instruction whose differing words the director settles."""
    return differing(town, "settle")


def referred(town: Town) -> int:
    """Play an instruction whose differing words the principal leader settles."""
    return differing(town, "refer")


def differing(town: Town, outcome: str) -> int:
    """Play an instruction whose words differ."""
    words = Words(town.posts["secretary"], "不能停", date(2020, 3, 1), differs=True)
    item_id = town.approved(details=InstructionDetails(others=(words,)))
    town.act("zhang", resolve, town.task(item_id, "resolve"), outcome, "请定")
    if outcome == "refer":
        town.act("mayor", resolve, town.task(item_id, "resolve"), "settle", "暂停")
    return item_id


def answer(town: Town, item_id: int, *, new: bool) -> None:
    """Let the sponsor answer what a decision has come to."""
    task = town.task(item_id, "instruct")
    town.act("secretary", results.record_instruction, task, new, "意见")


TALES = (not_opened, in_parts, at_once, one_part, settled, referred)
