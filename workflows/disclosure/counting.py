"""The figures that are released with a session's replies: frozen lines, and what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from engine import Session, now
from workflows import rules
from workflows.actors import Actor
from workflows.errors import DisclosureRefused, DisclosureUnknown
from workflows.proposals import ledger
from workflows.tables import DisclosedFigures, ReplyClass, Role, Satisfaction

OFFICE = (Role.SUPERVISOR, Role.DIRECTOR)
PLEASED = (Satisfaction.SATISFIED.value, Satisfaction.BASICALLY.value)
ANSWERED = (*PLEASED, Satisfaction.DISSATISFIED.value)
FULL = 100


@dataclass(frozen=True, slots=True)
class Rates:
    """How some proposals stand: talked about, answered, rated, and with how many all is well."""

    total: int
    contacted: int
    replied: int
    rated: int
    pleased: int

    @property
    def contact_rate(self) -> float | None:
        """Return how many of all were talked about with their proposers, in percent."""
        return _share(self.contacted, self.total)

    @property
    def reply_rate(self) -> float | None:
        """Return how many of all were answered, in percent."""
        return _share(self.replied, self.total)

    @property
    def satisfaction_rate(self) -> float | None:
        """Return with how many of those rated the proposers are pleased, in percent."""
        return _share(self.pleased, self.rated)


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a session: all, by the class of the reply, by the unit that leads."""

    all: Rates
    by_class: Mapping[str, Rates]
    by_unit: Mapping[str, Rates]


def count(lines: Sequence[Mapping[str, Any]]) -> Counted:
    """Count frozen lines; nothing else is asked."""
    units = sorted({line["unit"] for line in lines if line["unit"]})
    return Counted(
        all=_rates(lines),
        by_class={each.value: _rates(of(lines, "class", each.value)) for each in ReplyClass},
        by_unit={unit: _rates(of(lines, "unit", unit)) for unit in units},
    )


def of(lines: Sequence[Mapping[str, Any]], what: str, value: str) -> list[Mapping[str, Any]]:
    """Return the lines of one class or unit."""
    return [line for line in lines if line[what] == value]


def release_figures(session: Session, actor: Actor, named: str) -> DisclosedFigures:
    """Let the public read a session's figures as they are now; earlier ones are past."""
    rules.must_have(actor, *OFFICE)
    rows = ledger.lines(session, actor, ledger.ProposalFilter(session=named))
    if not named or not rows:
        raise DisclosureRefused("no_proposals")
    _end(session, named)
    made = DisclosedFigures(
        session=named,
        lines=[_line(row) for row in rows],
        released_by_id=actor.person_id,
        released_at=now(session),
    )
    session.add(made)
    session.flush()
    return made


def withdraw_figures(session: Session, actor: Actor, figures_id: int) -> DisclosedFigures:
    """Take a session's figures from the public."""
    rules.must_have(actor, *OFFICE)
    found = session.get(DisclosedFigures, figures_id, with_for_update=True)
    if found is None:
        raise DisclosureUnknown(figures_id)
    if found.withdrawn_at is not None:
        raise DisclosureRefused("withdrawn")
    found.withdrawn_at = now(session)
    session.flush()
    return found


def standing_figures(session: Session) -> Sequence[DisclosedFigures]:
    """Return the figures that the public reads, the latest session first."""
    stands = select(DisclosedFigures).where(DisclosedFigures.withdrawn_at.is_(None))
    return session.scalars(stands.order_by(DisclosedFigures.id.desc())).all()


def figures_of(session: Session, actor: Actor, figures_id: int) -> DisclosedFigures:
    """Return released figures with their lines, for those who see every proposal."""
    rules.must_have(actor, *OFFICE, Role.LEADER, Role.AUDITOR)
    found = session.get(DisclosedFigures, figures_id)
    if found is None:
        raise DisclosureUnknown(figures_id)
    return found


def _end(session: Session, named: str) -> None:
    own = (DisclosedFigures.session == named, DisclosedFigures.withdrawn_at.is_(None))
    session.execute(update(DisclosedFigures).where(*own).values(withdrawn_at=now(session)))


def _line(row: ledger.ProposalLine) -> dict[str, Any]:
    return {
        "item_id": row.item.id,
        "number": row.proposal.number,
        "title": row.item.title,
        "unit": row.lead.name if row.lead else "",
        "class": row.reply_class.value if row.reply_class else "",
        "contacted": row.contacted,
        "replied": row.replied,
        "satisfaction": row.satisfaction.value if row.satisfaction else "",
    }


def _rates(lines: Sequence[Mapping[str, Any]]) -> Rates:
    return Rates(
        total=len(lines),
        contacted=sum(1 for line in lines if line["contacted"]),
        replied=sum(1 for line in lines if line["replied"]),
        rated=sum(1 for line in lines if line["satisfaction"] in ANSWERED),
        pleased=sum(1 for line in lines if line["satisfaction"] in PLEASED),
    )


def _share(part: int, whole: int) -> float | None:
    return round(FULL * part / whole, 1) if whole else None
