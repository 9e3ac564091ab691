"""Reads and brings in the sheet of key projects 重点项目, each on its own diagram.

What the ledger doesn't hold isn't made up: milestones before the present one are reached, but
nobody has shown or reviewed them here; the days of those that are left are estimated from the
template until the office sets them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from engine import Session
from workflows.actors import Actor
from workflows.calendar import today
from workflows.imports import cells
from workflows.imports import reading as fields
from workflows.imports.cells import CellUnread, LimitCell
from workflows.imports.knowledge import Knowledge
from workflows.imports.matching import Field
from workflows.imports.reading import Answers, Candidate, Reading, Stage
from workflows.imports.sheets import Cell
from workflows.projects import progress
from workflows.projects.lights import relight
from workflows.projects.registering import MOST
from workflows.tables import (
    Item,
    Kind,
    Milestone,
    MilestoneState,
    MilestoneTemplate,
    Period,
    Project,
    ProjectType,
    ProjectYear,
    Source,
    TemplateNode,
    Urgency,
)

NAME = 80
TEN_THOUSAND = Decimal(10_000)
NOT_BEGUN = re.compile("^(未开工|未动工|尚未开工|未开始|待开工|无|[-—/]+)$")
AMOUNT = re.compile(r"^[\d,]+(\.\d+)?(亿元|亿|万元|万|元)?$")
TYPES = {"新建": ProjectType.NEW, "续建": ProjectType.CONTINUED, "在建": ProjectType.CONTINUED}
CLOSE = Decimal(1)
"""By how many points the share in the sheet may differ from what its amounts say."""


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """What a row says of its project; ``node`` is its template's and its place there."""

    type: ProjectType
    investment: Decimal
    planned: Decimal
    done: Decimal
    year: int
    starts_on: date | None
    ends_on: date
    node_name: str
    node: tuple[int, int] | None

    @property
    def kind(self) -> Kind:
        """The kind of item that the sheet's rows are."""
        return Kind.KEY_PROJECT

    @property
    def key(self) -> object:
        """What tells a row apart from every other; a project has no number of its own."""
        return None


# -- reading -----------------------------------------------------------------------------


def candidate(reading: Reading, known: Knowledge, answers: Answers) -> Candidate | None:
    """Read every field of a project; what is missing or unreadable becomes a question."""
    title = fields.title(reading)
    units = fields.units(reading, known, answers)
    row = _row(reading, known)
    share = reading.read(Field.PERCENT, cells.percent)
    if reading.problems or not units or row is None:
        return None
    _tell_share(reading, row, share)
    return Candidate(
        row=reading.row.number,
        title=title,
        source=Source.KEY_PROJECT,
        basis=f"{row.year}年重点项目推进台账",
        target=f"年度计划投资{row.planned:,}万元",
        urgency=Urgency.NORMAL,
        stage=Stage.HANDLING,
        lead_id=units[0],
        co_ids=tuple(units[1:]),
        assigned_on=min(known.year_start, known.today, row.ends_on),
        number=None,
        limit=LimitCell(on=row.ends_on, period=Period.WEEKLY),
        percent=share or 0,
        revisit_asked=False,
        texts=_texts(reading, row),
        details=row,
    )


def _row(reading: Reading, known: Knowledge) -> ProjectRow | None:
    investment = _amount(reading, Field.INVESTMENT)
    planned = _amount(reading, Field.YEAR_PLAN)
    done = _amount(reading, Field.YEAR_DONE) if reading.text(Field.YEAR_DONE) else Decimal(0)
    starts_on = _starts_on(reading)
    ends_on = _ends_on(reading, starts_on)
    if investment is None or planned is None or done is None or ends_on is None:
        return None
    if not investment or planned > investment:
        reading.ask("plan_above_investment", Field.YEAR_PLAN, text=reading.text(Field.YEAR_PLAN))
        return None
    return ProjectRow(
        type=_type(reading, starts_on, known),
        investment=investment,
        planned=planned,
        done=done,
        year=known.year_start.year,
        starts_on=starts_on,
        ends_on=ends_on,
        node_name=reading.text(Field.NODE)[:NAME],
        node=_node(reading, known),
    )


def amount(cell: Cell) -> Decimal:
    """Return an amount in 万元, with separators, in full width, or with its own unit."""
    text = cells.plain(cell)
    found = AMOUNT.match(text)
    if found is None:
        raise CellUnread("not_an_amount")
    unit = found.group(2) or "万元"
    try:
        number = Decimal(text.removesuffix(unit).replace(",", ""))
    except InvalidOperation as error:
        raise CellUnread("not_an_amount") from error
    if unit.startswith("亿"):
        number *= TEN_THOUSAND
    elif unit == "元":
        number /= TEN_THOUSAND
    if number > MOST:
        raise CellUnread("not_an_amount")
    return number.quantize(Decimal("0.01"))


