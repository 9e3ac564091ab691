"""What the steps and pages of proposals are told: one shape per verb."""

from marshmallow import fields, validate

from web.shapes import Shape, choice, line, member, name, text
from web.shapes.steps import Handover
from workflows.tables import ContactWay, Handling, ReplyClass, Satisfaction


class ProposalHandover(Handover):
    """To which units a proposal goes, and how they share it."""

    handling = member(Handling, required=True)


class ProposerContact(Shape):
    """A talk with the proposers."""

    way = choice(*ContactWay)
    met_on = fields.Date(required=True)
    people = line()
    said = text(required=True)


class CoOpinion(Shape):
    """A co-unit's opinion to the unit that replies."""

    said = text(required=True)


class ReplyDraft(Shape):
    """A reply before its review, with the papers that were kept for it."""

    said = text(required=True)
    reply_class = choice(*ReplyClass)
    disclosed = fields.Boolean(required=True)
    undisclosed_reason = text()
    promise = text()
    promised_on = fields.Date(load_default=None, allow_none=True)
    document_number = line()
    paper_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=50))


class ReplyReview(Shape):
    """The office's answer to a draft, with its disclosure."""

    accept = fields.Boolean(required=True)
    disclosed = fields.Boolean(required=True)
    undisclosed_reason = text()
    reason = text()


class ReplySignature(Shape):
    """The unit head's signature under the reply's document number, or why not."""

    sign = fields.Boolean(required=True)
    document_number = line()
    reason = text()


class Rating(Shape):
    """How a proposer takes a reply."""

    satisfaction = choice(Satisfaction.SATISFIED, Satisfaction.BASICALLY, Satisfaction.DISSATISFIED)
    why = text()


class HeardRating(Rating):
    """A rating that the office heard by telephone or on paper."""

    heard_by = choice("phone", "paper")


class Reach(Shape):
    """How a proposer is reached."""

    email = line()
    phone = line()
    contact = line()


class PromiseCheck(Shape):
    """How a promise stands."""

    kept = fields.Boolean(required=True)
    said = text(required=True)
    new_promised_on = fields.Date(load_default=None, allow_none=True)


class HandoverMeeting(Shape):
    """The meeting at which a session's proposals are handed over."""

    session = line(required=True)
    held_on = fields.Date(required=True)
    place = name()
    minutes = text(required=True)
