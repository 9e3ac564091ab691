"""The shapes of what is said about drafts of decision tables."""

from marshmallow import fields

from web.shapes import Shape
from web.shapes.drawings import DrawingRead


class TableDeploy(DrawingRead):
    """Why a draft is deployed; with a seal, what runs by changed limits follows as was seen."""

    seal = fields.String(load_default=None, allow_none=True)


class TableVersions(Shape):
    """Which two versions are compared."""

    old = fields.Integer(required=True)
    new = fields.Integer(required=True)
