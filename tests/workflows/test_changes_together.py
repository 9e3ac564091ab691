"""Changes while others act on the same item, on either database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

import engine
from tests.workflows.town import Town, judgement, wish
from workflows import changes
from workflows.errors import AlreadyAsked, NotNow
from workflows.reviews import review_report
from workflows.tables import AssignmentState, ChangeRequest, ItemState


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do things at the same time; return what each gave, or why it was refused."""

    def attempt(deed: Callable[[], object]) -> object:
        try:
            return deed()
        except (AlreadyAsked, NotNow, engine.TaskClosed, engine.InstanceEnded) as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(attempt, deeds))


def test_of_many_who_ask_at_once_one_is_heard(town: Town) -> None:
    item_id = town.handled()
    part = town.part(item_id, "parks")

    def asking(who: str) -> Callable[[], object]:
        return lambda: town.act(who, changes.ask_change, part.id, wish())

    answers = at_once(*(asking(who) for who in ("chu", "fan", "chu", "fan")))

    assert len(town.rows(select(ChangeRequest.id))) == 1
    assert sum(isinstance(answer, AlreadyAsked) for answer in answers) == 3
    assert town.open_steps(item_id) == ["endorse_change", "report"]


def test_an_item_is_cancelled_while_another_units_report_is_accepted(town: Town) -> None:
    item_id = town.handled("finance")
    town.report(item_id, "finance")
    town.sign(item_id, "finance")
    town.ask(item_id, kind="cancel", new_due_on=None)
    town.pass_on(item_id)
    consent, review = town.task(item_id, "consent"), town.task(item_id, "review")

    at_once(
        lambda: town.act("secretary", changes.decide_change, consent, consent=True),
        lambda: town.act("li", review_report, review, judgement()),
    )

    assert town.item(item_id).state is ItemState.CANCELLED
    assert town.open_steps(item_id) == []
    ended = {AssignmentState.RELEASED, AssignmentState.ACCEPTED}
    assert town.part(item_id, "finance").state in ended
