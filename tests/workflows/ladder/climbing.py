"""How a part of the town climbs the ladder in a test, and who says what on the way."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from tests.workflows.town import Town
from workflows import ladder
from workflows.calendar import office_day
from workflows.tables import Assignment, Escalation, Rung, RungState, Suggestion

LONGEST = 120
EVIDENCE = ladder.Evidence("市园林绿化处", "《效能过错责任追究办法》", "多次催办仍未办结")


def rungs(town: Town) -> list[Rung]:
    """Return the rungs climbed so far."""
    return [rung.rung for rung in records(town)]


def records(town: Town) -> Sequence[Escalation]:
    """Return every rung on record, the oldest first."""
    return town.rows(select(Escalation).order_by(Escalation.id))


def suggestion(town: Town) -> Suggestion:
    """Return the latest suggestion."""
    found: Suggestion = town.rows(select(Suggestion).order_by(Suggestion.id.desc()))[0]
    return found


def approve(town: Town, item_id: int, **said: Any) -> Escalation:
    """Let the director approve the rung that waits."""
    task = town.task(item_id, "approve_rung")
    return town.act("zhang", ladder.approve_rung, task, ladder.Word(approve=True, **said))


def interview(town: Town, item_id: int, **changed: object) -> None:
    """Let the office hold the interview."""
    said: dict[str, Any] = {
        "held_on": office_day(town.clock.now()),
        "place": "市政府201会议室",
        "interviewer": "张明",
        "interviewed": "范志国",
        "record": "说明了原因，承诺月底前办结。",
    }
    text = ladder.InterviewText(**{**said, **changed})
    town.act("li", ladder.hold_interview, town.task(item_id, "hold_interview"), text)


def give_evidence(town: Town, item_id: int) -> None:
    """Let the supervisor put a suggestion to the director."""
    town.act("li", ladder.submit_evidence, town.task(item_id, "evidence"), EVIDENCE)


def endorse(town: Town, item_id: int) -> None:
    """Let the director put a suggestion to the leader."""
    task = town.task(item_id, "endorse_suggestion")
    town.act("zhang", ladder.endorse_suggestion, task, "approve")


def settle_suggestion(town: Town, item_id: int, *, approved: bool = True) -> None:
    """Let a suggestion go to the leader, and be handed over if approved."""
    give_evidence(town, item_id)
    endorse(town, item_id)
    task = town.task(item_id, "approve_suggestion")
    opinion = "" if approved else "再给一次机会"
    town.act("secretary", ladder.approve_suggestion, task, approved, opinion)
    if approved:
        day = office_day(town.clock.now())
        task = town.task(item_id, "hand_over")
        handing = ladder.Handing("市纪委监委", "云督函〔2020〕1号", day)
        town.act("li", ladder.hand_over, task, handing)


def answer(town: Town, item_id: int) -> None:
    """Let the office answer whatever the ladder asks today."""
    for step in town.open_steps(item_id):
        if step == "approve_rung":
            approve(town, item_id)
        elif step == "evidence":
            settle_suggestion(town, item_id)
    if "hold_interview" in town.open_steps(item_id):
        interview(town, item_id)


def climb_to(town: Town, item_id: int, rung: Rung) -> Escalation:
    """Let the days go by, the office answering all below, until a rung is reached."""
    own = select(Escalation).join(Assignment).where(Assignment.item_id == item_id)
    for _ in range(LONGEST):
        climbed = town.rows(own.order_by(Escalation.id))
        if climbed and climbed[-1].rung is rung:
            return climbed[-1]
        answer(town, item_id)
        town.pass_days(office_day(town.clock.now()) + timedelta(days=1))
    raise AssertionError(rung)


def states(town: Town) -> list[RungState]:
    """Return how each rung on record stands."""
    return [rung.state for rung in records(town)]


# -- tales that walk every arrow of the ladder's diagrams ---------------------------------

NO = ladder.Word(approve=False, reason="先电话了解情况")


def held(town: Town) -> int:
    """Play a part that climbs all the way, is interviewed, criticised, and done too late."""
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)
    town.act("zhang", ladder.approve_rung, town.task(item_id, "approve_rung"), NO)
    climb_to(town, item_id, Rung.CRITICISM)
    give_evidence(town, item_id)
    task = town.task(item_id, "endorse_suggestion")
    town.act("zhang", ladder.endorse_suggestion, task, "return", "请附材料")
    settle_suggestion(town, item_id)
    day = office_day(town.clock.now())
    task = town.task(item_id, "record_outcome")
    town.act("li", ladder.record_outcome, task, "已通报批评", day)
    town.finish(item_id)
    return item_id


def spared(town: Town) -> int:
    """Play a part whose interview is declined, and suggestions that come to nothing."""
    item_id = town.handled()
    climb_to(town, item_id, Rung.INTERVIEW)
    town.act("zhang", ladder.approve_rung, town.task(item_id, "approve_rung"), NO)
    part = town.part(item_id, "parks").id
    for end in ("drop", "decline", "leader"):
        town.act("li", ladder.suggest, part, "praise")
        if end == "drop":
            town.act("li", ladder.drop_suggestion, town.task(item_id, "evidence"), "证据不足")
            continue
        if end == "leader":
            settle_suggestion(town, item_id, approved=False)
            continue
        give_evidence(town, item_id)
        task = town.task(item_id, "endorse_suggestion")
        town.act("zhang", ladder.endorse_suggestion, task, "decline", "不宜")
    return item_id


def in_time(town: Town) -> int:
    """Play a part that is done while a slip still waits for the director."""
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)
    town.finish(item_id)
    return item_id


TALES = (held, spared, in_time)
