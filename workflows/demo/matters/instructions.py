"""What leaders have written on papers: their instructions."""

from workflows.demo.names import (
    ESTATES,
    EXECUTIVE,
    FINANCE,
    MARKET,
    MAYOR,
    PARKS,
    POLICE,
    SCHOOLS,
    SCIENCE,
    SECRETARY,
    STAFFING,
    TRANSPORT,
    VICE,
)
from workflows.demo.stage import Script, Stage, interim
from workflows.instructions import InstructionDetails, Words
from workflows.methods import Method
from workflows.tables import Source, Urgency


def parks_funding(stage: Stage) -> Script:
    """Get overdue and escalated, be returned twice; the third report waits for review."""
    yield stage.at(-36, 10, 12)
    item = stage.register(
        "市园林绿化处经费形式变更",
        "市长在《关于变更经费形式的请示》上的批示：请秘书长牵头，财政、编办支持，抓紧办理。",
        leader=MAYOR,
        sponsor=SECRETARY,
        urgency=Urgency.COMPLEX,
        target="完成经费形式变更手续",
        contact="0374-×××2186",
    )
    yield stage.at(-36, 15, 20)
    stage.approve(item)
    stage.assign(item, PARKS, FINANCE, STAFFING, co_due_on=stage.day(-7))
    yield stage.at(-35, 9, 30)
    stage.acknowledge(item, PARKS, FINANCE, STAFFING)
    yield stage.at(-33, 16, 5)
    stage.ask_extension(
        item, PARKS, stage.day(-7), "编制核定须经编委会会议研究，原时限内开不了会。"
    )
    yield stage.at(-32, 17, 48)
    stage.consent(item, "同意延期，抓紧衔接。")
    yield from _parks_reports(stage, item)


def _parks_reports(stage: Stage, item: int) -> Script:
    yield stage.at(-30, 11, 0)
    stage.report(item, PARKS, interim(30, "已与市财政局、市委编办会商，形成初步方案。"))
    stage.sign(item, PARKS)
    yield stage.at(-29, 9, 40)
    stage.send_back(item, PARKS, "只写了会商，没有写清谁办、何时办完，请补充。", measures=False)
    yield stage.at(-24, 15, 30)
    text = "方案已报市财政局，市委编办未受理。"
    stage.report(item, PARKS, interim(50, text, "编办未受理", "再次对接市委编办"))
    stage.sign(item, PARKS)
    yield stage.at(-23, 11, 26)
    stage.send_back(
        item, PARKS, "措施已落实；问题没有解决（编办未受理）。请写明受理时间和责任人后再报。"
    )
    yield stage.at(-12, 9, 15)
    stage.finish(item, FINANCE, "已同意由差额补助变更为全额预算管理，出具书面意见。")
    yield stage.at(-6, 9, 5)
    stage.urge(item, STAFFING, "园林绿化处经费事项只差编制批复，请告知受理进度和上会时间。")
    yield stage.at(-6, 14, 31)
    stage.read_urges(item, STAFFING)
    yield stage.at(-1, 15, 2)
    stage.report(
        item,
        PARKS,
        interim(
            80,
            "市财政局已同意由差额补助变更为全额预算管理；市委编办已受理编制核定申请。",
            "编制批复须经编委会会议研究，会期未定。",
            f"{stage.said(5)}前取得编办批复，{stage.said(10)}前完成预算账户变更。",
        ),
    )
    yield stage.at(-1, 16, 20)
    stage.sign(item, PARKS)


def school_food(stage: Stage) -> Script:
    """Report ninety per cent and then nothing; the limit was a Sunday and isn't moved."""
    yield stage.at(-24, 8, 50)
    item = stage.register(
        "校园周边食品安全整治",
        "市长批示：开学前完成整治，不留死角。",
        leader=MAYOR,
        sponsor=VICE,
        urgency=Urgency.PRESSING,
        target="开学前完成校园周边门店整治",
    )
    yield stage.at(-24, 9, 30)
    stage.approve(item)
    stage.assign(item, MARKET, POLICE, due_on=stage.sunday_before(-4))
    yield stage.at(-23, 9, 0)
    stage.acknowledge(item, MARKET, POLICE)
    yield stage.at(-14, 16, 40)
    stage.finish(item, POLICE, "已配合完成校园周边联合检查3次。")
    yield stage.at(-11, 15, 0)
    stage.report(item, MARKET, interim(90, "已检查门店312家，整改41家。", "4家无证摊点反复"))
    stage.sign(item, MARKET)
    yield stage.at(-10, 10, 10)
    stage.accept(item, MARKET)


