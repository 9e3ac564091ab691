"""The gate for decision files: what passes is decided as DMN says; all else is refused."""

from dataclasses import dataclass, field, replace

from engine.decisions.check import check_file
from engine.decisions.coverage import warn
from engine.decisions.model import Definitions
from engine.decisions.notes import Notes
from engine.decisions.plan import Plan
from engine.decisions.read import read
from engine.decisions.vocabulary import check_words, parse
from engine.errors import Problem, Refused


@dataclass(frozen=True, slots=True)
class Findings:
    """What the gate has to say: problems keep a file out, warnings don't."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def check(xml: bytes) -> Findings:
    """Return all that is wrong with a decision file, and all that is odd."""
    file, notes = _judged(xml)
    warnings = Notes()
    if file is not None and not notes:
        for decision in file.decisions.values():
            if decision.table is not None:
                warn(decision, decision.table, warnings)
    return Findings(list(notes), [replace(each, severity="warning") for each in warnings])


def passed(xml: bytes) -> Plan:
    """Return the file made ready, or refuse it with everything that is wrong."""
    file, notes = _judged(xml)
    if notes or file is None:
        raise Refused(notes)
    return Plan(file)


def _judged(xml: bytes) -> tuple[Definitions | None, Notes]:
    notes = Notes()
    root = parse(xml, notes)
    if root is None:
        return None, notes
    check_words(root, notes)
    if any(note.code == "table_large" for note in notes):
        return None, notes  # who sends so much hasn't drawn it: nothing more is read
    file = read(root, notes)
    check_file(file, notes)
    return file, notes
