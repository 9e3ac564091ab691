"""GET /notices and POST /notices/<id>/read: messages in the house."""

from flask import Response

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas import NoticeSchema
from web.api.wire import Body, act, dump, show
from workflows import notices
from workflows.people import Actor

blueprint = Resource("Notices", __name__, "Messages to the caller")

NoticesSchema = collection("Notices", notices=NoticeSchema)


@blueprint.look("/notices", NoticesSchema)
def mine() -> Response:
    """List the caller's notices, the newest first."""
    return show(
        lambda session, actor: dump(NoticesSchema(), {"notices": notices.mine(session, actor)})
    )


@blueprint.act("/notices/<int:notice_id>/read", None, NoticeSchema)
def read(notice_id: int) -> Response:
    """Note that the caller has read a notice."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(NoticeSchema(), notices.read(session, actor, notice_id))

    return act(deed)