def science_base(stage: Stage) -> Script:
    """Seem solved until the revisit fails; the item waits to be assigned anew."""
    yield stage.at(-40, 9, 0)
    item = stage.register(
        "科普教育基地问题整改",
        "市委主要领导批示：举一反三，按期整改。",
        leader=VICE,
        target="3个问题全部整改到位",
        revisit_asked=True,
    )
    yield stage.at(-40, 10, 0)
    stage.approve(item)
    stage.assign(item, SCIENCE, due_on=stage.day(-20))
    yield stage.at(-39, 9, 0)
    stage.acknowledge(item, SCIENCE)
    yield stage.at(-24, 11, 0)
    stage.finish(item, SCIENCE, "3个问题均已整改，整改报告已报送。")
    yield stage.at(-20, 16, 0)
    stage.settle(item, "已阅，注意回头看。")
    yield stage.at(-1, 17, 10)
    stage.revisit(
        item,
        Method.UNANNOUNCED,
        "不打招呼到现场：展品更新、消防通道已整改；无障碍设施没有真解决，坡道仍被占用。",
        solved=False,
    )


def exit_jam(stage: Stage) -> Script:
    """Take the fast track: a flash instruction of this very day."""
    yield stage.just_now(28)
    item = stage.register(
        "高速公路东出口拥堵疏导",
        "市长批示：今天之内拿出疏导办法，交通、公安到现场。",
        leader=MAYOR,
        sponsor=EXECUTIVE,
        urgency=Urgency.FLASH,
        target="当日疏通，拿出长效办法",
    )
    yield stage.just_now(22)
    stage.assign(item, TRANSPORT, POLICE)
    yield stage.just_now(9)
    stage.acknowledge(item, POLICE)


def teachers_pay(stage: Stage) -> Script:
    """Finish well and leave the ledger."""
    yield stage.at(-32, 9, 0)
    item = stage.register(
        "中小学教师工资政策落实",
        "省领导批示：教师平均工资收入水平不低于公务员。",
        leader=VICE,
        source=Source.PROVINCIAL_INSTRUCTION,
        urgency=Urgency.URGENT,
        target="差额部分全部发放到位",
    )
    yield stage.at(-32, 9, 50)
    stage.approve(item)
    stage.assign(item, SCHOOLS, FINANCE, due_on=stage.day(-22))
    yield stage.at(-32, 14, 0)
    stage.acknowledge(item, SCHOOLS, FINANCE)
    yield stage.at(-27, 10, 0)
    stage.finish(item, FINANCE, "差额资金已拨付到位。")
    yield stage.at(-25, 16, 0)
    stage.finish(item, SCHOOLS, "全市1.2万名教师差额工资已全部发放到位。")
    yield stage.at(-23, 10, 0)
    stage.settle(item, "满意，予以肯定。")
    yield stage.at(-22, 9, 0)
    stage.close(item)


def office_rooms(stage: Stage) -> Script:
    """Lay the result before the leader who gave the instruction."""
    yield stage.at(-28, 9, 30)
    item = stage.register(
        "机关办公用房清理腾退",
        "市长批示：超标准办公用房一间不留。",
        leader=MAYOR,
        sponsor=SECRETARY,
        target="超标准办公用房全部清退",
    )
    yield stage.at(-28, 11, 0)
    stage.approve(item)
    stage.assign(item, ESTATES, FINANCE, due_on=stage.day(-1))
    yield stage.at(-27, 9, 0)
    stage.acknowledge(item, ESTATES, FINANCE)
    yield stage.at(-10, 10, 0)
    stage.finish(item, FINANCE, "腾退用房资产已登记入账。")
    yield stage.at(-2, 11, 0)
    stage.finish(item, ESTATES, "市直各单位已腾退超标准用房126间，经现场核查属实。")


def two_opinions(stage: Stage) -> Script:
    """Bear two leaders' words that differ: the director settles it before it is handed out."""
    yield stage.at(-1, 9, 20)
    item = stage.register(
        "城区夜间渣土运输整治",
        "市长批示：渣土车夜间运输一律暂停，限期整改，恢复前须经验收。",
        leader=MAYOR,
        urgency=Urgency.PRESSING,
        details=InstructionDetails(
            given_on=stage.day(-2),
            others=(
                Words(
                    stage.posts[VICE],
                    "重点工程不能停，请城管、公安错时放行，加强冲洗。",
                    stage.day(-1),
                    differs=True,
                ),
            ),
        ),
    )
    yield stage.at(-1, 10, 40)
    stage.approve(item)


INSTRUCTIONS = (
    parks_funding,
    school_food,
    science_base,
    exit_jam,
    teachers_pay,
    office_rooms,
    two_opinions,
)
