"""What a project says at its registration beside the fields that every item has."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from engine import Session
from workflows import periods, rules
from workflows.errors import ProjectRefused
from workflows.projects import progress
from workflows.projects.lights import first_day, relight
from workflows.tables import (
    Item,
    Kind,
    Milestone,
    MilestoneTemplate,
    Project,
    ProjectType,
    ProjectYear,
)

NAME = 80
MOST_NODES = 60
MOST = Decimal(10**11)
"""万元; what is more is a slip of the pen."""

NODE_LINE = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?[\s,，:：]+(\S.*)$")


@dataclass(frozen=True, slots=True)
class OwnNode:
    """A milestone of a project's own."""

    name: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ProjectDetails:
    """A project as it is registered; without a template it brings milestones of its own."""

    type: ProjectType
    investment: Decimal
    year: int
    planned: Decimal
    ends_on: date
    starts_on: date | None = None
    done_before: Decimal = progress.NOTHING
    template_id: int | None = None
    nodes: tuple[OwnNode, ...] = ()

    @property
    def kind(self) -> Kind:
        """Return the kind whose details these are."""
        return Kind.KEY_PROJECT

    def check(self, session: Session) -> None:
        """Refuse what can't be so; nothing is written yet."""
        must_be_money("investment", self.investment)
        must_be_money("planned", self.planned)
        must_be_money("done_before", self.done_before)
        if not self.investment:
            raise ProjectRefused("investment")
        if self.planned + self.done_before > self.investment:
            raise ProjectRefused("plan_above_investment", investment=self.investment)
        if self.starts_on is not None and self.ends_on < self.starts_on:
            raise ProjectRefused("ends_before_start", starts=self.starts_on, ends=self.ends_on)
        if (self.template_id is None) == (not self.nodes):
            raise ProjectRefused("nodes_missing", most=MOST_NODES)
        if self.template_id is not None:
            _template(session, self.template_id)
        if len(self.nodes) > MOST_NODES:
            raise ProjectRefused("nodes_missing", most=MOST_NODES)
        for node in self.nodes:
            rules.must_say("nodes", node.name, NAME)

    def keep(self, session: Session, item: Item) -> None:
        """Write them down with the item, instead of any written before."""
        project = session.get(Project, item.id)
        if project is None:
            project = Project(item_id=item.id, item=item)
            session.add(project)
        project.type, project.investment = self.type, self.investment
        project.done_before = self.done_before
        project.starts_on, project.ends_on = self.starts_on, self.ends_on
        project.template_id = self.template_id
        project.years, project.milestones = [], []
        session.flush()  # the old rows leave before new ones take their keys
        project.years = [ProjectYear(year=self.year, planned=self.planned, carried=Decimal(0))]
        project.milestones = self._milestones(session, project)
        item.planned_due_on = item.planned_due_on or self.ends_on
        usual = periods.period_of(session, item.source, item.urgency)
        item.reporting_period = item.reporting_period or usual
        session.flush()
        relight(session, project)
        session.refresh(item)

    def _milestones(self, session: Session, project: Project) -> list[Milestone]:
        if self.template_id is None:
            return [
                Milestone(position=place, name=node.name.strip(), due_on=node.due_on)
                for place, node in enumerate(self.nodes)
            ]
        template = _template(session, self.template_id)
        first = min(first_day(project), self.ends_on)
        return milestones_of(
            template, progress.dated([node.share for node in template.nodes], first, self.ends_on)
        )


def milestones_of(template: MilestoneTemplate, days: Sequence[date]) -> list[Milestone]:
    """Return a template's milestones, each with its day."""
    return [
        Milestone(position=place, name=node.name, name_en=node.name_en, due_on=day)
        for place, (node, day) in enumerate(zip(template.nodes, days, strict=True))
    ]


def own_nodes(text: str) -> tuple[OwnNode, ...]:
    """Read milestones of one's own, one to a line: a day and a name."""
    return tuple(_own_nodes(line.strip() for line in text.splitlines()))


def _own_nodes(lines: Iterable[str]) -> Iterable[OwnNode]:
    for line in lines:
        if not line:
            continue
        found = NODE_LINE.match(line)
        if found is None:
            raise ProjectRefused("node_unread", line=line)
        year, month, day, name = found.groups()
        try:
            yield OwnNode(name.strip(), date(int(year), int(month), int(day)))
        except ValueError as error:
            raise ProjectRefused("node_unread", line=line) from error


def must_be_money(field: str, amount: Decimal) -> None:
    """Refuse an amount that is negative, beyond all measure, or no number."""
    if not (amount.is_finite() and 0 <= amount <= MOST):
        raise ProjectRefused("amount", field=field)


def _template(session: Session, template_id: int) -> MilestoneTemplate:
    wanted = select(MilestoneTemplate).where(
        MilestoneTemplate.id == template_id, MilestoneTemplate.active
    )
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise ProjectRefused("template", template_id=template_id)
    return found
