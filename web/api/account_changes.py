"""What was done to accounts: for administrators and auditors, and for whose account it is."""

from flask import Response
from marshmallow import fields

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.kinds import one_of
from web.api.wire import Body, dump, show
from web.shapes import Schema
from workflows import account_changes, people
from workflows.people import Actor
from workflows.tables import AccountDeed

blueprint = Resource("AccountChanges", __name__, "What was done to accounts, and by whom")


class AccountChangeSchema(Schema):
    """What somebody else did to an account; at the server's terminal nobody is named."""

    id = fields.Integer()
    person_id = fields.Integer()
    deed = one_of(AccountDeed)
    by_id = fields.Integer(allow_none=True)
    by = fields.String(attribute="by.name", allow_none=True)
    at = fields.AwareDateTime()


AccountChangeListSchema = collection("AccountChangeList", changes=AccountChangeSchema)


@blueprint.look("/people/<int:person_id>/changes", AccountChangeListSchema)
def of_person(person_id: int) -> Response:
    """List what others did to a person's account, the latest first."""

    def look(session: Session, actor: Actor) -> Body:
        found = account_changes.changes_of(session, actor, person_id)
        people.person_of(session, person_id)
        return dump(AccountChangeListSchema(), {"changes": found})

    return show(look)
