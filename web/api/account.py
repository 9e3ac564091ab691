"""GET /me: whose token this is."""

from flask import Response

from web.api.resource import Resource
from web.api.schemas.people import AccountSchema
from web.api.wire import dump, show

blueprint = Resource("Account", __name__, "Whose token this is")


@blueprint.look("/me", AccountSchema)
def me() -> Response:
    """Tell whose token this is, and the posts that its owner holds."""
    return show(lambda _session, actor: dump(AccountSchema(), actor))
