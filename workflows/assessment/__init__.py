"""The assessment 考评排名: entries from the ledger's history, quarters, ranks, appeals."""

from workflows.assessment.entries import Entry, entries, reckoned
from workflows.assessment.groups import groups, seed_groups
from workflows.assessment.quarters import Quarter, quarter_of
from workflows.assessment.standings import Standing, Tasks, YearStanding, standing, year

__all__ = [
    "Entry",
    "Quarter",
    "Standing",
    "Tasks",
    "YearStanding",
    "entries",
    "groups",
    "quarter_of",
    "reckoned",
    "seed_groups",
    "standing",
    "year",
]
