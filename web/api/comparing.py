"""What differs between two versions of a diagram, or a version and a draft."""

from flask import Response

from engine import Session
from web.api.resource import Resource
from web.api.schemas.trials import ComparisonSchema
from web.api.wire import Body, dump, show
from web.shapes.trials import Since
from web.words.comparing import Teller, known
from workflows import comparing
from workflows.comparing import Picture
from workflows.people import Actor

blueprint = Resource("Comparisons", __name__, "What differs, as sentences", administered=True)


@blueprint.look("/diagrams/<int:definition_id>/differences", ComparisonSchema, Since)
def of_version(asked: Body, definition_id: int) -> Response:
    """Tell what a version does otherwise than an earlier one."""
    return show(
        lambda session, actor: _compared(
            session, actor, comparing.version_picture(session, actor, definition_id), asked["since"]
        )
    )


@blueprint.look("/drafts/<int:draft_id>/differences", ComparisonSchema, Since)
def of_draft(asked: Body, draft_id: int) -> Response:
    """Tell what a draft does otherwise than the version that it changes, or than another one."""
    return show(
        lambda session, actor: _compared(
            session, actor, comparing.draft_picture(session, actor, draft_id), asked["since"]
        )
    )


def _compared(session: Session, actor: Actor, after: Picture, since: int | None) -> Body:
    before = comparing.picture_before(session, actor, after, since)
    found = comparing.comparison(before, after)
    told = Teller(*found.drawn, known(session)).told(found.changes)
    differences = [
        {"change": change, "words": sentence.words}
        for change, sentence in zip(found.changes, told, strict=True)
    ]
    shown = {"before": before, "after": after, "differences": differences}
    return dump(ComparisonSchema(), shown)
