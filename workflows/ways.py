"""The way that an item has come through its diagrams, and what lies ahead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from lxml import etree
from sqlalchemy import select

import engine
from engine import Definition, Instance, Session, Task, Trail
from workflows import store
from workflows.actors import Actor
from workflows.errors import AssignmentUnknown
from workflows.steps import WITHDRAW
from workflows.tables import Assignment, Item, Revisit, Todo

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DUBAN = "{urn:duban:bpmn:1}"
STEP, CALL, SCOPE = f"{BPMN}userTask", f"{BPMN}callActivity", f"{BPMN}subProcess"


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a diagram where people work: a step, or a call of another diagram."""

    id: str
    name: str
    name_en: str
    step: str
    calls: str
    withdrawable: bool


@dataclass(frozen=True, slots=True)
class Map:
    """What a reader needs of a diagram: places in order, sub-processes, who follows whom."""

    places: tuple[Place, ...]
    scopes: frozenset[str]
    followers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Stop:
    """A place with what happened there: walked, open, or still ahead."""

    place: Place
    is_open: bool
    walked: bool
    times: int
    last: Todo | None
    waiting: tuple[Todo, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One instance's diagram with the way so far; ``part`` is None for the item's own."""

    definition: Definition
    trail: Trail
    part: Assignment | None
    stops: Sequence[Stop]
    scopes: frozenset[str]

    @property
    def ahead(self) -> list[Place]:
        """Return the places that were never reached."""
        return [stop.place for stop in self.stops if not (stop.walked or stop.is_open)]


def way_of(
    session: Session, actor: Actor, item: Item, assignment_id: int | None = None
) -> Way | None:
    """Return the way of an item, or of one of its parts; nothing before there is one."""
    store.visible_item(session, actor, item.id)
    part = None if assignment_id is None else _part(session, item, assignment_id)
    instances = engine.instances(session, str(item.id))
    wanted = item.instance_id if part is None else part.instance_id
    instance = next((each for each in instances if each.id == wanted), None)
    if instance is None:
        return None
    definition = engine.definition(session, instance.definition_id)
    trail = engine.trail(session, instance.id)
    known = read_map(bytes(definition.xml))
    todos = _todos(session, actor, item, part)
    called = _running_below(instances, instance)
    if _hides_visit(session, actor, item):
        trail, called = _without_visits(trail, known), called - {store.VISIT}
    stops = [_stop(place, trail, todos, called) for place in known.places]
    return Way(definition, trail, part, stops, known.scopes)


@dataclass(frozen=True, slots=True)
class Onward:
    """The places that may come next, and whether the process may end instead."""

    places: Sequence[Place]
    ends: bool


def steps_after_task(session: Session, task: Task) -> Onward:
    """Return what may come next once a task is done."""
    instances = engine.instances(session, task.business_key)
    instance = next(each for each in instances if each.id == task.instance_id)
    known = read_map(bytes(engine.definition(session, instance.definition_id).xml))
    places = {place.id: place for place in known.places}
    reached = list(_reached(known, places, task.element_id))
    return Onward(
        places=[places[node] for node in reached if node in places],
        ends=any(node not in places for node in reached),
    )


def _reached(known: Map, places: Mapping[str, Place], element_id: str) -> Iterator[str]:
    """Follow the arrows up to the next places, or to an end."""
    seen = {element_id}
    waiting = list(known.followers.get(element_id, ()))
    while waiting:
        node = waiting.pop(0)
        if node in seen:
            continue
        seen.add(node)
        onward = () if node in places else known.followers.get(node, ())
        if not onward:
            yield node
        waiting.extend(onward)


@lru_cache(maxsize=64)
def read_map(xml: bytes) -> Map:
    """Read a diagram that the gate has let through."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    followers: dict[str, list[str]] = {}
    for flow in root.iter(f"{BPMN}sequenceFlow"):
        followers.setdefault(flow.get("sourceRef", ""), []).append(flow.get("targetRef", ""))
    for scope in root.iter(SCOPE):
        _pass_through(scope, followers)
    withdrawable = _withdrawable(root)
    return Map(
        places=tuple(
            Place(
                id=node.get("id", ""),
                name=node.get("name", ""),
                name_en=node.get(f"{DUBAN}name_en", ""),
                step=node.get(f"{DUBAN}step", ""),
                calls=node.get("calledElement", ""),
                withdrawable=node.get("id", "") in withdrawable,
            )
            for node in root.iter(STEP, CALL)
        ),
        scopes=frozenset(scope.get("id", "") for scope in root.iter(SCOPE)),
        followers={node: tuple(targets) for node, targets in followers.items()},
    )


def _withdrawable(root: etree._Element) -> frozenset[str]:
    """Name the steps whose sender may take back what waits there."""
    messages = {
        message.get("id")
        for message in root.iter(f"{BPMN}message")
        if message.get("name") == WITHDRAW
    }
    return frozenset(
        event.get("attachedToRef", "")
        for event in root.iter(f"{BPMN}boundaryEvent")
        for definition in event.iterchildren(f"{BPMN}messageEventDefinition")
        if definition.get("messageRef") in messages
    )


def _pass_through(scope: etree._Element, followers: dict[str, list[str]]) -> None:
    """Lead into a sub-process by its start, and out of it by its ends."""
    scope_id = scope.get("id", "")
    onward = followers.get(scope_id, [])
    for end in scope.iterchildren(f"{BPMN}endEvent"):
        followers.setdefault(end.get("id", ""), []).extend(onward)
    followers[scope_id] = [start.get("id", "") for start in scope.iterchildren(f"{BPMN}startEvent")]


def _part(session: Session, item: Item, assignment_id: int) -> Assignment:
    part = store.assignment_of(session, assignment_id)
    if part.item_id != item.id:
        raise AssignmentUnknown(assignment_id)
    return part


def _running_below(instances: Sequence[Instance], parent: Instance) -> frozenset[str]:
    """Name the processes that an instance has called and that still run."""
    return frozenset(
        each.process_id
        for each in instances
        if each.parent_id == parent.id and each.ended_at is None
    )


def _hides_visit(session: Session, actor: Actor, item: Item) -> bool:
    """Say whether a visit is waited for that the reader mustn't know of yet."""
    pending = store.pending_revisit(session, item.id)
    if pending is None or store.sees_all(actor):
        return False
    known = select(Revisit.id).where(Revisit.id == pending.id, store.visits_open_to(actor))
    return session.scalars(known).first() is None


def _without_visits(trail: Trail, known: Map) -> Trail:
    """Leave out that a visit is reached, wherever the diagram draws one."""
    visits = {place.id for place in known.places if store.VISIT in (place.step, place.calls)}
    still = {element: since for element, since in trail.open.items() if element not in visits}
    return replace(trail, open=still, walked=trail.walked - visits)


def _todos(session: Session, actor: Actor, item: Item, part: Assignment | None) -> Sequence[Todo]:
    """Return every todo of an item's own diagram, or of one part's."""
    wanted = select(Todo).where(Todo.item_id == item.id).order_by(Todo.opened_at)
    own = Todo.assignment_id.is_(None) if part is None else Todo.assignment_id == part.id
    return session.scalars(wanted.where(own, store.todos_open_to(actor))).all()


def _stop(place: Place, trail: Trail, todos: Sequence[Todo], called: frozenset[str]) -> Stop:
    """Join a place with its todos; a diagram's names tell its steps apart."""
    own = [todo for todo in todos if todo.name == place.name]
    done = [todo for todo in own if todo.closed_at is not None]
    return Stop(
        place=place,
        is_open=place.id in trail.open or place.calls in called,
        walked=place.id in trail.walked,
        times=trail.times.get(place.id, 0),
        last=max(done, key=_closed_at, default=None),
        waiting=tuple(todo for todo in own if todo.closed_at is None),
    )


def _closed_at(todo: Todo) -> datetime:
    return todo.closed_at or todo.opened_at
