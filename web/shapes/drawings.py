"""The shapes of what is said about drafts of diagrams."""

from marshmallow import fields, validate

from web.shapes import Shape, text
from workflows.tables import Source


class DrawingNote(Shape):
    """Why something is deployed; with a review, its own note stands if this says nothing."""

    note = text()


class DrawingRead(DrawingNote):
    """The same of a draft as it was read: with a revision, one that was saved since is refused."""

    revision = fields.Integer(load_default=None, allow_none=True)


class DrawingBase(Shape):
    """Whether what only the newest version changed is put into the draft, and as it was read."""

    take_over = fields.Boolean(load_default=True)
    revision = fields.Integer(load_default=None, allow_none=True)


class DrawingVerdict(Shape):
    """What a second administrator says of a draft, and of which revision."""

    approve = fields.Boolean(required=True)
    words = text()
    revision = fields.Integer(required=True)


class DrawingPlace(Shape):
    """What a file is called, and whose place it takes."""

    name = fields.String(load_default="diagram.bpmn")
    sure = fields.Boolean(load_default=False)
    over = fields.Integer(load_default=None, allow_none=True)


class RouteEntry(Shape):
    """A source, and the process that its new items run on."""

    source = fields.Enum(Source, by_value=fields.String, required=True)
    process_id = fields.String(required=True)


class Routes(Shape):
    """Rows of the table of diagrams by source; what isn't named stays."""

    routes = fields.List(
        fields.Nested(RouteEntry), required=True, validate=validate.Length(max=100)
    )
