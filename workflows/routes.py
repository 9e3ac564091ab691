"""On which diagram the items of a source run: their kind's own, or one that was made of it.

An administrator copies a diagram, changes the copy, and lets the items of a source run on it
from then on; what runs already stays where it is.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import select

import engine
from engine import Definition, Diagram, Session, now
from workflows import kinds, rules, steps
from workflows.actors import Actor
from workflows.errors import RouteBroken, RouteRefused
from workflows.tables import Kind, Role, Source, SourceRoute
from workflows.turns import wait_for_turn

TURN = "drawings"
"""A diagram isn't deployed while somebody chooses it."""

MARKS: Mapping[str, Kind] = MappingProxyType(
    {
        **dict.fromkeys(steps.OF_PROPOSALS, Kind.PROPOSAL),
        **dict.fromkeys((steps.SUPERVISE, steps.ACCEPTANCE), Kind.KEY_PROJECT),
        steps.DECOMPOSE: Kind.DECISION,
    }
)
"""The steps that only items of one kind can go through."""


def process_of(session: Session, source: Source) -> str:
    """Return the process that a new item of a source runs on."""
    chosen = session.get(SourceRoute, source)
    return chosen.process_id if chosen else kinds.runs_as(source).value


def table(session: Session) -> Mapping[Source, str]:
    """Return the process of every source."""
    chosen = {row.source: row.process_id for row in session.scalars(select(SourceRoute))}
    return {
        source: chosen.get(source, kinds.runs_as(source).value)
        for sources in kinds.SOURCES.values()
        for source in sources
    }


def chosen(session: Session) -> Mapping[Source, SourceRoute]:
    """Return what was chosen by somebody, and by whom."""
    return {row.source: row for row in session.scalars(select(SourceRoute))}


def choices(session: Session) -> Mapping[Kind, Sequence[Definition]]:
    """Return the processes that the items of each kind can run on, their kind's own first."""
    newest = engine.definitions(session)
    drawn = {one.process_id: one.xml for one in newest}
    able = {one.process_id: carried(drawn, one.process_id) for one in newest}
    return {
        kind: sorted(
            (one for one in newest if kind in able[one.process_id]),
            key=lambda one: (one.process_id != kind.value, one.process_id),
        )
        for kind in kinds.SOURCES
    }


def choose(session: Session, actor: Actor, wanted: Mapping[Source, str]) -> None:
    """Say on which process the new items of some sources run from now on."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wait_for_turn(session, TURN)
    before, able = table(session), choices(session)
    for source, process_id in wanted.items():
        if before[source] == process_id:
            continue
        kind = kinds.runs_as(source)
        if process_id not in {one.process_id for one in able[kind]}:
            raise RouteRefused(source, process_id)
        _send(session, actor, source, process_id)
    session.flush()


def must_carry(session: Session, process_id: str, xml: bytes) -> None:
    """Refuse a version on which the items of a source that was sent to it can't run."""
    sources = [source for source, one in table(session).items() if one == process_id]
    if not sources:
        return
    drawn = {one.process_id: one.xml for one in engine.definitions(session)} | {process_id: xml}
    able = carried(drawn, process_id)
    stranded = [source for source in sources if kinds.runs_as(source) not in able]
    if stranded:
        raise RouteBroken(stranded)


def carried(drawn: Mapping[str, bytes], process_id: str) -> frozenset[Kind]:
    """Return the kinds whose items can begin on a process: it registers them, and suits them.

    One that has a step of a kind, itself or in what it calls, suits that kind alone. What has
    none suits every kind but those with details of their own, which would come to nothing.
    """
    reached = _reached(drawn, process_id)
    own = reached.get(process_id)
    if own is None or steps.REGISTER not in _steps(own):
        return frozenset()
    named = {step for diagram in reached.values() for step in _steps(diagram)}
    marks = {MARKS[step] for step in named if step in MARKS}
    if not marks:
        return frozenset(kinds.SOURCES) - kinds.DETAILED
    return frozenset(marks) if len(marks) == 1 else frozenset()


def _reached(drawn: Mapping[str, bytes], process_id: str) -> dict[str, Diagram]:
    """Return a process and all that it calls, as far as they can be read."""
    found: dict[str, Diagram] = {}
    ahead = [process_id]
    while ahead:
        name = ahead.pop()
        diagram = engine.outline(drawn[name]) if name in drawn and name not in found else None
        if diagram is not None:
            found[name] = diagram
            ahead += diagram.called
    return found


def _steps(diagram: Diagram) -> set[str]:
    return {node.user.step for node in diagram.nodes.values() if node.user}


def _send(session: Session, actor: Actor, source: Source, process_id: str) -> None:
    """Write down on which process the items of a source run; their kind's own needs no row."""
    row = session.get(SourceRoute, source)
    if process_id == kinds.runs_as(source).value:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = SourceRoute(source=source)
        session.add(row)
    row.process_id, row.chosen_by_id, row.chosen_at = process_id, actor.person_id, now(session)
