"""The queries of the supervision domain; each returns rows, or refuses where none is an answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.orm.util import identity_key

import engine
from engine import Session
from workflows.actors import seats
from workflows.calendar import today
from workflows.errors import AssignmentUnknown, ItemUnknown, NotNow, UnitUnknown
from workflows.methods import Method
from workflows.rules import Acting
from workflows.tables import (
    Assignment,
    AssignmentState,
    ChangeDecision,
    ChangeKind,
    ChangeRequest,
    ClosedHow,
    Draft,
    Escalation,
    Item,
    Kind,
    Objection,
    Paper,
    Part,
    Person,
    Post,
    Reply,
    Report,
    Revisit,
    Role,
    Rung,
    RungState,
    Suggestion,
    SuggestionKind,
    SuggestionState,
    Todo,
    Unit,
    Urge,
)

SEES_ALL = (Role.SUPERVISOR, Role.DIRECTOR, Role.LEADER, Role.AUDITOR)
IN_A_UNIT = (Role.HANDLER, Role.UNIT_HEAD)
VISIT = "revisit"
"""The step of a visit; as long as the visit is hidden, so is what waits for it."""

OF_THE_LADDER = (
    "approve_rung", "hold_interview", "evidence", "endorse_suggestion",
    "approve_suggestion", "hand_over", "record_outcome",
)  # fmt: skip
"""The steps of rungs and suggestions: a unit hears of them once they have reached it."""

# -- the desk ---------------------------------------------------------------------------


def todo_of(session: Session, task_id: UUID) -> Todo:
    """Return the todo of a task."""
    todo = session.get(Todo, task_id)
    if todo is None:
        raise engine.TaskUnknown(task_id)
    return todo


def todo_and_part(session: Session, task_id: UUID) -> tuple[Todo, Assignment | None]:
    """Return the todo of a task with the part that it is about, at one look."""
    found = session.execute(_TODO_AND_PART, {"task": task_id}).one_or_none()
    if found is None:
        raise engine.TaskUnknown(task_id)
    todo, part = found
    return todo, part


_TODO_AND_PART = (
    select(Todo, Assignment)
    .outerjoin(Assignment, Assignment.id == Todo.assignment_id)
    .where(Todo.task_id == bindparam("task"))
)


def visible_todo(session: Session, actor: Acting, task_id: UUID) -> Todo:
    """Return the todo of a task whose item the actor may see; any other doesn't exist for them."""
    todo = todo_of(session, task_id)
    try:
        visible_item(session, actor, todo.item_id)
    except ItemUnknown as error:
        raise engine.TaskUnknown(task_id) from error
    open_to = select(Todo.task_id).where(Todo.task_id == task_id, todos_open_to(actor))
    if session.scalars(open_to).first() is None:
        raise engine.TaskUnknown(task_id)
    return todo


def open_todos(session: Session, actor: Acting, item_id: int) -> Sequence[Todo]:
    """Return what waits about an item and may be known to the actor, the oldest first."""
    wanted = select(Todo).where(
        Todo.item_id == item_id, Todo.closed_at.is_(None), todos_open_to(actor)
    )
    return session.scalars(wanted.order_by(Todo.opened_at, Todo.task_id)).all()


def open_todo_of_part(session: Session, assignment_id: int, step: str) -> Todo | None:
    """Return what waits for a unit at a step of its part, if it does."""
    wanted = select(Todo).where(
        Todo.assignment_id == assignment_id, Todo.step == step, Todo.closed_at.is_(None)
    )
    return session.scalars(wanted.limit(1)).first()


def waits_at(session: Session, assignment_id: int, steps: Collection[str]) -> bool:
    """Say whether something about a part waits at one of these steps."""
    wanted = select(Todo.task_id).where(
        Todo.assignment_id == assignment_id, Todo.step.in_(steps), Todo.closed_at.is_(None)
    )
    return session.scalars(wanted.limit(1)).first() is not None


def open_todo_of_item(session: Session, item_id: int, step: str) -> Todo | None:
    """Return what waits about an item at a step, if anything does."""
    wanted = select(Todo).where(
        Todo.item_id == item_id, Todo.step == step, Todo.closed_at.is_(None)
    )
    return session.scalars(wanted.limit(1)).first()


def draft_of(session: Session, task_id: UUID, person_id: int) -> Draft | None:
    """Return what a person typed into a step so far."""
    wanted = select(Draft).where(Draft.task_id == task_id, Draft.person_id == person_id)
    return session.scalars(wanted).one_or_none()


def person_name(session: Session, person_id: int | None) -> str | None:
    """Return a person's name; nobody has none."""
    return None if person_id is None else session.get_one(Person, person_id).name


# -- visits -----------------------------------------------------------------------------


def sees_all(actor: Acting) -> bool:
    """Say whether an actor sees every item, and what is hidden from the units."""
    return any(actor.has(role) for role in SEES_ALL)


