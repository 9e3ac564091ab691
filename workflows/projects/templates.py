"""Templates of milestones 节点模板: shipped ones to begin with, then an administrator's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine import Session
from workflows import rules
from workflows.actors import Actor
from workflows.errors import ProjectRefused
from workflows.tables import MilestoneTemplate, Role, TemplateNode

NAME = 80
MOST_NODES = 60


@dataclass(frozen=True, slots=True)
class NodeEntry:
    """One milestone of a template as it is written down; ``share`` is of the period."""

    name: str
    share: int
    name_en: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """A template as it is written down."""

    name: str
    nodes: tuple[NodeEntry, ...]
    name_en: str = ""
    active: bool = True


SHIPPED: tuple[TemplateEntry, ...] = (
    TemplateEntry(
        "招商项目",
        (
            NodeEntry("签约", 20, "Signed", ("签订协议", "洽谈签约")),
            NodeEntry("开工", 50, "Construction begun", ("动工",)),
            NodeEntry("投产", 100, "In production", ("投产达效", "投入使用")),
        ),
        "Investment promotion",
    ),
    TemplateEntry(
        "决策事项",
        (
            NodeEntry("制定方案", 25, "Plan drawn up", ("方案制定",)),
            NodeEntry("审议决策", 50, "Decided", ("会议审议", "决策")),
            NodeEntry("组织实施", 75, "Carried out", ("实施",)),
            NodeEntry("办结评估", 100, "Closed and evaluated", ("评估",)),
        ),
        "Decision",
    ),
    TemplateEntry(
        "建设项目",
        (
            NodeEntry("项目立项", 5, "Project approved", ("立项", "备案")),
            NodeEntry("可研批复", 10, "Feasibility approved", ("可行性研究", "可研")),
            NodeEntry("用地审批", 16, "Land approved", ("土地手续", "用地手续", "征地拆迁")),
            NodeEntry("规划许可", 22, "Planning permit", ("规划手续", "规划审批")),
            NodeEntry("施工图设计", 28, "Construction drawings", ("设计", "图审")),
            NodeEntry("招标投标", 34, "Tendered", ("招标", "招投标")),
            NodeEntry("开工建设", 40, "Construction begun", ("开工", "施工许可")),
            NodeEntry("基础施工", 52, "Foundations", ("基础",)),
            NodeEntry("主体施工", 74, "Main works", ("主体", "施工", "隧道施工", "主体完工")),
            NodeEntry("装修与设备安装", 88, "Fittings and equipment", ("装修", "设备安装")),
            NodeEntry("竣工验收", 100, "Completed and accepted", ("竣工", "验收")),
        ),
        "Construction",
    ),
)
"""The three templates of 3, 4 and 11 milestones; the numbers are an administrator's to change."""


def templates(session: Session, *, active: bool = False) -> Sequence[MilestoneTemplate]:
    """Return the templates in their order, or only those that may be chosen."""
    wanted = select(MilestoneTemplate).options(selectinload(MilestoneTemplate.nodes))
    if active:
        wanted = wanted.where(MilestoneTemplate.active)
    ordered = wanted.order_by(MilestoneTemplate.position, MilestoneTemplate.id)
    return session.scalars(ordered).all()


def seed_templates(session: Session) -> None:
    """Write the shipped templates into a house that has none yet."""
    if session.scalars(select(MilestoneTemplate.id).limit(1)).first() is not None:
        return
    for place, entry in enumerate(SHIPPED):
        session.add(_written(MilestoneTemplate(position=place), entry))
    session.flush()


def nodes_by_name(session: Session) -> dict[str, TemplateNode]:
    """Return the milestones by their names and other names; the longest template says it last."""
    found: dict[str, TemplateNode] = {}
    for template in sorted(templates(session), key=lambda each: len(each.nodes)):
        for node in template.nodes:
            found |= dict.fromkeys((*node.aliases, node.name), node)
    return found


def write_template(
    session: Session, actor: Actor, entry: TemplateEntry, template_id: int | None = None
) -> MilestoneTemplate:
    """Write a template down anew, or change one; projects keep the milestones that they have."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    name = rules.must_say("name", entry.name, NAME)
    _must_be_a_course(entry.nodes)
    others = {each.name for each in templates(session) if each.id != template_id}
    if name in others:
        raise ProjectRefused("name_taken", name=name)
    if template_id is None:
        template = MilestoneTemplate(position=len(others))
        session.add(template)
    else:
        template = _known(session, template_id)
    _written(template, entry)
    session.flush()
    return template


def _known(session: Session, template_id: int) -> MilestoneTemplate:
    template = session.get(MilestoneTemplate, template_id)
    if template is None:
        raise ProjectRefused("template", template_id=template_id)
    return template


def _must_be_a_course(nodes: Sequence[NodeEntry]) -> None:
    """Refuse a template without milestones, or whose shares don't go up to 100."""
    if not 0 < len(nodes) <= MOST_NODES:
        raise ProjectRefused("nodes_missing", most=MOST_NODES)
    for node in nodes:
        rules.must_say("node", node.name, NAME)
        rules.must_fit("node", node.name_en, NAME)
        rules.must_be_share(node.share)
    shares = [node.share for node in nodes]
    if shares != sorted(shares) or shares[-1] != rules.FULL:
        raise ProjectRefused("shares", shares=shares)


def _written(template: MilestoneTemplate, entry: TemplateEntry) -> MilestoneTemplate:
    template.name, template.name_en = entry.name.strip(), entry.name_en.strip()
    template.active = entry.active
    template.nodes = [
        TemplateNode(
            position=place,
            name=node.name.strip(),
            name_en=node.name_en.strip(),
            share=node.share,
            aliases=list(node.aliases),
        )
        for place, node in enumerate(entry.nodes)
    ]
    return template
