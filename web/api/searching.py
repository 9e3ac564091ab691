"""GET /search: what holds some words, by kind, with the caller's rights."""

from typing import Any

from flask import Response
from marshmallow import fields, post_load, validate

from engine import Session
from web.api.resource import Resource
from web.api.schemas.kinds import one_of
from web.api.wire import Body, dump, show
from web.shapes import TOO_LONG, Schema, Shape, member, row
from web.words import searching as searching_words
from workflows import search
from workflows.grams import LONGEST
from workflows.people import Actor
from workflows.search import Group, Hit, Seek, Sort

FEW, MANY = 5, 100

blueprint = Resource("Search", __name__, "Search over items and what is said about them")


class SeekQuery(Shape):
    """The words, and what narrows them."""

    q = fields.String(load_default="", validate=validate.Length(max=LONGEST, error=TOO_LONG))
    kind = member(Sort)
    unit = row()
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)

    @post_load
    def seek(self, sent: dict[str, Any], **_: object) -> Seek:
        """Return what is asked for as the page knows it."""
        sorts = (sent["kind"],) if sent["kind"] else ()
        return Seek(sent["q"], sorts, sent["unit"], sent["since"], sent["until"])


class HitSchema(Schema):
    """One thing that holds the words; what is marked in its texts stands between 【 and 】."""

    id = fields.String(attribute="ref")
    item_id = fields.Integer(allow_none=True)
    number = fields.String()
    title = fields.String()
    snippet = fields.String()
    unit = fields.String()
    on = fields.Date()
    page = fields.String()


class HitGroupSchema(Schema):
    """The hits of one kind, the newest first; ``more`` if there are others beyond the count."""

    kind = one_of(Sort)
    count = fields.Integer()
    more = fields.Boolean()
    hits = fields.List(fields.Nested(HitSchema))


class FoundSchema(Schema):
    """Everything that was found."""

    words = fields.List(fields.String())
    groups = fields.List(fields.Nested(HitGroupSchema))


@blueprint.look("/search", FoundSchema, query=SeekQuery)
def find(seek: Seek) -> Response:
    """Find what holds every word; of one kind up to a hundred hits, else a few of each."""
    return show(lambda session, actor: found(session, actor, seek))


def found(session: Session, actor: Actor, seek: Seek) -> Body:
    """Return what was found, ready to be dumped."""
    known = search.find(session, actor, seek, MANY if seek.sorts else FEW)
    return dump(FoundSchema(), {"words": known.words, "groups": list(map(_group, known.groups))})


def _group(group: Group) -> dict[str, Any]:
    hits = list(map(_hit, group.hits))
    return {"kind": group.sort, "count": group.count, "more": group.more, "hits": hits}


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "ref": hit.ref,
        "item_id": hit.item.id if hit.item else None,
        "number": hit.number,
        "title": "".join(mark.text for mark in hit.title),
        "snippet": "".join(f"【{mark.text}】" if mark.hit else mark.text for mark in hit.snippet),
        "unit": hit.unit,
        "on": hit.on,
        "page": searching_words.address(hit),
    }
