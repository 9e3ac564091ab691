"""What was last said about items: who reviewed, the leader's opinion, what a revisit found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, select

from engine import Session
from workflows.tables import LeaderDecision, Person, Report, Revisit


@dataclass(frozen=True, slots=True)
class Said:
    """The last word of each kind about one item."""

    reviewer: str = ""
    opinion: str = ""
    revisited_at: datetime | None = None
    findings: str = ""


def said_about(session: Session, ids: Sequence[int]) -> Mapping[int, Said]:
    """Return what was last said about each of these items, where anything was."""
    said: dict[int, Said] = {}
    for item_id, name in session.execute(_reviewers(ids)):
        said[item_id] = replace(said.get(item_id, Said()), reviewer=name)
    for item_id, opinion in session.execute(_opinions(ids)):
        said[item_id] = replace(said.get(item_id, Said()), opinion=opinion)
    for item_id, at, found in session.execute(_findings(ids)):
        said[item_id] = replace(said.get(item_id, Said()), revisited_at=at, findings=found)
    return said


def _reviewers(ids: Sequence[int]) -> Select[int, str]:
    wanted = select(Report.item_id, Person.name).join(Person, Person.id == Report.reviewed_by_id)
    return wanted.where(Report.item_id.in_(ids)).order_by(Report.reviewed_at)


def _opinions(ids: Sequence[int]) -> Select[int, str]:
    wanted = select(LeaderDecision.item_id, LeaderDecision.opinion)
    return wanted.where(LeaderDecision.item_id.in_(ids)).order_by(LeaderDecision.id)


def _findings(ids: Sequence[int]) -> Select[int, datetime | None, str]:
    wanted = select(Revisit.item_id, Revisit.done_at, Revisit.findings)
    done = wanted.where(Revisit.item_id.in_(ids), Revisit.done_at.is_not(None))
    return done.order_by(Revisit.id)
