"""What a step is told, from a page's form or from JSON alike: one shape per verb."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, fields, post_load, pre_load, validate

from workflows.imports.matching import Field
from workflows.instructions import Asks
from workflows.methods import Method
from workflows.reviews import FAULTS
from workflows.revisits import Answer, Mark
from workflows.tables import (
    ChangeKind,
    Handling,
    Kind,
    LimitUnit,
    Mode,
    Part,
    Period,
    Role,
    Rung,
    Source,
    StartEvent,
    StopCause,
    UnitKind,
    Urgency,
)

NAME = 80
LINE = 200
TEXT = 10_000

MISSING = lazy_gettext("Please fill this in.")
WRONG_KIND = lazy_gettext("This is of the wrong kind.")
NOT_ASKED = lazy_gettext("This isn't asked here.")
NOT_OFFERED = lazy_gettext("Please choose one of those offered.")
TOO_LONG = lazy_gettext("At most {max} characters.")
OUT_OF_RANGE = lazy_gettext("Please write a number from {min} to {max}.")
INVALID: dict[type[fields.Field[Any]], Any] = {
    fields.Date: lazy_gettext("Please write a date like 2020-03-02."),
    fields.Integer: lazy_gettext("Please write a whole number."),
    fields.Boolean: lazy_gettext("Please choose yes or no."),
}


UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that neither PostgreSQL nor a Word file can hold, and that nobody can read."""


class Worded(dict[str, Any]):
    """Messages that become words when one is asked for, in the language of that moment."""

    def __getitem__(self, key: str) -> str:
        """Return the words; marshmallow takes nothing but a true string."""
        return str(super().__getitem__(key))


class Shape(Schema):
    """What is sent to one verb: plain, trimmed text, empty answers left out, mistakes worded."""

    error_messages = {"unknown": NOT_ASKED, "type": WRONG_KIND}  # noqa: RUF012 - marshmallow's

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Word a field's mistakes in the reader's language."""
        del field_name
        invalid = INVALID.get(type(field_obj), WRONG_KIND)
        worded = {"required": MISSING, "null": MISSING, "type": WRONG_KIND, "invalid": invalid}
        field_obj.error_messages = Worded({**field_obj.error_messages, **worded})

    @pre_load
    def trim(self, sent: object, **_: object) -> object:
        """Strip every text; an empty answer to anything but a text counts as none."""
        if not isinstance(sent, Mapping):
            return sent
        trimmed = {
            key: UNWRITABLE.sub("", value).strip() if isinstance(value, str) else value
            for key, value in sent.items()
        }
        return {key: value for key, value in trimmed.items() if value != "" or self._is_text(key)}

    def _is_text(self, key: str) -> bool:
        return isinstance(self.fields.get(key), fields.String)


def name() -> fields.String:
    """Return a field for somebody's name."""
    return _words(NAME, required=False)


def line(*, required: bool = False) -> fields.String:
    """Return a field for one line of text."""
    return _words(LINE, required=required)


def text(*, required: bool = False) -> fields.String:
    """Return a field for a text of several lines."""
    return _words(TEXT, required=required)


def _words(most: int, *, required: bool) -> fields.String:
    limits: list[validate.Validator] = [validate.Length(max=most, error=TOO_LONG)]
    if required:
        limits.append(validate.Length(min=1, error=MISSING))
        return fields.String(required=True, validate=limits)
    return fields.String(load_default="", validate=limits)


def choice(*values: str) -> fields.String:
    """Return a field for one of a few answers that must be given."""
    return fields.String(required=True, validate=validate.OneOf(values, error=NOT_OFFERED))


def member(
    kind: type[StrEnum], *, required: bool = False, default: StrEnum | None = None
) -> fields.Enum[StrEnum]:
    """Return a field for one of the domain's named values."""
    words: dict[str, Any] = {"unknown": NOT_OFFERED}
    if required:
        return fields.Enum(kind, by_value=fields.String, required=True, error_messages=words)
    return fields.Enum(kind, by_value=fields.String, load_default=default, error_messages=words)


def row(*, required: bool = False) -> fields.Integer:
    """Return a field for the number of a unit, post or other row."""
    limits = validate.Range(min=1, error=NOT_OFFERED)
    if required:
        return fields.Integer(required=True, validate=limits)
    return fields.Integer(load_default=None, allow_none=True, validate=limits)


