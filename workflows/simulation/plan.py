"""What a year brings: how many matters of each source, when, and with which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from workflows.decisions.basis import DecisionDetails
from workflows.items import Details, Registration
from workflows.kinds import MEETINGS, kind_of
from workflows.projects.registering import ProjectDetails
from workflows.proposals.details import ProposalDetails
from workflows.proposals.reach import Signatory
from workflows.simulation.city import City
from workflows.tables import Handling, Kind, ProjectType, Source, Urgency

SHARES: tuple[tuple[Source, int], ...] = (
    (Source.CITY_INSTRUCTION, 26),
    (Source.PROVINCIAL_INSTRUCTION, 5),
    (Source.NPC_SUGGESTION, 14),
    (Source.CPPCC_PROPOSAL, 12),
    (Source.NPC_BILL, 1),
    (Source.EXECUTIVE_MEETING, 8),
    (Source.MAYORS_COUNCIL, 5),
    (Source.MAYORS_BRIEF_MEETING, 4),
    (Source.COORDINATION_MEETING, 4),
    (Source.WORK_REPORT_CITY, 6),
    (Source.WORK_REPORT_PROVINCE, 2),
    (Source.LIVELIHOOD, 3),
    (Source.INCENTIVES, 1),
    (Source.CAMPAIGN, 2),
    (Source.KEY_PROJECT, 4),
    (Source.LIVELIHOOD_PROJECT, 2),
    (Source.MAJOR_WORK, 1),
)
"""Of a hundred matters, how many come from where; the seed names every one of these sources."""

URGENCIES: tuple[tuple[Urgency, int], ...] = (
    (Urgency.FLASH, 3),
    (Urgency.URGENT, 12),
    (Urgency.PRESSING, 20),
    (Urgency.NORMAL, 45),
    (Urgency.COMPLEX, 17),
    (Urgency.LONG_TERM, 3),
)
OBJECTS = (
    "农贸市场", "公交站台", "背街小巷", "老旧小区", "污水管网", "中小学操场", "城区停车场",
    "乡村公路", "养老服务中心", "医保窗口", "垃圾中转站", "河道", "高铁站广场", "人才公寓",
    "粮食储备库", "供水管线", "消防通道", "绿化带", "工业园区", "图书馆",
)  # fmt: skip
DEEDS = ("改造提升", "专项整治", "手续办理", "资金拨付", "建设推进", "问题整改", "运行管理")
PLACES = ("东城", "西城", "北山", "南湖", "河口", "临江", "石桥", "高新区", "老城", "新区")
FIRST_OF_THE_YEAR = frozenset(
    {Source.WORK_REPORT_CITY, Source.WORK_REPORT_PROVINCE, Source.LIVELIHOOD, Source.INCENTIVES}
)
PROJECTS = frozenset({Source.KEY_PROJECT, Source.LIVELIHOOD_PROJECT, Source.MAJOR_WORK})


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that comes to the office on a day."""

    on: date
    number: int
    source: Source


def matters(year: int, count: int, random: Random) -> list[Matter]:
    """Return a year's matters by day; every source comes at least once."""
    wheel = [source for source, share in SHARES for _ in range(share)]
    every = [source for source, _ in SHARES][:count]
    sources = [*every, *(random.choice(wheel) for _ in range(count - len(every)))]
    found = [(_day(year, source, random), source) for source in sources]
    found.sort(key=lambda one: one[0])
    return [Matter(on, number, source) for number, (on, source) in enumerate(found, start=1)]


def _day(year: int, source: Source, random: Random) -> date:
    """Return when a matter comes: sessions and work reports in spring, projects early on."""
    first = date(year, 1, 7)
    if kind_of(source) is Kind.PROPOSAL:
        return date(year, 2, 25) + timedelta(days=random.randrange(6))
    if source in FIRST_OF_THE_YEAR:
        return date(year, 1, 25) + timedelta(days=random.randrange(10))
    if source in PROJECTS:
        return first + timedelta(days=random.randrange(60))
    return first + timedelta(days=random.randrange(330))


def registration(matter: Matter, city: City, random: Random) -> Registration:
    """Return what the office writes down about a matter."""
    place, thing, deed = (random.choice(words) for words in (PLACES, OBJECTS, DEEDS))
    instructing, sponsor = random.choice(city.leaders), random.choice(city.leaders)
    urgent = kind_of(matter.source) is Kind.INSTRUCTION
    return Registration(
        source=matter.source,
        basis=_basis(matter),
        title=f"{place}{thing}{deed}（{matter.number}）",
        urgency=_weighted(URGENCIES, random) if urgent else Urgency.NORMAL,
        secret=False,
        target=f"按期完成{thing}{deed}，群众反映的问题得到解决",
        instructing_post_id=instructing,
        sponsor_post_id=sponsor,
        details=_details(matter, city, random),
    )


def _basis(matter: Matter) -> str:
    said = f"{matter.on.month}月{matter.on.day}日"
    match kind_of(matter.source):
        case Kind.INSTRUCTION:
            return f"领导{said}批示：请牵头单位抓紧办理，按期报结果。"
        case Kind.PROPOSAL:
            return f"七届三次会议第{matter.number}号"
        case _:
            return f"{said}会议纪要或文件第{matter.number}号"


def _details(matter: Matter, city: City, random: Random) -> Details | None:
    match kind_of(matter.source):
        case Kind.PROPOSAL:
            names = [f"代表{matter.number}-{place}" for place in range(random.choice((1, 1, 3)))]
            proposers = tuple(Signatory(name) for name in names)
            number = f"第{matter.number}号"
            handling = random.choice(list(Handling))
            return ProposalDetails("七届三次会议", number, proposers, handling)
        case Kind.KEY_PROJECT:
            return _project(matter, city, random)
        case Kind.DECISION if matter.source in MEETINGS:
            return DecisionDetails(meeting=f"第{matter.number}次会议", held_on=matter.on)
        case Kind.DECISION:
            return DecisionDetails(document=f"云政〔{matter.on.year}〕{matter.number}号")
        case _:
            return None


def _project(matter: Matter, city: City, random: Random) -> ProjectDetails:
    planned = Decimal(random.randrange(2, 200) * 100)
    months = random.choice((8, 10, 14, 20))
    return ProjectDetails(
        type=random.choice(list(ProjectType)),
        investment=planned * 2,
        year=matter.on.year,
        planned=planned,
        starts_on=matter.on,
        ends_on=matter.on + timedelta(days=30 * months),
        template_id=random.choice(city.templates),
    )


def _weighted(table: Sequence[tuple[Urgency, int]], random: Random) -> Urgency:
    words = [word for word, _ in table]
    return random.choices(words, [weight for _, weight in table])[0]
