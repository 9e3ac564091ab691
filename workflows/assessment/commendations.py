"""The year's commendation 年度表扬: proposed by the office from the ranks; a leader approves."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import selectinload

from engine import Session, now
from workflows import rules, settings
from workflows.actors import Actor
from workflows.assessment import quarters, sight
from workflows.assessment.quarters import QUARTERS, quarters_of
from workflows.assessment.standings import YearStanding, year_standings
from workflows.errors import AssessmentRefused
from workflows.tables import (
    AssessmentState,
    Commendation,
    CommendationLine,
    CommendationState,
    Role,
)
from workflows.turns import wait_for_turn


def candidates(session: Session, year: int) -> list[YearStanding]:
    """Return the units whose rank is among the first of their group; a tie takes all of it."""
    most = settings.number(session, "assessment.commended")
    found = year_standings(session, year)
    return [each for each in found if each.rank is not None and each.rank <= most]


def propose(
    session: Session, actor: Actor, year: int, left_out: Mapping[int, str] | None = None
) -> Commendation:
    """Propose a year's list by the ranks; whoever is left out in spite of them is told why."""
    rules.must_have(actor, *rules.OFFICE)
    wait_for_turn(session, f"commendation.{year}")
    if not _is_final(session, year):
        raise AssessmentRefused("year_open")
    if standing_list(session, year) is not None:
        raise AssessmentRefused("list_stands")
    reasons = {
        unit_id: rules.must_give_reason(why, "left_out")
        for unit_id, why in (left_out or {}).items()
    }
    found = candidates(session, year)
    if not any(each.unit.id not in reasons for each in found):
        raise AssessmentRefused("list_empty")
    proposed = Commendation(
        year=year,
        state=CommendationState.PROPOSED,
        proposed_by_id=actor.person_id,
        proposed_at=now(session),
        lines=[
            CommendationLine(
                unit_id=each.unit.id,
                group_id=each.group.id,
                score=each.total,
                rank=each.rank,
                left_out=reasons.get(each.unit.id, ""),
            )
            for each in found
        ],
    )
    session.add(proposed)
    session.flush()
    return proposed


def decide_list(
    session: Session,
    actor: Actor,
    commendation_id: int,
    approve: bool,  # noqa: FBT001 (the leader's answer)
    opinion: str = "",
) -> Commendation:
    """Approve a proposed list, or decline it and say why."""
    rules.must_have(actor, Role.LEADER)
    said = opinion.strip() if approve else rules.must_give_reason(opinion, "opinion")
    wanted = select(Commendation).where(Commendation.id == commendation_id).with_for_update()
    found = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise AssessmentRefused("no_list")
    if found.state is not CommendationState.PROPOSED:
        raise AssessmentRefused("list_decided")
    found.state = CommendationState.APPROVED if approve else CommendationState.DECLINED
    found.opinion, found.decided_by_id = said, actor.person_id
    found.decided_at = now(session)
    session.flush()
    return found


def lists(session: Session, actor: Actor, year: int) -> Sequence[Commendation]:
    """Return a year's lists, the newest first.

    Units see who is commended in the approved one; why another unit is left out isn't theirs.
    """
    seen = sight.scope(session, actor)
    lines: ColumnElement[bool] = true()
    known: ColumnElement[bool] = true()
    if seen is not None:
        lines = or_(CommendationLine.left_out == "", CommendationLine.unit_id.in_(seen))
        known = Commendation.state == CommendationState.APPROVED
    wanted = (
        select(Commendation)
        .where(Commendation.year == year, known)
        .options(selectinload(Commendation.lines.and_(lines)).joinedload(CommendationLine.unit))
        .order_by(Commendation.id.desc())
    )
    return session.scalars(wanted).all()


def standing_list(session: Session, year: int) -> Commendation | None:
    """Return a year's list that isn't declined, if there is one."""
    wanted = select(Commendation).where(
        Commendation.year == year, Commendation.state != CommendationState.DECLINED
    )
    return session.scalars(wanted).one_or_none()


def lists_waiting(session: Session, actor: Actor) -> Sequence[Commendation]:
    """Return the lists that wait for a leader."""
    if not actor.has(Role.LEADER):
        return []
    wanted = select(Commendation).where(Commendation.state == CommendationState.PROPOSED)
    return session.scalars(wanted).all()


def _is_final(session: Session, year: int) -> bool:
    begun = quarters_of(session, year)
    states = [quarters.state_of(quarters.row_of(session, each)) for each in begun]
    return len(begun) == QUARTERS and set(states) == {AssessmentState.FINAL}