def _hour() -> fields.Integer:
    """Return a field for an hour of the day, or nothing."""
    limits = validate.Range(min=0, max=23, error=NOT_OFFERED)
    return fields.Integer(load_default=None, allow_none=True, validate=limits)


def percent() -> fields.Integer:
    """Return a field for how much is done."""
    limits = validate.Range(min=0, max=100, error=OUT_OF_RANGE)
    return fields.Integer(required=True, validate=limits)


class Signatory(Shape):
    """One of those who made a proposal."""

    name = _words(NAME, required=True)
    contact = fields.String(load_default="", validate=validate.Length(max=120, error=TOO_LONG))
    email = fields.String(load_default="", validate=validate.Length(max=200, error=TOO_LONG))
    phone = fields.String(load_default="", validate=validate.Length(max=40, error=TOO_LONG))


class ProposalDetails(Shape):
    """What a proposal says beside an item's own fields; its first proposer leads."""

    session = _words(60, required=True)
    number = _words(40, required=True)
    proposers = fields.List(
        fields.Nested(Signatory),
        required=True,
        validate=validate.Length(min=1, max=200, error=MISSING),
    )
    handling = member(Handling, default=Handling.LEAD_CO)


class LeaderWords(Shape):
    """What another leader wrote on the same paper."""

    post_id = row(required=True)
    words = text(required=True)
    given_on = fields.Date(load_default=None, allow_none=True)
    differs = fields.Boolean(load_default=False)


class InstructionDetails(Shape):
    """What an instruction asks for, when it was given, and what others wrote on the paper."""

    asks = member(Asks, default=Asks.ACTION)
    given_on = fields.Date(load_default=None, allow_none=True)
    others = fields.List(
        fields.Nested(LeaderWords), load_default=list, validate=validate.Length(max=10)
    )


class DecisionDetails(Shape):
    """The meeting that took a decision, or the document that it stands in."""

    meeting = name()
    held_on = fields.Date(load_default=None, allow_none=True)
    document = line()


class Registration(Shape):
    """An item as it is registered; the answer "secret" stops it."""

    secret = fields.Boolean(required=True)
    title = line(required=True)
    source = member(Source, required=True)
    instructing_post_id = row()
    basis = text(required=True)
    target = text()
    urgency = member(Urgency, required=True)
    planned_due_on = fields.Date(load_default=None, allow_none=True)
    reporting_period = member(Period)
    sponsor_post_id = row()
    responsible_person = name()
    contact = name()
    remarks = text()
    revisit_asked = fields.Boolean(load_default=False)
    proposal = fields.Nested(ProposalDetails, load_default=None, allow_none=True)
    key_project = fields.Nested(
        "web.project_shapes.ProjectFields", load_default=None, allow_none=True
    )
    instruction = fields.Nested(InstructionDetails, load_default=None, allow_none=True)
    decision = fields.Nested(DecisionDetails, load_default=None, allow_none=True)
    secret_checked = fields.Boolean(load_default=False)


class Plan(Shape):
    """What supervision is to look at: content, units, scope, methods, dates."""

    content = text()
    scope = text()
    methods = fields.List(
        fields.String(validate=validate.OneOf(tuple(Method), error=NOT_OFFERED)),
        load_default=list,
        validate=validate.Length(max=20),
    )
    from_on = fields.Date(load_default=None, allow_none=True)
    until_on = fields.Date(load_default=None, allow_none=True)
    unit_ids = fields.List(fields.Integer(), load_default=list, validate=validate.Length(max=100))


class LookAlike(Shape):
    """What is said to an open item that looks alike."""

    item_id = row(required=True)
    answer = choice("different", "linked", "join")
    reason = text()


class Opening(Registration):
    """A registration with what is asked before: its plan, and the look-alikes answered."""

    plan = fields.Nested(Plan, load_default=None, allow_none=True)
    look_alikes = fields.List(
        fields.Nested(LookAlike), load_default=list, validate=validate.Length(max=20)
    )


class Resolution(Shape):
    """What holds where leaders' words differ, or the question to the principal leader."""

    outcome = choice("settle", "refer")
    words = text(required=True)


class Approval(Shape):
    """The director's answer to a registration."""

    outcome = choice("approve", "return", "refuse")
    reason = text()


class UnitTask(Shape):
    """One unit's part of an item; without a date the limit's table says it."""

    unit_id = row(required=True)
    due_on = fields.Date(load_default=None, allow_none=True)


