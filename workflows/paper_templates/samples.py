"""A made-up paper from a template, for its preview."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from workflows.documents import Form, Paper
from workflows.figures import FIGURES, Measured
from workflows.paper_templates.content import filled, put
from workflows.paper_templates.known import Template

VALUES = MappingProxyType(
    {
        "span": "2019年8月份",
        "first_day": "2019年8月1日",
        "last_day": "2019年8月31日",
        "year": "2019",
        "office": "云川市人民政府督查室",
        "matter": "新能源汽车产业园手续办理",
        "item": "督字〔2019〕4号　新能源汽车产业园手续办理",
        "basis": "市政府2019年第8次常务会议",
        "target": "取得施工许可证",
        "due_on": "2019年8月15日",
        "days_overdue": "6",
        "demand": "请于期限内书面反馈办理进展、未办结原因和下一步措施。",
        "answer_by": "2019年9月4日",
        "approver": "张明",
        "session": "市十四届人大二次会议",
        "proposal_number": "123",
        "proposal_kind": "建议",
        "proposal_title": "关于贯通文化路的建议",
        "reply": "文化路剩余三户的搬迁协议已经签订，年底前全线通车。",
        "contact": "李文　0374-1234567",
        "next_year": "2020",
        "city_short": "云川",
        "newspaper": "云川日报社",
        "television": "云川电视台",
        "wechat_group": "云川市政府督查工作微信群",
        "assessment_rules": "云川市政府系统督促检查工作考核评比办法",
        "stations": "监狱整体搬迁和文化路贯通",
        "followed": "国企改革攻坚、新能源汽车产业园手续办理",
        "honours": "全市督查工作先进单位",
        "bases": "《云川市重大督查事项办理效能过错责任追究办法》",
    }
)
NUMBERS = MappingProxyType(
    {Form.LETTER: "云交函〔2019〕12号", Form.NOTICE: "督查通知〔2019〕第3期"}
)
FIGURE, RATE = "47", "61.4%"
"""What stands in a preview for a figure."""


def sample(template: Template) -> Paper:
    """Return a paper that shows a template: made-up values, its blanks still open."""
    kind, sketch = template.kind, template.sketch
    values = {**VALUES, **dict(_figures())}
    letter = kind.form is Form.LETTER
    organ = "云川市交通运输局" if letter else VALUES["office"]
    words = {
        "head": sketch.head or kind.head or organ,
        "label": sketch.label,
        "number": NUMBERS.get(kind.form, "〔2019〕第9期"),
        "organ": organ,
        "title": put(sketch.title, values) or "关于有关事项的通知",
        "addressee": put(sketch.addressee, values) or ("李晓代表" if letter else "市交通运输局"),
        "signature": organ,
        "printer": organ,
    }
    placed: dict[str, Any] = {name: said for name, said in words.items() if name in sketch.elements}
    paper = Paper(form=kind.form, title="", ink=kind.ink, blocks=filled(template, values))
    return replace(paper, issued_on=date(2019, 9, 3), **placed)


def _figures() -> Iterator[tuple[str, str]]:
    for name, figure in FIGURES.items():
        yield name, RATE if figure.measured is Measured.PERCENT else FIGURE
