"""Proposals, their replies, and what the public sees of them."""

from collections.abc import Sequence
from datetime import date

from workflows.errors.refusal import Refusal


class NumberTaken(Refusal):
    """A session gives each of its proposals a number of its own."""

    def __init__(self, session: str, number: str) -> None:
        super().__init__(session=session, number=number)


class UnitsMissing(Refusal):
    """A proposal can't be handed over without a unit that leads; ``numbers`` says which."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(numbers=list(numbers))


class HandlingUnfit(Refusal):
    """How a proposal is handled doesn't fit the number of its units."""

    def __init__(self, handling: str, others: int) -> None:
        super().__init__(handling=handling, others=others)


class ContactMissing(Refusal):
    """A reply needs a talk with the proposers first; after a dissatisfied one, face to face."""

    def __init__(self, face_to_face: bool) -> None:  # noqa: FBT001 (a fact)
        super().__init__(why="face_to_face" if face_to_face else "first")


class ClassMissing(Refusal):
    """A reply says which of the four classes A to D it is."""


class PromiseUnfit(Refusal):
    """A reply of class B promises something by a day; no other one promises anything."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class RatingsOpen(Refusal):
    """Proposers haven't answered yet, and may do so until a day."""

    def __init__(self, names: Sequence[str], until: date) -> None:
        super().__init__(names=list(names), until=until)


class AddressUnfit(Refusal):
    """Neither mail nor SMS goes to what was written down as a proposer's address."""

    def __init__(self, field: str, given: str) -> None:
        super().__init__(field=field, given=given)


class NobodyReached(Refusal):
    """No link can be sent: whoever could rate has no address, or was sent one already."""


class LinkUnknown(Refusal):
    """No reply is rated by this link; nothing more is told."""


class LinkOver(Refusal):
    """This link has run out, or its case has gone on; ``why`` says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class DisclosureUnknown(Refusal):
    """There is no such reply that is, was or could be public."""

    def __init__(self, disclosure_id: object = None) -> None:
        super().__init__(disclosure_id=disclosure_id)


class DisclosureRefused(Refusal):
    """A reply or a session's figures can't be shown to the public; ``why`` says which rule."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)
