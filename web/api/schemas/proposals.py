"""How the API shows proposers, their ratings, and the links that they were given."""

from marshmallow import fields

from web.shapes import Schema
from workflows.tables import Channel, HeardBy, MessageState, Satisfaction


class ProposerSchema(Schema):
    """One of those who made a proposal, and how to reach them."""

    id = fields.Integer()
    item_id = fields.Integer()
    name = fields.String()
    email = fields.String()
    phone = fields.String()
    contact = fields.String()


class ProposalLinkSchema(Schema):
    """A proposer's link, told once; only its hash is kept."""

    rating_id = fields.Integer()
    proposer = fields.String()
    until = fields.Date()
    address = fields.String()


class LinksSchema(Schema):
    """The links of a reply; nothing where the request is a repeated one."""

    links = fields.List(fields.Nested(ProposalLinkSchema), allow_none=True)


class RatingSchema(Schema):
    """How a proposer takes a reply."""

    id = fields.Integer()
    reply_id = fields.Integer()
    proposer_id = fields.Integer()
    satisfaction = fields.Enum(Satisfaction, by_value=fields.String, allow_none=True)
    why = fields.String()
    heard_by = fields.Enum(HeardBy, by_value=fields.String, allow_none=True)
    rated_at = fields.AwareDateTime(allow_none=True)


class RatingLetterSchema(Schema):
    """A message that brings a proposer a link: by what, where to, and what became of it."""

    rating_id = fields.Integer()
    until = fields.Date()
    asked_at = fields.AwareDateTime()
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    channel = fields.Enum(Channel, by_value=fields.String, attribute="message.channel")
    address = fields.String(attribute="message.address")
    state = fields.Enum(MessageState, by_value=fields.String, attribute="message.state")
    settled_at = fields.AwareDateTime(attribute="message.settled_at", allow_none=True)


class RatingLettersSchema(Schema):
    """Every message that asked the proposers."""

    letters = fields.List(fields.Nested(RatingLetterSchema))


class RatingsSchema(Schema):
    """How the proposers take a reply, and every message that asked them."""

    ratings = fields.List(fields.Nested(RatingSchema))
    letters = fields.List(fields.Nested(RatingLetterSchema))
