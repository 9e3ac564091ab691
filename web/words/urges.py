"""By what a unit was urged, in the reader's words."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.words import method_word
from web.words.ladder import rung_name
from workflows.urged import How, Urged

HOW: Mapping[How, LazyString] = {
    How.HAND: _l("Urged by hand"),
    How.LADDER: _l("Urged by the ladder"),
    How.SLIP: _l("Slips"),
}
"""The columns of the ranking."""


def how_word(how: How) -> str:
    """Return one of the ways in which units are urged."""
    return str(HOW[how])


def urged_by(each: Urged) -> str:
    """Say by what a unit was urged: how by hand, or which rung."""
    if each.rung is not None:
        return rung_name(each.rung)
    return _("by hand, %(method)s", method=method_word(each.method))
