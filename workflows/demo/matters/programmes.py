"""What the year's programmes ask for: work reports, livelihood, campaigns."""

from workflows.demo.names import CITY_CARE, HEALTH, MAYOR, PARKS, RAILWAY, VICE, WATER
from workflows.demo.stage import Script, Stage, final, interim
from workflows.tables import Period, Source, Urgency


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


PROGRAMMES = (
    railway,
    health_district,
    drinking_water,
    car_parks,
    inspection,
    tree_planting,
    old_trees,
)