class Handover(Shape):
    """To which units an item goes."""

    lead = fields.Nested(UnitTask, required=True)
    co = fields.List(fields.Nested(UnitTask), load_default=list, validate=validate.Length(max=500))


class BreakdownRow(Shape):
    """One row of a breakdown; what is missing is told by row and field, with every other hole."""

    title = line()
    target = text()
    sponsor_post_id = row()
    lead_unit_id = row()
    co_unit_ids = fields.List(
        fields.Integer(), load_default=list, validate=validate.Length(max=100)
    )
    responsible_person = name()
    due_on = fields.Date(load_default=None, allow_none=True)
    weight = fields.Integer(load_default=1)


class Breakdown(Shape):
    """A decision's parts, each with its leader, unit, person and limit."""

    rows = fields.List(
        fields.Nested(BreakdownRow), required=True, validate=validate.Length(max=200)
    )


class PartShare(Shape):
    """How far a part has come, by the task that asks for its report."""

    task_id = fields.UUID(required=True)
    percent = percent()
    final = fields.Boolean(load_default=False)


class CommonReport(Shape):
    """One text for several of a unit's parts, each with its own share."""

    parts = fields.List(fields.Nested(PartShare), required=True, validate=validate.Length(max=100))
    progress = text(required=True)
    problems = text()
    next_steps = text()


class Acknowledgement(Shape):
    """A unit's receipt."""

    responsible_person = name()


class Objection(Shape):
    """A unit says that it isn't the right addressee."""

    reason = text(required=True)
    belongs_to_id = row()


class ObjectionDecision(Shape):
    """The office's answer to an objection."""

    decision = choice("insist", "reassign", "release")
    reason = text()
    unit_id = row()


class Report(Shape):
    """A unit's report, with the papers that it kept for it before."""

    final = fields.Boolean(required=True)
    progress = text(required=True)
    problems = text()
    next_steps = text()
    percent = percent()
    paper_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=50))


class Confirmation(Shape):
    """The unit head's signature, or why not."""

    sign = fields.Boolean(required=True)
    reason = text()


class Review(Shape):
    """The three no-let-goes and the verdict."""

    verdict = choice("accepted", "returned")
    measures_done = fields.Boolean(required=True)
    problem_solved = fields.Boolean(required=True)
    target_reached = fields.Boolean(required=True)
    reason = text()
    fault = fields.String(load_default="", validate=validate.OneOf(FAULTS, error=NOT_OFFERED))


class LeaderDecision(Shape):
    """What the instructing leader says to the result."""

    new_instruction = fields.Boolean(required=True)
    opinion = text()


class Endorsement(Shape):
    """A head's answer to a change that the unit asks for."""

    endorse = fields.Boolean(required=True)
    reason = text()


class Advice(Shape):
    """The office's answer to a change: passed on to the leader, or declined."""

    pass_on = fields.Boolean(required=True)
    opinion = text()


class Consent(Shape):
    """A leader's answer to a change asked for."""

    consent = fields.Boolean(required=True)
    opinion = text()


class VisitAnswer(Shape):
    """A line of a visit's checklist; one that nobody looked at is not applicable."""

    mark = member(Mark, default=Mark.NA)
    note = line()

    @post_load
    def as_answer(self, said: dict[str, Any], **_: object) -> Answer:
        """Return what the verb takes."""
        return Answer(**said)


class Revisit(Shape):
    """What a revisit found."""

    method = choice(*Method)
    findings = text(required=True)
    solved = fields.Boolean(required=True)
    answers = fields.List(
        fields.Nested(VisitAnswer), load_default=list, validate=validate.Length(max=30)
    )
    paper_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=50))


class Guest(Shape):
    """Somebody from elsewhere on a team."""

    organisation = name()
    name = name()


class VisitPlan(Shape):
    """How, when and by whom an item is to be visited."""

    method = choice(*Method)
    planned_on = fields.Date(required=True)
    team = fields.List(row(required=True), load_default=list, validate=validate.Length(max=50))
    guests = fields.List(fields.Nested(Guest), load_default=list, validate=validate.Length(max=50))


class ConclusionObjection(Shape):
    """A unit's objection to what a visit concluded."""

    assignment_id = row(required=True)
    reason = text(required=True)


class ConclusionDecision(Shape):
    """What somebody who wasn't there decides about an objection."""

    upheld = fields.Boolean(required=True)
    opinion = text(required=True)


