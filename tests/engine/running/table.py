"""The table of what runs: each form with the test that proves it, or why it is refused.

``python -m tests.engine.running.table`` writes it to ``docs/what-runs.md``.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

from engine import MESSAGES, Problem, Registry
from engine.diagrams.gate import check
from tests.engine.conftest import House, registry_of
from tests.engine.forms import FORMS, PROCESS, SUB, Form
from tests.engine.forms.form import REFERRED
from tests.engine.running.proofs import proof_of

HERE: Final = Path(__file__).parents[3]
WRITTEN: Final = HERE / "docs" / "what-runs.md"
CATALOGUE: Final = HERE / "web" / "translations" / "zh_CN" / "flaws.po"
PROVED_BY: Final = "tests/engine/running/test_every_form.py::test_runs_as_bpmn_says"
HEAD: Final = f"""# 能画什么 What runs

这张表由测试写成：每种图元、事件、位置，要么能跑（写明由哪个测试证明），
要么不收（写明为什么、改用什么），没有第三种。
*This table is made by a test: every element, event and position either runs (with the test
that proves it) or is refused (with the reason, and what to draw instead). There is no third
state.*

能跑的，由下面这个测试里方括号中的一例证明：每一例走两遍，一遍全在内存里，
一遍每走一步就存盘再读回，两遍必须一模一样。更细的行为由同一目录下按主题分开的测试证明。
*What runs is proved by the case in brackets of the test below. Each case is played twice,
once in memory and once saved and read back after every step, and both must go the same way.
The finer behaviour is proved by the tests beside it, one file for each subject.*

`{PROVED_BY}`

