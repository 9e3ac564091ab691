"""The rooms that a reader may enter, by role; a room that isn't built isn't shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import current_app, g, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from engine import Session
from web.icons import ROOMS as PICTURES
from web.transaction import reading
from workflows import awaited, decision_tables, drawings, inbox, incidents, notices
from workflows.awaited import Awaited, Step
from workflows.people import Actor
from workflows.tables import Role

EVERYONE = frozenset(Role)
OFFICE = frozenset({Role.SUPERVISOR, Role.DIRECTOR})
SUPERVISOR = frozenset({Role.SUPERVISOR})
READERS = EVERYONE - {Role.ADMINISTRATOR}
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
OVERSEERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
LEADER = frozenset({Role.LEADER})
HANDLER = frozenset({Role.HANDLER})
UNITS = frozenset({Role.HANDLER, Role.UNIT_HEAD})
WATCHERS = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.LEADER, Role.AUDITOR})
SUGGESTIONS = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.LEADER, Role.AUDITOR})

BEHIND = {
    "steps": "inbox",
    "deeds": "inbox",
    "items": "ledger",
    "papers": "ledger",
    "searching": "ledger",
    "rungs": "ledger",
    "stations": "actions",
    "letters": "actions",
    "drafts": "diagrams",
    "drawing_files": "diagrams",
    "releases": "diagrams",
    "table_releases": "decision_tables",
    "comparing": "diagrams",
    "rebasing": "diagrams",
    "migrating": "diagrams",
    "replays": "diagrams",
    "trials": "diagrams",
    "admin_periods": "admin_limits",
    "appeals": "assessment",
    "publishing": "publications",
    "publication_drafts": "publications",
    "sources": "diagrams",
}
"""Pages that have no line of their own, and the room that leads to them."""


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """One line of the navigation."""

    name: str
    title: LazyString
    endpoint: str
    roles: frozenset[Role]
    count: int | None = None
    hot: bool = False

    @property
    def picture(self) -> str:
        """Return the name of its icon."""
        return PICTURES[self.name]

    @property
    def address(self) -> str:
        """Return where it is."""
        return url_for(self.endpoint)

    @property
    def here(self) -> bool:
        """Say whether the reader is in it, or in a page that is reached through it."""
        blueprint = request.blueprint or ""
        return BEHIND.get(blueprint, blueprint) == self.endpoint.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Group:
    """Some rooms under one heading."""

    title: LazyString | None
    rooms: tuple[Room, ...]


TO_DECIDE = _l("For you to decide")
BOARD = Room("board", _l("Board"), "boards.show", LEADER)
INBOX = Room("inbox", _l("To do"), "inbox.show", EVERYONE)
NOTICES = Room("notices", _l("Notices"), "notices.show", EVERYONE)
LEDGER = Room("ledger", _l("Ledger"), "ledger.show", READERS)
DIAGRAMS = Room("diagrams", _l("Diagrams"), "diagrams.show", ADMINISTRATOR)
TABLES = Room("tables", _l("Decision tables"), "decision_tables.show", ADMINISTRATOR)
INCIDENTS = Room("incidents", _l("What is stuck"), "incidents.show", ADMINISTRATOR)
PUBLICATIONS = Room("publications", _l("Publications"), "publications.show", READERS)
ASSESSMENT = Room("assessment", _l("Assessment"), "assessment.show", WATCHERS)
ME = Room("me", _l("Me"), "auth.me", EVERYONE)

GROUPS = (
    Group(None, (BOARD, INBOX, NOTICES)),
    Group(
        _l("Supervision"),
        (
            LEDGER,
            Room("projects", _l("Key projects"), "projects.show", READERS),
            Room("suggestions", _l("Suggestions"), "ladder.suggestions", SUGGESTIONS),
            Room("register", _l("Register an item"), "registering.show", SUPERVISOR),
            Room("actions", _l("Supervision actions"), "actions.show", READERS),
            Room("revisits", _l("Revisits"), "revisits.show", WATCHERS),
            Room("common", _l("Report for several"), "decisions.common", HANDLER),
            Room("urges", _l("Urges"), "urged.show", READERS),
            Room("proposals", _l("Proposals"), "proposals.show", READERS),
            Room("heat", _l("Heat map"), "heat.index", WATCHERS),
            Room("imports", _l("Import a ledger"), "imports.show", OFFICE),
        ),
    ),
    Group(
        _l("Results"),
        (
            Room("board", _l("Board"), "boards.show", READERS - LEADER),
            PUBLICATIONS,
            ASSESSMENT,
            Room("assessment", _l("Our score"), "assessment.show", UNITS),
            Room("praise", _l("Praise on record"), "praise.show", WATCHERS),
            Room("summaries", _l("Summaries"), "summaries.show", WATCHERS),
            Room("snapshots", _l("Snapshots"), "snapshots.show", WATCHERS),
            Room("targets", _l("Targets"), "targets.show", READERS),
            Room("disclosure", _l("Disclosure"), "disclosing.show", WATCHERS),
        ),
    ),
    Group(
        _l("Administration"),
        (
            DIAGRAMS,
            Room("heat", _l("Heat map"), "heat.index", ADMINISTRATOR),
            Room("people", _l("Units and people"), "admin_people.show", ADMINISTRATOR),
            Room("calendar", _l("Calendar"), "admin_calendar.show", ADMINISTRATOR),
            TABLES,
            Room("scores", _l("Groups of units"), "admin_assessment.show", ADMINISTRATOR),
            Room("limits", _l("Limits"), "admin_limits.show", ADMINISTRATOR),
            Room("milestones", _l("Milestone templates"), "admin_projects.show", ADMINISTRATOR),
            Room("ladder", _l("Ladder"), "admin_ladder.show", ADMINISTRATOR),
            Room("bases", _l("Bases of accountability"), "admin_bases.show", ADMINISTRATOR),
            Room(
                "visit_rules",
                _l("Revisits: weights"),
                "revisits.rules_page",
                ADMINISTRATOR,
            ),
            Room("templates", _l("Paper templates"), "templates.show", ADMINISTRATOR),
            Room("serials", _l("Serials"), "admin_serials.show", ADMINISTRATOR),
            Room("settings", _l("Settings"), "admin_settings.show", ADMINISTRATOR),
            Room("messages", _l("Messages sent"), "messages.show", OVERSEERS),
            Room("accounts", _l("Account changes"), "account_changes.show", OVERSEERS),
            INCIDENTS,
        ),
    ),
)
TABBAR = (BOARD, INBOX, LEDGER, NOTICES, ME)
ROOMS = frozenset(room for group in GROUPS for room in group.rooms) | {*TABBAR}


def navigation() -> list[Group]:
    """Return the groups that this reader has a room in, with their counts."""
    groups = (replace(group, rooms=_open(group.rooms)) for group in GROUPS)
    return [group for group in groups if group.rooms]


def tabbar() -> tuple[Room, ...]:
    """Return the rooms of the phone's bottom bar."""
    return _open(TABBAR)