class Sample(Shape):
    """From which closed items a sample is drawn, and of how many."""

    since = fields.Date(required=True)
    until = fields.Date(required=True)
    kinds = fields.List(member(Kind), load_default=list)
    size = row(required=True)


class FormAnswers(Shape):
    """The answers to a step of type ``form``; the domain checks them by its fields."""

    values = fields.Dict(keys=fields.String(), load_default=dict)
    outcome = fields.String(load_default=None, allow_none=True)


class DrawnColumn(Shape):
    """A column of a form's table, as the editor of diagrams draws it."""

    key = fields.String(load_default="", validate=validate.Length(max=200))
    type = fields.String(load_default="text", validate=validate.Length(max=40))
    label = fields.String(load_default="", validate=validate.Length(max=200))
    label_en = fields.String(load_default="", validate=validate.Length(max=200))
    required = fields.Boolean(load_default=False)
    options = fields.String(load_default="", validate=validate.Length(max=4000))
    options_en = fields.String(load_default="", validate=validate.Length(max=4000))


class DrawnField(DrawnColumn):
    """A field of a form, as the editor of diagrams draws it."""

    help = fields.String(load_default="", validate=validate.Length(max=1000))
    help_en = fields.String(load_default="", validate=validate.Length(max=1000))
    visible_if = fields.String(load_default="", validate=validate.Length(max=2000))
    columns = fields.List(
        fields.Nested(DrawnColumn), load_default=list, validate=validate.Length(max=50)
    )


class DrawnForm(Shape):
    """A form that is being drawn, and what was typed into its preview."""

    form = fields.List(
        fields.Nested(DrawnField),
        data_key="fields",
        load_default=list,
        validate=validate.Length(max=100),
    )
    typed = fields.List(
        fields.Tuple((fields.String(), fields.String())),
        load_default=list,
        validate=validate.Length(max=5000),
    )


class Urge(Shape):
    """A reminder to one or more units of an item."""

    assignment_ids = fields.List(
        fields.Integer(), required=True, validate=validate.Length(min=1, max=500, error=MISSING)
    )
    method = choice(*Method)
    text = text(required=True)


class ChangeWish(Shape):
    """What a unit asks for: a later limit, another target, or to be let go."""

    kind = choice(*ChangeKind)
    reason = text(required=True)
    progress = text(required=True)
    new_due_on = fields.Date(load_default=None, allow_none=True)
    new_target = text()


class AddedUnit(Shape):
    """A unit that joins an open item, with a limit of its own."""

    unit_id = fields.Integer(required=True)
    part = member(Part, default=Part.CO)
    due_on = fields.Date(load_default=None, allow_none=True)
    reason = text()


class WithdrawnUnit(Shape):
    """Why a unit needn't take part in an item any more."""

    reason = text(required=True)


class ReplacedUnit(Shape):
    """The unit that takes over another one's part, and why."""

    unit_id = fields.Integer(required=True)
    reason = text(required=True)


class Deputy(Shape):
    """Who acts in a post while its holder is away."""

    post_id = row(required=True)
    person_id = row(required=True)
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)
    reason = line()


class HandOver(Shape):
    """To whom a post goes, and from whom."""

    from_id = row()
    to_id = row(required=True)
    remarks = text()


class Wishes(Shape):
    """How somebody wants to be told."""

    mail = member(Mode, required=True)
    sms = member(Mode, default=Mode.OFF)
    quiet_from = _hour()
    quiet_until = _hour()


class Nothing(Shape):
    """A verb that needs no words."""


class LimitQuestion(Shape):
    """What decides an item's limit while it is being registered."""

    source = member(Source)
    urgency = member(Urgency, required=True)
    planned_due_on = fields.Date(load_default=None, allow_none=True)
    ends_on = fields.Date(load_default=None, allow_none=True)


# -- the ledger -------------------------------------------------------------------------


class SheetChoice(Shape):
    """Another sheet of a workbook."""

    sheet = line(required=True)


class Matching(Shape):
    """Which column is which field, and what was decided: units by name, leads, limits by row."""

    matching = fields.Dict(
        keys=fields.Integer(), values=member(Field, required=True), required=True
    )
    units = fields.Dict(keys=fields.String(), values=fields.Integer(), load_default=dict)
    leads = fields.Dict(keys=fields.Integer(), values=fields.Integer(), load_default=dict)
    limits = fields.Dict(keys=fields.Integer(), values=fields.String(), load_default=dict)


