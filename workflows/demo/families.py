"""Matters of the demo that run on diagrams of their own: key projects and proposals."""

from collections.abc import Generator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from engine import Session
from workflows import papers, reports
from workflows.assignments import UnitTask
from workflows.blanks import blank
from workflows.calendar import today
from workflows.demo.names import (
    CITY_CARE,
    EXECUTIVE,
    HEALTH,
    INDUSTRY,
    MARKET,
    POLICE,
    SCHOOLS,
    VICE,
)
from workflows.demo.stage import Script, Stage, Waiting, interim
from workflows.methods import Method
from workflows.projects import milestones, supervision
from workflows.projects.money import Figures
from workflows.projects.registering import OwnNode, ProjectDetails
from workflows.proposals import contacts, handing_over, opinions, queries, ratings, replies
from workflows.proposals.details import ProposalDetails
from workflows.proposals.reach import Signatory
from workflows.store import assignment_of
from workflows.tables import (
    ContactWay,
    Handling,
    HeardBy,
    Milestone,
    MilestoneState,
    ProjectType,
    ReplyClass,
    Satisfaction,
    Source,
)

SESSION = "七届人大三次会议"
NODES = (("取得用地批复", -30), ("完成施工招标", -12), ("主体施工过半", 40), ("竣工验收", 120))
REACHED = (1, 3)
"""The reports with which the project that keeps up shows a milestone."""


class Plan(NamedTuple):
    """A project of the demo: who builds it, the year's plan, what each report adds, in 万元."""

    title: str
    unit: str
    planned: int
    step: int
    sound: bool


# -- key projects -------------------------------------------------------------------------


def vehicle_park(stage: Stage) -> Script:
    """Fall far behind the plan and miss a milestone: the light is red."""
    return _project(stage, Plan("整车生产基地一期建设", INDUSTRY, 60_000, 900, sound=False))


def health_park(stage: Stage) -> Script:
    """Keep up with the plan, a milestone reached and looked at."""
    return _project(stage, Plan("康养启动区建设", HEALTH, 30_000, 9_000, sound=True))


def _project(stage: Stage, plan: Plan) -> Script:
    yield stage.at(-45, 9, 5)
    item = stage.register(
        plan.title,
        "市重点项目推进计划：按节点推进，每周报进度。",
        leader=EXECUTIVE,
        sponsor=VICE,
        source=Source.KEY_PROJECT,
        target="按节点推进，完成年度投资计划",
        details=ProjectDetails(
            type=ProjectType.NEW,
            investment=Decimal(plan.planned * 3),
            year=stage.day(-45).year,
            planned=Decimal(plan.planned),
            starts_on=stage.day(-45),
            ends_on=stage.day(120),
            nodes=tuple(OwnNode(name, stage.day(day)) for name, day in NODES),
        ),
    )
    yield stage.at(-45, 11, 0)
    stage.approve(item)
    stage.assign(item, plan.unit)
    yield stage.at(-44, 9, 30)
    stage.acknowledge(item, plan.unit)
    for week, day in enumerate((-35, -25, -15, -5)):
        yield stage.at(day, 15, 0)
        _report(stage, item, plan)
        if week in REACHED and plan.sound:
            _reach(stage, item, plan.unit)
        yield stage.at(day + 1, 10, 0)
        stage.accept(item, plan.unit)
        _supervise(stage, item, plan)


def _report(stage: Stage, item: int, plan: Plan) -> None:
    """Let the unit report the month so far, and its head sign."""
    with stage.database.read() as session:
        day = today(session)
    figures = Figures(day.year, day.month, Decimal(plan.step))
    said = "现场正常施工，投资按月填报。" if plan.sound else "土地手续在办，现场尚未全面开工。"
    problems = "" if plan.sound else "用地指标未落实"
    text = interim(30, said, problems, "继续按节点推进。")
    stage.do(Waiting(item, "report", plan.unit), reports.submit_report, text, (), figures)
    stage.sign(item, plan.unit)


def _reach(stage: Stage, item: int, unit: str) -> None:
    """Let the unit show its next milestone by a paper, and the office find it reached."""

    def claim(session: Session) -> int:
        handler = stage.handler(session, unit)
        kept = papers.keep_paper(session, handler, item, blank("用地批复.pdf"))
        session.flush()
        ahead = select(Milestone.id).where(
            Milestone.project_id == item, Milestone.state == MilestoneState.OPEN
        )
        node_id = session.scalars(ahead.order_by(Milestone.position).limit(1)).one()
        milestones.claim(session, handler, node_id, today(session), [kept.id])
        return node_id

    node_id = stage.database.write(claim)
    stage.act("liwen", milestones.review, node_id, True)  # noqa: FBT003 (reached)


def _supervise(stage: Stage, item: int, plan: Plan) -> None:
    """Let the office go and see, if this week's supervision waits."""
    if not stage.waits_at(item, "supervise"):
        return
    said = "现场查看，施工正常。" if plan.sound else "现场查看，土地手续未办结，进度滞后。"
    on_site = Method.ON_SITE.value
    stage.do(Waiting(item, "supervise"), supervision.supervise, on_site, said, plan.sound)


