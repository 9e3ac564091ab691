"""Each type of step as a page: what it shows, how it begins, which verb it calls."""

from collections.abc import Mapping

from web.pages.sheets import (
    changes,
    ending,
    forms,
    handing_out,
    ladder,
    opening,
    projects,
    proposals,
    reporting,
)
from web.pages.sheets.opening import registration_look
from web.pages.sheets.sheet import Sheet

__all__ = ["SHEETS", "Sheet", "registration_look"]

SHEETS: Mapping[str, Sheet] = {
    **opening.SHEETS,
    **handing_out.SHEETS,
    **reporting.SHEETS,
    **changes.SHEETS,
    **ending.SHEETS,
    **ladder.SHEETS,
    **projects.SHEETS,
    **proposals.SHEETS,
    **forms.SHEETS,
}
"""The sheet of each type of step; ``workflows.steps.STEPS`` names the same types."""
