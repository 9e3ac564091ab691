"""What meetings of the government have decided."""

from workflows.decisions.basis import DecisionDetails
from workflows.demo.names import (
    ASSETS,
    CITY_CARE,
    EXECUTIVE,
    INDUSTRY,
    PARKS,
    POLICE,
    TRANSPORT,
    VICE,
    WATER,
)
from workflows.demo.stage import Row, Script, Stage, interim
from workflows.ladder import InterviewText
from workflows.methods import Method
from workflows.tables import Period, Source, Urgency


def battery_park(stage: Stage) -> Script:
    """Fall silent, long overdue: the ladder climbs by itself."""
    yield stage.at(-46, 9, 10)
    item = stage.register(
        "新能源汽车产业园手续办理",
        "市长议事会第3期：月底前办结土地、环评手续。",
        leader=VICE,
        source=Source.MAYORS_COUNCIL,
        urgency=Urgency.PRESSING,
        target="办结土地、环评手续",
    )
    yield stage.at(-46, 10, 0)
    stage.approve(item)
    stage.assign(item, INDUSTRY, due_on=stage.day(-22))
    yield stage.at(-45, 10, 0)
    stage.acknowledge(item, INDUSTRY)
    yield stage.at(-30, 16, 0)
    text = "环评已批复，土地手续在办。"
    stage.report(item, INDUSTRY, interim(50, text, "用地指标未落实", "争取省级指标"))
    stage.sign(item, INDUSTRY)
    yield stage.at(-29, 10, 0)
    stage.accept(item, INDUSTRY)
    yield from _up_the_ladder(stage, item)


def _up_the_ladder(stage: Stage, item: int) -> Script:
    """Let the slips be issued one by one, and the head be interviewed; criticism is suggested."""
    for day in (-19, -17):
        yield stage.at(day, 10, 30)
        stage.approve_rung(item, INDUSTRY)
    yield stage.at(-15, 9, 30)
    stage.urge(item, INDUSTRY, "土地手续至今没有续报，请说明卡在哪一环节。", Method.HIGH_LEVEL)
    yield stage.at(-15, 17, 0)
    stage.read_urges(item, INDUSTRY)
    stage.open_rungs(item, INDUSTRY)
    for day in (-12, -7):
        yield stage.at(day, 10, 30)
        stage.approve_rung(item, INDUSTRY)
    yield stage.at(-6, 15, 0)
    text = InterviewText(
        held_on=stage.day(-6),
        place="市政府3号楼会议室",
        interviewer="督查室主任张明",
        interviewed="市工信局局长陈静",
        record="用地指标须向省里争取，单位未及时报告；局长承诺十个工作日内取得指标并书面反馈。",
    )
    stage.hold_interview(item, INDUSTRY, text)


def state_firms(stage: Stage) -> Script:
    """Run long, with interim reports; the latest waits for review."""
    yield stage.at(-42, 9, 40)
    item = stage.register(
        "国企改革攻坚：“僵尸企业”处置",
        "市政府第23次常务会议纪要：年底前完成处置。",
        leader=EXECUTIVE,
        source=Source.EXECUTIVE_MEETING,
        urgency=Urgency.LONG_TERM,
        target="20家“僵尸企业”处置完毕",
        reporting_period=Period.MONTHLY,
    )
    yield stage.at(-42, 11, 0)
    stage.approve(item)
    stage.assign(item, ASSETS)
    yield stage.at(-41, 9, 0)
    stage.acknowledge(item, ASSETS)
    yield stage.at(-21, 15, 0)
    stage.report(item, ASSETS, interim(40, "已处置8家，安置职工412人。", "2家涉诉", "与法院会商"))
    stage.sign(item, ASSETS)
    yield stage.at(-20, 9, 30)
    stage.accept(item, ASSETS)
    yield stage.at(-2, 15, 30)
    text = "已处置12家，附处置清单。"
    stage.report(item, ASSETS, interim(60, text, "1家债权人会议未开", "月底前召开债权人会议"))
    yield stage.at(-2, 17, 0)
    stage.sign(item, ASSETS)