# -- proposals ----------------------------------------------------------------------------


def market_halls(stage: Stage) -> Script:
    """Wait for the talk with the proposers; the co-unit has given its opinion."""
    item = yield from _handed_out(
        stage,
        "关于加快城区农贸市场改造的建议",
        "第1号",
        ("刘代表", "马代表", "牛代表"),
        (MARKET, CITY_CARE),
    )
    yield stage.at(-10, 10, 0)
    said = "城管部门建议同步规范周边占道经营。"
    stage.do(Waiting(item, "opinion", CITY_CARE), opinions.give_opinion, said)


def smart_parking(stage: Stage) -> Script:
    """Get answered, and rated by telephone; one of the proposers hasn't answered yet."""
    item = yield from _handed_out(
        stage, "关于推进智慧停车的建议", "第9号", ("侯委员", "苗委员"), (CITY_CARE, POLICE)
    )
    yield stage.at(-16, 10, 0)
    stage.do(Waiting(item, "opinion", POLICE), opinions.give_opinion, "可共享路侧停车数据。")
    yield stage.at(-14, 15, 0)
    _answer(stage, item, CITY_CARE, "已接入停车位1260个，年底前全部接入平台。", ReplyClass.B)
    yield stage.at(-9, 9, 30)
    _hear(stage, item, Satisfaction.SATISFIED)


def evening_school(stage: Stage) -> Script:
    """Leave a proposer dissatisfied: the reply is given again, after a talk face to face."""
    item = yield from _handed_out(
        stage, "关于设立老年大学分校的提案", "第5号", ("民盟市委",), (SCHOOLS,)
    )
    yield stage.at(-20, 15, 0)
    _answer(stage, item, SCHOOLS, "暂不具备新设分校的条件，明年统筹研究。", ReplyClass.C)
    yield stage.at(-15, 9, 30)
    _hear(stage, item, Satisfaction.DISSATISFIED, "没有说明现有学员怎么安排。")
    stage.do(Waiting(item, "satisfaction"), ratings.settle_ratings)


def _handed_out(
    stage: Stage, title: str, number: str, proposers: tuple[str, ...], units: tuple[str, ...]
) -> Generator[datetime, None, int]:
    """Register a proposal, approve it, and hand it out at the meeting; return its number."""
    yield stage.at(-30, 9, 10)
    handling = Handling.LEAD_CO if len(units) > 1 else Handling.SINGLE
    signatories = tuple(Signatory(name) for name in proposers)
    source = Source.CPPCC_PROPOSAL if title.endswith("提案") else Source.NPC_SUGGESTION
    item = stage.register(
        title,
        f"{SESSION}{number}",
        leader=VICE,
        source=source,
        details=ProposalDetails(SESSION, number, signatories, handling),
    )
    yield stage.at(-30, 10, 0)
    stage.approve(item)
    lead, *co = (UnitTask(stage.units[unit]) for unit in units)
    task = stage.task(Waiting(item, "assign"))
    handed = handing_over.HandOut(task, lead, tuple(co), handling)
    stage.act("liwen", handing_over.assign_proposal, handed)
    yield stage.at(-29, 9, 30)
    stage.acknowledge(item, *units)
    return item


def _answer(stage: Stage, item: int, unit: str, said: str, reply_class: ReplyClass) -> None:
    """Let a unit talk with the proposers and reply; the office reviews, the head signs."""
    with stage.database.read() as session:
        day = today(session)
    talk = contacts.Contact(ContactWay.VISIT, day, "当面说明了办理思路，代表表示理解。")
    stage.do(Waiting(item, "contact", unit), contacts.record_contact, talk)
    promised: tuple[str, date | None] = ("", None)
    if reply_class is ReplyClass.B:
        promised = ("年底前全部接入平台", stage.day(40))
    draft = replies.Draft(said, reply_class, True, "", *promised)  # noqa: FBT003 (public)
    stage.do(Waiting(item, "reply", unit), replies.draft_reply, draft)
    fine = replies.Opinion(accept=True, disclosed=True)
    stage.do(Waiting(item, "review_reply", unit), replies.review_reply, fine)
    number = f"复〔{day.year}〕{item}号"
    stage.do(Waiting(item, "sign_reply", unit), replies.sign_reply, True, number)  # noqa: FBT003 (signs)


def _hear(stage: Stage, item: int, said: Satisfaction, why: str = "") -> None:
    """Let the office write down what the first proposer said on the telephone."""
    with stage.database.read() as session:
        todo = stage.todo(session, Waiting(item, "satisfaction"))
        reply = queries.latest_reply(session, assignment_of(session, todo.assignment_id))
        rating_id = queries.ratings_of(session, reply)[0].id
    stage.act("liwen", ratings.record_rating, rating_id, said, why, HeardBy.PHONE)


FAMILIES = (vehicle_park, health_park, market_halls, smart_parking, evening_school)
