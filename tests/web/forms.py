"""What a browser without scripts needs to send a form of ours."""

import re

from flask.testing import FlaskClient

TOKEN = re.compile(r'name="csrf_token" value="([0-9]+[.][0-9a-f]{64})"')


def token(client: FlaskClient, path: str = "/sign-in") -> str:
    """Return the token that stands in the forms of a page."""
    found = TOKEN.search(client.get(path).text)
    assert found, f"{path} has no form"
    return found[1]
