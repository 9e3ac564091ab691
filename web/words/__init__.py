"""The domain's names in the reader's language; every table here is one list of words."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Protocol

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from web import moments
from web.i18n import ENGLISH, language
from web.words import accounts as account_words
from web.words import ladder as ladder_words
from web.words import moves as move_words
from web.words import tales, whys
from workflows.instructions import Asks
from workflows.ledger_filter import Family
from workflows.lights import Light
from workflows.limits import Use
from workflows.methods import Method
from workflows.tables import (
    AccountDeed,
    AssignmentState,
    ChangeDecision,
    ChangeKind,
    ChangeRequest,
    Channel,
    ClosedHow,
    ContactWay,
    Escalation,
    Handling,
    HeardBy,
    Item,
    ItemState,
    Kind,
    Likeness,
    LimitUnit,
    MessageState,
    Mode,
    Part,
    Period,
    ReplyClass,
    Role,
    Rung,
    Satisfaction,
    Source,
    StartEvent,
    StopCause,
    UnitKind,
    Urgency,
    Verdict,
)

ENUMS: dict[type[Enum], Mapping[Any, LazyString]] = {
    Light: {
        Light.GREEN: _l("On plan"),
        Light.YELLOW: _l("Due soon"),
        Light.RED: _l("Overdue"),
        Light.BLUE: _l("Not yet"),
        Light.DONE: _l("Closed"),
    },
    Urgency: {
        Urgency.FLASH: _l("Top urgent"),
        Urgency.URGENT: _l("Very urgent"),
        Urgency.PRESSING: _l("Urgent"),
        Urgency.NORMAL: _l("Normal"),
        Urgency.COMPLEX: _l("Complex"),
        Urgency.LONG_TERM: _l("Long-term"),
    },
    Kind: {
        Kind.INSTRUCTION: _l("Leader's instruction"),
        Kind.PROPOSAL: _l("Bill, suggestion or proposal"),
        Kind.KEY_PROJECT: _l("Key project"),
        Kind.DECISION: _l("Decision"),
    },
    Source: {
        Source.PROVINCIAL_INSTRUCTION: _l("Instruction of a provincial leader"),
        Source.CITY_INSTRUCTION: _l("Instruction of a city leader"),
        Source.WORK_REPORT_PROVINCE: _l("Provincial government work report"),
        Source.WORK_REPORT_CITY: _l("City government work report"),
        Source.LIVELIHOOD: _l("Key livelihood matter"),
        Source.EXECUTIVE_MEETING: _l("Executive meeting"),
        Source.MAYORS_COUNCIL: _l("Mayor's council"),
        Source.MAYORS_BRIEF_MEETING: _l("Mayor's brief meeting"),
        Source.COORDINATION_MEETING: _l("Special coordination meeting"),
        Source.INCENTIVES: _l("State Council incentives"),
        Source.CAMPAIGN: _l("Special campaign"),
        Source.KEY_PROJECT: _l("Key project"),
        Source.LIVELIHOOD_PROJECT: _l("Livelihood project"),
        Source.MAJOR_WORK: _l("Major work: relocation, rail, road"),
        Source.NPC_BILL: _l("Bill of the people's congress"),
        Source.NPC_SUGGESTION: _l("Suggestion of a delegate"),
        Source.CPPCC_PROPOSAL: _l("Proposal of the CPPCC"),
    },
    ItemState: {
        ItemState.REGISTERED: _l("Registered"),
        ItemState.OPEN: _l("Under way"),
        ItemState.CLOSED: _l("Closed"),
        ItemState.REFUSED: _l("Not opened"),
        ItemState.CANCELLED: _l("Cancelled"),
    },
    ClosedHow: {
        ClosedHow.DONE: _l("Finished"),
        ClosedHow.ADJUSTED: _l("Adjusted"),
        ClosedHow.CANCELLED: _l("Cancelled"),
    },
    AssignmentState: {
        AssignmentState.ASSIGNED: _l("To be acknowledged"),
        AssignmentState.OBJECTED: _l("Objected"),
        AssignmentState.HANDLING: _l("In hand"),
        AssignmentState.REPORTED: _l("To be signed"),
        AssignmentState.CONFIRMED: _l("To be reviewed"),
        AssignmentState.RETURNED: _l("Returned"),
        AssignmentState.ACCEPTED: _l("Accepted"),
        AssignmentState.RELEASED: _l("Released"),
    },
    Part: {
        Part.LEAD: _l("Lead"),
        Part.CO: _l("Co-unit"),
        Part.SEPARATE: _l("Replies separately"),
    },
    StartEvent: {
        StartEvent.OPENED: _l("the step opens"),
        StartEvent.REGISTERED: _l("the item is registered"),
        StartEvent.HANDED_OVER: _l("it is handed over"),
        StartEvent.ACKNOWLEDGED: _l("the unit signs for it"),
        StartEvent.CLOSED: _l("the item is closed"),
    },
    StopCause: {
        StopCause.OBJECTION: _l("while an objection is decided"),
        StopCause.CHANGE: _l("while a request for a change waits"),
        StopCause.REVIEW: _l("while the office reviews a report"),
        StopCause.SUSPENSION: _l("while the item is suspended"),
    },
    Period: {
        Period.WEEKLY: _l("Weekly"),
        Period.MONTHLY: _l("Monthly"),
        Period.QUARTERLY: _l("Quarterly"),
    },
    Channel: {
        Channel.MAIL: _l("Mail"),
        Channel.SMS: _l("SMS"),
        Channel.WEBHOOK: _l("Webhook"),
    },
    Mode: {
        Mode.AT_ONCE: _l("At once"),
        Mode.DAILY: _l("Once a day"),
        Mode.OFF: _l("Not at all"),
    },
    MessageState: {
        MessageState.WAITING: _l("Waiting"),
        MessageState.SENT: _l("Sent"),
        MessageState.KEPT: _l("Kept only"),
        MessageState.FAILED: _l("Failed"),
        MessageState.DROPPED: _l("Reader gone"),
    },
    Verdict: {Verdict.ACCEPTED: _l("Accepted"), Verdict.RETURNED: _l("Returned")},
    Role: {
        Role.HANDLER: _l("Handler"),
        Role.UNIT_HEAD: _l("Unit head"),
        Role.SUPERVISOR: _l("Supervisor"),
        Role.DIRECTOR: _l("Director"),
        Role.LEADER: _l("City leader"),
        Role.ADMINISTRATOR: _l("Administrator"),
        Role.AUDITOR: _l("Auditor"),
    },
    UnitKind: {
        UnitKind.GOVERNMENT: _l("Government"),
        UnitKind.OFFICE: _l("Supervision office"),
        UnitKind.DEPARTMENT: _l("Department"),
        UnitKind.COUNTY: _l("County, city or district"),
        UnitKind.LOWER: _l("Subordinate unit"),
    },
    Rung: {
        Rung.REMINDER: _l("Reminder"),
        Rung.URGE: _l("Urge"),
        Rung.NOTICE_BLUE: _l("Supervision notice, blue slip"),
        Rung.NOTICE_YELLOW: _l("Supervision notice, yellow slip"),
        Rung.NOTICE_RED: _l("Supervision notice, red slip"),
        Rung.INTERVIEW: _l("Interview of the unit's head"),
        Rung.CRITICISM: _l("Criticism in a circular (suggested)"),
        Rung.ACCOUNTABILITY: _l("Accountability (suggested)"),
    },
    Method: {
        Method.ON_SITE: _l("On site"),
        Method.WRITTEN: _l("In writing"),
        Method.TELEPHONE: _l("By telephone"),
        Method.THIRD_PARTY: _l("By a third party"),
        Method.UNANNOUNCED: _l("Unannounced"),
        Method.REMINDER: _l("Early reminder"),
        Method.RANKING: _l("Ranking"),
        Method.PRECISE: _l("Precise"),
        Method.HIGH_LEVEL: _l("High-level"),
        Method.POINT_TO_POINT: _l("Point-to-point"),
        Method.LOOK_BACK: _l("Look back"),
        Method.JOINT: _l("Joint"),
        Method.NEWS: _l("With the press"),
        Method.WECHAT: _l("By WeChat"),
        Method.SMS: _l("By SMS"),
        Method.ONLINE: _l("Online"),
        Method.STATIONED: _l("Stationed"),
        Method.SYSTEM: _l("In the system"),
    },
    ChangeKind: {
        ChangeKind.EXTEND: _l("Extend the limit"),
        ChangeKind.ADJUST: _l("Adjust the target"),
        ChangeKind.CANCEL: _l("Cancel the part"),
    },
    ChangeDecision: {
        ChangeDecision.CONSENTED: _l("consented"),
        ChangeDecision.DECLINED: _l("declined"),
        ChangeDecision.WITHDRAWN: _l("withdrawn"),
        ChangeDecision.LAPSED: _l("lapsed"),
    },
    Asks: {
        Asks.ACTION: _l("to be done (批办)"),
        Asks.READING: _l("to be read (批阅, 圈阅)"),
    },
    Likeness: {
        Likeness.DIFFERENT: _l("another matter"),
        Likeness.LINKED: _l("linked"),
    },
    Use: {
        Use.PART: _l("Limits of a unit's part"),
        Use.WINDOW: _l("Windows for objections"),
        Use.RHYTHM: _l("Rhythms of interim reports"),
        Use.STEP: _l("Steps"),
    },
    Handling: {
        Handling.LEAD_CO: _l("With co-units"),
        Handling.SEPARATE: _l("Separately"),
        Handling.SINGLE: _l("Alone"),
    },
    ContactWay: {
        ContactWay.VISIT: _l("Visit"),
        ContactWay.TALK: _l("Round table"),
        ContactWay.PHONE: _l("Telephone"),
        ContactWay.LETTER: _l("Letter"),
        ContactWay.ONLINE: _l("Online"),
    },
    ReplyClass: {
        ReplyClass.A: _l("A: solved"),
        ReplyClass.B: _l("B: under way or planned"),
        ReplyClass.C: _l("C: not now"),
        ReplyClass.D: _l("D: for reference"),
    },
    Satisfaction: {
        Satisfaction.SATISFIED: _l("Satisfied"),
        Satisfaction.BASICALLY: _l("Basically satisfied"),
        Satisfaction.DISSATISFIED: _l("Dissatisfied"),
        Satisfaction.NO_ANSWER: _l("No answer"),
    },
    HeardBy: {
        HeardBy.LINK: _l("by link"),
        HeardBy.PHONE: _l("by telephone"),
        HeardBy.PAPER: _l("on paper"),
        HeardBy.IMPORTED: _l("from the old ledger"),
    },
    Family: {
        Family.WHOLES: _l("Whole matters only"),
        Family.PARTS: _l("Parts of decisions only"),
    },
    LimitUnit: {
        LimitUnit.SAME_DAY: _l("Same day"),
        LimitUnit.WORKING_DAYS: _l("Working days"),
        LimitUnit.NATURAL_DAYS: _l("Natural days"),
        LimitUnit.MONTHS: _l("Months"),
    },
}

ENUMS.update(ladder_words.ENUMS)
ENUMS[AccountDeed] = account_words.DEEDS

RETURNED = _l("Returned")
BEHIND = _l("Behind")

STEPS: dict[str, LazyString] = {
    "register": _l("Register"),
    "approve": _l("Approve opening"),
    "assign": _l("Assign"),
    "decompose": _l("Break down"),
    "resolve": _l("Settle what differs"),
    "acknowledge": _l("Acknowledge"),
    "objection": _l("Decide on an objection"),
    "report": _l("Report"),
    "confirm": _l("Sign a report"),
    "review": _l("Review a report"),
    "endorse_change": _l("Sign a request for a change"),
    "advise_change": _l("Advise on a change"),
    "consent": _l("Decide on a change"),
    "instruct": _l("Leader's opinion"),
    "revisit": _l("Revisit"),
    "conclusion": _l("Decide on a conclusion"),
    "approve_rung": _l("Approve a rung"),
    "hold_interview": _l("Interview"),
    "evidence": _l("Give evidence"),
    "endorse_suggestion": _l("Examine a suggestion"),
    "approve_suggestion": _l("Approve a suggestion"),
    "hand_over": _l("Hand over a suggestion"),
    "record_outcome": _l("Record an outcome"),
    "close": _l("Close"),
    "supervise": _l("Weekly supervision"),
    "acceptance": _l("Acceptance of a project"),
    "contact": _l("Talk with the proposers"),
    "opinion": _l("Give an opinion"),
    "reply": _l("Reply"),
    "review_reply": _l("Review a reply"),
    "sign_reply": _l("Sign a reply"),
    "satisfaction": _l("Ask for the ratings"),
    "promise": _l("Keep a promise"),
    "form": _l("Fill in a form"),
}
"""What somebody does at a step: headings and filters."""

DEEDS: dict[str, LazyString] = {
    "register": _l("Register"),
    "approve": _l("Examine"),
    "assign": _l("Assign"),
    "decompose": _l("Break down"),
    "resolve": _l("Settle"),
    "acknowledge": _l("Acknowledge"),
    "objection": _l("Decide"),
    "report": _l("Report"),
    "confirm": _l("Sign"),
    "review": _l("Review"),
    "endorse_change": _l("Sign"),
    "advise_change": _l("Advise"),
    "consent": _l("Decide"),
    "instruct": _l("Give opinion"),
    "revisit": _l("Record revisit"),
    "conclusion": _l("Decide"),
    "approve_rung": _l("Decide"),
    "hold_interview": _l("Record"),
    "evidence": _l("Give evidence"),
    "endorse_suggestion": _l("Examine"),
    "approve_suggestion": _l("Decide"),
    "hand_over": _l("Hand over"),
    "record_outcome": _l("Record"),
    "close": _l("Close"),
    "supervise": _l("Record findings"),
    "acceptance": _l("Decide"),
    "contact": _l("Record"),
    "opinion": _l("Give opinion"),
    "reply": _l("Reply"),
    "review_reply": _l("Review"),
    "sign_reply": _l("Sign"),
    "satisfaction": _l("Settle"),
    "promise": _l("Tell"),
    "form": _l("Fill in"),
}
"""The one word of the button that leads to a step's form."""

