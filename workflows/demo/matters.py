"""The matters of the demo, those that the seed names, each a story that leads to today.

A script yields the moment at which it wants to act next, and then acts.
"""

from workflows.decisions.basis import DecisionDetails
from workflows.demo.stage import Row, Script, Stage, final, interim
from workflows.instructions import InstructionDetails, Words
from workflows.ladder import InterviewText
from workflows.methods import Method
from workflows.tables import Period, Source, Urgency

MAYOR, EXECUTIVE, VICE, SECRETARY = "市长", "常务副市长", "副市长", "秘书长"
PARKS, FINANCE, STAFFING = "市园林绿化处", "市财政局", "市委编办"
TRANSPORT, POLICE, INDUSTRY = "市交通运输局", "市公安局", "市工信局"
CITY_CARE, RAILWAY, HEALTH = "市城管局", "市铁路建设办公室", "市卫健委"
MARKET, SCIENCE, ESTATES = "市市场监管局", "市科协", "市机关事务管理局"
ASSETS, SCHOOLS, WATER = "市国资委", "市教体局", "市水利局"


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


def railway(stage: Stage) -> Script:
    """Ask for more time before the limit; the leader decides."""
    yield stage.at(-38, 9, 0)
    item = stage.register(
        "市域铁路一期工程隧道段节点",
        "省政府工作报告重点任务分工：年度完成投资18亿元。",
        leader=MAYOR,
        source=Source.WORK_REPORT_PROVINCE,
        urgency=Urgency.COMPLEX,
        target="隧道段贯通，年度完成投资18亿元",
        reporting_period=Period.MONTHLY,
    )
    yield stage.at(-38, 11, 0)
    stage.approve(item)
    stage.assign(item, RAILWAY, due_on=stage.day(6))
    yield stage.at(-37, 9, 20)
    stage.acknowledge(item, RAILWAY)
    yield stage.at(-19, 15, 0)
    text = "隧道掘进至K7+320，累计完成投资9.6亿元。"
    stage.report(item, RAILWAY, interim(53, text, "征地拆迁滞后，剩余3户", "逐户签约"))
    stage.sign(item, RAILWAY)
    yield stage.at(-18, 9, 0)
    stage.accept(item, RAILWAY)
    yield stage.at(-1, 14, 0)
    stage.ask_extension(
        item, RAILWAY, stage.day(24), "剩余3户征迁未签约，隧道段须待场地移交后进场。"
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


def health_district(stage: Stage) -> Script:
    """Have every report accepted; the revisit is to be made."""
    yield stage.at(-44, 10, 0)
    item = stage.register(
        "健康养生示范区启动区基础设施",
        "市政府工作报告重点任务：启动区基础设施建成。",
        leader=VICE,
        source=Source.WORK_REPORT_CITY,
        urgency=Urgency.COMPLEX,
        target="启动区道路、管网建成",
        revisit_asked=True,
    )
    yield stage.at(-44, 11, 0)
    stage.approve(item)
    stage.assign(item, HEALTH, due_on=stage.day(-5))
    yield stage.at(-43, 10, 0)
    stage.acknowledge(item, HEALTH)
    yield stage.at(-9, 10, 0)
    stage.finish(item, HEALTH, "启动区2.3公里道路和配套管网已完工并通过验收。")
    yield stage.at(-4, 11, 0)
    stage.settle(item, "很好，抽查一次再销号。")


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


def drinking_water(stage: Stage) -> Script:
    """Have a report returned; the unit has to report again."""
    yield stage.at(-20, 9, 0)
    item = stage.register(
        "农村饮水安全巩固提升",
        "市重点民生实事第5项：解决10万人饮水安全。",
        leader=VICE,
        source=Source.LIVELIHOOD,
        urgency=Urgency.COMPLEX,
        target="解决10万人饮水安全",
    )
    yield stage.at(-20, 10, 30)
    stage.approve(item)
    stage.assign(item, WATER, due_on=stage.day(12))
    yield stage.at(-19, 11, 0)
    stage.acknowledge(item, WATER)
    yield stage.at(-4, 15, 0)
    stage.report(item, WATER, final("管网改造完成，解决7.2万人饮水安全。", 72))
    stage.sign(item, WATER)
    yield stage.at(-3, 9, 20)
    stage.send_back(item, WATER, "目标是10万人，只完成7.2万人，目标任务没有实现，不能按办结报送。")


def car_parks(stage: Stage) -> Script:
    """Object: the unit isn't the right addressee; the office decides."""
    yield stage.at(-2, 14, 0)
    item = stage.register(
        "城区新建公共停车场",
        "市重点民生实事第3项：新增停车位3000个。",
        leader=VICE,
        source=Source.LIVELIHOOD,
        urgency=Urgency.COMPLEX,
        target="新增停车位3000个",
    )
    yield stage.at(-2, 15, 0)
    stage.approve(item)
    stage.assign(item, CITY_CARE)
    yield stage.at(-1, 10, 40)
    reason = "公共停车场规划选址由市自然资源和规划局负责，我局只管建成后的秩序。"
    stage.object_to(item, CITY_CARE, reason, "市自然资源和规划局")


def inspection(stage: Stage) -> Script:
    """Lay a final report before the unit's head, who hasn't signed it yet."""
    yield stage.at(-13, 9, 20)
    item = stage.register(
        "创文迎检公园广场环境整治",
        "创文迎检专项督查方案：迎检前完成公园、广场环境整治，逐处销号。",
        leader=VICE,
        source=Source.CAMPAIGN,
        target="38处公园、广场全部整治到位",
    )
    yield stage.at(-13, 10, 30)
    stage.approve(item)
    stage.assign(item, PARKS, CITY_CARE, due_on=stage.day(2))
    yield stage.at(-12, 9, 40)
    stage.acknowledge(item, PARKS, CITY_CARE)
    yield stage.at(-5, 15, 20)
    stage.finish(item, CITY_CARE, "公园周边占道经营已清理，保洁延长到22时。")
    yield stage.just_now(50)
    stage.report(
        item, PARKS, final("38处公园、广场已全部整治：补植绿地1.6万平方米，修复座椅、灯具214处。")
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


def tree_planting(stage: Stage) -> Script:
    """Have a report of the parks returned: it says nothing of the target."""
    yield stage.at(-18, 9, 0)
    item = stage.register(
        "启动区道路两侧绿化配套",
        "市政府工作报告重点任务：示范区启动区绿化与道路同步建成。",
        leader=VICE,
        source=Source.WORK_REPORT_CITY,
        urgency=Urgency.COMPLEX,
        target="启动区道路两侧绿化2.3公里",
    )
    yield stage.at(-18, 10, 20)
    stage.approve(item)
    stage.assign(item, PARKS, HEALTH, due_on=stage.day(7))
    yield stage.at(-17, 9, 30)
    stage.acknowledge(item, PARKS, HEALTH)
    yield stage.at(-3, 16, 30)
    stage.report(item, PARKS, final("苗木已全部进场，正在栽植。", 70))
    stage.sign(item, PARKS)
    yield stage.at(-2, 10, 15)
    stage.send_back(
        item, PARKS, "目标是绿化2.3公里，报告没有写已栽植多少、何时完成，不能按办结报送。"
    )


def old_trees(stage: Stage) -> Script:
    """Be handed out just now: the unit has to acknowledge it."""
    yield stage.just_now(70)
    item = stage.register(
        "重点民生实事老旧小区绿地补植",
        "市重点民生实事第7项：老旧小区补植绿地，接受群众监督。",
        leader=VICE,
        source=Source.LIVELIHOOD,
        urgency=Urgency.COMPLEX,
        target="26个老旧小区完成绿地补植",
    )
    yield stage.just_now(60)
    stage.approve(item)
    stage.assign(item, PARKS)


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


MATTERS = (
    parks_funding,
    battery_park,
    school_food,
    science_base,
    railway,
    exit_jam,
    health_district,
    state_firms,
    teachers_pay,
    office_rooms,
    station,
    capacitors,
    drinking_water,
    car_parks,
    inspection,
    street_gardens,
    tree_planting,
    old_trees,
    old_quarters,
    two_opinions,
)
