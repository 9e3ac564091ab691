"""What the office brings out in a year: circulars, special reports, quarters and their ranks."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from engine import Session
from workflows import assessment, publications, serials, targets
from workflows.actors import Actor
from workflows.assessment import Decision, PraiseForm, Quarter
from workflows.demo.office import disclose, without_blanks
from workflows.figures import Span
from workflows.simulation.year import Year
from workflows.tables import (
    Appeal,
    Assessment,
    AssessmentState,
    Delivery,
    Item,
    ItemState,
    Measure,
    Path,
    Praised,
    PraiseLevel,
    PublicationKind,
    Role,
    ScoreEntry,
)
from workflows.targets import Entry

READ = 85
"""Of a hundred to whom an issue goes, so many open it on the day."""
REPORTED = 15
"""On which day of the month the leaders get a special report."""
FRIDAY = 5
QUARTER = 3
TARGETS = (("on_time_rate", 90), ("closing_rate", 85))
LONGEST = timedelta(days=60)
"""How long after its end a year's last quarter may take until it is final."""
PRAISED = (
    (4, PraiseLevel.CITY, Praised.OFFICE, "督查工作扎实有力", "市政府主要领导", 0),
    (9, PraiseLevel.PROVINCE, Praised.OFFICE, "配合国务院大督查工作突出", "省政府督查室", 0),
    (12, PraiseLevel.CITY, Praised.PERSONS, "年度记功奖励", "市委、市政府", 3),
)
"""What the office was praised for: the month, the level, whom, for what, by whom, how many."""