def station(stage: Stage) -> Script:
    """Come close to the limit, with work still under way."""
    yield stage.at(-22, 9, 0)
    item = stage.register(
        "高铁站服务环境提升（站前广场停车场改造、标识更新、出租车候客区优化及周边市容环境整治）",
        "市长碰头会第11期：节前完成站前广场环境整治。",
        leader=VICE,
        source=Source.MAYORS_BRIEF_MEETING,
        urgency=Urgency.PRESSING,
        target="完成站前广场环境整治",
    )
    yield stage.at(-22, 10, 0)
    stage.approve(item)
    stage.assign(item, TRANSPORT, CITY_CARE, due_on=stage.day(4))
    yield stage.at(-21, 10, 0)
    stage.acknowledge(item, TRANSPORT, CITY_CARE)
    yield stage.at(-8, 15, 0)
    stage.finish(item, CITY_CARE, "站前广场占道经营已清理，环卫每日4次保洁。")
    yield stage.at(-6, 15, 0)
    text = "标识更新完成，停车场改造中。"
    stage.report(item, TRANSPORT, interim(80, text, "停车场地下管线改移", "夜间施工赶工"))
    stage.sign(item, TRANSPORT)
    yield stage.at(-5, 9, 30)
    stage.accept(item, TRANSPORT)


def capacitors(stage: Stage) -> Script:
    """Wait for the director's approval."""
    yield stage.at(-1, 16, 30)
    stage.register(
        "超级电容项目投产",
        "专题协调会议纪要：项目按期投产，市工信局牵头。",
        leader=VICE,
        source=Source.COORDINATION_MEETING,
        target="项目按期投产",
        responsible_person="陈静",
    )


def street_gardens(stage: Stage) -> Script:
    """Come close to the limit: the handler has a report to write."""
    yield stage.at(-16, 9, 0)
    item = stage.register(
        "百城提质街头游园建设",
        "市政府常务会议纪要：百城提质工程年内新建街头游园12处，月底前完成土建。",
        leader=EXECUTIVE,
        source=Source.EXECUTIVE_MEETING,
        urgency=Urgency.COMPLEX,
        target="12处街头游园完成土建",
    )
    yield stage.at(-16, 10, 0)
    stage.approve(item)
    stage.assign(item, PARKS, due_on=stage.day(2))
    yield stage.at(-15, 9, 10)
    stage.acknowledge(item, PARKS)
    yield stage.at(-8, 16, 10)
    text = "12处游园均已开工，7处完成土建。"
    stage.report(item, PARKS, interim(60, text, "2处管线迁改未完", "倒排工期，每日一调度"))
    stage.sign(item, PARKS)
    yield stage.at(-7, 10, 0)
    stage.accept(item, PARKS)


def old_quarters(stage: Stage) -> Script:
    """Be broken down into parts that stand each in its own light."""
    yield stage.at(-26, 9, 0)
    whole = stage.register(
        "城区老旧小区综合改造",
        "市政府第25次常务会议：年内改造老旧小区26个，水、绿、路、停车一并解决。",
        leader=EXECUTIVE,
        source=Source.EXECUTIVE_MEETING,
        target="26个老旧小区全部改造完毕",
        details=DecisionDetails("第25次常务会议", stage.day(-28)),
    )
    yield stage.at(-26, 11, 0)
    stage.approve(whole)
    water, greens, shade, order = stage.break_down(
        whole,
        Row("二次供水设施改造", WATER, stage.day(-3), target="26个小区全部一户一表"),
        Row("小区绿地补植", PARKS, stage.day(6), target="补植绿地3.2万平方米"),
        Row("背街小巷林荫道", PARKS, stage.day(15), (CITY_CARE,), "新栽行道树1800株", VICE),
        Row("占道停车秩序整治", CITY_CARE, stage.day(-6), (POLICE,), leader=VICE),
    )
    yield stage.at(-25, 9, 30)
    stage.acknowledge(water, WATER)
    stage.acknowledge(greens, PARKS)
    stage.acknowledge(shade, PARKS, CITY_CARE)
    stage.acknowledge(order, CITY_CARE, POLICE)
    yield stage.at(-22, 15, 0)
    stage.report_in_common(
        PARKS, {greens: 10, shade: 5}, "两项任务已编制方案，苗木采购挂网，预计月底进场。"
    )
    stage.sign(greens, PARKS)
    yield stage.at(-21, 10, 0)
    stage.accept(greens, PARKS)
    stage.accept(shade, PARKS)
    yield stage.at(-9, 15, 0)
    stage.finish(order, POLICE, "联合整治12次，拖移僵尸车43辆。")
    stage.finish(order, CITY_CARE, "施划停车位1260个，占道停车已规范。")
    yield stage.at(-8, 9, 0)
    stage.report(water, WATER, interim(55, "15个小区已完工。", "3个小区管线图缺失"))
    stage.sign(water, WATER)
    yield stage.at(-7, 11, 0)
    stage.accept(water, WATER)


MEETINGS = (
    battery_park,
    state_firms,
    station,
    capacitors,
    street_gardens,
    old_quarters,
)
