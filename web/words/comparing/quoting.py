"""How a name or a value from a file is shown in a sentence."""

from typing import Final

from flask_babel import gettext as _

LONGEST: Final = 300


def quoted(value: str) -> str:
    """Put a value in quotation marks; a very long one is cut."""
    shown = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    return _("“%(value)s”", value=shown)
