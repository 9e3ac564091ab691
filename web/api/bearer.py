"""Who asks: the API knows an account by its token and by nothing else."""

from flask import request
from werkzeug.exceptions import Unauthorized

from web.transaction import reading
from workflows import people
from workflows.people import Actor


def actor_of_request() -> Actor:
    """Return whose token this is; cookies say nothing here."""
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        raise Unauthorized(www_authenticate=None)
    with reading() as session:
        return people.actor_of_token(session, sent.token)
