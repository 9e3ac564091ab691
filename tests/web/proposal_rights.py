"""Who may do what about proposals, by page, by the API, and in the domain itself."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.web import proposal_places
from tests.web.places import Ids
from tests.web.rights import EVERYONE, SEERS, SIGNED_IN, Answer, Right, Who, only
from workflows.assignments import UnitTask
from workflows.proposals import HandOut, Meeting
from workflows.tables import Handling

SUPERVISOR = only(Who.SUPERVISOR)
HANDLER = only(Who.HANDLER)
TASK = "task_id"
TALK = {"way": "visit", "met_on": "2020-03-02", "said": "已面商"}
DRAFT = {"said": "已办结。", "reply_class": "a", "disclosed": True}
SIGNED = {"sign": True, "document_number": proposal_places.NUMBER}
HEARD = {"satisfaction": "satisfied", "heard_by": "phone"}
REACH = {"email": "ma@example.cn", "phone": "13800000001", "contact": ""}
KEPT = {"kept": True, "said": "已完工"}
MEETING = Meeting("没有这次会议", proposal_places.DAY, "全部交办。")


def told(*names: str, **sent: object) -> Callable[[Ids], dict[str, Any]]:
    """Say what a verb is told: numbers of the place by their names, and what is sent."""
    return lambda ids: {**{name: ids[name] for name in names}, **sent}


def handed(ids: Ids) -> dict[str, Any]:
    """Hand a proposal to the place's unit alone."""
    return {"lead": {"unit_id": ids["lead_id"]}, "handling": "single"}


def hand_out(ids: Ids) -> dict[str, Any]:
    """Hand a proposal out in the domain's own words."""
    return {"handed": HandOut(ids[TASK], UnitTask(ids["lead_id"]), (), Handling.SINGLE)}


API: Mapping[str, Right] = {
    "Proposals.assign": Right(SUPERVISOR, "proposal", handed),
    "Proposals.contact": Right(HANDLER, "contact", TALK),
    "Proposals.opinion": Right(HANDLER, "opinion", {"said": "同意"}),
    "Proposals.reply": Right(HANDLER, "reply", DRAFT),
    "Proposals.contact_again": Right(HANDLER, "reply"),
    "Proposals.review_reply": Right(
        SUPERVISOR, "review_reply", {"accept": True, "disclosed": True}
    ),
    "Proposals.sign_reply": Right(only(Who.UNIT_HEAD), "sign_reply", SIGNED),
    "Proposals.settle_ratings": Right(SUPERVISOR, "satisfaction"),
    "Proposals.promise": Right(HANDLER, "promise", KEPT),
    "Proposals.links": Right(SUPERVISOR, "issued", named=False),
    "Proposals.send": Right(SUPERVISOR, "issued", named=False),
    "Proposals.resend": Right(SUPERVISOR, "issued", named=False),
    "Proposals.withdraw": Right(SUPERVISOR, "issued", named=False),
    "Proposals.ratings_of": Right(SUPERVISOR, "issued", named=False),
    "Proposals.reach": Right(SUPERVISOR, "issued", REACH, named=False),
    "Proposals.heard": Right(SUPERVISOR, "issued", HEARD, named=False),
}

PAGES: Mapping[str, Right] = {
    "proposals.show": Right(SIGNED_IN),
    "proposals.export": Right(SIGNED_IN),
    "proposals.figures": Right(SIGNED_IN),
    "proposals.promises": Right(SIGNED_IN),
    "proposals.hand_over": Right(SUPERVISOR),
    "proposals.hold": Right(SUPERVISOR),
    "proposals.ratings": Right(SUPERVISOR, "issued", named=False),
    "proposals.letter": Right(SEERS, "issued"),
    "proposals.links": Right(SUPERVISOR, "issued", named=False),
    "proposals.send": Right(SUPERVISOR, "issued", named=False),
    "proposals.resend": Right(SUPERVISOR, "issued", named=False),
    "proposals.withdraw": Right(SUPERVISOR, "issued", named=False),
    "proposals.reach": Right(SUPERVISOR, "issued", REACH, named=False),
    "proposals.heard": Right(SUPERVISOR, "issued", told("rating_id", **HEARD), named=False),
    "registering.kind_fields": Right(SUPERVISOR),
    "rating.show": Right(EVERYONE, done=Answer.UNKNOWN),
    "rating.rate": Right(EVERYONE, sent={"satisfaction": "satisfied"}, done=Answer.UNKNOWN),
}

VERBS: Mapping[str, Right] = {
    "proposals.contacts.record_contact": Right(
        HANDLER, "contact", told(TASK, contact=proposal_places.TALK)
    ),
    "proposals.handing_over.assign_proposal": Right(SUPERVISOR, "proposal", hand_out),
    "proposals.handing_over.hold_meeting": Right(
        SUPERVISOR, sent={"meeting": MEETING, "handed": ()}
    ),
    "proposals.links.send_links": Right(SUPERVISOR, "issued", told("reply_id"), named=False),
    "proposals.links.resend_link": Right(SUPERVISOR, "issued", told("rating_id"), named=False),
    "proposals.links.withdraw_link": Right(SUPERVISOR, "issued", told("rating_id"), named=False),
    "proposals.links.outgoing": Right(SUPERVISOR, "issued", told("reply_id"), named=False),
    "proposals.links.change_reach": Right(
        SUPERVISOR, "issued", told("proposer_id", **REACH), named=False
    ),
    "proposals.opinions.give_opinion": Right(HANDLER, "opinion", told(TASK, said="同意")),
    "proposals.promises.check_promise": Right(HANDLER, "promise", told(TASK, **KEPT)),
    "proposals.ratings.make_links": Right(SUPERVISOR, "issued", told("reply_id"), named=False),
    "proposals.ratings.record_rating": Right(
        SUPERVISOR, "issued", told("rating_id", why="", **HEARD), named=False
    ),
    "proposals.ratings.settle_ratings": Right(SUPERVISOR, "satisfaction", told(TASK)),
    "proposals.ratings.visible_reply": Right(SEERS, "issued", told("reply_id")),
    "proposals.letters.letter_of": Right(SEERS, "issued", told("reply_id")),
    "proposals.letters.letter_docx": Right(SEERS, "issued", told("reply_id")),
    "proposals.replies.contact_again": Right(HANDLER, "reply", told(TASK)),
    "proposals.replies.draft_reply": Right(
        HANDLER, "reply", told(TASK, draft=proposal_places.DRAFT)
    ),
    "proposals.replies.review_reply": Right(
        SUPERVISOR, "review_reply", told(TASK, opinion=proposal_places.ACCEPT)
    ),
    "proposals.replies.sign_reply": Right(only(Who.UNIT_HEAD), "sign_reply", told(TASK, **SIGNED)),
}
"""Who may do what in the domain itself."""

FOR_EVERYBODY = frozenset(
    {
        "proposals.ledger.by_class",
        "proposals.ledger.by_unit",
        "proposals.ledger.figures",
        "proposals.ledger.lines",
        "proposals.ledger.promises",
        "proposals.views.view_of",
    }
)
"""What shows everybody only what is theirs, or goes on where a verb has asked."""
