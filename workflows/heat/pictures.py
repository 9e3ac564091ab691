"""Figures on a picture: which version's it is, and what it has no element for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

import engine
from engine import Definition, Session
from workflows.heat.asked import Asked, Place
from workflows.heat.counting import Heat, figures, own_figures
from workflows.rules import Acting
from workflows.tables import Assignment, Unit


@dataclass(frozen=True, slots=True)
class Spot:
    """An element with its figures; ``drawn`` says whether the picture has it.

    ``calls`` is the process that it calls, ``versions`` are the versions that have it.
    """

    heat: Heat
    name: str
    name_en: str
    step: str
    calls: str
    drawn: bool
    versions: tuple[int, ...]
    share: float | None

    @property
    def id(self) -> str:
        """Return the element's id."""
        return self.heat.element_id


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A version's picture with the figures of the version, or of all of the process."""

    definition: Definition
    versions: Sequence[Definition]
    spots: Sequence[Spot]

    @property
    def elsewhere(self) -> list[Spot]:
        """Return the elements that this picture lacks."""
        return [spot for spot in self.spots if not spot.drawn]


def heat_map(session: Session, actor: Acting, asked: Asked) -> HeatMap:
    """Return the figures on the picture of the version asked for, or of the newest.

    Without a version the figures are those of all versions, by the ids of the elements: an
    element that the newest version lacks any more is told beside its picture, with the
    versions that have it. The share is of all the time waited on this diagram; what waits
    side by side counts each for itself.
    """
    versions = engine.versions(session, asked.process_id)
    if not versions:
        raise engine.ProcessUnknown(asked.process_id)
    counted = figures(session, actor, asked)
    newest = next((each for each in versions if each.id == asked.definition_id), versions[0])
    return HeatMap(newest, versions, _spots(counted, versions, newest.version))


def own_spots(session: Session, actor: Acting, asked: Asked) -> Sequence[Spot]:
    """Return the steps of a process that the actor's units do, where they spent most time first."""
    versions = engine.versions(session, asked.process_id)
    counted = own_figures(session, actor, asked)
    return _spots(counted, versions, versions[0].version) if versions else ()


def called(session: Session, process_id: str) -> Sequence[str]:
    """Return the processes that a process calls, as its newest version draws it."""
    versions = engine.versions(session, process_id)
    nodes = _nodes(versions[0]).values() if versions else ()
    return sorted({node.call.process_id for node in nodes if node.call})


def _spots(
    counted: Mapping[str, Heat], versions: Sequence[Definition], shown: int
) -> Sequence[Spot]:
    nodes = {each.version: _nodes(each) for each in versions}
    total = sum(heat.seconds for heat in counted.values())
    spots = [
        _spot(heat, nodes, shown, heat.seconds / total if total else None)
        for heat in counted.values()
    ]
    return sorted(spots, key=lambda spot: (-spot.heat.seconds, -spot.heat.now, spot.id))


def units(session: Session) -> Sequence[Unit]:
    """Return the units that have ever taken part in an item, in their own order."""
    taking_part = select(Assignment.unit_id)
    wanted = select(Unit).where(Unit.id.in_(taking_part)).order_by(Unit.position, Unit.id)
    return session.scalars(wanted).all()


def element(session: Session, place: Place) -> engine.Node | None:
    """Return an element as the newest version that has it draws it; an unknown one is nothing."""
    versions = engine.versions(session, place.process_id)
    drawn = (_nodes(each).get(place.element_id) for each in versions)
    return next((node for node in drawn if node is not None), None)


def _nodes(definition: Definition) -> Mapping[str, engine.Node]:
    diagram = engine.outline(bytes(definition.xml))
    return {} if diagram is None else diagram.nodes


def _spot(
    heat: Heat,
    nodes: Mapping[int, Mapping[str, engine.Node]],
    shown: int,
    share: float | None,
) -> Spot:
    having = [version for version in nodes if heat.element_id in nodes[version]]
    known = nodes[shown if shown in having else having[0]][heat.element_id] if having else None
    return Spot(
        heat=heat,
        name=known.name if known else "",
        name_en=known.name_en if known else "",
        step=known.user.step if known and known.user else "",
        calls=known.call.process_id if known and known.call else "",
        drawn=shown in having,
        versions=tuple(sorted(having)),
        share=share,
    )