重写本表 *to write it anew*: `python -m tests.engine.running.table`
"""
COLUMNS: Final = (
    "\n| 事件或标记 event or mark | 位置 position | 结果 verdict | 证明或原因 proof or reason |\n"
    "|---|---|---|---|\n"
)
ELEMENTS: Final = {
    "startEvent": "开始事件",
    "endEvent": "结束事件",
    "boundaryEvent": "边界事件",
    "intermediateCatchEvent": "中间捕获事件",
    "intermediateThrowEvent": "中间抛出事件",
    "task": "无类型任务",
    "userTask": "用户任务",
    "serviceTask": "服务任务",
    "businessRuleTask": "业务规则任务",
    "sendTask": "发送任务",
    "receiveTask": "接收任务",
    "manualTask": "手工任务",
    "scriptTask": "脚本任务",
    "callActivity": "调用活动",
    "subProcess": "子流程",
    "transaction": "事务",
    "adHocSubProcess": "即席子流程",
    "exclusiveGateway": "排他网关",
    "parallelGateway": "并行网关",
    "inclusiveGateway": "包容网关",
    "eventBasedGateway": "事件网关",
    "complexGateway": "复杂网关",
    "sequenceFlow": "顺序流",
    "dataObjectReference": "数据对象",
    "dataStoreReference": "数据存储",
    "textAnnotation": "文字注释",
    "group": "分组",
}
PLACES: Final = {
    PROCESS: "流程",
    SUB: "子流程",
    f"event sub-process of a {PROCESS}": "流程里的事件子流程",
    f"event sub-process of a {SUB}": "子流程里的事件子流程",
    "beside the flow": "流程之外",
}
EVENTS: Final = {
    "none": "普通",
    "message": "消息",
    "timer": "计时",
    "signal": "信号",
    "conditional": "条件",
    "error": "错误",
    "escalation": "升级",
    "link": "链接",
    "terminate": "终止",
    "compensate": "补偿",
    "cancel": "取消",
    "multiple": "多重",
    "plain": "不带标记",
    "parallel, a list": "并行多实例，按列表",
    "sequential, a list": "顺序多实例，按列表",
    "parallel, a number": "并行多实例，按次数",
    "sequential, a number": "顺序多实例，按次数",
    "parallel, with results": "并行多实例，收结果",
    "sequential, with results": "顺序多实例，收结果",
    "parallel, until": "并行多实例，有完成条件",
    "sequential, until": "顺序多实例，有完成条件",
    "loop, tested after": "循环，做完再判断",
    "loop, tested before": "循环，先判断再做",
    "loop, so many times": "循环，做若干次",
    "both marks": "两种标记",
    "a list and a number": "又按列表又按次数",
    "neither list nor number": "没有列表也没有次数",
    "a list without an item": "列表没有元素名",
    "results without an item": "结果没有元素名",
    "a negative number": "次数是负数",
    "half a number": "次数不是整数",
    "a loop without an end": "没有尽头的循环",
    "a loop of no times": "一次也不做的循环",
    "behaviour None": "行为 None",
    "behaviour One": "行为 One",
    "behaviour Complex": "行为 Complex",
    "for compensation": "用于补偿",
    "of two": "要两个令牌",
    "split and join": "分开与汇合",
    "one way": "一进一出",
    "events": "接事件",
    "receive tasks": "接接收任务",
    'eventGatewayType="Parallel"': "等齐所有事件",
    'instantiate="true"': "由它开始流程",
    "several": "几条",
    "conditional and default": "有条件与默认",
    "all conditional": "全部有条件",
    "default alone": "只有默认",
    "not immediate": "非即时",
    "beside the flow": "流程之外",
}
REFERRED_IN_CHINESE: Final = "定义写在外面"
BESIDE: Final = {None: "", True: "，打断 interrupting", False: "，不打断 non-interrupting"}


class Unproved(Exception):
    """The gate lets a form in, and nothing proves that it runs."""


def table() -> str:
    """Return the whole table, or say which form nothing proves."""
    registry = registry_of(House())
    chinese = _chinese()
    parts = [HEAD]
    ordered = sorted(FORMS, key=lambda form: list(ELEMENTS).index(form.element))
    for element, forms in groupby(ordered, key=lambda form: form.element):
        parts.append(f"\n## {ELEMENTS[element]} {element}\n{COLUMNS}")
        parts += [row(form, registry, chinese) for form in forms]
    return "".join(parts)


def row(form: Form, registry: Registry, chinese: dict[str, str]) -> str:
    """Return the row of one form."""
    refused = list(_reasons(form, registry))
    if not refused and proof_of(form) is None:
        raise Unproved(form.name)
    verdict = "不收 refused" if refused else "能跑 runs"
    why = "；".join(_worded(problem, chinese) for problem in refused) or f"`[{form.name}]`"
    what = f"{EVENTS[form.event]} {form.event}"
    return f"| {what} | {_place(form)} | {verdict} | {why} |\n"


def _reasons(form: Form, registry: Registry) -> Iterator[Problem]:
    """Yield what the gate has against a form, each reason once."""
    found = check(form.xml, replace(registry, self_starting=form.self_starting))
    yield from {problem.code: problem for problem in found if problem.refuses}.values()


def _worded(problem: Problem, chinese: dict[str, str]) -> str:
    english = MESSAGES[problem.code]
    facts = {name: EVENTS.get(str(fact), fact) for name, fact in problem.facts.items()}
    told = f"{chinese[english] % facts} *{english % problem.facts}*"
    return told.replace("|", "\\|")


def _place(form: Form) -> str:
    place, _, _ = form.position.partition(f", {REFERRED}")
    more = f"（{REFERRED_IN_CHINESE} {REFERRED}）" if form.position != place else ""
    house = "，自行开始的部署 in a self-starting house" if form.self_starting else ""
    named = PLACES.get(place) or ELEMENTS[place]
    return f"{named} {place}{more}{BESIDE[form.interrupting]}{house}"


def _chinese() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


if __name__ == "__main__":
    WRITTEN.write_text(table(), encoding="utf-8")
    sys.exit(0)
