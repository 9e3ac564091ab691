"""The figures of a draft: their words from its snapshot, and what has changed since."""

from collections.abc import Mapping
from decimal import Decimal

from engine import Session
from workflows import figures
from workflows.actors import Actor
from workflows.figures import FrozenFigure, Measured
from workflows.publications.content import GAP


class Values:
    """The figures of one snapshot, of the whole office and of single units, ready to be written."""

    def __init__(self, session: Session, actor: Actor, snapshot_id: int | None) -> None:
        self._session, self._actor, self._snapshot_id = session, actor, snapshot_id
        self._known: dict[int | None, Mapping[str, FrozenFigure]] = {}

    def of(self, unit: int | None = None) -> Mapping[str, FrozenFigure]:
        """Return every figure, of the whole office or of one unit."""
        if unit not in self._known:
            self._known[unit] = self._frozen(unit)
        return self._known[unit]

    def find(self, name: str, unit: int | None = None) -> FrozenFigure | None:
        """Return a figure, if the snapshot has it."""
        return self.of(unit).get(name)

    def said(self, name: str, unit: int | None = None) -> str:
        """Return a figure as it is written in a text."""
        found = self.find(name, unit)
        return GAP if found is None or found.value is None else written(name, found.value)

    def _frozen(self, unit: int | None) -> Mapping[str, FrozenFigure]:
        if self._snapshot_id is None:
            return {}
        return figures.frozen(self._session, self._actor, self._snapshot_id, unit)


def changes(session: Session, actor: Actor, snapshot_id: int | None) -> Mapping[str, str]:
    """Return which figures have changed since, with what they would be now."""
    if snapshot_id is None:
        return {}
    found = figures.changed_since(session, actor, snapshot_id)
    return {each.name: GAP if each.now is None else written(each.name, each.now) for each in found}


def written(name: str, value: Decimal) -> str:
    """Return a figure's value as papers write it: 318, 61.4%."""
    number = f"{value.normalize():f}"
    return f"{number}%" if _is_share(name) else number


def _is_share(name: str) -> bool:
    known = figures.FIGURES.get(name)
    return known is not None and known.measured is Measured.PERCENT