def visits_open_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may know of a visit.

    A unit learns of it when it is announced, or once it is done: an unannounced one 暗访,
    or one that nobody has planned yet, doesn't exist for the unit before.
    """
    if sees_all(actor):
        return true()
    announced = and_(Revisit.planned_on.is_not(None), Revisit.method != Method.UNANNOUNCED)
    return or_(Revisit.done_at.is_not(None), announced)


def replies_open_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may read a reply; its part must be joined.

    Until it is issued a draft is its unit's own and the office's: no other unit reads it.
    """
    if sees_all(actor):
        return true()
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in IN_A_UNIT))
    below = units_below(mine)
    return or_(Reply.issued_at.is_not(None), Assignment.unit_id.in_(select(below.c.id)))


def todos_open_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may know that something waits."""
    if sees_all(actor):
        return true()
    known = select(Revisit.item_id).where(Revisit.done_at.is_(None), visits_open_to(actor))
    shown = or_(Todo.step != VISIT, Todo.closed_at.is_not(None), Todo.item_id.in_(known))
    return and_(Todo.step.not_in(OF_THE_LADDER), shown)


# -- items ------------------------------------------------------------------------------


def units_below(unit_ids: Iterable[int]) -> CTE:
    """Return these units and all below them, as a table to select from."""
    top = select(Unit.id).where(Unit.id.in_(list(unit_ids))).cte(recursive=True)
    return top.union(select(Unit.id).where(Unit.parent_id == top.c.id))


def visible_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may see an item.

    The office, leaders and auditors see all; units see what they or units below them
    take part in, but not what they were let go from. Administering gives no sight of items.
    """
    if sees_all(actor):
        return true()
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in IN_A_UNIT))
    if not mine:
        return false()
    below, part = units_below(mine), aliased(Assignment)  # a query may ask for parts as well
    return exists(
        select(part.id)
        .where(
            part.item_id == Item.id,
            part.unit_id.in_(select(below.c.id)),
            part.state != AssignmentState.RELEASED,
        )
        .correlate(Item)
    )


def visible_item(session: Session, actor: Acting, item_id: int) -> Item:
    """Return an item that the actor may see; any other doesn't exist for them."""
    wanted = select(Item).where(Item.id == item_id, visible_to(actor))
    item = session.scalars(wanted).one_or_none()
    if item is None:
        raise ItemUnknown(item_id)
    return item


def item_to_change(session: Session, item_id: int) -> Item:
    """Return an item locked for the rest of the transaction."""
    wanted = select(Item).where(Item.id == item_id).with_for_update()
    item = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if item is None:
        raise ItemUnknown(item_id)
    return item


def kind_and_whole(session: Session, item_id: int) -> tuple[Kind, int | None]:
    """Return of which kind an item is, and the whole that it is a part of; neither ever changes."""
    kind, whole_id = session.execute(_KIND_AND_WHOLE, {"item": item_id}).one()
    return kind, whole_id


_KIND_AND_WHOLE = (
    select(Item.kind, Item.parent_id)
    .where(Item.id == bindparam("item"))
    .execution_options(autoflush=False)
)


def note(session: Session, item_id: int, **values: object) -> None:
    """Change an item from one of its parts, in one statement that waits for nobody's read.

    Parts of one item move at the same time, so what they count on the item is counted
    by the database. Words that are searched change through the row itself, which is indexed.
    Where this transaction hasn't read the item, there is nothing to write first or to keep up.
    """
    change = update(Item).where(Item.id == item_id).values(version=Item.version + 1, **values)
    if identity_key(Item, item_id) in session.identity_map:
        session.execute(change)
    else:
        session.execute(change, execution_options=UNREAD)


UNREAD: Mapping[str, object] = {"synchronize_session": False, "autoflush": False}


# -- parts ------------------------------------------------------------------------------


def assignment_of(session: Session, assignment_id: int | None) -> Assignment:
    """Return one unit's part."""
    found = None if assignment_id is None else session.get(Assignment, assignment_id)
    if found is None:
        raise AssignmentUnknown(assignment_id)
    return found


def part_to_change(session: Session, assignment_id: int) -> Assignment:
    """Return a part as it is now, locked for the rest of the transaction."""
    wanted = select(Assignment).where(Assignment.id == assignment_id).with_for_update()
    part = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if part is None:
        raise AssignmentUnknown(assignment_id)
    return part


def visible_part(session: Session, actor: Acting, assignment_id: int) -> Assignment:
    """Return a part of an item that the actor may see; any other doesn't exist for them."""
    part = assignment_of(session, assignment_id)
    try:
        visible_item(session, actor, part.item_id)
    except ItemUnknown as error:
        raise AssignmentUnknown(assignment_id) from error
    return part


