"""What is told to skip or move what is stuck."""

from web.shapes import Shape, line, text


class Skipping(Shape):
    """Why it goes on as if the failed step were done."""

    reason = text(required=True)


class Moving(Skipping):
    """Why it goes to another step, and to which: an element's id of its own process."""

    element_id = line(required=True)
