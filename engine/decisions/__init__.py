"""Decision tables as DMN 1.3 has them: read, checked, compiled and decided.

Cells are written in S-FEEL and understood by a parser of our own; nothing in a file
reaches Python.
"""

from engine.decisions.gate import Findings, check, passed
from engine.decisions.messages import MESSAGES
from engine.decisions.plan import Plan, Verdict
from engine.decisions.rows import cell_of, lost_of, read_table, write_table

__all__ = [
    "MESSAGES",
    "Findings",
    "Plan",
    "Verdict",
    "cell_of",
    "check",
    "lost_of",
    "passed",
    "read_table",
    "write_table",
]
