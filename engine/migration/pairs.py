"""Which element of one version is which of another: the same id, or as a hint says."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.diagrams import Diagram
from engine.errors import RenameUnknown


@dataclass(frozen=True, slots=True)
class Pairs:
    """The elements of two versions that may be the same; kinds aren't compared yet."""

    to: Mapping[str, str]
    back: Mapping[str, str]


def paired(old: Diagram, new: Diagram, renamed: Mapping[str, str]) -> Pairs:
    """Pair the elements of two versions, or refuse a hint that speaks of none."""
    for before, after in renamed.items():
        if before not in old.nodes or after not in new.nodes:
            raise RenameUnknown(before, after)
    taken = set(renamed.values())
    if len(taken) < len(renamed):
        raise RenameUnknown(*next(iter(renamed.items())))
    to = {one: one for one in old.nodes if one in new.nodes and one not in taken}
    to = {**to, **renamed, old.process_id: new.process_id}
    return Pairs(to, {after: before for before, after in to.items()})


def sure(pairs: Pairs, old: Diagram, new: Diagram) -> dict[str, str]:
    """Return the elements that both versions have, and that are of the same kind in both."""
    return {
        before: after
        for before, after in pairs.to.items()
        if before in old.nodes
        and (old.nodes[before].kind, old.nodes[before].triggered)
        == (new.nodes[after].kind, new.nodes[after].triggered)
    }
