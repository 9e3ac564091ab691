"""How much one address may ask of the public pages, however many processes serve them.

A process gives everybody a lot of pages by itself: whoever reads no more is never written
down. Further lots are counted here, under a pseudonym that only the office's key can make,
and forgotten once the window has passed.
"""

import hmac
from hashlib import sha256
from ipaddress import IPv4Address, ip_address, ip_network

from sqlalchemy import delete

from engine import Session, now
from workflows import settings, tries
from workflows.tables import SignInAttempt

LOT = 30
"""How many pages are let out at once."""
MARK = "public:"
HOUSEHOLD = 64
"""The bits of an IPv6 address that a reader can't choose."""


def pseudonym(address: str, key: bytes) -> str:
    """Return the name under which an address is counted."""
    return MARK + hmac.digest(key, _place(address).encode(), sha256).hex()


def take_lot(session: Session, visitor: str) -> None:
    """Count another lot for a visitor, or refuse it and say until when."""
    at = now(session)
    past = SignInAttempt.at <= at - tries.WINDOW
    session.execute(delete(SignInAttempt).where(SignInAttempt.subject.startswith(MARK), past))
    tries.queue(session, visitor)
    most = settings.number(session, "public.most")
    tries.must_be_few(session, visitor, max(1, most // LOT))
    tries.note(session, visitor)


def _place(address: str) -> str:
    """Return where an address is: of one of IPv6 only what its reader can't choose."""
    try:
        known = ip_address(address)
    except ValueError:
        return address[:80]
    if isinstance(known, IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:  # as a server says it that listens on both
        return str(known.ipv4_mapped)
    return str(ip_network((int(known), HOUSEHOLD), strict=False))
