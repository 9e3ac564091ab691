"""Leaders' words on a paper: 批办 asks for action, 批阅 doesn't; several may differ.

What differs is settled by the director, or by the principal leader whom the director asks,
before it is handed out. The result goes back to every leader who gave an instruction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from engine import Session, now
from workflows import desk, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import ChoiceUnknown, DayAhead, NoItem, PostRefused, PostTwice
from workflows.story import Happened
from workflows.tables import Item, Kind, LeaderInstruction, Post, Resolution, Role

SETTLE, REFER = "settle", "refer"
CHOICES = (SETTLE, REFER)


class Asks(StrEnum):
    """What a leader's words ask for: 批办 action, 批阅 nothing but to be read."""

    ACTION = "action"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Words:
    """What another leader wrote on the same paper; ``differs`` if it says something else."""

    post_id: int
    words: str
    given_on: date | None = None
    differs: bool = False


@dataclass(frozen=True, slots=True)
class InstructionDetails:
    """What the instruction asks for, when it was given, and what others wrote on the paper."""

    asks: Asks = Asks.ACTION
    given_on: date | None = None
    others: tuple[Words, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind whose details these are."""
        return Kind.INSTRUCTION

    def check(self, session: Session) -> None:
        """Refuse what only asks to be read, days to come, and words that nobody can have said."""
        if self.asks is Asks.READING:
            raise NoItem("asks")
        for given_on in (self.given_on, *(other.given_on for other in self.others)):
            if given_on is not None and given_on > today(session):
                raise DayAhead("given_on", given_on)
        leaders = select(Post.id).where(Post.role == Role.LEADER)
        known = set(session.scalars(leaders))
        seen: set[int] = set()
        for other in self.others:
            rules.must_say("others", other.words)
            if other.post_id not in known:
                raise PostRefused(other.post_id)
            if other.post_id in seen:
                raise PostTwice("others", other.post_id)
            seen.add(other.post_id)

    def keep(self, session: Session, item: Item) -> None:
        """Write them down with the item, instead of any written before."""
        session.execute(delete(LeaderInstruction).where(LeaderInstruction.item_id == item.id))
        others = [other for other in self.others if other.post_id != item.instructing_post_id]
        if item.instructing_post_id is not None:
            first = Words(item.instructing_post_id, item.basis, self.given_on)
            others.insert(0, first)
        session.add_all(
            LeaderInstruction(
                item_id=item.id,
                post_id=each.post_id,
                given_on=each.given_on,
                words=each.words.strip(),
                differs=each.differs,
            )
            for each in others
        )
        session.flush()


def instructions_of(session: Session, item: Item) -> Sequence[LeaderInstruction]:
    """Return what each leader wrote on the paper, in the order in which it was written down."""
    wanted = select(LeaderInstruction).where(LeaderInstruction.item_id == item.id)
    ordered = wanted.order_by(LeaderInstruction.id)
    return session.scalars(ordered.options(joinedload(LeaderInstruction.post))).all()


def resolutions_of(session: Session, item: Item) -> Sequence[Resolution]:
    """Return how what differs was settled, the oldest first."""
    wanted = select(Resolution).where(Resolution.item_id == item.id)
    return session.scalars(wanted.order_by(Resolution.id)).all()


def differing(session: Session, item: Item) -> bool:
    """Say whether leaders' words on an item differ, and nobody has settled it yet."""
    told = instructions_of(session, item)
    settled = any(not each.referred for each in resolutions_of(session, item))
    return any(each.differs for each in told) and not settled


def addressees(session: Session, item: Item) -> list[int]:
    """Return the posts to which the result goes back: everybody's who gave an instruction.

    Without any it is one post that the desk finds, which is 0 here.
    """
    told = [each.post_id for each in instructions_of(session, item)]
    return told or [item.instructing_post_id or item.sponsor_post_id or 0]


def resolve(session: Session, actor: Actor, task_id: UUID, outcome: str, words: str) -> Resolution:
    """Say what holds where leaders' words differ, or ask the principal leader to say it."""
    if outcome not in CHOICES:
        raise ChoiceUnknown("outcome", outcome, CHOICES)
    errand = steps.take(session, actor, task_id, steps.RESOLVE)
    said = rules.must_say("words", words)
    item = store.item_to_change(session, errand.todo.item_id)
    held = actor.post_for(errand.todo.role)
    row = Resolution(
        item_id=item.id,
        words=said,
        referred=outcome == REFER,
        person_id=actor.person_id,
        post_id=errand.todo.post_id or (held.post_id if held else None),
        at=now(session),
    )
    session.add(row)
    if outcome == SETTLE:
        item.basis = f"{item.basis}\n{today(session).isoformat()} {said}"
    told = Happened.DIFFERENCE_REFERRED if outcome == REFER else Happened.DIFFERENCE_SETTLED
    story.tell(session, item, told, actor, {"words": said})
    desk.move_on(session, actor, errand.task, outcome)
    return row
