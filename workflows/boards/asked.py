"""Whose board it is: the whole city's, what a leader is in charge of or instructed, a unit's."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine import Session
from workflows import rules, store
from workflows.actors import Actor
from workflows.calendar import today
from workflows.ledger_filter import LedgerFilter, Scope
from workflows.tables import Role


class Whose(StrEnum):
    """Which items a board is about."""

    WHOLE = "whole"
    SPONSORED = "sponsored"
    INSTRUCTED = "instructed"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Board:
    """A board on a day: whose it is, and the filter by which its items are chosen."""

    whose: Whose
    day: date
    base: LedgerFilter

    @property
    def every(self) -> LedgerFilter:
        """Return the filter for its items, ended or not."""
        return LedgerFilter(
            scope=Scope.ALL, sponsors=self.base.sponsors, instructors=self.base.instructors
        )


def must_look(actor: Actor) -> None:
    """Refuse whoever sees no items: administering gives no board."""
    rules.must_have(actor, *store.SEES_ALL, *store.IN_A_UNIT)


def whole(actor: Actor) -> bool:
    """Say whether somebody sees every unit's items."""
    return store.sees_all(actor)


def choices(actor: Actor) -> tuple[Whose, ...]:
    """Return the boards that somebody has, the usual one first."""
    if not store.sees_all(actor):
        return (Whose.OWN,)
    if actor.has(Role.LEADER):
        return (Whose.WHOLE, Whose.SPONSORED, Whose.INSTRUCTED)
    return (Whose.WHOLE,)


def board_of(session: Session, actor: Actor, whose: Whose | None = None) -> Board:
    """Return the board that somebody asks for; one that isn't theirs is their usual one."""
    must_look(actor)
    own = choices(actor)
    chosen = whose if whose in own and whose is not None else own[0]
    posts = tuple(sorted(held.post_id for held in actor.posts if held.role is Role.LEADER))
    base = LedgerFilter(
        sponsors=posts if chosen is Whose.SPONSORED else (),
        instructors=posts if chosen is Whose.INSTRUCTED else (),
    )
    return Board(chosen, today(session), base)
