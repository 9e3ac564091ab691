"""What waits for somebody beside the steps of items: papers to approve, mend or read, appeals.

Each has a limit of the same table as the steps, and stands in the same inbox. Only what is open
is read, by indexes that hold nothing else, so a year more costs nothing more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from engine import Session
from workflows import assessment, inbox, limits, rules
from workflows.actors import Actor, holders
from workflows.calendar import calendar_of, office_day, today
from workflows.casefile import names_of
from workflows.inbox import Around, Changes, Counts, Group, InboxFilter, InboxRow
from workflows.lights import Light, light_of
from workflows.publications import reviewing, views
from workflows.reckoning import Due
from workflows.tables import Appeal, Commendation, Delivery, Publication, PublicationState, Role


class Step(StrEnum):
    """What is to be done; each is the name of a limit."""

    APPROVE_ISSUE = "approve_issue"
    SEND_ISSUE = "send_issue"
    MEND_ISSUE = "mend_issue"
    READ_ISSUE = "read_issue"
    DECIDE_APPEAL = "decide_appeal"
    APPROVE_LIST = "approve_list"


Subject: TypeAlias = Publication | Delivery | Appeal | Commendation


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that waits, with everything that its line in an inbox says.

    ``by`` is whose deed made it wait; ``mine`` tells the actor's own from their colleagues'.
    """

    step: Step
    subject: Subject
    since: datetime
    by: str
    due: date
    due_why: Sequence[Mapping[str, object]]
    light: Light
    days_left: int
    group: Group
    mine: bool


Row: TypeAlias = InboxRow | Awaited


@dataclass(frozen=True, slots=True)
class _Open:
    """Something that waits, before its limit is reckoned."""

    step: Step
    subject: Subject
    since: datetime
    by_id: int | None
    mine: bool = True


def awaited(session: Session, actor: Actor) -> list[Awaited]:
    """Return what waits for the actor or, for one of the office, for a colleague in it."""
    found = [
        *_issues(session, actor),
        *(
            _Open(Step.READ_ISSUE, one, one.delivered_at, one.publication.issued_by_id)
            for one in views.unread(session, actor)
            if one.delivered_at
        ),
        *_appeals(session, actor),
        *(
            _Open(Step.APPROVE_LIST, one, one.proposed_at, one.proposed_by_id)
            for one in assessment.lists_waiting(session, actor)
        ),
    ]
    if not found:
        return []
    names, day = names_of(session, [one.by_id for one in found]), today(session)
    reckoner, calendar = limits.reckoner(session), calendar_of(session)
    rules_ = {step: limits.rule_of(session, step) for step in {one.step for one in found}}

    def reckoned(one: _Open) -> Awaited:
        rule = rules_[one.step]
        due: Due = reckoner.due(office_day(one.since), rule.span, rule.clause.starts)
        return Awaited(
            step=one.step,
            subject=one.subject,
            since=one.since,
            by=names.get(one.by_id or 0, ""),
            due=due.on,
            due_why=due.why,
            light=light_of(due.on, due.warn_on, day),
            days_left=calendar.between(day, due.on),
            group=inbox.group_of(due.on, day),
            mine=one.mine,
        )

    return [reckoned(one) for one in found]


def mine(session: Session, actor: Actor, wanted: InboxFilter | None = None) -> list[Row]:
    """Return everything that waits for the actor, steps and papers, the most pressing first."""
    papers = _own(awaited(session, actor))
    return _together(inbox.mine(session, actor, wanted), papers, wanted)


def of_my_units(session: Session, actor: Actor, wanted: InboxFilter | None = None) -> list[Row]:
    """Return everything that waits for the actor's units or the office."""
    return _together(inbox.of_my_units(session, actor, wanted), awaited(session, actor), wanted)


def counts(session: Session, actor: Actor, papers: Sequence[Awaited]) -> Counts:
    """Count what waits for the actor; ``papers`` are those that wait for them or a colleague."""
    found, own = inbox.counts(session, actor), _own(papers)
    steps = dict(found.steps)
    for one in own:
        steps[one.step.value] = steps.get(one.step.value, 0) + 1
    return replace(
        found,
        mine=found.mine + len(own),
        late=found.late + sum(one.light is Light.RED for one in own),
        steps=steps,
    )


def around(session: Session, actor: Actor, papers: Sequence[Awaited]) -> Around:
    """Count what waits for the actor's units or the office, and what the office waits for."""
    found = inbox.around(session, actor)
    return replace(found, units=found.units + len(papers))


def changes_since(
    session: Session, actor: Actor, papers: Sequence[Awaited], token: str | None = None
) -> Changes:
    """Say whether what waits for the actor differs from what gave the token."""
    return inbox.changes_since(session, actor, token, [one.since for one in _own(papers)])


def _own(papers: Sequence[Awaited]) -> list[Awaited]:
    return [one for one in papers if one.mine]


def _together(
    steps: Sequence[InboxRow], papers: Sequence[Awaited], wanted: InboxFilter | None
) -> list[Row]:
    asked = wanted or InboxFilter()
    fitting = [
        one
        for one in papers
        if asked.step in (None, one.step.value) and asked.light in (None, one.light)
    ]
    return sorted([*steps, *fitting], key=lambda row: (row.due is None, row.due or date.max))


def _issues(session: Session, actor: Actor) -> Iterator[_Open]:
    """Yield the drafts that a director approves, and those that their drafter issues or mends.

    Whose drafter has left the office is issued by a director, and mended by anybody in it.
    """
    if not any(actor.has(role) for role in rules.OFFICE):
        return
    director, office = actor.has(Role.DIRECTOR), set[int]()
    for one in views.handed_on(session):
        if one.state is PublicationState.SUBMITTED and one.submitted_at:
            own = director and not reviewing.is_alone(actor, one)
            yield _Open(Step.APPROVE_ISSUE, one, one.submitted_at, one.submitted_by_id, own)
            continue
        office = office or {each.id for role in rules.OFFICE for each in holders(session, role)}
        if one.approved_at:
            by = {one.made_by_id, one.submitted_by_id} & office
            own = actor.person_id in by or (director and not by)
            yield _Open(Step.SEND_ISSUE, one, one.approved_at, one.approved_by_id, own)
        elif one.returned_at:
            by = {one.made_by_id, one.saved_by_id} & office
            own = actor.person_id in by or not by
            yield _Open(Step.MEND_ISSUE, one, one.returned_at, one.returned_by_id, own)


def _appeals(session: Session, actor: Actor) -> Iterator[_Open]:
    """Yield the undecided appeals; who has to do with one leaves it to the others."""
    if not any(actor.has(role) for role in assessment.DECIDERS):
        return
    for one in assessment.appeals(session, actor, pending=True):
        own = not assessment.involvement(session, actor, one)
        yield _Open(Step.DECIDE_APPEAL, one, one.made_at, one.made_by_id, own)
