"""Bills, suggestions and proposals 建议提案: handed over, talked about, answered, rated, kept."""

from workflows.proposals.contacts import Contact, record_contact
from workflows.proposals.details import ProposalDetails
from workflows.proposals.handing_over import HandOut, Meeting, assign_proposal, hold_meeting
from workflows.proposals.links import change_reach, resend_link, send_links, withdraw_link
from workflows.proposals.opinions import give_opinion
from workflows.proposals.promises import check_promise
from workflows.proposals.ratings import (
    Link,
    make_links,
    open_rating,
    rate,
    record_rating,
    settle_ratings,
)
from workflows.proposals.reach import Signatory
from workflows.proposals.replies import (
    Draft,
    Opinion,
    contact_again,
    draft_reply,
    review_reply,
    sign_reply,
)

__all__ = [
    "Contact",
    "Draft",
    "HandOut",
    "Link",
    "Meeting",
    "Opinion",
    "ProposalDetails",
    "Signatory",
    "assign_proposal",
    "change_reach",
    "check_promise",
    "contact_again",
    "draft_reply",
    "give_opinion",
    "hold_meeting",
    "make_links",
    "open_rating",
    "rate",
    "record_contact",
    "record_rating",
    "resend_link",
    "review_reply",
    "send_links",
    "settle_ratings",
    "sign_reply",
    "withdraw_link",
]
