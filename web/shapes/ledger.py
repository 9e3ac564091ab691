"""What the ledger is told: its sheets on their way in, views."""

from marshmallow import fields

from web.shapes import Shape, line, member, row
from workflows.imports.matching import Field


class SheetChoice(Shape):
    """Another sheet of a workbook."""

    sheet = line(required=True)


class Matching(Shape):
    """Which column is which field, and what was decided: units by name, leads, limits by row."""

    matching = fields.Dict(
        keys=fields.Integer(), values=member(Field, required=True), required=True
    )
    units = fields.Dict(keys=fields.String(), values=fields.Integer(), load_default=dict)
    leads = fields.Dict(keys=fields.Integer(), values=fields.Integer(), load_default=dict)
    limits = fields.Dict(keys=fields.Integer(), values=fields.String(), load_default=dict)


class Template(Shape):
    """A matching that is kept under a name."""

    name = line(required=True)
    matching = fields.Dict(
        keys=fields.Integer(), values=member(Field, required=True), required=True
    )


class TemplateChoice(Shape):
    """A kept matching, or none."""

    template_id = row()


class Sealed(Shape):
    """The seal of the preview that is meant."""

    seal = line(required=True)


class View(Shape):
    """A view of the ledger, by the query of its page's address."""

    name = line(required=True)
    query = fields.String(load_default="")
