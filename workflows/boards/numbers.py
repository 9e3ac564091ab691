"""A number of a board, with what lists exactly the rows that it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from engine import Session
from workflows import ledger
from workflows.actors import Actor
from workflows.ledger_filter import LedgerFilter


@dataclass(frozen=True, slots=True)
class AskRows:
    """The times that a unit was asked for a report between two days, both included."""

    unit_id: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class UrgeRows:
    """The times that a unit was urged between two days, both included."""

    unit_id: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class AlikeRows:
    """The pairs of open items that look alike and that a unit has in hand both."""

    unit_id: int


Rows: TypeAlias = LedgerFilter | AskRows | UrgeRows | AlikeRows


@dataclass(frozen=True, slots=True)
class Number:
    """A count, and the rows that it counts."""

    value: int
    rows: Rows


def counted(session: Session, actor: Actor, several: Sequence[LedgerFilter]) -> list[Number]:
    """Count what several filters of the ledger show, in their order."""
    found = ledger.counts(session, actor, several)
    return [Number(value, rows) for value, rows in zip(found, several, strict=True)]


def named(session: Session, actor: Actor, several: Mapping[str, LedgerFilter]) -> dict[str, Number]:
    """Count what several filters show, by their names."""
    found = counted(session, actor, list(several.values()))
    return dict(zip(several, found, strict=True))
