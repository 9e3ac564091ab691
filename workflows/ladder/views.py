"""What a page or the API shows of the ladder: each part's rungs, what comes next, suggestions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

import engine
from engine import Session
from workflows import ladder_rules, limits, rules, settings, store
from workflows.actors import Actor
from workflows.calendar import add_working_days, office_day, today
from workflows.casefile import names_of
from workflows.errors import RungUnknown, SuggestionUnknown
from workflows.ladder.lateness import overdue_since
from workflows.ladder.rungs import AT_OFFICE, ON_ITS_WAY, SLIPS, climbed, number_of, reached
from workflows.ladder_rules import Rule
from workflows.steps import RECORD_OUTCOME, OpenedTask
from workflows.tables import (
    Assignment,
    Escalation,
    Interview,
    Item,
    Paper,
    Role,
    Rung,
    RungState,
    Suggestion,
    Urge,
)

SEPARATOR = "；"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a part's ladder: climbed, on its way, next, or still ahead."""

    rung: Rung
    row: Rule | None
    climbed: Escalation | None
    due_on: date | None
    next: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The ladder of one part as it stands."""

    part: Assignment
    steps: Sequence[Step]
    records: Sequence[Escalation]
    urges: Sequence[Urge]
    times: int
    pending: Escalation | None

    @property
    def next(self) -> Step | None:
        """Return the rung that comes next, if one does."""
        return next((step for step in self.steps if step.next), None)


@dataclass(frozen=True, slots=True)
class RungFile:
    """One rung with everything that its page, its slip or the API shows."""

    rung: Escalation
    part: Assignment
    item: Item
    interview: Interview | None
    suggestion: Suggestion | None
    people: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SuggestionFile:
    """One suggestion with the names of those who had a hand in it."""

    suggestion: Suggestion
    rung: Escalation | None
    people: Mapping[int, str]
    papers: Sequence[Paper] = ()

    @property
    def taken_along(self) -> frozenset[str]:
        """Name the papers that were put to the director with the facts."""
        return frozenset(each["id"] for each in self.suggestion.facts.get("papers", ()))


def sees_drafts(actor: Actor) -> bool:
    """Say whether somebody sees rungs that haven't reached their unit, and suggestions."""
    return store.sees_all(actor)


# -- rungs ------------------------------------------------------------------------------


def rungs_of(session: Session, actor: Actor, item_id: int) -> Sequence[Escalation]:
    """Return the rungs that the parts of an item have climbed, as far as the actor may know."""
    store.visible_item(session, actor, item_id)
    wanted = (
        select(Escalation)
        .join(Assignment, Assignment.id == Escalation.assignment_id)
        .where(Assignment.item_id == item_id)
        .order_by(Escalation.id)
    )
    if not sees_drafts(actor):
        wanted = wanted.where(Escalation.state == RungState.DELIVERED)
    return session.scalars(wanted).all()


def rung_file(session: Session, actor: Actor, rung_id: int) -> RungFile:
    """Return a rung that the actor may see; what was said in an interview stays in its unit."""
    rung = session.get(Escalation, rung_id)
    if rung is None or (rung.state is not RungState.DELIVERED and not sees_drafts(actor)):
        raise RungUnknown(rung_id)
    file = _file(session, rung, store.visible_part(session, actor, rung.assignment_id))
    if sees_drafts(actor):
        return file
    own = any(file.part.unit_id in actor.unit_ids(role) for role in store.IN_A_UNIT)
    return replace(file, suggestion=None, interview=file.interview if own else None)


def _file(session: Session, rung: Escalation, part: Assignment) -> RungFile:
    interview = session.scalars(
        select(Interview).where(Interview.escalation_id == rung.id)
    ).one_or_none()
    found = session.scalars(
        select(Suggestion).where(Suggestion.escalation_id == rung.id)
    ).one_or_none()
    ids = (rung.decided_by_id, rung.read_by_id, interview.recorded_by_id if interview else None)
    return RungFile(
        rung,
        part,
        session.get_one(Item, part.item_id),
        interview,
        found,
        names_of(session, ids),
    )


def picture_of(session: Session, part: Assignment, item: Item) -> Picture:
    """Return the ladder of one part with all its rungs, for those who decide on it."""
    rungs = store.escalations_of(session, part.id)
    sent = select(Urge).where(Urge.assignment_id == part.id).order_by(Urge.id)
    urges = session.scalars(sent).all()
    return _picture(session, part, item, ladder_rules.table(session), rungs, urges)


def heads_of(session: Session, part: Assignment) -> list[str]:
    """Return the names of those who head a part's unit today."""
    return [head.name for head in store.people_of_unit(session, part.unit_id, [Role.UNIT_HEAD])]


def pictures(session: Session, actor: Actor, item: Item) -> list[Picture]:
    """Return the ladders of those parts that are late, or have been urged or escalated."""
    rungs = rungs_of(session, actor, item.id)
    urges = session.scalars(select(Urge).where(Urge.item_id == item.id).order_by(Urge.id)).all()
    table = ladder_rules.table(session)
    found = []
    for part in item.assignments:
        own = [one for one in rungs if one.assignment_id == part.id]
        sent = [each for each in urges if each.assignment_id == part.id]
        picture = _picture(session, part, item, table, own, sent)
        if own or sent or picture.next:
            found.append(picture)
    return found


