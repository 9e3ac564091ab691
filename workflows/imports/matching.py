"""Which column of somebody's ledger is which field of ours."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from workflows.imports.columns import Column
from workflows.tables import Kind


class Field(StrEnum):
    """What a column of a ledger can hold."""

    NUMBER = "number"
    SOURCE = "source"
    BASIS = "basis"
    TITLE = "title"
    TARGET = "target"
    SPONSOR = "sponsor"
    LEAD = "lead"
    CO = "co"
    UNITS = "units"
    RESPONSIBLE = "responsible_person"
    CONTACT = "contact"
    ASSIGNED = "assigned_on"
    URGENCY = "urgency"
    LIMIT = "limit"
    PROGRESS = "progress"
    PROBLEMS = "problems"
    NEXT_STEPS = "next_steps"
    PERCENT = "percent"
    LIGHT = "light"
    REMARKS = "remarks"
    SESSION = "session"
    TYPE = "type"
    PROPOSERS = "proposers"
    HANDLING = "handling"
    MET = "met"
    REPLY_NUMBER = "reply_number"
    REPLY_CLASS = "reply_class"
    SATISFACTION = "satisfaction"
    DISCLOSURE = "disclosure"
    PROJECT_TYPE = "project_type"
    INVESTMENT = "investment"
    YEAR_PLAN = "year_plan"
    YEAR_DONE = "year_done"
    STARTS = "starts_on"
    ENDS = "ends_on"
    NODE = "node"


SYNONYMS: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        Field.NUMBER: ("督查编号", "编号", "文号", "督字号", "事项编号", "台账编号"),
        Field.SOURCE: ("事项来源", "来源", "任务来源", "督查来源"),
        Field.BASIS: ("交办依据", "依据", "批示内容", "批示", "督查依据", "立项依据", "来文"),
        Field.TITLE: (
            "督查事项", "事项", "事项名称", "任务名称", "工作任务", "督办事项", "内容", "督查内容",
            "重点工作", "项目名称", "案由", "建议标题", "提案标题",
        ),
        Field.TARGET: ("目标任务", "目标", "工作目标", "目标要求", "任务目标", "工作要求"),
        Field.SPONSOR: ("牵头领导", "责任领导", "分管领导", "市领导", "包联领导"),
        Field.LEAD: ("牵头单位", "主办单位", "责任单位牵头单位", "主责单位"),
        Field.CO: ("协办单位", "会办单位", "配合单位", "责任单位协办单位", "参与单位"),
        Field.UNITS: ("责任单位", "承办单位", "办理单位", "落实单位", "单位"),
        Field.RESPONSIBLE: ("责任人", "承办人", "负责人", "具体责任人"),
        Field.CONTACT: ("联系人", "联系电话", "电话", "联系方式"),
        Field.ASSIGNED: ("交办日期", "交办时间", "立项日期", "下达日期", "交办", "收文日期"),
        Field.URGENCY: ("紧急程度", "缓急", "急缓", "等级"),
        Field.LIMIT: (
            "完成时限", "时限", "答复时限", "答复期限", "办理时限", "办理期限", "办结时限",
            "办结期限", "完成期限", "期限", "完成时间", "截止日期", "截止时间",
        ),
        Field.PROGRESS: ("进展情况", "进展", "办理情况", "工作进展", "落实情况", "办理进展"),
        Field.PROBLEMS: ("存在问题", "问题", "困难问题"),
        Field.NEXT_STEPS: ("下步打算", "下一步", "下一步工作", "下步措施", "下一步措施"),
        Field.PERCENT: ("完成比例", "完成率", "进度", "完成百分比", "完成%", "完成年度计划"),
        Field.LIGHT: ("亮灯", "灯", "状态灯"),
        Field.REMARKS: ("备注", "说明"),
        Field.SESSION: ("届次", "会次", "会议届次"),
        Field.TYPE: ("类型", "建议类型", "类别"),
        Field.PROPOSERS: (
            "提出人", "提案人", "提案者", "领衔代表", "领衔人", "代表委员", "提出单位",
        ),
        Field.HANDLING: ("办理方式", "承办方式"),
        Field.MET: ("面商方式及日期", "面商情况", "面商", "面商方式", "沟通情况", "走访情况"),
        Field.REPLY_NUMBER: ("答复文号", "复函文号", "答复编号"),
        Field.REPLY_CLASS: ("办理结果分类", "办理结果", "答复类别", "结果分类", "分类"),
        Field.SATISFACTION: ("满意度", "满意情况", "代表委员意见", "反馈评价"),
        Field.DISCLOSURE: ("是否公开", "公开情况", "公开属性"),
        Field.PROJECT_TYPE: ("项目类型", "建设性质", "项目性质"),
        Field.INVESTMENT: ("总投资", "总投资额", "计划总投资", "概算总投资"),
        Field.YEAR_PLAN: ("年度计划投资", "年度计划", "本年计划投资", "当年计划投资"),
        Field.YEAR_DONE: ("累计完成投资", "完成投资", "年度完成投资", "本年完成投资"),
        Field.STARTS: ("开工日期", "开工时间", "实际开工"),
        Field.ENDS: ("计划竣工", "计划竣工日期", "竣工日期", "竣工时间", "计划完工"),
        Field.NODE: ("当前节点", "节点", "形象进度", "工程进度"),
    }
)  # fmt: skip
"""Names that offices give to their columns, without blanks and brackets."""

MARKS: Mapping[Kind, frozenset[Field]] = MappingProxyType(
    {
        Kind.PROPOSAL: frozenset({Field.PROPOSERS, Field.REPLY_CLASS, Field.SATISFACTION}),
        Kind.KEY_PROJECT: frozenset({Field.INVESTMENT, Field.YEAR_PLAN}),
    }
)
"""The fields that only a sheet for one kind of items has; any of them gives it away."""

_KNOWN = {name: field for field, names in SYNONYMS.items() for name in names}

Matching = Mapping[int, Field]


def field_of(title: str) -> Field | None:
    """Return the field that a heading means, by its whole name or by its last level."""
    levels = [_plain(level) for level in title.split("›")]
    return _KNOWN.get("".join(levels)) or _KNOWN.get(levels[-1])


def kind_of(fields: Iterable[Field]) -> Kind | None:
    """Return the kind of items that a sheet with these fields lists; a general one lists any."""
    found = frozenset(fields)
    return next((kind for kind, marks in MARKS.items() if found & marks), None)


def match(columns: Iterable[Column]) -> dict[int, Field]:
    """Match each column once; of two that mean the same field the first one has it."""
    found: dict[int, Field] = {}
    for column in columns:
        field = field_of(column.title)
        if field is not None and field not in found.values():
            found[column.place] = field
    return found


def _plain(title: str) -> str:
    text = unicodedata.normalize("NFKC", title)
    return re.sub(r"\(.*?\)|[\s:：]", "", text)
