"""What a drawn form is made of."""

from marshmallow import fields, validate

from web.shapes import Shape


class DrawnColumn(Shape):
    """A column of a form's table, as the editor of diagrams draws it."""

    key = fields.String(load_default="", validate=validate.Length(max=200))
    type = fields.String(load_default="text", validate=validate.Length(max=40))
    label = fields.String(load_default="", validate=validate.Length(max=200))
    label_en = fields.String(load_default="", validate=validate.Length(max=200))
    required = fields.Boolean(load_default=False)
    options = fields.String(load_default="", validate=validate.Length(max=4000))
    options_en = fields.String(load_default="", validate=validate.Length(max=4000))


class DrawnField(DrawnColumn):
    """A field of a form, as the editor of diagrams draws it."""

    help = fields.String(load_default="", validate=validate.Length(max=1000))
    help_en = fields.String(load_default="", validate=validate.Length(max=1000))
    visible_if = fields.String(load_default="", validate=validate.Length(max=2000))
    columns = fields.List(
        fields.Nested(DrawnColumn), load_default=list, validate=validate.Length(max=50)
    )


class DrawnForm(Shape):
    """A form that is being drawn, and what was typed into its preview."""

    form = fields.List(
        fields.Nested(DrawnField),
        data_key="fields",
        load_default=list,
        validate=validate.Length(max=100),
    )
    typed = fields.List(
        fields.Tuple((fields.String(), fields.String())),
        load_default=list,
        validate=validate.Length(max=5000),
    )
