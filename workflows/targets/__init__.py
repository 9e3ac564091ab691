"""Yearly targets 目标管理: set by the office, measured from the ledger, with the path to December.

``path`` is the arithmetic, ``setting`` are the verbs, ``measuring`` asks the ledger, ``overview``
is what the pages read, ``sheets`` reads targets from a workbook.
"""

from workflows.targets.setting import Entry, Terms, change, decide, draft, end
from workflows.targets.sheets import take_in

__all__ = ["Entry", "Terms", "change", "decide", "draft", "end", "take_in"]