class Template(Shape):
    """A matching that is kept under a name."""

    name = line(required=True)
    matching = fields.Dict(
        keys=fields.Integer(), values=member(Field, required=True), required=True
    )


class TemplateChoice(Shape):
    """A kept matching, or none."""

    template_id = row()


class Sealed(Shape):
    """The seal of the preview that is meant."""

    seal = line(required=True)


class View(Shape):
    """A view of the ledger, by the query of its page's address."""

    name = line(required=True)
    query = fields.String(load_default="")


# -- what administrators change ---------------------------------------------------------


class UnitQuery(Shape):
    """Which units are listed."""

    closed = fields.Boolean(load_default=False)


class UnitEntry(Shape):
    """A unit of the tree."""

    name = line(required=True)
    kind = member(UnitKind, required=True)
    parent_id = row()
    position = fields.Integer(load_default=0, validate=validate.Range(0, 10**6))
    aliases = fields.List(fields.String(), load_default=list, validate=validate.Length(max=100))


class PostEntry(Shape):
    """A post of a unit."""

    name = line(required=True)
    role = member(Role, required=True)
    position = fields.Integer(load_default=0, validate=validate.Range(0, 10**6))


class PersonEntry(Shape):
    """Somebody with an account."""

    name = line(required=True)
    login = line(required=True)
    email = line()
    phone = line()
    language = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(("zh", "en"), error=NOT_OFFERED)
    )


class Holder(Shape):
    """Who is given a post, from which day on."""

    person_id = row(required=True)
    since = fields.Date(load_default=None, allow_none=True)


class Day(Shape):
    """A day that isn't what its weekday says."""

    day = fields.Date(required=True)
    working = fields.Boolean(required=True)
    name = line(required=True)


class YearTable(Shape):
    """A year's days off and make-up days, and where they stand."""

    source = line(required=True)
    days = fields.List(
        fields.Nested(Day), required=True, validate=validate.Length(min=1, max=400, error=MISSING)
    )
    seal = fields.String(load_default=None, allow_none=True)


class HolidayNotice(Shape):
    """The text of an official notice, or rows."""

    text = text(required=True)


class LimitEntry(Shape):
    """What a rule of the clock says: its length; of the rest, what isn't named stays."""

    number = fields.Integer(load_default=0)
    unit = member(LimitUnit, required=True)
    starts = fields.Enum(StartEvent, by_value=fields.String)
    stops = fields.List(fields.Enum(StopCause, by_value=fields.String))
    objection = fields.String(allow_none=True)
    extensions = fields.Integer()
    longest_number = fields.Integer(allow_none=True)
    longest_unit = fields.Enum(LimitUnit, by_value=fields.String, allow_none=True)
    follow = fields.Boolean(load_default=False)
    seal = fields.String(load_default=None, allow_none=True)


class PeriodEntry(Shape):
    """How often units report about a source's items, or in the long term; null is not at all."""

    name = fields.String(required=True)
    period = fields.Enum(Period, by_value=fields.String, required=True, allow_none=True)


class Periods(Shape):
    """Rows of the table of reporting periods; what isn't named stays."""

    periods = fields.List(
        fields.Nested(PeriodEntry), required=True, validate=validate.Length(max=100)
    )
    follow = fields.Boolean(load_default=False)
    seal = fields.String(load_default=None, allow_none=True)


class Line(Shape):
    """One line of the ladder."""

    rung = member(Rung, required=True)
    kind = member(Kind)
    urgency = member(Urgency)
    days_overdue = fields.Integer(required=True)
    times_before = fields.Integer(load_default=0)


class Ladder(Shape):
    """The whole ladder."""

    rungs = fields.List(fields.Nested(Line), required=True, validate=validate.Length(max=200))


CLOCK = ("limit.roll", "limit.warn_at", "limit.warn_again_at", "revisit.chance")
"""The settings of the clock; as fields their dots are underscores."""


class Clock(Shape):
    """How the clock counts and warns: yes or no, and percentages as they are written."""

    limit_roll = fields.String(validate=validate.OneOf(("yes", "no"), error=NOT_OFFERED))
    limit_warn_at = fields.String()
    limit_warn_again_at = fields.String()
    revisit_chance = fields.String()
