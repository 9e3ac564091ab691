"""Who plays in the demo: the made-up city of Yunchuan, its units and its people."""

from dataclasses import dataclass

from workflows.demo.names import (
    ASSETS,
    CITY_CARE,
    ESTATES,
    EXECUTIVE,
    FINANCE,
    HEALTH,
    INDUSTRY,
    MARKET,
    MAYOR,
    PARKS,
    POLICE,
    RAILWAY,
    SCHOOLS,
    SCIENCE,
    SECRETARY,
    STAFFING,
    TRANSPORT,
    VICE,
    WATER,
)
from workflows.tables import Role, UnitKind

PASSWORD = "water-wears-stone"  # noqa: S105 (printed at every start of a demo)
"""水滴石穿: the one password of every demo account."""

CITY, OFFICE = "云川市人民政府", "市政府督查室"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody in the demo, and the post that they hold."""

    login: str
    name: str
    unit: str
    post: str
    role: Role


UNITS: tuple[tuple[str, UnitKind, tuple[str, ...]], ...] = (
    (CITY, UnitKind.GOVERNMENT, ("市政府",)),
    (OFFICE, UnitKind.OFFICE, ("督查室",)),
    (PARKS, UnitKind.DEPARTMENT, ()),
    (FINANCE, UnitKind.DEPARTMENT, ()),
    (STAFFING, UnitKind.DEPARTMENT, ("市编办",)),
    (TRANSPORT, UnitKind.DEPARTMENT, ("市交通局",)),
    (POLICE, UnitKind.DEPARTMENT, ()),
    (INDUSTRY, UnitKind.DEPARTMENT, ("市工业和信息化局",)),
    (CITY_CARE, UnitKind.DEPARTMENT, ("市城市管理局",)),
    (RAILWAY, UnitKind.DEPARTMENT, ("市铁路建设办", "市铁建办")),
    (HEALTH, UnitKind.DEPARTMENT, ("市卫生健康委员会",)),
    (MARKET, UnitKind.DEPARTMENT, ("市市场监督管理局",)),
    (SCIENCE, UnitKind.DEPARTMENT, ()),
    (ESTATES, UnitKind.DEPARTMENT, ()),
    (ASSETS, UnitKind.DEPARTMENT, ()),
    (SCHOOLS, UnitKind.DEPARTMENT, ("市教育体育局",)),
    (WATER, UnitKind.DEPARTMENT, ()),
    ("市发改委", UnitKind.DEPARTMENT, ("市发展和改革委员会",)),
    ("市住建局", UnitKind.DEPARTMENT, ("市住房和城乡建设局",)),
    ("市自然资源和规划局", UnitKind.DEPARTMENT, ("市自然资源局",)),
    ("市生态环境局", UnitKind.DEPARTMENT, ()),
    ("市司法局", UnitKind.DEPARTMENT, ()),
    ("市人社局", UnitKind.DEPARTMENT, ("市人力资源和社会保障局",)),
    ("市百城办", UnitKind.DEPARTMENT, ("市百城建设提质工程办公室",)),
    ("东城区政府", UnitKind.COUNTY, ("东城区",)),
    ("北山县政府", UnitKind.COUNTY, ("北山县",)),
    ("南湖县政府", UnitKind.COUNTY, ("南湖县",)),
    ("河口市政府", UnitKind.COUNTY, ("河口市",)),
)
"""Name, group and other names; every unit that the shipped ledger of 2019 rightly names."""

_LEADERS = (
    Account("chengyuanshan", "程远山", CITY, MAYOR, Role.LEADER),
    Account("luyuan", "陆远", CITY, EXECUTIVE, Role.LEADER),
    Account("suyan", "苏岩", CITY, VICE, Role.LEADER),
    Account("fangzhengping", "方正平", CITY, SECRETARY, Role.LEADER),
)
_OFFICE = (
    Account("zhangming", "张明", OFFICE, "主任", Role.DIRECTOR),
    Account("liwen", "李文", OFFICE, "督查员", Role.SUPERVISOR),
    Account("zhouping", "周平", OFFICE, "督查员", Role.SUPERVISOR),
    Account("hemin", "何敏", OFFICE, "系统管理员", Role.ADMINISTRATOR),
    Account("gaoming", "高明", OFFICE, "复核管理员", Role.ADMINISTRATOR),
    Account("shenji", "沈计", CITY, "审计员", Role.AUDITOR),
)
_HANDLERS_AND_HEADS = (
    (PARKS, ("chuyun", "褚云"), ("fanzhiguo", "范志国"), "主任"),
    (FINANCE, ("yangfan", "杨帆"), ("gaoshan", "高山"), "局长"),
    (STAFFING, ("luojing", "罗静"), ("menghe", "孟河"), "主任"),
    (TRANSPORT, ("qianjin", "钱进"), ("zhouzheng", "周正"), "局长"),
    (POLICE, ("hanlei", "韩磊"), ("leiming", "雷鸣"), "局长"),
    (INDUSTRY, ("zhaomin", "赵敏"), ("chenjing", "陈静"), "局长"),
    (CITY_CARE, ("jianghua", "蒋华"), ("qinlang", "秦朗"), "局长"),
    (RAILWAY, ("zhengqiang", "郑强"), ("shilei", "石磊"), "主任"),
    (HEALTH, ("sunli", "孙丽"), ("linsen", "林森"), "主任"),
    (MARKET, ("zhulin", "朱琳"), ("fangyuan", "方圆"), "局长"),
    (SCIENCE, ("fenglei", "冯磊"), ("songya", "宋雅"), "主席"),
    (ESTATES, ("wufang", "吴芳"), ("dingyi", "丁一"), "局长"),
    (ASSETS, ("zhangwei", "张伟"), ("tangning", "唐宁"), "主任"),
    (SCHOOLS, ("zhoutao", "周涛"), ("luke", "卢克"), "局长"),
    (WATER, ("shenliang", "沈亮"), ("wenhai", "温海"), "局长"),
)
PEOPLE: tuple[Account, ...] = (
    *_LEADERS,
    *_OFFICE,
    *(
        account
        for unit, handler, head, title in _HANDLERS_AND_HEADS
        for account in (
            Account(*handler, unit, "承办人", Role.HANDLER),
            Account(*head, unit, title, Role.UNIT_HEAD),
        )
    ),
)


def demo_accounts() -> list[Account]:
    """Return every account of the demo; all have the one :data:`PASSWORD`."""
    return list(PEOPLE)
