"""The scores of the assessment 考评 as a decision table: domain section 9, to be edited."""

from engine import DecisionTable
from workflows import rule_tables
from workflows.rule_tables import Shape, asks, gives

PARTS = ("lead", "co")
PER = ("once", "day")

DEFAULT = (
    ("base", None, 100, "once", None, "每季度基础分"),
    ("finished_on_time", None, 1, "once", None, "按期办结"),
    ("praised_by_leader", None, 1, "once", None, "领导肯定性批示"),
    ("praised_in_circular", "lead", 1, "once", None, "通报表扬，主办"),
    ("praised_in_circular", "co", 0.5, "once", None, "通报表扬，协办"),
    ("late_report", None, -0.1, "day", 1, "反馈迟报，每天，最多扣 1 分"),
    ("missing_report", None, -10, "once", None, "未反馈"),
    ("empty_report", None, -5, "once", None, "反馈无实质内容"),
    ("returned_report", None, -2, "once", None, "反馈被退回或不实"),
    ("red_slip", None, -2, "once", None, "红色督查通知"),
    ("criticised_in_circular", "lead", -1, "once", None, "通报批评，主办"),
    ("criticised_in_circular", "co", -0.5, "once", None, "通报批评，协办"),
    ("overdue_instruction", None, -2, "once", None, "批示超期"),
    ("revisit_failed", None, -5, "once", None, "回访未解决，并收回该事项已得分"),
    ("praise_national", None, 2, "once", None, "国家级表彰，附文件"),
    ("praise_province", None, 1, "once", None, "省级表彰，附文件"),
    ("praise_city", None, 0.5, "once", None, "市级表彰，附文件"),
)
"""Event, part, points, for each what, at most how many, and what it is."""

EVENTS = tuple(dict.fromkeys(row[0] for row in DEFAULT))

SHAPE = Shape(
    "scores",
    "考评分值",
    rule_tables.UNIQUE,
    (
        asks("event", "事由", EVENTS),
        asks("part", "参与方式", PARTS),
        gives("points", "分值", "number"),
        gives("per", "怎么计", allowed=PER),
        gives("most", "最多", "number"),
    ),
    frozenset({"most"}),
)


def default_table() -> DecisionTable:
    """Return the table as it is before anybody changed it."""
    rows = [
        ({"event": event, "part": part, "points": points, "per": per, "most": most}, note)
        for event, part, points, per, most, note in DEFAULT
    ]
    return rule_tables.table_of(SHAPE, rows)