def address_of(room: Room) -> str | None:
    """Return where a room is, or None for somebody to whom it isn't open."""
    return room.address if room in _rooms() else None


def unread() -> int:
    """Return how many notices the reader hasn't opened."""
    return _rooms()[NOTICES].count or 0


def inbox_title() -> LazyString:
    """Return what the inbox is called: to a leader everything in it asks for a decision."""
    return TO_DECIDE if g.actor.roles == LEADER else INBOX.title


def todo_counts() -> inbox.Counts:
    """Count what waits for the reader, once a request."""
    if "todo_counts" not in g:
        with reading() as session:
            g.todo_counts = awaited.counts(session, g.actor, papers())
    counts: inbox.Counts = g.todo_counts
    return counts


def papers() -> Sequence[Awaited]:
    """Return the papers that wait for the reader or a colleague, once a request."""
    if "papers" not in g:
        with reading() as session:
            g.papers = awaited.awaited(session, g.actor)
    found: Sequence[Awaited] = g.papers
    return found


def _open(rooms: tuple[Room, ...]) -> tuple[Room, ...]:
    found = _rooms()
    return tuple(found[room] for room in rooms if room in found)


def _rooms() -> Mapping[Room, Room]:
    """Return each room that is open to the reader with what waits in it.

    A page asks for them in several places; they are counted once a request, in one transaction.
    """
    if "rooms" not in g:
        actor: Actor = g.actor
        with reading() as session:
            g.rooms = {
                room: COUNTED[room](session, room) if room in COUNTED else room
                for room in ROOMS
                if room.endpoint in current_app.view_functions and actor.roles & room.roles
            }
    rooms: Mapping[Room, Room] = g.rooms
    return rooms


def _inbox(_session: Session, room: Room) -> Room:
    counts = todo_counts()
    return replace(room, title=inbox_title(), count=counts.mine, hot=counts.late > 0)


def _notices(session: Session, room: Room) -> Room:
    return replace(room, count=notices.unread(session, g.actor) or None)


def _papers(*steps: Step) -> Callable[[Session, Room], Room]:
    """Return what counts the papers that wait for the reader at these steps."""
    return lambda _session, room: replace(
        room, count=sum(one.mine and one.step in steps for one in papers()) or None
    )


def _diagrams(session: Session, room: Room) -> Room:
    return replace(room, count=drawings.count_reviews(session, g.actor) or None)


def _tables(session: Session, room: Room) -> Room:
    return replace(room, count=decision_tables.count_reviews(session, g.actor) or None)


def _incidents(session: Session, room: Room) -> Room:
    number = incidents.count(session, g.actor)
    return replace(room, count=number or None, hot=number > 0)


COUNTED: Mapping[Room, Callable[[Session, Room], Room]] = {
    INBOX: _inbox,
    NOTICES: _notices,
    PUBLICATIONS: _papers(Step.APPROVE_ISSUE, Step.MEND_ISSUE, Step.SEND_ISSUE, Step.READ_ISSUE),
    ASSESSMENT: _papers(Step.DECIDE_APPEAL, Step.APPROVE_LIST),
    DIAGRAMS: _diagrams,
    TABLES: _tables,
    INCIDENTS: _incidents,
}
"""The rooms in which something waits for their reader, and what counts it."""