def assignments(
    session: Session, ids: Sequence[int], *, lock: bool = False
) -> Sequence[Assignment]:
    """Return parts with their units, or refuse if one of them is unknown."""
    wanted = select(Assignment).where(Assignment.id.in_(ids)).order_by(Assignment.id)
    if lock:
        wanted = wanted.with_for_update(of=Assignment)
    found = session.scalars(wanted.options(joinedload(Assignment.unit))).all()
    missing = set(ids) - {assignment.id for assignment in found}
    if missing:
        raise AssignmentUnknown(min(missing))
    return found


def part_ids(session: Session, item_id: int, round_: int) -> Sequence[int]:
    """Name the units that have the item in this round, the released ones left out."""
    wanted = select(Assignment.unit_id).where(
        Assignment.item_id == item_id,
        Assignment.round == round_,
        Assignment.state != AssignmentState.RELEASED,
    )
    return session.scalars(wanted).all()


def parts_of_round(session: Session, item_id: int, round_: int) -> Sequence[Assignment]:
    """Return the parts of a round, the released ones left out."""
    wanted = select(Assignment).where(
        Assignment.item_id == item_id,
        Assignment.round == round_,
        Assignment.state != AssignmentState.RELEASED,
    )
    return session.scalars(wanted.order_by(Assignment.id)).all()


def lead_unit_id(session: Session, item: Item) -> int | None:
    """Name the unit that leads the item now."""
    wanted = select(Assignment.unit_id).where(
        Assignment.item_id == item.id,
        Assignment.round == item.round,
        Assignment.part == Part.LEAD,
        Assignment.state != AssignmentState.RELEASED,
    )
    return session.scalars(wanted.order_by(Assignment.id.desc()).limit(1)).first()


def active_units(session: Session, ids: Sequence[int]) -> Mapping[int, Unit]:
    """Return units that take work, or refuse if one of them doesn't."""
    found = {
        unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(ids), Unit.active))
    }
    for unit_id in ids:
        if unit_id not in found:
            raise UnitUnknown(unit_id)
    return found


def people_of_unit(session: Session, unit_id: int, roles: Sequence[Role]) -> Sequence[Person]:
    """Return who holds one of these roles in a unit today, deputies included."""
    asked = {"on": today(session), "unit": unit_id, "roles": list(roles)}
    return session.scalars(_PEOPLE_OF_UNIT, asked).unique().all()


def _people_of_unit() -> Select[Person]:
    seat = seats(bindparam("on", type_=Date()))
    return (
        select(Person)
        .join(seat, seat.c.person_id == Person.id)
        .join(Post, Post.id == seat.c.post_id)
        .where(
            Post.unit_id == bindparam("unit"),
            Post.role.in_(bindparam("roles", expanding=True)),
            Person.active,
        )
        .order_by(Person.id)
    )


_PEOPLE_OF_UNIT = _people_of_unit()


# -- what was said about a part or an item ----------------------------------------------


def latest_report(session: Session, assignment: Assignment) -> Report:
    """Return the report that was made last; a diagram may ask for one before there is any."""
    wanted = select(Report).where(
        Report.assignment_id == assignment.id, Report.number == assignment.reports_made
    )
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotNow("report", assignment.state.value)
    return found


def signed_report(session: Session, assignment_id: int) -> Report | None:
    """Return the last report that its unit's head has signed."""
    wanted = select(Report).where(
        Report.assignment_id == assignment_id, Report.confirmed_at.is_not(None)
    )
    return session.scalars(wanted.order_by(Report.number.desc()).limit(1)).first()


def attach(session: Session, report: Report, paper_ids: Sequence[UUID]) -> None:
    """Give a report the files that its author kept with the item and no other report holds."""
    own = (
        Paper.id.in_(list(paper_ids)),
        Paper.item_id == report.item_id,
        Paper.uploaded_by_id == report.author_id,
        is_free(),
    )
    session.execute(update(Paper).where(*own).values(report_id=report.id))


def is_free() -> ColumnElement[bool]:
    """Say which files no reply or report holds: a report that was withdrawn lets its own go."""
    withdrawn = select(Report.id).where(Report.withdrawn_at.is_not(None))
    unreported = Paper.report_id.is_(None) | Paper.report_id.in_(withdrawn)
    return and_(Paper.reply_id.is_(None), Paper.suggestion_id.is_(None), unreported)


def attach_to_suggestion(
    session: Session, suggestion: Suggestion, person_id: int, paper_ids: Sequence[UUID]
) -> None:
    """Give a suggestion the files that its author kept with the item for it."""
    own = (
        Paper.id.in_(list(paper_ids)),
        Paper.item_id == suggestion.item_id,
        Paper.uploaded_by_id == person_id,
        is_free(),
    )
    session.execute(update(Paper).where(*own).values(suggestion_id=suggestion.id))


