"""The job that makes a proposer's link and sends it; nothing that is kept has the token."""

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from engine import Attempt, Database
from web.address import address
from web.channels import sending
from web.channels.adapter import ChannelFailed, Worded
from web.channels.mail import LONGEST_SUBJECT
from web.channels.sms import LONGEST
from web.moments import long_day
from workflows import settings
from workflows.channels import Left
from workflows.proposals import links
from workflows.proposals.links import Errand
from workflows.tables import Channel, Message, MessageState

MASK = "••••••"
"""What stands in the token's place wherever the message is kept."""


def send(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Make a link and hand it to the mail server or the SMS gateway, once."""
    message_id = int(payload["message"])
    with database.read() as session:
        message = session.get(Message, message_id)
        if message is None or message.state in sending.OVER:
            return
        reach = sending.reach_of(session, message.channel)
    found = database.write(
        lambda session: links.take_out(session, message_id, reachable=reach is not None)
    )
    if found is None:
        sending.settle(database, message_id, Left(MessageState.DROPPED, message.address))
        return
    worded = _worded(database, message, found)
    kept = replace(worded, body=worded.body.replace(found.token, MASK))
    try:
        sending.hand_over(database, worded, reach, sending.Kept(message_id, kept, attempt.last))
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        if found.token in said:
            raise ChannelFailed(said.replace(found.token, MASK)) from None
        raise


def _worded(database: Database, message: Message, errand: Errand) -> Worded:
    with database.read() as session:
        base = address(session, os.environ)
        office, sign = (settings.text(session, name) for name in ("office.name", "sms.sign"))
    link = f"{base}/rate/{errand.token}"
    with sending.speaking(database):
        subject = _("How do you take the reply to “%(title)s”?", title=errand.item.title)
        if message.channel is Channel.SMS:
            body = _sms(errand, link, sign)
        else:
            body = _mail(errand, link, office)
    return Worded(
        message_id=message.message_id,
        address=errand.address,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body=body,
        at=database.clock.now(),
    )


def _mail(errand: Errand, link: str, office: str) -> str:
    replied = _(
        "%(unit)s has replied to “%(title)s” (%(number)s).",
        unit=errand.unit,
        title=errand.item.title,
        number=errand.reply.document_number,
    )
    until = _("The link is yours alone and ends on %(day)s.", day=long_day(errand.until))
    ask = _("Please read the reply and say how you take it; no account is needed:")
    lines = [
        _("%(name)s,", name=errand.proposer),
        "",
        replied,
        ask,
        "",
        link,
        "",
        until,
        "",
        office,
    ]
    return "\n".join(lines) + "\n"


def _sms(errand: Errand, link: str, sign: str) -> str:
    said = _("Please rate the reply to “%(title)s”:", title=errand.item.title)
    room = LONGEST - len(link) - len(sign) - 3
    short = said if len(said) <= room else f"{said[: room - 1]}…"
    return f"【{sign}】{' '.join(short.split())} {link}"