def _amount(reading: Reading, wanted: Field) -> Decimal | None:
    if not reading.text(wanted):
        reading.ask("amount_missing", wanted)
        return None
    return reading.read(wanted, amount)


def _starts_on(reading: Reading) -> date | None:
    text = reading.text(Field.STARTS)
    if NOT_BEGUN.match(text):
        reading.tell("not_begun", Field.STARTS, text=text)
        return None
    return reading.read(Field.STARTS, lambda cell: cells.day(cell)[0])


def _ends_on(reading: Reading, starts_on: date | None) -> date | None:
    if not reading.text(Field.ENDS):
        reading.ask("limit_missing", Field.ENDS)
        return None
    found = reading.read(Field.ENDS, lambda cell: cells.day(cell)[0])
    if found is not None and starts_on is not None and found < starts_on:
        facts = {"limit": found.isoformat(), "assigned": starts_on.isoformat()}
        reading.ask("limit_before_start", Field.ENDS, **facts)
        return None
    return found


def _type(reading: Reading, starts_on: date | None, known: Knowledge) -> ProjectType:
    text = cells.plain(reading.text(Field.PROJECT_TYPE))
    if text in TYPES:
        return TYPES[text]
    before = starts_on is not None and starts_on < known.year_start
    found = ProjectType.CONTINUED if before else ProjectType.NEW
    reading.tell("type_guessed", Field.PROJECT_TYPE, text=text or "—")
    return found


def _node(reading: Reading, known: Knowledge) -> tuple[int, int] | None:
    text = reading.text(Field.NODE)
    found = known.nodes.get(cells.plain(text))
    if text and found is None:
        reading.tell("node_unknown", Field.NODE, text=text)
    elif found is not None and found.name != text:
        reading.tell("node_read", Field.NODE, text=text, node=found.name)
    return None if found is None else (found.template_id, found.position)


def _tell_share(reading: Reading, row: ProjectRow, share: int | None) -> None:
    """Tell of a share that isn't what the amounts say: the amounts count."""
    if share is None or not row.planned:
        return
    counted = row.done * progress.FULL / row.planned
    if abs(counted - share) > CLOSE:
        reading.tell(
            "share_differs", Field.PERCENT, text=reading.text(Field.PERCENT), percent=round(counted)
        )


def _texts(reading: Reading, row: ProjectRow) -> dict[str, str]:
    told = f"当前节点：{row.node_name}" if row.node_name else ""
    texts = fields.texts(reading)
    said = [texts[Field.PROGRESS.value], told]
    return {**texts, Field.PROGRESS.value: "；".join(filter(None, said))}


# -- bringing in -------------------------------------------------------------------------


def keep(session: Session, _actor: Actor, item: Item, candidate: Candidate) -> None:
    """Write down what a row says of its project, with its milestones."""
    row = candidate.details
    if not isinstance(row, ProjectRow):
        return
    template = _template(session, row)
    project = Project(
        item_id=item.id,
        item=item,
        type=row.type,
        investment=row.investment,
        done_before=Decimal(0),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        template_id=template.id if template else None,
        years=[ProjectYear(year=row.year, planned=row.planned, carried=row.done)],
        milestones=_milestones(row, template.nodes if template else (), today(session)),
    )
    session.add(project)
    session.flush()
    relight(session, project)
    session.refresh(item)


def _template(session: Session, row: ProjectRow) -> MilestoneTemplate | None:
    return None if row.node is None else session.get(MilestoneTemplate, row.node[0])


def _milestones(row: ProjectRow, nodes: Sequence[TemplateNode], day: date) -> list[Milestone]:
    """Return a template's milestones from the present one on, and those before it as reached."""
    if row.node is None:
        return [Milestone(position=0, name=row.node_name or "竣工", due_on=row.ends_on)]
    current, shares = row.node[1], [node.share for node in nodes]
    first = min(row.starts_on or day, day)
    before = progress.dated([min(100, share) for share in shares[:current]], first, day)
    ahead = progress.dated_from(shares, current, day, row.ends_on)
    return [
        Milestone(
            position=place,
            name=node.name,
            name_en=node.name_en,
            due_on=due_on,
            estimated=True,
            state=MilestoneState.DONE if place < current else MilestoneState.OPEN,
        )
        for place, (node, due_on) in enumerate(zip(nodes, [*before, *ahead], strict=True))
    ]
