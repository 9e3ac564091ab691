"""What the pages of supervision actions read: lists, one action, one station, letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from engine import Session
from workflows import casefile, store
from workflows.actions import sight
from workflows.actions.stations import months
from workflows.actors import Actor
from workflows.calendar import today
from workflows.lights import Light, light_of
from workflows.tables import (
    ActionItem,
    ActionPhotograph,
    ActionState,
    Item,
    ItemState,
    Letter,
    Station,
    StationProblem,
    SupervisionAction,
)

SHOWN = 300


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """Which actions a list shows; what is empty leaves nothing out."""

    method: str = ""
    state: ActionState | None = None
    year: int | None = None
    special: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class ActionFile:
    """An action with its pictures and everybody's name."""

    action: SupervisionAction
    items: Sequence[Item]
    photographs: Sequence[ActionPhotograph]
    people: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem of a station's log with its light and who settled it."""

    problem: StationProblem
    light: Light
    settled_by: str


@dataclass(frozen=True, slots=True)
class StationFile:
    """A station with its log, the open problems first, and what is counted of it."""

    station: Station
    lines: Sequence[ProblemLine]
    months: int
    people: Mapping[int, str]

    @property
    def settled(self) -> int:
        """Count the problems that came to their end."""
        return sum(line.problem.settled_on is not None for line in self.lines)


def actions(session: Session, actor: Actor, wanted: ActionFilter) -> Sequence[SupervisionAction]:
    """Return the actions that the actor may know of, the latest first."""
    query = (
        select(SupervisionAction)
        .where(sight.actions_open_to(actor), *_conditions(wanted))
        .options(selectinload(SupervisionAction.items), selectinload(SupervisionAction.units))
        .order_by(SupervisionAction.planned_on.desc(), SupervisionAction.id.desc())
    )
    return session.scalars(query.limit(SHOWN)).all()


def about(session: Session, actor: Actor, item_id: int) -> Sequence[SupervisionAction]:
    """Return the actions about an item that the actor may know of, the latest first."""
    of_item = select(ActionItem.action_id).where(ActionItem.item_id == item_id)
    query = select(SupervisionAction).where(
        SupervisionAction.id.in_(of_item), sight.actions_open_to(actor)
    )
    return session.scalars(
        query.order_by(SupervisionAction.planned_on.desc(), SupervisionAction.id.desc())
    ).all()


def action_file(session: Session, actor: Actor, action_id: int) -> ActionFile:
    """Return one action with everything about it; a unit sees only its own of the items."""
    action = sight.visible_action(session, actor, action_id)
    photographs = session.scalars(
        select(ActionPhotograph)
        .where(ActionPhotograph.action_id == action.id)
        .order_by(ActionPhotograph.uploaded_at, ActionPhotograph.id)
    ).all()
    own = select(Item.id).where(
        Item.id.in_([item.id for item in action.items]), store.visible_to(actor)
    )
    seen = set(session.scalars(own))
    people = [*action.team, action.planned_by_id, action.recorded_by_id]
    return ActionFile(
        action,
        [item for item in action.items if item.id in seen],
        photographs,
        casefile.names_of(session, people),
    )


def stations(session: Session, actor: Actor) -> Sequence[StationFile]:
    """Return the stations that the actor may know of, those still there first."""
    query = select(Station).where(sight.stations_open_to(actor))
    found = session.scalars(
        query.order_by(Station.ended_on.is_not(None), Station.started_on.desc(), Station.id.desc())
    ).all()
    return [_station(session, actor, station) for station in found]


def station_file(session: Session, actor: Actor, station_id: int) -> StationFile:
    """Return one station with its log."""
    return _station(session, actor, sight.visible_station(session, actor, station_id))


def letters(session: Session, actor: Actor, item_id: int | None = None) -> Sequence[Letter]:
    """Return the letters that the actor may read, about an item or any, the latest first."""
    query = select(Letter).where(sight.letters_open_to(actor)).options(joinedload(Letter.unit))
    if item_id is not None:
        query = query.where(Letter.item_id == item_id)
    return session.scalars(query.order_by(Letter.id.desc()).limit(SHOWN)).all()


def letter(session: Session, actor: Actor, letter_id: int) -> tuple[Letter, str, str]:
    """Return a letter with the names of whoever opened it and of its sender."""
    found = sight.visible_letter(session, actor, letter_id)
    names = casefile.names_of(session, [found.read_by_id, found.sent_by_id])
    return found, names.get(found.read_by_id or 0, ""), names.get(found.sent_by_id, "")


def choosable_items(session: Session, actor: Actor) -> Sequence[Item]:
    """Return the items that an action can be about: what is open, the newest number first."""
    query = select(Item).where(Item.state == ItemState.OPEN, store.visible_to(actor))
    ordered = query.order_by(Item.year.desc(), Item.serial.desc(), Item.id.desc())
    return session.scalars(ordered.limit(SHOWN)).all()


def _station(session: Session, actor: Actor, station: Station) -> StationFile:
    day = today(session)
    problems = session.scalars(
        select(StationProblem)
        .where(StationProblem.station_id == station.id, sight.problems_open_to(actor))
        .options(joinedload(StationProblem.owner_unit))
        .order_by(StationProblem.settled_on.is_not(None), StationProblem.due_on, StationProblem.id)
    ).all()
    ids = [*station.team, station.opened_by_id, *(each.settled_by_id for each in problems)]
    people = casefile.names_of(session, ids)
    lines = [
        ProblemLine(
            each,
            light_of(each.due_on, each.warn_on, day, done=each.settled_on is not None),
            people.get(each.settled_by_id or 0, ""),
        )
        for each in problems
    ]
    last = min(day, station.ended_on or day)
    return StationFile(station, lines, months(station.started_on, last), people)


def _conditions(wanted: ActionFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.method:
        found.append(SupervisionAction.method == wanted.method)
    if wanted.state is not None:
        found.append(SupervisionAction.state == wanted.state)
    if wanted.special:
        found.append(SupervisionAction.special.is_(True))
    if wanted.year is not None:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        found.append(SupervisionAction.planned_on.between(first, last))
    if wanted.text.strip():
        like = f"%{_plain(wanted.text.strip())}%"
        columns = (SupervisionAction.title, SupervisionAction.place, SupervisionAction.findings)
        found.append(or_(*(column.like(like, escape="\\") for column in columns)))
    return found


def _plain(text: str) -> str:
    """Take a text as it is: the signs that LIKE reads otherwise are escaped."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
