"""A month of made-up work, written straight into the ledger: many rows, by a seed."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from engine import Session
from tests.workflows.town import Town
from workflows import serials
from workflows.tables import (
    ActionState,
    Assignment,
    AssignmentState,
    ChangeDecision,
    ChangeKind,
    ChangeRequest,
    ClosedHow,
    Escalation,
    Item,
    ItemState,
    Kind,
    Part,
    Praise,
    Praised,
    PraiseLevel,
    Publication,
    PublicationKind,
    PublicationState,
    Report,
    Rung,
    RungState,
    Source,
    Station,
    StationProblem,
    StoryEntry,
    SupervisionAction,
    Unit,
    Urge,
    Urgency,
    Verdict,
)

FIRST, LAST = date(2020, 3, 1), date(2020, 3, 31)
UNITS = ("parks", "finance", "staffing")
ITEMS = 40


def at(day: date) -> datetime:
    """Return a moment of a day: the afternoon in the office."""
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


class World:
    """Writes rows that belong together, as the verbs would leave them."""

    def __init__(self, session: Session, town: Town, seed: int) -> None:
        self.session, self.town, self.random = session, town, Random(seed)

    def day(self, first: date = date(2020, 2, 10), days: int = 49) -> date:
        """Return some day."""
        return first + timedelta(days=self.random.randrange(days))

    def fill(self) -> None:
        """Write the items with everything that happens to them, and what the office did."""
        serials.seed_serials(self.session)
        for serial in range(1, ITEMS + 1):
            item = self.item(serial)
            for unit in self.random.sample(UNITS, self.random.randint(1, 2)):
                self.part(item, unit)
            if serial % 9 == 0:
                self.part(self.item(None, item, 1), "parks")
        for _ in range(12):
            self.action()
        self.station()
        self.records()
        self.session.flush()

    def item(self, serial: int | None, parent: Item | None = None, part_no: int = 0) -> Item:
        """Write an item: registered, running, closed or refused."""
        state = self.random.choices(
            [ItemState.OPEN, ItemState.CLOSED, ItemState.REFUSED, ItemState.REGISTERED],
            [10, 6, 1, 1],
        )[0]
        closed = state is ItemState.CLOSED
        registered = self.day(days=40)
        due = registered + timedelta(days=self.random.randint(2, 45))
        item = Item(
            year=2020 if serial else None,
            serial=serial,
            parent_id=parent.id if parent else None,
            parent_number=parent.number if parent else "",
            part_no=part_no or None,
            kind=self.random.choice(list(Kind)),
            source=self.random.choice(list(Source)),
            state=state,
            basis="批示",
            title=f"事项{serial or (parent and parent.title)}",
            urgency=Urgency.NORMAL,
            registered_by_id=self.town.people["li"],
            registered_at=at(registered),
            due_on=due,
            warn_on=due - timedelta(days=5),
            closed_at=at(min(LAST, registered + timedelta(days=self.random.randint(1, 40))))
            if closed
            else None,
            closed_how=ClosedHow.DONE if closed else None,
            round=1,
        )
        self.session.add(item)
        self.session.flush()
        return item

    def part(self, item: Item, unit: str) -> None:
        """Write a unit's part of an item with its reports, urges and changes; the first leads."""
        share = Part.CO if item.assignments else Part.LEAD
        part = Assignment(
            item=item,
            unit_id=self.town.units[unit],
            part=share,
            round=1,
            state=AssignmentState.ACCEPTED if item.closed_at else AssignmentState.HANDLING,
            assigned_at=item.registered_at,
            due_on=item.due_on,
            finished_at=item.closed_at,
        )
        self.session.add(part)
        self.session.flush()
        self.reports(part)
        for _ in range(self.random.randint(0, 2)):
            self.session.add(
                Urge(
                    item_id=item.id,
                    assignment_id=part.id,
                    method=self.random.choice(["telephone", "sms", "on_site"]),
                    text="请抓紧",
                    sent_by_id=self.town.people["li"],
                    sent_at=at(self.day()),
                )
            )
        self.rung(part)
        self.change(part)

    def reports(self, part: Assignment) -> None:
        """Write reports that were accepted or sent back, and days on which one fell due."""
        for number in range(1, self.random.randint(1, 4)):
            reviewed = at(self.day())
            self.session.add(
                Report(
                    assignment_id=part.id,
                    item_id=part.item_id,
                    number=number,
                    final=False,
                    progress="进展",
                    percent=50,
                    author_id=self.town.people["chu"],
                    submitted_at=reviewed,
                    confirmed_at=reviewed,
                    confirmed_by_id=self.town.people["fan"],
                    verdict=self.random.choice(list(Verdict)),
                    reviewed_at=reviewed,
                )
            )
        for _ in range(self.random.randint(0, 3)):
            entry = StoryEntry(
                item_id=part.item_id,
                assignment_id=part.id,
                kind="interim_due",
                at=at(self.day()) + timedelta(seconds=self.random.randrange(3000)),
            )
            self.session.add(entry)

    def rung(self, part: Assignment) -> None:
        """Write a rung of the ladder, delivered or declined."""
        delivered = self.random.random() < 0.7
        on = at(self.day())
        self.session.add(
            Escalation(
                assignment_id=part.id,
                rung=self.random.choice([Rung.REMINDER, Rung.URGE, Rung.NOTICE_BLUE]),
                days_overdue=1,
                rule={},
                at=on,
                state=RungState.DELIVERED if delivered else RungState.DECLINED,
                delivered_at=on if delivered else None,
            )
        )

    def change(self, part: Assignment) -> None:
        """Write a change that was asked for, consented to or not."""
        self.session.add(
            ChangeRequest(
                assignment_id=part.id,
                kind=self.random.choice([ChangeKind.EXTEND, ChangeKind.CANCEL]),
                reason="原因",
                old_due_on=part.due_on,
                new_due_on=part.due_on and part.due_on + timedelta(days=9),
                asked_by_id=self.town.people["chu"],
                asked_at=at(self.day()),
                decision=self.random.choice(
                    [ChangeDecision.CONSENTED, ChangeDecision.CONSENTED, ChangeDecision.DECLINED]
                ),
                decided_at=at(self.day()),
            )
        )

    def action(self) -> None:
        """Write an action of some method, special or not, held or only planned."""
        held = self.day() if self.random.random() < 0.8 else None
        action = SupervisionAction(
            method=self.random.choice(["on_site", "unannounced", "joint"]),
            title="专项督查",
            state=ActionState.DONE if held else ActionState.PLANNED,
            special=self.random.random() < 0.5,
            planned_on=held or LAST,
            held_on=held,
            planned_by_id=self.town.people["li"],
            planned_at=at(FIRST),
        )
        action.units.append(self.session.get_one(Unit, self.town.units["parks"]))
        self.session.add(action)

    def records(self) -> None:
        """Write praise on record and issues of a serial, some of them taken back."""
        li = self.town.people["li"]
        for number in range(1, 13):
            on, back = self.day(), self.random.random() < 0.3
            whom = self.random.choice(list(Praised))
            self.session.add(
                Praise(
                    level=self.random.choice(list(PraiseLevel)),
                    whom=whom,
                    unit_id=self.town.units["parks"] if whom is Praised.UNIT else None,
                    title="记功",
                    by="市政府",
                    on=on,
                    counted_on=on,
                    persons=number if whom is Praised.PERSONS else 0,
                    recorded_by_id=li,
                    recorded_at=at(on),
                    withdrawn_at=at(on) if back else None,
                    withdrawn_by_id=li if back else None,
                )
            )
            self.session.add(
                Publication(
                    serial_name=serials.CIRCULAR,
                    kind=PublicationKind.MONTHLY,
                    state=PublicationState.WITHDRAWN if back else PublicationState.ISSUED,
                    first=FIRST,
                    last=LAST,
                    year=2020,
                    number=number,
                    title="通报",
                    content={},
                    made_at=at(on),
                    saved_at=at(on),
                    issued_at=at(on),
                    withdrawn_at=at(on) if back else None,
                    withdrawn_by_id=li if back else None,
                )
            )

    def station(self) -> None:
        """Write a team on the spot since January, with a log of problems."""
        li = self.town.people["li"]
        station = Station(
            title="监狱搬迁驻点",
            place="工地",
            started_on=date(2020, 1, 10),
            opened_by_id=li,
            opened_at=at(FIRST),
        )
        self.session.add(station)
        self.session.flush()
        for number in range(1, 9):
            settled = self.day() if number % 3 else None
            self.session.add(
                StationProblem(
                    station_id=station.id,
                    number=number,
                    text="积水",
                    owner_unit_id=self.town.units["parks"],
                    owner_person="范志国",
                    found_on=date(2020, 2, 1),
                    due_on=LAST,
                    warn_on=LAST,
                    settled_on=settled,
                    settled_by_id=li if settled else None,
                    added_by_id=li,
                    added_at=at(FIRST),
                )
            )
