"""Which proposals somebody wants to see: the address says it, a link changes a part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from workflows.proposals.ledger import ProposalFilter
from workflows.tables import ReplyClass, Satisfaction

E = TypeVar("E", bound=StrEnum)

YES, NO = "yes", "no"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Wish:
    """A filter of the proposals' ledger, and its query."""

    filter: ProposalFilter

    def query(self, **changed: object) -> dict[str, str]:
        """Return the address's query, with some of it changed; None leaves a part out."""
        own = self.filter
        parts: dict[str, object] = {
            "session": own.session or ALL,
            "class": own.reply_class,
            "satisfaction": own.satisfaction,
            "unit": own.unit_id,
            "contacted": _said(own.contacted),
            "replied": _said(own.replied),
            "late": _said(own.late),
            "promised": _said(own.promised),
            **changed,
        }
        return {name: str(part) for name, part in parts.items() if part not in (None, "")}

    @property
    def narrows(self) -> bool:
        """Say whether more than the session is asked for."""
        return set(self.query()) != {"session"}


def wish_of(sent: Mapping[str, str], sessions: Sequence[str]) -> Wish:
    """Read an address; without a session the latest is meant."""
    named = sent.get("session") or next(iter(sessions), "")
    unit = sent.get("unit", "")
    return Wish(
        ProposalFilter(
            session="" if named == ALL else named,
            reply_class=_member(ReplyClass, sent.get("class")),
            satisfaction=_member(Satisfaction, sent.get("satisfaction")),
            unit_id=int(unit) if unit.isdecimal() and unit.isascii() else None,
            contacted=_asked(sent.get("contacted")),
            replied=_asked(sent.get("replied")),
            late=_asked(sent.get("late")),
            promised=_asked(sent.get("promised")),
        )
    )


def _member(kind: type[E], text: str | None) -> E | None:
    return kind(text) if text in set(kind) else None


def _asked(text: str | None) -> bool | None:
    return {YES: True, NO: False}.get(text or "")


def _said(asked: bool | None) -> str | None:  # noqa: FBT001 (an answer, or none)
    return None if asked is None else YES if asked else NO
