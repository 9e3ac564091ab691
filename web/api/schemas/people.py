"""Units, posts, people and their accounts, as the API shows them."""

from marshmallow import fields

from web.api.schemas.kinds import one_of
from web.shapes import Schema
from workflows.tables import Role, UnitKind


class HeldPostSchema(Schema):
    """A post that somebody holds."""

    post_id = fields.Integer()
    name = fields.String()
    role = one_of(Role)
    unit_id = fields.Integer()
    unit_name = fields.String()


class AccountSchema(Schema):
    """Who the token belongs to."""

    person_id = fields.Integer()
    name = fields.String()
    language = fields.String(allow_none=True)
    posts = fields.List(fields.Nested(HeldPostSchema))


class UnitSchema(Schema):
    """A node of the tree of units."""

    id = fields.Integer()
    name = fields.String()
    kind = one_of(UnitKind)
    parent_id = fields.Integer(allow_none=True)
    aliases = fields.List(fields.String())
    position = fields.Integer()
    active = fields.Boolean()
    version = fields.Integer()


class NoticeSchema(Schema):
    """A message in the house."""

    id = fields.Integer()
    kind = fields.String()
    item_id = fields.Integer(allow_none=True)
    assignment_id = fields.Integer(allow_none=True)
    facts = fields.Dict()
    at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True)


class HoldingSchema(Schema):
    """Who holds or held which post."""

    id = fields.Integer()
    person_id = fields.Integer()
    post_id = fields.Integer()
    post = fields.String(attribute="post.name")
    role = fields.Enum(Role, by_value=fields.String, attribute="post.role")
    unit_id = fields.Integer(attribute="post.unit_id")
    since = fields.Date()
    until = fields.Date(allow_none=True)


class HolderSchema(Schema):
    """Who holds a post today."""

    holding_id = fields.Integer()
    person_id = fields.Integer()
    name = fields.String()
    since = fields.Date()


class PostSchema(Schema):
    """A post of a unit with its holders today; without any it is vacant."""

    id = fields.Integer(attribute="post_id")
    name = fields.String()
    role = one_of(Role)
    holders = fields.List(fields.Nested(HolderSchema))


class PersonSchema(Schema):
    """Somebody with an account."""

    id = fields.Integer(attribute="person.id")
    name = fields.String(attribute="person.name")
    login = fields.String(attribute="person.login")
    email = fields.String(attribute="person.email", allow_none=True)
    phone = fields.String(attribute="person.phone", allow_none=True)
    language = fields.String(attribute="person.language", allow_none=True)
    active = fields.Boolean(attribute="person.active")
    version = fields.Integer(attribute="person.version")
    holdings = fields.List(fields.Nested(HoldingSchema))


class PasswordSchema(Schema):
    """A new password; null when the same key comes again."""

    password = fields.String(allow_none=True)


class TokenSchema(Schema):
    """A new API token; null when the same key comes again."""

    token = fields.String(allow_none=True)


class AddedPersonSchema(PersonSchema, PasswordSchema):
    """A new account with its first password."""