def papers_of_suggestion(session: Session, suggestion_id: int) -> Sequence[Paper]:
    """Return the files that show what a suggestion says."""
    wanted = select(Paper).where(Paper.suggestion_id == suggestion_id)
    return session.scalars(wanted.order_by(Paper.uploaded_at, Paper.id)).all()


def pending_objection(session: Session, part: Assignment) -> Objection:
    """Return the objection that waits for its decision."""
    wanted = select(Objection).where(
        Objection.assignment_id == part.id, Objection.decided_at.is_(None)
    )
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotNow("objection", part.state.value)
    return found


def pending_change(session: Session, assignment_id: int) -> ChangeRequest | None:
    """Return the request for a change that waits for an answer."""
    wanted = select(ChangeRequest).where(
        ChangeRequest.assignment_id == assignment_id, ChangeRequest.decided_at.is_(None)
    )
    return session.scalars(wanted).one_or_none()


def latest_change(session: Session, assignment_id: int) -> ChangeRequest | None:
    """Return the change that was asked for last."""
    wanted = select(ChangeRequest).where(ChangeRequest.assignment_id == assignment_id)
    return session.scalars(wanted.order_by(ChangeRequest.id.desc()).limit(1)).first()


def target_of(session: Session, part: Assignment) -> str:
    """Return what a part has to reach: the item's target, or what a co-unit's was changed to."""
    item = session.get_one(Item, part.item_id)
    if part.part is Part.LEAD:
        return item.target
    adjusted = select(ChangeRequest.new_target).where(
        ChangeRequest.assignment_id == part.id, *_adjusted()
    )
    own = session.scalars(adjusted.order_by(ChangeRequest.id.desc()).limit(1)).first()
    return own or item.target


def how_done(session: Session, item: Item) -> ClosedHow:
    """Say whether an item is done as it was meant at first, or after its target was changed."""
    wanted = (
        select(ChangeRequest.id)
        .join(Assignment, Assignment.id == ChangeRequest.assignment_id)
        .where(Assignment.item_id == item.id, Assignment.part == Part.LEAD, *_adjusted())
    )
    found = session.scalars(wanted.limit(1)).first()
    return ClosedHow.DONE if found is None else ClosedHow.ADJUSTED


def _adjusted() -> tuple[ColumnElement[bool], ...]:
    return (
        ChangeRequest.kind == ChangeKind.ADJUST,
        ChangeRequest.decision == ChangeDecision.CONSENTED,
    )


def pending_revisit(session: Session, item_id: int) -> Revisit | None:
    """Return the revisit that was ordered and not made yet."""
    wanted = select(Revisit).where(Revisit.item_id == item_id, Revisit.done_at.is_(None))
    return session.scalars(wanted.order_by(Revisit.id.desc()).limit(1)).first()


def escalations_of(session: Session, assignment_id: int) -> Sequence[Escalation]:
    """Return the rungs that a part has climbed, the latest last."""
    wanted = select(Escalation).where(Escalation.assignment_id == assignment_id)
    return session.scalars(wanted.order_by(Escalation.id)).all()


def rung_of(session: Session, instance_id: UUID) -> Escalation | None:
    """Return the rung that an instance of the ladder climbs."""
    wanted = select(Escalation).where(Escalation.instance_id == instance_id)
    return session.scalars(wanted.order_by(Escalation.id.desc()).limit(1)).first()


def lapse_rungs(session: Session, instance_id: UUID) -> None:
    """Let the rungs lapse that an instance has left on their way; suggestions go on alone."""
    left = (
        Escalation.instance_id == instance_id,
        Escalation.state.in_((RungState.WAITING, RungState.APPROVED)),
        Escalation.rung.not_in((Rung.CRITICISM, Rung.ACCOUNTABILITY)),
    )
    session.execute(update(Escalation).where(*left).values(state=RungState.LAPSED))


def suggestion_of(session: Session, instance_id: UUID) -> Suggestion | None:
    """Return the suggestion that an instance is about."""
    wanted = select(Suggestion).where(Suggestion.instance_id == instance_id)
    return session.scalars(wanted).one_or_none()


def running_suggestion(
    session: Session, assignment_id: int, kind: SuggestionKind, over: Collection[SuggestionState]
) -> Suggestion | None:
    """Return the suggestion of a kind about a part that isn't over yet."""
    wanted = select(Suggestion).where(
        Suggestion.assignment_id == assignment_id,
        Suggestion.kind == kind,
        Suggestion.state.not_in(over),
    )
    return session.scalars(wanted.order_by(Suggestion.id.desc()).limit(1)).first()


def urges_of(session: Session, assignment_id: int) -> int:
    """Count how often a unit was urged by hand about its part."""
    wanted = select(func.count()).where(Urge.assignment_id == assignment_id)
    return session.scalar(wanted) or 0
