"""What the demo's office has at hand: circulars, a special report, a quarter with its ranks.

Each begins at the time at which an office would: the ledger is frozen at the midnight after a
month's end, the circular comes with the first working days of the next month.
"""

from collections.abc import Generator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from sqlalchemy import select

from engine import Session
from workflows import assessment, disclosure, figures, publications, serials, targets
from workflows.actors import Actor
from workflows.assessment import PraiseForm
from workflows.calendar import instant_of, office_day
from workflows.demo.stage import Script, Stage
from workflows.demo.suggested import suggested
from workflows.disclosure import Choice
from workflows.disclosure.office import to_release
from workflows.errors import NotReady, PublicationUnknown
from workflows.figures import Span
from workflows.publications import Edited, content
from workflows.tables import (
    Direction,
    Item,
    ItemState,
    Measure,
    Path,
    Praised,
    PraiseLevel,
    Publication,
    PublicationKind,
)
from workflows.targets import Entry

LEADERS = "市政府领导同志"
READERS = ("fanzhiguo", "gaoshan", "chenjing", "fangyuan", "chengyuanshan")
"""Who opens what reaches them; the others are late."""
TEN = time(10)


def circulars(stage: Stage) -> Script:
    """Freeze each month as it ends, and bring out its circular; the last one is a draft still."""
    firsts = list(_firsts(stage))
    for before, first in pairwise(firsts):
        yield instant_of(first)
        stage.database.write(figures.freeze_ended)
        yield instant_of(stage.days.add(first - timedelta(days=1), 2), TEN)
        span = Span.month(before.year, before.month)
        draft = _drafted(stage, serials.CIRCULAR, PublicationKind.MONTHLY, span)
        if first != firsts[-1]:
            yield from _brought_out(stage, draft)


def special_report(stage: Stage) -> Script:
    """Report to the leaders about what has been late for the longest."""
    yield stage.at(-6, 15)
    with stage.database.read() as session:
        day = office_day(stage.clock.now())
        late = select(Item.id).where(Item.state == ItemState.OPEN, Item.due_on < day)
        item_id = session.scalars(late.order_by(Item.due_on, Item.id).limit(1)).first()
    if item_id is not None:
        span = Span(day.replace(day=1), day)
        draft = _drafted(stage, serials.SPECIAL, PublicationKind.SPECIAL, span, item_id)
        stage.act("liwen", publications.address, draft.id, (), list(stage.posts.values()))
        yield from _brought_out(stage, draft)


def returned_notice(stage: Stage) -> Script:
    """Have a notice returned, because it demands nothing of anybody in particular."""
    yield stage.at(-1, 10)
    with stage.database.read() as session:
        day = office_day(stage.clock.now())
        title = select(Item.id).where(Item.title == "市园林绿化处经费形式变更")
        item_id = session.scalars(title).one()
    span = Span(day.replace(day=1), day)
    draft = _drafted(stage, serials.NOTICE, PublicationKind.NOTICE, span, item_id)
    said = content.doc(
        *content.blocks_of(content.without_blanks(draft.content)),
        content.paragraph("请各责任单位提高认识，加快办理，尽快书面反馈办理情况。"),
    )
    edited = Edited(said, draft.title, draft.addressee)
    saved = stage.act("liwen", publications.save_draft, draft.id, draft.revision, edited)
    stage.act("liwen", publications.submit, draft.id, saved.revision)
    yield stage.at(-1, 11)
    reason = (
        "要求太笼统。请分单位写明：市委编办哪一天报编委会，市财政局哪一天批复经费；"
        "“尽快”改成具体日期，并写上由单位主要领导签字确认。"
    )
    stage.act("zhangming", publications.give_back, draft.id, saved.revision, reason)


def quarter(stage: Stage) -> Script:
    """Freeze the quarter that ended last, publish its ranks, and make it final in time."""
    over = assessment.quarter_of(office_day(stage.curtain)).before
    yield instant_of(stage.days.add(over.last, 2), TEN)
    name = (over.year, over.number)
    stage.act("zhangming", assessment.freeze, *name)
    until = stage.act("zhangming", assessment.publish, *name).appeal_until
    if until is not None and until < office_day(stage.curtain):
        yield instant_of(stage.days.add(until, 1), TEN)
        if office_day(stage.clock.now()) > until:
            stage.act("zhangming", assessment.conclude, *name)


