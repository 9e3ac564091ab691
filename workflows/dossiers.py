"""What lies beside a step's form: the reports so far, the limit, the units to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine import Session
from workflows import casefile, clock, limits, store
from workflows.actors import holds
from workflows.calendar import today
from workflows.errors import AssignmentUnknown
from workflows.reckoning import Due
from workflows.steps import OpenedTask
from workflows.tables import (
    Assignment,
    AssignmentState,
    ChangeRequest,
    FormEntry,
    Holding,
    Item,
    LeaderDecision,
    Objection,
    Paper,
    Part,
    Person,
    Post,
    Report,
    Revisit,
    Role,
    Unit,
    UnitKind,
    Verdict,
)

OTHERS = (UnitKind.DEPARTMENT, UnitKind.COUNTY, UnitKind.LOWER)


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The units of one kind that work can be handed to: 市直各单位, 各县（市、区）."""

    kind: UnitKind
    units: Sequence[Unit]


@dataclass(frozen=True, slots=True)
class Told:
    """A report with its papers and the people behind it."""

    report: Report
    papers: Sequence[Paper]
    author: str
    signer: str
    reviewer: str


def part_of(opened: OpenedTask) -> Assignment:
    """Return the part that a task is about."""
    if opened.assignment is None:
        raise AssignmentUnknown
    return opened.assignment


# -- to whom ------------------------------------------------------------------------------


def unit_groups(session: Session) -> list[UnitGroup]:
    """Return the units that take work, by their groups."""
    wanted = select(Unit).where(Unit.active, Unit.kind.in_(OTHERS))
    rows = session.scalars(wanted.order_by(Unit.position, Unit.id)).all()
    groups = (UnitGroup(kind, [row for row in rows if row.kind is kind]) for kind in OTHERS)
    return [group for group in groups if group.units]


def units_before(session: Session, item: Item) -> Mapping[int, Part]:
    """Return who had the item in its last round, to be chosen again."""
    wanted = select(Assignment.unit_id, Assignment.part).where(
        Assignment.item_id == item.id,
        Assignment.round == item.round,
        Assignment.state != AssignmentState.RELEASED,
    )
    return dict(session.execute(wanted).all())


def holders_of_leaders(session: Session) -> Mapping[int, str]:
    """Return who holds each leader's post today."""
    wanted = (
        select(Post.id, Person.name)
        .join(Holding, Holding.post_id == Post.id)
        .join(Person, Person.id == Holding.person_id)
        .where(Post.role == Role.LEADER, holds(today(session)))
    )
    return dict(session.execute(wanted).all())


def due_of_item(session: Session, item: Item) -> Due:
    """Return the limit that a unit gets today if nobody sets another."""
    day = today(session)
    if item.planned_due_on is not None and item.planned_due_on >= day:
        return limits.chosen_date(session, day, item.planned_due_on)
    return clock.first_due(session, item, Part.LEAD)


def passed_on(session: Session, part: Assignment) -> bool:
    """Say whether a part came to its unit because another one objected to it."""
    wanted = select(Objection.id).join(Assignment, Assignment.id == Objection.assignment_id)
    same = wanted.where(Assignment.item_id == part.item_id, Assignment.round == part.round)
    return (
        session.scalars(same.where(Objection.decision == "reassign").limit(1)).first() is not None
    )


def objection_of(session: Session, part: Assignment) -> dict[str, Any]:
    """Return the objection that waits, who made it, and where the work belongs."""
    objection = store.pending_objection(session, part)
    belongs_to = objection.belongs_to_id
    return {
        "objection": objection,
        "maker": casefile.names_of(session, [objection.made_by_id]).get(objection.made_by_id, ""),
        "belongs_to": None if belongs_to is None else session.get(Unit, belongs_to),
    }


# -- what was said ------------------------------------------------------------------------


def report_dossier(session: Session, part: Assignment) -> dict[str, Any]:
    """Return a part's reports with what was said to them, and how the other units stand."""
    told = _told(session, casefile.reports_of(session, part))
    return {
        "reports": told,
        "latest": told[0] if told else None,
        "reviewed": next((each for each in told if each.report.reviewed_at), None),
        "expected": casefile.expected_percent(part, today(session)),
        "others": _others(session, part),
    }


def result_dossier(session: Session, item: Item) -> dict[str, Any]:
    """Return what an item has come to: final reports, the leader's words, the revisits."""
    wanted = select(Report).where(Report.item_id == item.id, Report.verdict == Verdict.ACCEPTED)
    found = session.scalars(wanted.order_by(Report.id.desc())).all()
    last: dict[int, Report] = {}
    for report in found:
        last.setdefault(report.assignment_id, report)
    told = {each.report.assignment_id: each for each in _told(session, list(last.values()))}
    decisions = _about(session, LeaderDecision, item)
    revisits = _about(session, Revisit, item)
    return {
        "told": told,
        "decisions": decisions,
        "deciders": casefile.names_of(session, [each.person_id for each in decisions]),
        "revisit": store.pending_revisit(session, item.id),
        "revisits": revisits,
        "visitors": casefile.names_of(session, [each.done_by_id for each in revisits]),
        "entries": _about(session, FormEntry, item),
    }


def change_dossier(session: Session, part: Assignment) -> dict[str, Any]:
    """Return the change asked for, the ones before it, and the reports so far."""
    wanted = select(ChangeRequest).where(ChangeRequest.assignment_id == part.id)
    asked = session.scalars(wanted.order_by(ChangeRequest.id)).all()
    pending = store.pending_change(session, part.id)
    new = None
    if pending is not None and pending.new_due_on is not None:
        start = pending.old_due_on or today(session)
        new = limits.chosen_date(session, start, pending.new_due_on)
    people = [
        person_id
        for each in asked
        for person_id in (each.asked_by_id, each.endorsed_by_id, each.advised_by_id)
    ]
    return {
        **report_dossier(session, part),
        "change": pending,
        "new_due": new,
        "earlier": [each for each in asked if each is not pending],
        "askers": casefile.names_of(session, people),
        "ceiling": clock.ceiling_of(session, part),
        "furthest": clock.furthest(session, part).why,
    }


def drafted_papers(session: Session, item_id: int, ids: Sequence[Any]) -> Sequence[Paper]:
    """Return the papers of these numbers that belong to an item and to no report that stands."""
    wanted = select(Paper).where(Paper.item_id == item_id, store.is_free(), Paper.id.in_(ids))
    return session.scalars(wanted.order_by(Paper.uploaded_at, Paper.id)).all()


def _others(session: Session, part: Assignment) -> Sequence[Assignment]:
    wanted = select(Assignment).where(
        Assignment.item_id == part.item_id,
        Assignment.round == part.round,
        Assignment.id != part.id,
        Assignment.state != AssignmentState.RELEASED,
    )
    return session.scalars(wanted.order_by(Assignment.id)).all()


def _told(session: Session, reports: Sequence[Report]) -> list[Told]:
    papers = casefile.papers_of(session, reports)
    people = casefile.names_of(
        session,
        [
            person_id
            for report in reports
            for person_id in (report.author_id, report.confirmed_by_id, report.reviewed_by_id)
        ],
    )
    return [
        Told(
            report=report,
            papers=papers[report.id],
            author=people.get(report.author_id, ""),
            signer=people.get(report.confirmed_by_id or 0, ""),
            reviewer=people.get(report.reviewed_by_id or 0, ""),
        )
        for report in reports
    ]


def _about(session: Session, model: type[Any], item: Item) -> Sequence[Any]:
    wanted = select(model).where(model.item_id == item.id)
    return session.scalars(wanted.order_by(model.id)).all()