CHECKS: dict[str, LazyString] = {
    "measures_done": _l("Measures carried out"),
    "problem_solved": _l("Problem solved"),
    "target_reached": _l("Target reached"),
}
"""The three no-let-goes."""


class Numbered(Protocol):
    """Anything that may have a document number."""

    @property
    def number(self) -> str:
        """Its number, or nothing while there is none."""


class NamedInBoth(Protocol):
    """Anything that the diagram names in both languages."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def name_en(self) -> str:
        """What it is called in English."""


def word(value: object) -> str:
    """Return the reader's word for a value of one of the domain's lists."""
    if value is None:
        return ""
    if isinstance(value, Enum) and type(value) in ENUMS:
        return str(ENUMS[type(value)][value])
    return str(value)


def light_word(colour: str) -> str:
    """Return the word that stands beside a light."""
    return word(Light(colour))


def light_more(light: Light, days_left: int | None) -> str:
    """Return the distance that stands beside a light's word."""
    if days_left is None or light in (Light.DONE, Light.BLUE):
        return ""
    if days_left < 0 and light is not Light.RED:
        return ""  # its report came in time and is being reviewed
    if light is Light.RED and days_left >= 0:
        return ""  # behind its own plan, long before its limit
    if light is Light.RED:
        return whys.span_words(-days_left, "working_days")
    if days_left == 0:
        return _("today")
    return ngettext("%(num)d working day left", "%(num)d working days left", days_left)


