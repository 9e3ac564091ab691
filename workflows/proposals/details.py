"""What a proposal says beside an item's own fields: its session, its number, who made it."""

from dataclasses import dataclass

from sqlalchemy import select

from engine import Session
from workflows import rules
from workflows.errors import NumberTaken, TextMissing
from workflows.proposals import reach
from workflows.proposals.reach import Signatory
from workflows.tables import Handling, Item, Kind, Proposal, Proposer

SESSION, NUMBER, NAME, CONTACT = 60, 40, 80, 120


@dataclass(frozen=True, slots=True)
class ProposalDetails:
    """The session (届次), the number in it, the proposers with the leading one first."""

    session: str
    number: str
    proposers: tuple[Signatory, ...]
    handling: Handling = Handling.LEAD_CO

    @property
    def kind(self) -> Kind:
        """Return the kind whose details these are."""
        return Kind.PROPOSAL

    def check(self, session: Session) -> None:
        """Refuse a proposal without session, number or proposers."""
        del session
        rules.must_say("session", self.session, SESSION)
        rules.must_say("number", self.number, NUMBER)
        if not self.proposers:
            raise TextMissing("proposers")
        for one in self.proposers:
            rules.must_say("proposers", one.name, NAME)
            rules.must_fit("proposers", one.contact, CONTACT)
            reach.mail_address(one.email, "proposers")
            reach.mobile(one.phone, "proposers")

    def keep(self, session: Session, item: Item) -> None:
        """Write them down; a number is given once in a session."""
        named, number = self.session.strip(), self.number.strip()
        wanted = (Proposal.session == named, Proposal.number == number, Proposal.item_id != item.id)
        if session.scalar(select(Proposal.item_id).where(*wanted)) is not None:
            raise NumberTaken(named, number)
        proposal = session.get(Proposal, item.id) or Proposal(item_id=item.id)
        proposal.session, proposal.number, proposal.handling = named, number, self.handling
        proposal.proposers.clear()
        session.add(proposal)
        session.flush()
        proposal.proposers += [
            Proposer(
                place=place,
                name=one.name.strip(),
                contact=one.contact.strip(),
                email=reach.mail_address(one.email, "proposers"),
                phone=reach.mobile(one.phone, "proposers"),
            )
            for place, one in enumerate(self.proposers)
        ]
        session.flush()
