"""Appeals 申诉: made by a unit's head in time, decided by somebody else, answered by a correction.

No entry is ever changed: what was wrong is set right by an entry that names the appeal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine import Session, now
from workflows import notices, rules, store
from workflows.actors import Actor, holders
from workflows.assessment import quarters, sight, table
from workflows.assessment.quarters import Quarter, known_quarter
from workflows.calendar import today
from workflows.errors import AppealUnknown, AssessmentRefused, DeciderInvolved, NotYours
from workflows.tables import Appeal, Assessment, AssessmentState, Role, ScoreEntry, Unit

DECIDERS = (Role.DIRECTOR, Role.SUPERVISOR, Role.LEADER)
MOST_POINTS = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided about an appeal; without points an upheld one takes its entry back."""

    upheld: bool
    opinion: str
    points: Decimal | None = None


def appeal(
    session: Session,
    actor: Actor,
    quarter: Quarter,
    unit_id: int,
    reason: str,
    cause: str | None = None,
) -> Appeal:
    """Appeal for one's unit against an entry of a published quarter, or for one that is missing."""
    if unit_id not in actor.unit_ids(Role.UNIT_HEAD):
        raise NotYours(Role.UNIT_HEAD.value, unit_id)
    said = rules.must_give_reason(reason)
    row = quarters.row_to_change(session, known_quarter(session, quarter.year, quarter.number))
    if row.state is not AssessmentState.PUBLISHED or row.appeal_until is None:
        raise AssessmentRefused("not_published")
    if today(session) > row.appeal_until:
        raise AssessmentRefused("window", until=row.appeal_until)
    if cause is not None:
        _must_be_open(session, row, unit_id, cause)
    made = Appeal(
        assessment_id=row.id,
        unit_id=unit_id,
        cause=cause,
        reason=said,
        made_by_id=actor.person_id,
        made_at=now(session),
    )
    session.add(made)
    session.flush()
    office = [person for role in rules.OFFICE for person in holders(session, role)]
    deciders = [person for person in office if person.id not in (row.frozen_by_id, actor.person_id)]
    notices.notify(session, deciders, "appeal_made", facts=_facts(session, made, row))
    return made


def decide(session: Session, actor: Actor, appeal_id: int, decision: Decision) -> Appeal:
    """Decide an appeal as somebody who has nothing to do with it; upheld, it corrects the score."""
    rules.must_have(actor, *DECIDERS)
    opinion = rules.must_give_reason(decision.opinion, "opinion")
    wanted = select(Appeal).where(Appeal.id == appeal_id).with_for_update()
    made = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if made is None:
        raise AppealUnknown(appeal_id)
    if made.decided_at is not None:
        raise AssessmentRefused("decided")
    row = session.get_one(Assessment, made.assessment_id)
    entry = entry_of(session, made)
    if why := involvement(session, actor, made):
        raise DeciderInvolved(why)
    points = _points(decision, entry)
    made.upheld, made.opinion, made.points = decision.upheld, opinion, points
    made.decided_by_id, made.decided_at = actor.person_id, now(session)
    session.flush()
    if points is not None:
        session.add(_correction(session, actor, made, entry, points))
        session.flush()
    heads = store.people_of_unit(session, made.unit_id, (Role.UNIT_HEAD,))
    facts = {**_facts(session, made, row), "upheld": made.upheld, "opinion": opinion}
    notices.notify(session, heads, "appeal_decided", facts=facts)
    return made


def involvement(session: Session, actor: Actor, made: Appeal) -> str:
    """Say what an actor has to do with an appeal: the unit, its entry, or freezing it alone."""
    entry = entry_of(session, made)
    if made.unit_id in actor.unit_ids() or made.made_by_id == actor.person_id:
        return "unit"
    if entry is not None and entry.by_id == actor.person_id:
        return "entry"
    row = session.get_one(Assessment, made.assessment_id)
    return "frozen" if row.frozen_by_id == actor.person_id else ""


def appeals(session: Session, actor: Actor, *, pending: bool = False) -> Sequence[Appeal]:
    """Return the appeals that an actor may see, the newest first, or only the undecided ones."""
    seen = sight.scope(session, actor)
    wanted = select(Appeal).options(joinedload(Appeal.unit), joinedload(Appeal.assessment))
    if seen is not None:
        wanted = wanted.where(Appeal.unit_id.in_(seen))
    if pending:
        wanted = wanted.where(Appeal.decided_at.is_(None))
    return session.scalars(wanted.order_by(Appeal.made_at.desc(), Appeal.id.desc())).all()


def appeal_of(session: Session, actor: Actor, appeal_id: int) -> Appeal:
    """Return an appeal that the actor may see; any other doesn't exist for them."""
    seen, made = sight.scope(session, actor), session.get(Appeal, appeal_id)
    if made is None or (seen is not None and made.unit_id not in seen):
        raise AppealUnknown(appeal_id)
    return made


def entry_of(session: Session, made: Appeal) -> ScoreEntry | None:
    """Return the entry that an appeal is about; one for points that are missing has none."""
    if made.cause is None:
        return None
    wanted = select(ScoreEntry).where(
        ScoreEntry.unit_id == made.unit_id, ScoreEntry.cause == made.cause
    )
    return session.scalars(wanted).one_or_none()


def _must_be_open(session: Session, row: Assessment, unit_id: int, cause: str) -> None:
    entry = session.scalars(
        select(ScoreEntry).where(
            ScoreEntry.assessment_id == row.id,
            ScoreEntry.unit_id == unit_id,
            ScoreEntry.cause == cause,
        )
    ).one_or_none()
    if entry is None:
        raise AssessmentRefused("no_entry")
    if entry.event == table.CORRECTION:
        raise AssessmentRefused("correction")
    earlier = select(Appeal.id).where(
        Appeal.assessment_id == row.id, Appeal.unit_id == unit_id, Appeal.cause == cause
    )
    if session.scalars(earlier).first() is not None:
        raise AssessmentRefused("twice")


def _points(decision: Decision, entry: ScoreEntry | None) -> Decimal | None:
    """Return what a decision gives: at most the whole entry back, or what was missing."""
    if not decision.upheld:
        return None
    if entry is None:
        given = decision.points or Decimal(0)
        if not given or abs(given) > MOST_POINTS:
            raise AssessmentRefused("points", most=MOST_POINTS)
        return given
    points = -entry.points if decision.points is None else decision.points
    if not 0 < points / -entry.points <= 1:
        raise AssessmentRefused("too_far", points=entry.points)
    return points


def _correction(
    session: Session, actor: Actor, made: Appeal, entry: ScoreEntry | None, points: Decimal
) -> ScoreEntry:
    return ScoreEntry(
        assessment_id=made.assessment_id,
        unit_id=made.unit_id,
        event=table.CORRECTION,
        cause=f"appeal:{made.id}",
        points=points,
        on=today(session),
        part=entry.part if entry else None,
        item_id=entry.item_id if entry else None,
        assignment_id=entry.assignment_id if entry else None,
        by_id=actor.person_id,
        appeal_id=made.id,
        facts={"appeal_id": made.id, "of": entry.event if entry else None},
        written_at=now(session),
    )


def _facts(session: Session, made: Appeal, row: Assessment) -> dict[str, object]:
    return {
        "appeal": made.id,
        "year": row.year,
        "quarter": row.quarter,
        "unit": session.get_one(Unit, made.unit_id).name,
    }
