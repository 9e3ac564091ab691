"""What a decision rests on: a meeting by its number and date, or a document."""

from dataclasses import dataclass
from datetime import date

from engine import Session
from workflows import kinds, rules
from workflows.calendar import today
from workflows.errors import DayAhead, TextMissing
from workflows.tables import DecisionBasis, Item, Kind, Source

MEETING, DOCUMENT = 80, 200


@dataclass(frozen=True, slots=True)
class DecisionDetails:
    """The meeting that took a decision, or the document that it stands in."""

    meeting: str = ""
    held_on: date | None = None
    document: str = ""

    @property
    def kind(self) -> Kind:
        """The kind whose details these are."""
        return Kind.DECISION

    def check(self, session: Session) -> None:
        """Refuse a meeting without its number or day, one to come, and nothing at all."""
        rules.must_fit("meeting", self.meeting.strip(), MEETING)
        rules.must_fit("document", self.document.strip(), DOCUMENT)
        if not (self.meeting.strip() or self.document.strip()):
            raise TextMissing("meeting" if self.held_on else "document")
        if bool(self.meeting.strip()) is not bool(self.held_on):
            raise TextMissing("held_on" if self.meeting.strip() else "meeting")
        if self.held_on is not None and self.held_on > today(session):
            raise DayAhead("held_on", self.held_on)

    def keep(self, session: Session, item: Item) -> None:
        """Write them down with the item, instead of any written before."""
        row = DecisionBasis(
            item_id=item.id,
            meeting=self.meeting.strip(),
            held_on=self.held_on,
            document=self.document.strip(),
        )
        session.merge(row)


def basis_of(session: Session, item: Item) -> DecisionBasis | None:
    """Return what a decision rests on, if that was told apart from its basis in words."""
    return session.get(DecisionBasis, item.id)


def is_of_a_meeting(source: Source) -> bool:
    """Say whether a source's decisions are a meeting's, told by its number and its day."""
    return source in kinds.MEETINGS
