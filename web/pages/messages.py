"""What left the house: to whom, by which channel, when, and whether it was read."""

from flask import Blueprint, g, render_template, request

from web.channels import reach_of
from web.transaction import reading
from workflows import channels
from workflows.channels import MessageFilter
from workflows.tables import Channel, MessageState

blueprint = Blueprint("messages", __name__, url_prefix="/admin/messages")


@blueprint.get("/")
def show() -> str:
    """Show the messages that left or wait, the newest first."""
    wanted = MessageFilter(
        channel=request.args.get("channel", type=Channel),
        state=request.args.get("state", type=MessageState),
    )
    with reading() as session:
        return render_template(
            "messages/show.html",
            wanted=wanted,
            lines=(lines := channels.messages(session, g.actor, wanted)),
            opened=all(line.open for line in lines),
            missing=[each for each in Channel if reach_of(session, each) is None],
            channels=list(Channel),
            states=list(MessageState),
        )