def is_behind(light: Light, item: Item, days_left: int | None) -> bool:
    """Say whether an item's own plan, and not its limit, gives it its light."""
    if light is Light.RED:
        return days_left is None or days_left >= 0
    turned = item.plan_yellow_on
    return light is Light.YELLOW and turned is not None and turned <= moments.today()


def step_word(step: str) -> str:
    """Return what a step is called."""
    return _from(STEPS, step)


def deed_word(step: str) -> str:
    """Return the word of the button that leads to a step."""
    return _from(DEEDS, step)


def method_word(method: str) -> str:
    """Return a method of supervision."""
    return word(Method(method))


def name_of(row: NamedInBoth) -> str:
    """Return what the diagram calls something, in the reader's language."""
    return row.name_en or row.name if language() == ENGLISH else row.name


def step_name(facts: Mapping[str, Any]) -> str:
    """Return what a step was called when a fact about it was written down."""
    name = facts.get("step_en") if language() == ENGLISH else facts.get("step")
    return str(name or facts.get("step") or "")


def rule_words(rung: Escalation) -> str:
    """Tell which row of the table has caused a rung."""
    return ladder_words.rule_words(rung, ENUMS[Kind], ENUMS[Urgency])


def docno(row: Numbered) -> str:
    """Write a document number, 督字〔2019〕12号 or 督字〔2019〕12号-3; say if there is none yet."""
    return row.number or str(_l("no number yet"))