def _picture(
    session: Session,
    part: Assignment,
    item: Item,
    table: Sequence[Rule],
    records: Sequence[Escalation],
    urges: Sequence[Urge],
) -> Picture:
    taken = climbed(part, records)
    now_on = {one.rung: one for one in records if one.rung in taken}
    rows = {row.rung: row for row in ladder_rules.rows_for(table, item.kind, item.urgency)}
    pending = next((one for one in records if one.state in ON_ITS_WAY), None)
    since = None if part.state in AT_OFFICE else overdue_since(session, part)
    following = ladder_rules.following(table, item.kind, item.urgency, taken)
    steps = [
        Step(
            rung=rung,
            row=rows.get(rung),
            climbed=now_on.get(rung),
            due_on=_due(session, since, rows.get(rung)) if rung not in now_on else None,
            next=since is not None and following is not None and following.rung is rung,
        )
        for rung in Rung
        if rung in rows or rung in now_on
    ]
    return Picture(part, steps, records, urges, reached(records) + len(urges), pending)


def _due(session: Session, since: date | None, row: Rule | None) -> date | None:
    if since is None or row is None:
        return None
    return add_working_days(session, since, row.days_overdue)


# -- suggestions ------------------------------------------------------------------------


def suggestion_file(session: Session, actor: Actor, suggestion_id: int) -> SuggestionFile:
    """Return one suggestion; for anybody but the office, leaders and auditors there is none."""
    wanted = all_suggestions().where(Suggestion.id == suggestion_id)
    found = session.scalars(wanted).one_or_none()
    if found is None or not sees_drafts(actor):
        raise SuggestionUnknown(suggestion_id)
    return filed(session, [found])[0]


def choices(session: Session, name: str) -> list[str]:
    """Return the names that a setting lists: bases, or competent organs."""
    listed = settings.text(session, name).replace("\n", SEPARATOR).split(SEPARATOR)
    return [each.strip() for each in listed if each.strip()]


def all_suggestions() -> Select[Suggestion]:
    """Select the suggestions with what each is about, the latest first."""
    return (
        select(Suggestion)
        .options(
            joinedload(Suggestion.item),
            joinedload(Suggestion.assignment).joinedload(Assignment.unit),
        )
        .order_by(Suggestion.id.desc())
    )


def filed(session: Session, found: Sequence[Suggestion]) -> list[SuggestionFile]:
    """Return suggestions with their rungs, their papers, and who had a hand in them."""
    ids = [
        getattr(one, f"{deed}_by_id")
        for one in found
        for deed in ("suggested", "submitted", "endorsed", "decided", "handed", "concluded")
    ]
    people = names_of(session, ids)
    rungs = {one.escalation_id for one in found if one.escalation_id}
    climbed_ = {
        rung.id: rung
        for rung in session.scalars(select(Escalation).where(Escalation.id.in_(rungs)))
    }
    wanted = select(Paper).where(Paper.suggestion_id.in_([one.id for one in found]))
    papers = session.scalars(wanted.order_by(Paper.uploaded_at, Paper.id)).all()
    return [
        SuggestionFile(
            suggestion=one,
            rung=climbed_.get(one.escalation_id or 0),
            people=people,
            papers=[paper for paper in papers if paper.suggestion_id == one.id],
        )
        for one in found
    ]


# -- slips ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slip:
    """A supervision notice as its page and its document say it."""

    file: RungFile
    number: str
    office: str
    issued_on: date | None


def slip_of(session: Session, actor: Actor, rung_id: int) -> Slip:
    """Return a slip; without a number as long as it isn't issued."""
    file = rung_file(session, actor, rung_id)
    rung = file.rung
    if rung.rung not in SLIPS:
        raise RungUnknown(rung_id)
    return _slip(session, file)


def slip_going_out(session: Session, rung: Escalation) -> Slip:
    """Return a slip in the moment in which it reaches its unit."""
    return _slip(session, _file(session, rung, store.assignment_of(session, rung.assignment_id)))


def _slip(session: Session, file: RungFile) -> Slip:
    rung = file.rung
    issued_on = office_day(rung.delivered_at) if rung.delivered_at else None
    return Slip(file, number_of(session, rung), settings.text(session, "office.name"), issued_on)


# -- beside a step ----------------------------------------------------------------------


def rung_at(session: Session, opened: OpenedTask) -> RungFile:
    """Return the rung that a step is about."""
    rung = store.rung_of(session, opened.task.instance_id)
    if rung is None or opened.assignment is None:
        raise RungUnknown
    return _file(session, rung, opened.assignment)


def task_of(session: Session, actor: Actor, suggestion: Suggestion) -> UUID | None:
    """Return the step of a suggestion that waits for the actor, if one does."""
    for todo in store.open_todos(session, actor, suggestion.item_id):
        if todo.step in store.OF_THE_LADDER and rules.may_do(actor, todo):
            task = engine.find_task(session, todo.task_id)
            if task.instance_id == suggestion.instance_id:
                return task.id
    return None


def is_slip(rung: Escalation) -> bool:
    """Say whether a rung is a supervision notice."""
    return rung.rung in SLIPS


def suggestion_at(session: Session, opened: OpenedTask) -> SuggestionFile:
    """Return the suggestion that a step is about."""
    found = store.suggestion_of(session, opened.task.instance_id)
    if found is None:
        raise SuggestionUnknown
    return filed(session, [found])[0]


def proposed_answer(session: Session, rung: Escalation) -> date | None:
    """Return until when a slip wants its answer if the director sets no other day."""
    if rung.rung not in SLIPS:
        return None
    return limits.due_date(session, today(session), SLIPS[rung.rung]).on


def proposed_outcome(session: Session, on: date) -> date:
    """Return until when an organ answers that was handed a suggestion on a day."""
    return limits.due_date(session, on, RECORD_OUTCOME).on
