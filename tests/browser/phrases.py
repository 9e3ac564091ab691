"""What the pages of an instruction say, in Chinese and in English, for the players to look for."""

from typing import NamedTuple, TypeAlias

ZH, EN = "zh-CN", "en"
"""The two languages, as a page names its own."""

Phrase: TypeAlias = dict[str, str]


class Form(NamedTuple):
    """What a form is called, a sentence of what it asks, and the button that sends it."""

    name: Phrase
    asks: Phrase
    sends: Phrase


def both(zh: str, en: str) -> Phrase:
    """Say the same in both languages."""
    return {ZH: zh, EN: en}


def done(form: Form) -> Phrase:
    """Return what is said once a step is done."""
    return both(f"“{form.name[ZH]}”办好了", f"{form.name[EN]}: done")


NEW = Form(
    both("登记立项", "Register an item"),
    both("做到什么程度算办成了？", "By what can it be seen that it is done?"),
    both("登记立项", "Register"),
)
REGISTER = Form(
    both("登记立项", "Register"),
    both("事项从哪里来。", "Where the matter comes from."),
    both("登记", "Register"),
)
APPROVE = Form(
    both("立项审批", "Approve"),
    both(
        "退回修改、不予立项时必填，督查员看得到。",
        "Needed to return or refuse it; the supervisor reads it.",
    ),
    both("批准立项", "Approve"),
)
ASSIGN = Form(
    both("交办", "Assign"),
    both(
        "对整件事负责，它的时限就是事项的时限。",
        "It answers for the whole; its limit is the item's.",
    ),
    both("交办", "Assign"),
)
ACKNOWLEDGE = Form(
    both("签收", "Acknowledge"),
    both(
        "有不清楚的地方，督查室找谁问。",
        "The person in your unit who is asked when something is unclear.",
    ),
    both("签收", "Acknowledge"),
)
REPORT = Form(
    both("反馈", "Report"),
    both(
        "报办结，督查室就按三条一起审核。",
        "A final report says that the work is done: the office judges it by all three checks.",
    ),
    both("报主要领导签字", "Submit for signature"),
)
SIGN = Form(
    both("签字确认", "Sign"),
    both(
        "您签字以后，反馈才算数，由本单位负责。",
        "With your signature the report counts, and your unit answers for it.",
    ),
    both("签字", "Sign"),
)
REVIEW = Form(
    both("审核反馈", "Review"),
    both("亲眼看到或者有材料佐证的才打勾。", "Tick what you have seen yourself or on paper."),
    both("通过", "Accept"),
)
URGE = Form(
    both("催办", "Urge"),
    both(
        "各单位同时会收到系统通知，何时打开您看得到。",
        "Each unit gets a message here as well; you see when it is opened.",
    ),
    both("催办", "Urge"),
)
CHANGE = Form(
    both("申请变更", "Ask for a change"),
    both(
        "单位领导签字、督查室转报、市领导审批；在此之前一切照旧。",
        "The unit's head signs, the supervision office passes it on, the leader decides.",
    ),
    both("申请变更", "Ask for a change"),
)
ENDORSE = Form(
    both("签署变更申请", "Sign the request"),
    both(
        "签字后即为本单位的申请，单位对所写内容负责。",
        "With your signature the unit asks for it, and answers for what it says.",
    ),
    both("签字", "Sign"),
)
ADVISE = Form(
    both("变更初审", "Advise on the change"),
    both("请领导知道什么，或者为什么不转报。", "What the leader should know, or why you decline."),
    both("报领导审批", "Pass on"),
)
CONSENT = Form(
    both("审批变更", "Decide on the change"),
    both("不同意时必填。", "Needed if you don't consent."),
    both("同意", "Consent"),
)
SLIP = Form(
    both("审批督查通知", "Approve the supervision notice"),
    both("签发时才编号。", "The slip gets its number only when it is issued."),
    both("同意", "Approve"),
)
INSTRUCT = Form(
    both("呈报阅示", "Present the result"),
    both(
        "有新批示请写明内容，督查室会再次交办。",
        "A new instruction needs words; it is handed out like the first one.",
    ),
    both("没有新批示", "No new instruction"),
)
REVISIT = Form(
    both("回访核实", "Revisit"),
    both("在哪里、什么时候、看到什么、问了谁。", "What you saw, where, when, and whom you asked."),
    both("真正解决", "Really solved"),
)
CLOSE = Form(
    both("销号", "Close"),
    both(
        "销号以后不再列入在办台账，全部经过仍然可查。",
        "Closing strikes the item off the ledger of what is open.",
    ),
    both("销号", "Close"),
)

REGISTERED = both("已登记。", "The item is registered.")
URGED = both("已催办1个单位。", "1 unit is urged.")
ASKED = both(
    "变更已申请，先由单位领导签字。", "The change is asked for; the unit's head signs first."
)

MISSING = both("请填写。", "Please fill this in.")
WHY = both("请写明理由。", "Please write the reason.")
SHARE = both("请填0到100之间的数。", "Please write a number from 0 to 100.")
UNMET = both("三条里有一条没有做到", "One of the three checks is missing")
EARLIER = both("新时限没有往后", "The new limit isn't later")

QUICKLY = both("3个工作日", "3 working days")
USUALLY = both("15个自然日", "15 natural days")
UNOPENED = both("还没有打开", "not opened yet")
FIRST_LIMIT = both("原时限", "first limit")
LATE = both("逾期", "Overdue")
BLUE_SLIP = both("督查通知（蓝单）", "Supervision notice, blue slip")
REOPENED = both("原号重办1次", "re-opened once")
CLOSED = both("已销号", "Closed")
