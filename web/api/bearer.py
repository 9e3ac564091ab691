"""Who asks: the API knows an account by its token and by nothing else."""

from flask import request

from engine import Session
from web.auth import SignedOut
from workflows import people
from workflows.people import Actor


def current_actor(session: Session) -> Actor:
    """Load whose token this is, inside the transaction that acts; cookies say nothing here."""
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        raise SignedOut
    actor = people.actor_of_token(session, sent.token)
    if actor is None:
        raise SignedOut
    return actor
