"""What a person wishes of their notices."""

from web.shapes import Shape, hour, member
from workflows.tables import (
    Mode,
)


class Wishes(Shape):
    """How somebody wants to be told."""

    mail = member(Mode, required=True)
    sms = member(Mode, default=Mode.OFF)
    quiet_from = hour()
    quiet_until = hour()
