"""A session of the people's congress in the town: its proposals, and everybody's next step."""

from datetime import date
from typing import Any

from sqlalchemy import select

from engine import Session
from tests.workflows.town import HANDLERS, HEADS, Town
from workflows import closing, items, proposals
from workflows.actors import actor_of
from workflows.assignments import UnitTask
from workflows.items import Registration
from workflows.proposals import Contact, Draft, HandOut, Opinion, ProposalDetails, Signatory
from workflows.proposals.ratings import OpenRating
from workflows.tables import (
    ContactWay,
    Handling,
    Reply,
    ReplyClass,
    Satisfaction,
    Source,
    Urgency,
)

SESSION = "七届人大四次会议"
ADDRESS = "203.0.113.7"
LIU, MA = Signatory("刘代表", "13800000001"), Signatory("马代表")


def registration(**changed: Any) -> Registration:
    """Return a sound registration of a proposal, but for what a test changes."""
    details = {
        "session": SESSION,
        "number": "人大建议第1号",
        "proposers": (LIU, MA),
        "handling": Handling.LEAD_CO,
    }
    own = {name: changed.pop(name) for name in list(changed) if name in details}
    usual: dict[str, Any] = {
        "source": Source.NPC_SUGGESTION,
        "basis": "七届人大四次会议人大建议第1号",
        "title": "关于加快城区农贸市场改造的建议",
        "urgency": Urgency.NORMAL,
        "secret": False,
        "details": ProposalDetails(**{**details, **own}),
    }
    return Registration(**{**usual, **changed})


def opened(town: Town, **changed: object) -> int:
    """Return a proposal that waits to be handed over."""
    item_id = town.act("li", items.register_item, registration(**changed)).id
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "approve")
    return item_id


def hand_out(
    town: Town, item_id: int, *others: str, handling: Handling = Handling.LEAD_CO
) -> HandOut:
    """Return how a proposal is handed out: to the parks' office and whoever else is named."""
    return HandOut(
        town.task(item_id, "assign"),
        UnitTask(town.units["parks"]),
        tuple(UnitTask(town.units[unit]) for unit in others),
        handling if others else Handling.SINGLE,
    )


def handled(town: Town, *others: str, handling: Handling = Handling.LEAD_CO) -> int:
    """Return a proposal that every unit has signed for."""
    item_id = opened(town)
    town.act("li", proposals.assign_proposal, hand_out(town, item_id, *others, handling=handling))
    for unit in ("parks", *others):
        town.acknowledge(item_id, unit)
    return item_id


def talk(town: Town, item_id: int, unit: str = "parks", **changed: object) -> None:
    """Let a unit record a talk with the proposers."""
    usual: dict[str, Any] = {
        "way": ContactWay.VISIT,
        "met_on": date(2020, 3, 2),
        "said": "当面听取了两位代表的意见。",
    }
    task = town.task(item_id, "contact", unit)
    town.act(HANDLERS[unit], proposals.record_contact, task, Contact(**{**usual, **changed}))


def draft(**changed: object) -> Draft:
    """Return a sound draft of class A, but for what a test changes."""
    usual: dict[str, Any] = {
        "said": "农贸市场改造已于五月完工。",
        "reply_class": ReplyClass.A,
        "disclosed": True,
    }
    return Draft(**{**usual, **changed})


def drafted(town: Town, item_id: int, unit: str = "parks", **changed: object) -> None:
    """Let a unit lay its reply before the office."""
    task = town.task(item_id, "reply", unit)
    town.act(HANDLERS[unit], proposals.draft_reply, task, draft(**changed))


def issued(town: Town, item_id: int, unit: str = "parks", **changed: object) -> None:
    """Let a unit talk, draft, be accepted and sign: its reply goes out."""
    talk(town, item_id, unit)
    drafted(town, item_id, unit, **changed)
    task = town.task(item_id, "review_reply", unit)
    town.act("li", proposals.review_reply, task, Opinion(accept=True, disclosed=True))
    task = town.task(item_id, "sign_reply", unit)
    number = "市园建〔2020〕3号"
    town.act(HEADS[unit], proposals.sign_reply, task, sign=True, document_number=number)


def close(town: Town, item_id: int) -> None:
    """Let the director strike a proposal off the ledger."""
    town.act("zhang", closing.close_item, town.task(item_id, "close"))


def links(town: Town, item_id: int) -> dict[str, str]:
    """Let the office make the links of the reply issued last; return them by proposer."""
    wanted = select(Reply.id).where(Reply.item_id == item_id, Reply.issued_at.is_not(None))
    reply_id = town.rows(wanted.order_by(Reply.id))[-1]

    def work(session: Session) -> dict[str, str]:
        actor = actor_of(session, town.people["li"])
        made = proposals.make_links(session, actor, reply_id)
        return {link.rating.proposer.name: link.token for link in made}

    return town.database.write(work)


def rate(town: Town, token: str, satisfaction: str, why: str = "") -> OpenRating | None:
    """Let somebody with a link rate a reply."""
    return town.database.write(
        lambda session: proposals.rate(session, token, ADDRESS, satisfaction, why)
    )


def settle(town: Town, item_id: int, unit: str = "parks") -> None:
    """Let the supervisor go on by the ratings."""
    town.act("li", proposals.settle_ratings, town.task(item_id, "satisfaction", unit))


def settled(town: Town, item_id: int) -> None:
    """Let the unit reply, and every proposer be satisfied."""
    issued(town, item_id)
    for token in links(town, item_id).values():
        rate(town, token, Satisfaction.SATISFIED)
    settle(town, item_id)


def redone(town: Town) -> int:
    """Return a proposal whose proposer was dissatisfied, so that it is answered anew."""
    item_id = handled(town)
    issued(town, item_id)
    for token in links(town, item_id).values():
        rate(town, token, Satisfaction.DISSATISFIED, "没有答到点子上")
    settle(town, item_id)
    return item_id


def promised(town: Town, promised_on: date) -> int:
    """Return a closed proposal whose reply promised something by a day."""
    item_id = handled(town)
    kind, promise = ReplyClass.B, "按期完工"
    issued(town, item_id, reply_class=kind, promise=promise, promised_on=promised_on)
    for token in links(town, item_id).values():
        rate(town, token, Satisfaction.SATISFIED)
    settle(town, item_id)
    close(town, item_id)
    return item_id
