"""The rest of a month that figures count: letters, visits, replies, rungs, issues of serials."""

from datetime import timedelta

from sqlalchemy import select

from engine import Session
from tests.workflows.figures.world import FIRST, LAST, World, at
from tests.workflows.town import Town
from workflows import serials
from workflows.methods import Method
from workflows.tables import (
    Assignment,
    Cause,
    ContactWay,
    Escalation,
    HeardBy,
    Letter,
    LetterKind,
    Proposal,
    Proposer,
    ProposerContact,
    Publication,
    PublicationKind,
    PublicationState,
    Reply,
    ReplyClass,
    ReplyRating,
    Revisit,
    Rung,
    RungState,
    Satisfaction,
    StoryEntry,
    Suggestion,
    SuggestionKind,
    SuggestionState,
    Urge,
)

METHODS = [method for method in Method if method is not Method.SYSTEM]


class Deeds(World):
    """Writes what is done about items, as the verbs would leave it, in many ways."""

    def __init__(self, session: Session, town: Town, seed: int) -> None:
        super().__init__(session, town, seed)
        self.li = town.people["li"]

    def fill(self) -> None:
        """Write a month of items, and after them what was done about each unit's part."""
        super().fill()
        parts = self.session.scalars(select(Assignment).order_by(Assignment.id)).all()
        for number, part in enumerate(parts, 1):
            for deed in (self.visit, self.letter, self.hard_rung, self.urge, self.issue):
                deed(part, number)
            if number % 2:
                self.reply(part, number)
        self.session.flush()

    def visit(self, part: Assignment, number: int) -> None:
        """Write a visit that was made by some method."""
        on = at(self.day())
        cause, chance = self.random.choice(list(Cause)), 0.1
        solved, method = self.random.random() < 0.6, METHODS[number % len(METHODS)]
        visit = Revisit(
            item_id=part.item_id, cause=cause, seed="1", chance=chance, ordered_at=on,
            method=method, solved=solved, done_at=on, done_by_id=self.li,
        )  # fmt: skip
        self.session.add(visit)

    def letter(self, part: Assignment, number: int) -> None:
        """Write a letter to a unit's principal leader."""
        kind, on = self.random.choice(list(LetterKind)), at(self.day())
        letter = Letter(
            kind=kind, unit_id=part.unit_id, subject=f"函{number}", body="请抓紧", addressee="局长",
            sent_by_id=self.li, sent_at=on,
        )  # fmt: skip
        self.session.add(letter)

    def hard_rung(self, part: Assignment, number: int) -> None:
        """Write an interview or a numbered slip, and what was suggested after it."""
        on, rung = self.day(), self.random.choice([Rung.INTERVIEW, Rung.NOTICE_RED])
        slip = rung is Rung.NOTICE_RED
        self.session.add(
            Escalation(
                assignment_id=part.id, rung=rung, days_overdue=9, rule={}, at=at(on),
                state=RungState.DELIVERED, delivered_at=at(on),
                year=2020 if slip else None, serial=number if slip else None,
            )
        )  # fmt: skip
        handed = self.random.random() < 0.5
        self.session.add(
            Suggestion(
                item_id=part.item_id, assignment_id=part.id, organ="市监委",
                kind=self.random.choice(list(SuggestionKind)), state=SuggestionState.HANDED_OVER,
                suggested_at=at(on), handed_on=on if handed else None,
                handed_by_id=self.li if handed else None,
            )
        )  # fmt: skip

    def urge(self, part: Assignment, number: int) -> None:
        """Write an urge by some method, and a reminder of the limit."""
        told = {"item_id": part.item_id, "assignment_id": part.id}
        how = METHODS[-number % len(METHODS)]
        urge = Urge(**told, method=how, text="请", sent_by_id=self.li, sent_at=at(self.day()))
        self.session.add_all([urge, StoryEntry(**told, kind="reminded", at=at(self.day()))])

    def issue(self, part: Assignment, number: int) -> None:
        """Write an issue of some serial, now and then one that was withdrawn."""
        name, *_ = self.random.choice(serials.SHIPPED)
        on, back = at(self.day()), number % 5 == 0
        state = PublicationState.WITHDRAWN if back else PublicationState.ISSUED
        self.session.add(
            Publication(
                serial_name=name, kind=PublicationKind.SPECIAL, state=state, first=FIRST, last=LAST,
                year=2020, number=1000 + number, title="专报", content={}, item_id=part.item_id,
                made_at=on, saved_at=on, issued_at=on, withdrawn_at=on if back else None,
                withdrawn_by_id=self.li if back else None,
            )
        )  # fmt: skip

    def reply(self, part: Assignment, number: int) -> None:
        """Write a reply to a proposal, perhaps after a talk, and what its proposer said."""
        on = self.day()
        if self.session.get(Proposal, part.item_id) is None:
            self.session.add(Proposal(item_id=part.item_id, session="三次会议", number=f"{number}"))
            self.session.flush()
        proposer = Proposer(item_id=part.item_id, place=number, name="代表")
        reply = Reply(
            assignment_id=part.id, item_id=part.item_id, number=1, said="答复", disclosed=False,
            undisclosed_reason="内部", reply_class=ReplyClass.A, author_id=self.li,
            drafted_at=at(on), issued_at=at(on), signed_by_id=self.li, document_number="函1号",
        )  # fmt: skip
        self.session.add_all([proposer, reply])
        self.session.flush()
        if self.random.random() < 0.5:
            contact = ProposerContact(
                assignment_id=part.id, attempt=1, way=next(iter(ContactWay)), met_on=on,
                said="面商", recorded_by_id=self.li, recorded_at=at(on),
            )  # fmt: skip
            self.session.add(contact)
        said, heard = self.random.choice(list(Satisfaction)), next(iter(HeardBy))
        rated = at(on + timedelta(days=3))
        self.session.add(
            ReplyRating(
                reply_id=reply.id, proposer_id=proposer.id, satisfaction=said, heard_by=heard,
                rated_at=rated, recorded_by_id=self.li,
            )
        )  # fmt: skip
