"""The assessment 考评排名: entries from the ledger's history, quarters, ranks, appeals.

While a quarter runs its entries are reckoned from the history by whoever looks; freezing writes
them down. From then on only the corrections of appeals are added, and a score is always its
base and the sum of its entries.
"""

from workflows.assessment.appeals import (
    DECIDERS,
    Decision,
    appeal,
    appeal_of,
    appeals,
    decide,
    entry_of,
    involvement,
)
from workflows.assessment.commendations import (
    candidates,
    decide_list,
    lists,
    lists_waiting,
    propose,
)
from workflows.assessment.deciding import choose_table, conclude, freeze, prepare, publish
from workflows.assessment.entries import Entry, entries, reckoned
from workflows.assessment.groups import (
    BY_KIND,
    NOWHERE,
    GroupForm,
    add_group,
    change_group,
    grouped,
    groups,
    place_units,
    places,
    remove_group,
    seed_groups,
)
from workflows.assessment.outlook import Prospect, outlook
from workflows.assessment.praises import (
    PraiseForm,
    open_praise,
    praise_of,
    praises,
    record_praise,
    withdraw_praise,
)
from workflows.assessment.quarters import (
    Quarter,
    known_quarter,
    quarter_of,
    quarters_of,
    row_of,
    state_of,
    table_of,
)
from workflows.assessment.standings import (
    Held,
    Standing,
    Tasks,
    YearStanding,
    matters,
    parts_of,
    standing,
    standing_of,
    year,
)
from workflows.assessment.trial import Difference, Tried, try_scores

__all__ = [
    "BY_KIND",
    "DECIDERS",
    "NOWHERE",
    "Decision",
    "Difference",
    "Entry",
    "GroupForm",
    "Held",
    "PraiseForm",
    "Prospect",
    "Quarter",
    "Standing",
    "Tasks",
    "Tried",
    "YearStanding",
    "add_group",
    "appeal",
    "appeal_of",
    "appeals",
    "candidates",
    "change_group",
    "choose_table",
    "conclude",
    "decide",
    "decide_list",
    "entries",
    "entry_of",
    "freeze",
    "grouped",
    "groups",
    "involvement",
    "known_quarter",
    "lists",
    "lists_waiting",
    "matters",
    "open_praise",
    "outlook",
    "parts_of",
    "place_units",
    "places",
    "praise_of",
    "praises",
    "prepare",
    "propose",
    "publish",
    "quarter_of",
    "quarters_of",
    "reckoned",
    "record_praise",
    "remove_group",
    "row_of",
    "seed_groups",
    "standing",
    "standing_of",
    "state_of",
    "table_of",
    "try_scores",
    "withdraw_praise",
    "year",
]