def praise(stage: Stage) -> Script:
    """Put on record that the office was praised, and that three of it were rewarded."""
    yield stage.at(-30, 11)
    day = office_day(stage.clock.now())
    for whom, title, persons in (
        (Praised.OFFICE, "督查工作扎实有力", 0),
        (Praised.PERSONS, "督查工作先进个人", 3),
    ):
        document = f"云政〔{day.year}〕{12 + persons}号"
        form = PraiseForm(
            PraiseLevel.CITY, whom, title, "市委、市政府", day, document, persons=persons
        )
        stage.act("liwen", assessment.record_praise, form)


def targets_set(stage: Stage) -> Script:
    """Set the year's targets: for the city, and for two units."""
    yield stage.at(-60, 10)
    year, units = office_day(stage.clock.now()).year, stage.units
    for entry in (
        Entry(year, Measure.FIGURE, Decimal(90), "on_time_rate", path=Path.LEVEL),
        Entry(year, Measure.FIGURE, Decimal(85), "closing_rate", path=Path.LEVEL),
        Entry(year, Measure.FIGURE, Decimal(6), "items_closed", units["市园林绿化处"]),
        Entry(
            year,
            Measure.FIGURE,
            Decimal(2),
            "items_overdue",
            units["市工信局"],
            direction=Direction.AT_MOST,
            path=Path.LEVEL,
        ),
    ):
        drafted = stage.act("liwen", targets.draft, entry)
        stage.act("zhangming", targets.decide, drafted.id, True)  # noqa: FBT003 (approves)


def disclosures(stage: Stage) -> Script:
    """Let the public read what was reviewed for it."""
    yield stage.at(-1, 16)
    stage.act("liwen", disclose)


OFFICE = (
    circulars,
    special_report,
    returned_notice,
    quarter,
    praise,
    suggested,
    targets_set,
    disclosures,
)


def disclose(session: Session, actor: Actor) -> None:
    """Release every reply that may be, masked as the house proposes."""
    for waiting in to_release(session, actor):
        if not waiting.why_not:
            seen = disclosure.preview(session, actor, waiting.reply.id, Choice())
            disclosure.release(session, actor, waiting.reply.id, Choice(), seen.seal)


def without_blanks(session: Session, actor: Actor, publication_id: int) -> Publication:
    """Leave out what a draft has nothing to say of, and say whom it is for."""
    draft = session.get_one(Publication, publication_id)
    said = Edited(content.without_blanks(draft.content), draft.title, draft.addressee or LEADERS)
    return publications.save_draft(session, actor, draft.id, draft.revision, said)


def _firsts(stage: Stage) -> Generator[date]:
    """Yield the first days of the months in which the play is on, the first whole one first."""
    day = office_day(stage.clock.now()).replace(day=1)
    while (day := (day + timedelta(days=31)).replace(day=1)) <= office_day(stage.curtain):
        if instant_of(stage.days.add(day - timedelta(days=1), 2), TEN) <= stage.curtain:
            yield day


def _drafted(
    stage: Stage, serial: str, kind: PublicationKind, span: Span, item_id: int | None = None
) -> Publication:
    return stage.act(
        "liwen", publications.make_draft, publications.NewDraft(serial, kind.value, span, item_id)
    )


def _brought_out(stage: Stage, draft: Publication) -> Generator[datetime]:
    """Have an issue approved, issue it, and let some read it; what isn't ready stays a draft."""
    ready = stage.act("liwen", without_blanks, draft.id)
    try:
        stage.act("liwen", publications.submit, draft.id, ready.revision)
    except NotReady:
        return
    yield stage.clock.now() + timedelta(hours=2)
    stage.act("zhangming", publications.approve, draft.id, ready.revision)
    stage.act("zhangming", publications.issue, draft.id, ready.revision)
    yield stage.clock.now() + timedelta(hours=3)
    for login in READERS:
        with suppress(PublicationUnknown):
            stage.act(login, publications.open_issue, draft.id)
