"""Messages in the house: read, unread, or all read at once."""

from flask import Response

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.people import NoticeSchema
from web.api.wire import Body, act, dump, show
from workflows import notices
from workflows.people import Actor

blueprint = Resource("Notices", __name__, "Messages to the caller")

NoticesSchema = collection("Notices", notices=NoticeSchema)


@blueprint.look("/notices", NoticesSchema)
def mine() -> Response:
    """List the caller's notices, the newest first."""
    return show(own)


@blueprint.act("/notices/read", None, NoticesSchema)
def read_all() -> Response:
    """Note that the caller has read everything up to now."""

    def deed(session: Session, actor: Actor) -> Body:
        notices.read_all(session, actor)
        return own(session, actor)

    return act(deed)


@blueprint.act("/notices/<int:notice_id>/read", None, NoticeSchema)
def read(notice_id: int) -> Response:
    """Note that the caller has read a notice."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(NoticeSchema(), notices.read(session, actor, notice_id))

    return act(deed)


@blueprint.act("/notices/<int:notice_id>/unread", None, NoticeSchema)
def unread(notice_id: int) -> Response:
    """Take back that the caller has read a notice."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(NoticeSchema(), notices.unread_again(session, actor, notice_id))

    return act(deed)


def own(session: Session, actor: Actor) -> Body:
    """Return the caller's notices."""
    return dump(NoticesSchema(), {"notices": notices.mine(session, actor)})