def bring_out(year: Year) -> None:
    """Bring out last month's circular; after a quarter's end it is the quarter's."""
    last = year.today.replace(day=1) - timedelta(days=1)
    if last < year.first or last in year.memory.brought_out:
        return
    year.memory.brought_out.add(last)
    kind, span = PublicationKind.MONTHLY, Span.month(last.year, last.month)
    if last.month % QUARTER == 0:
        kind, span = PublicationKind.QUARTERLY, Span.quarter(last.year, last.month // QUARTER)
    _issue(year, serials.CIRCULAR, kind, span)


def report(year: Year) -> None:
    """Report to the leaders, once a month, about what has been late for the longest."""
    month = year.today.replace(day=1)
    if year.today.day < REPORTED or month in year.memory.reported:
        return
    year.memory.reported.add(month)
    with year.database.read() as session:
        late = select(Item.id).where(Item.state == ItemState.OPEN, Item.due_on < year.today)
        item_id = session.scalars(late.order_by(Item.due_on, Item.id).limit(1)).first()
    if item_id is not None:
        _issue(year, serials.SPECIAL, PublicationKind.SPECIAL, Span(month, year.today), item_id)


def assess(year: Year) -> None:
    """Bring every quarter that is over one step further: frozen, published, appealed, final."""
    for number in range(1, 5):
        quarter = Quarter(year.first.year, number)
        if year.today > quarter.last:
            _bring_on(year, quarter)


def praise(year: Year) -> None:
    """Put on record what the office was praised for."""
    for month, level, whom, title, by, persons in PRAISED:
        on = date(year.first.year, month, 20)
        if year.today < on or on in year.memory.praised:
            continue
        year.memory.praised.add(on)
        document = f"云政〔{on.year}〕{month}号"
        form = PraiseForm(level, whom, title, by, on, document=document, persons=persons)
        year.act(_drafter(year), assessment.record_praise, form)


def commend(year: Year) -> None:
    """Propose the year's list once its last quarter is final, and have it approved."""
    if not is_over(year) or year.memory.commended:
        return
    year.memory.commended = True
    proposed = year.act(_drafter(year), assessment.propose, year.first.year)
    year.act(_seat(year, Role.LEADER), assessment.decide_list, proposed.id, True)  # noqa: FBT003


def set_targets(year: Year) -> None:
    """Set the city's targets, once."""
    if year.memory.targets_set:
        return
    year.memory.targets_set = True
    for figure, amount in TARGETS:
        entry = Entry(year.first.year, Measure.FIGURE, Decimal(amount), figure, path=Path.LEVEL)
        drafted = year.act(_drafter(year), targets.draft, entry)
        year.act(_seat(year, Role.DIRECTOR), targets.decide, drafted.id, True)  # noqa: FBT003


def publish_replies(year: Year) -> None:
    """Let the public read, on Fridays, what was reviewed for it."""
    if year.today.isoweekday() == FRIDAY:
        year.act(_drafter(year), disclose)


DAILY: tuple[Callable[[Year], None], ...] = (
    bring_out,
    report,
    assess,
    praise,
    commend,
    set_targets,
    publish_replies,
)
"""What the office does beside the steps, tried on every working day."""


def is_over(year: Year) -> bool:
    """Tell whether the year's last quarter is final, or has taken too long."""
    with year.database.read() as session:
        last = _state(session, Quarter(year.first.year, 4))
    return last is AssessmentState.FINAL or year.today > year.last + LONGEST


# -- an issue -----------------------------------------------------------------------------


def _issue(
    year: Year, serial: str, kind: PublicationKind, span: Span, item_id: int | None = None
) -> None:
    """Draft an issue, fill what is left blank, have it approved, issue it, and let it be read."""
    drafter, director = _drafter(year), _seat(year, Role.DIRECTOR)
    begun = publications.NewDraft(serial, kind.value, span, item_id)
    draft = year.act(drafter, publications.make_draft, begun)
    if serial == serials.SPECIAL:
        year.act(drafter, publications.address, draft.id, (), year.city.leaders)
    draft = year.act(drafter, without_blanks, draft.id)
    year.act(drafter, publications.submit, draft.id, draft.revision)
    year.act(director, publications.approve, draft.id, draft.revision)
    year.act(director, publications.issue, draft.id, draft.revision)
    for actor in list(_readers(year, draft.id)):
        if year.chance(READ):
            year.act(actor, publications.open_issue, draft.id)


def _readers(year: Year, publication_id: int) -> Iterator[Actor]:
    """Yield one reader for each unit and post that an issue was brought to."""
    with year.database.read() as session:
        found = session.execute(
            select(Delivery.unit_id, Delivery.post_id).where(
                Delivery.publication_id == publication_id
            )
        ).all()
    for unit_id, post_id in found:
        place = (Role.UNIT_HEAD, unit_id) if post_id is None else (Role.LEADER, post_id)
        if place in year.city.actors:
            yield year.city.actors[place]


# -- a quarter ----------------------------------------------------------------------------


def _bring_on(year: Year, quarter: Quarter) -> None:
    director, name = _seat(year, Role.DIRECTOR), (quarter.year, quarter.number)
    with year.database.read() as session:
        state, until = _state(session, quarter), _until(session, quarter)
    if state is AssessmentState.RUNNING:
        year.act(director, assessment.freeze, *name)
        year.act(director, assessment.publish, *name)
    elif state is AssessmentState.PUBLISHED and until and year.today > until:
        year.act(director, assessment.conclude, *name)
    elif state is AssessmentState.PUBLISHED:
        _appeal(year, quarter)
        _decide(year)


def _appeal(year: Year, quarter: Quarter) -> None:
    """Let the head of the unit with the heaviest entry appeal against it, once a quarter."""
    if quarter in year.memory.appealed:
        return
    year.memory.appealed.add(quarter)
    with year.database.read() as session:
        wanted = (
            select(ScoreEntry)
            .join(Assessment)
            .where(
                Assessment.year == quarter.year,
                Assessment.quarter == quarter.number,
                ScoreEntry.points < 0,
            )
        )
        entry = session.scalars(wanted.order_by(ScoreEntry.points, ScoreEntry.id)).first()
    if entry is not None:
        head = year.city.seat(Role.UNIT_HEAD, entry.unit_id)
        reason = "材料已按时送达，登记时间有误，附收文登记。"
        year.act(head, assessment.appeal, quarter, entry.unit_id, reason, entry.cause)


def _decide(year: Year) -> None:
    """Decide the appeals of the days before: every second one is upheld."""
    with year.database.read() as session:
        wanted = select(Appeal).where(Appeal.decided_at.is_(None)).order_by(Appeal.id)
        deciders = {
            made.id: [
                each
                for each in year.city.supervisors
                if not assessment.involvement(session, each, made)
            ]
            for made in session.scalars(wanted)
        }
    for number, able in deciders.items():
        said = Decision(upheld=number % 2 == 1, opinion="已核对收文登记。")
        year.act(able[0], assessment.decide, number, said)


def _state(session: Session, quarter: Quarter) -> AssessmentState:
    row = assessment.row_of(session, quarter)
    return row.state if row else AssessmentState.RUNNING


def _until(session: Session, quarter: Quarter) -> date | None:
    row = assessment.row_of(session, quarter)
    return row.appeal_until if row else None


def _drafter(year: Year) -> Actor:
    return year.city.supervisors[0]


def _seat(year: Year, role: Role) -> Actor:
    return next(actor for (held, _), actor in year.city.actors.items() if held is role)