def _from(table: Mapping[str, LazyString], name: str) -> str:
    return str(table.get(name, name))


def change_state(request: ChangeRequest) -> str:
    """Say what became of a request for a change, or for whom it waits."""
    if request.decision is not None:
        return word(request.decision)
    if request.advised_at is not None:
        return _("waits for the leader")
    if request.endorsed_at is not None:
        return _("waits for the supervision office")
    return _("waits for the head of the unit")


FILTERS = {
    "word": word,
    "light_word": light_word,
    "step_word": step_word,
    "deed_word": deed_word,
    "method_word": method_word,
    "limit_word": whys.limit_words,
    "due_words": whys.due_words,
    "is_provisional": whys.is_provisional,
    "moved_because": whys.moved_because,
    "stop_cause": whys.stop_cause,
    "why_words": whys.why_words,
    "rung_name": ladder_words.rung_name,
    "slip_colour": ladder_words.slip_colour,
    "suggested_word": ladder_words.suggested_word,
    "rule_words": rule_words,
    "tale": tales.tale,
    "pin": tales.pin,
    "name_of": name_of,
    "day_name": move_words.day_name,
    "change_state": change_state,
    "step_name": step_name,
    "docno": docno,
    "day": moments.day_words,
    "short_day": moments.short_day,
    "long_day": moments.long_day,
    "text_day": moments.text_day,
    "iso_day": moments.iso_day,
    "weekday": moments.weekday,
    "clock_time": moments.clock_time,
    "moment": moments.moment,
    "recently": moments.recently,
    "distance": moments.distance,
    "list_words": moments.list_words,
}


def register(app: Flask) -> None:
    """Teach the templates these words."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        behind_word=BEHIND,
        is_behind=is_behind,
        light_more=light_more,
        today=moments.today,
        space=moments.space,
        span_words=whys.span_words,
    )
