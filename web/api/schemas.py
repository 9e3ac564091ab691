"""The shapes that everyone reads."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields

from web.shapes import Schema
from web.words.whys import due_words, why_words
from workflows.imports.matching import Field
from workflows.imports.rows import Verdict
from workflows.lights import Light
from workflows.moves import What
from workflows.tables import (
    AssignmentState,
    ChangeDecision,
    ChangeKind,
    ClosedHow,
    DrawingState,
    ItemState,
    Kind,
    LimitUnit,
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


def one_of(kind: type[Any], *, null: bool = False) -> fields.Enum[Any]:
    """Return a field that shows one of the domain's named values."""
    return fields.Enum(kind, by_value=fields.String, allow_none=null)


class Docno(fields.String):
    """A field that shows an item's number, like 督字〔2020〕1号, once it has one."""

    _CHECK_ATTRIBUTE = False

    def _serialize(self, value: object, attr: str | None, obj: Any, **_: Any) -> str | None:  # noqa: ANN401, ARG002 (marshmallow's)
        item = getattr(obj, "item", obj)
        return item.number or None


class ProblemSchema(Schema):
    """A refusal, as RFC 9457 tells it."""

    type = fields.String(metadata={"description": "The refusal's name, as a reference."})
    title = fields.String(metadata={"description": "What happened, in the reader's language."})
    status = fields.Integer()
    detail = fields.String(metadata={"description": "What happened here, and the way on."})
    instance = fields.String(metadata={"description": "The path that was asked for."})
    facts = fields.Dict(metadata={"description": "The refusal's facts, to be read by programs."})
    fields_ = fields.Dict(
        data_key="fields", metadata={"description": "Mistakes in what was sent, field by field."}
    )


class NamedSchema(Schema):
    """Something with a name: a unit, a post, a person."""

    id = fields.Integer()
    name = fields.String()


class DueWords(fields.String):
    """A field that tells in the reader's language why a due date is that day."""

    _CHECK_ATTRIBUTE = False

    def _serialize(self, value: object, attr: str | None, obj: Any, **_: Any) -> str:  # noqa: ANN401, ARG002 (marshmallow's)
        row = getattr(obj, "item", obj) if not hasattr(obj, "due_why") else obj
        return due_words(row.due_why, row.due_on)


class HeldPostSchema(Schema):
    """A post that somebody holds."""

    post_id = fields.Integer()
    name = fields.String()
    role = one_of(Role)
    unit_id = fields.Integer()
    unit_name = fields.String()


class AccountSchema(Schema):
    """Who the token belongs to."""

    person_id = fields.Integer()
    name = fields.String()
    language = fields.String(allow_none=True)
    posts = fields.List(fields.Nested(HeldPostSchema))


class UnitSchema(Schema):
    """A node of the tree of units."""

    id = fields.Integer()
    name = fields.String()
    kind = one_of(UnitKind)
    parent_id = fields.Integer(allow_none=True)
    aliases = fields.List(fields.String())
    position = fields.Integer()
    active = fields.Boolean()
    version = fields.Integer()


class AssignmentSchema(Schema):
    """One unit's part of an item."""

    id = fields.Integer()
    unit = fields.Nested(NamedSchema)
    part = one_of(Part)
    round = fields.Integer()
    state = one_of(AssignmentState)
    responsible_person = fields.String()
    assigned_at = fields.AwareDateTime()
    acknowledged_at = fields.AwareDateTime(allow_none=True)
    due_on = fields.Date(allow_none=True)
    original_due_on = fields.Date(allow_none=True)
    warn_on = fields.Date(allow_none=True)
    stopped_on = fields.Date(allow_none=True)
    due_why = fields.List(fields.Dict())
    due_words = DueWords()
    interim_due_on = fields.Date(allow_none=True)
    percent = fields.Integer()
    reports_made = fields.Integer()
    finished_at = fields.AwareDateTime(allow_none=True)


class ItemSchema(Schema):
    """One matter under supervision, as the ledger tells it."""

    id = fields.Integer()
    number = Docno(allow_none=True)
    kind = one_of(Kind)
    source = one_of(Source)
    state = one_of(ItemState)
    title = fields.String()
    basis = fields.String()
    target = fields.String()
    urgency = one_of(Urgency)
    instructing = fields.Nested(NamedSchema, allow_none=True)
    sponsor = fields.Nested(NamedSchema, allow_none=True)
    supervisor = fields.Nested(NamedSchema, allow_none=True)
    registered_at = fields.AwareDateTime()
    assigned_on = fields.Date(allow_none=True)
    planned_due_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    warn_on = fields.Date(allow_none=True)
    stopped_on = fields.Date(allow_none=True)
    due_why = fields.List(fields.Dict())
    due_words = DueWords()
    reporting_period = one_of(Period, null=True)
    responsible_person = fields.String()
    contact = fields.String()
    progress = fields.String()
    problems = fields.String()
    next_steps = fields.String()
    percent = fields.Integer()
    times_urged = fields.Integer()
    times_returned = fields.Integer()
    times_extended = fields.Integer()
    times_reopened = fields.Integer()
    closed_at = fields.AwareDateTime(allow_none=True)
    closed_how = one_of(ClosedHow, null=True)
    remarks = fields.String()
    version = fields.Integer()
    assignments = fields.List(fields.Nested(AssignmentSchema))


class TaskSchema(Schema):
    """One step of an item that waits for somebody, or is done."""

    id = fields.UUID()
    item_id = fields.Integer()
    assignment_id = fields.Integer(allow_none=True)
    step = fields.String()
    name = fields.String()
    name_en = fields.String()
    role = one_of(Role)
    unit_id = fields.Integer(allow_none=True)
    post_id = fields.Integer(allow_none=True)
    opened_at = fields.AwareDateTime()
    due_on = fields.Date(allow_none=True)
    warn_on = fields.Date(allow_none=True)
    due_why = fields.List(fields.Dict())
    due_words = DueWords()
    seen_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    outcome = fields.String(allow_none=True)


class LedgerRowSchema(ItemSchema):
    """An item as the ledger shows it: with its light and whoever has it now."""

    light = one_of(Light)
    days_left = fields.Integer(
        allow_none=True, metadata={"description": "Working days; negative ones have passed."}
    )
    tasks = fields.List(fields.Nested(TaskSchema), attribute="todos")
    assignments = fields.List(fields.Nested(AssignmentSchema), attribute="parts")

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:  # noqa: ANN401 (marshmallow's)
        """Look at the row, and for what any item shows at its item."""
        source = obj if attr in LEDGER_ONLY else obj.item
        return super().get_attribute(source, attr, default)


LEDGER_ONLY = frozenset({"light", "days_left", "todos", "parts"})


class LedgerSchema(Schema):
    """A page of the ledger, and what all of its pages add up to."""

    items = fields.List(fields.Nested(LedgerRowSchema))
    page = fields.Integer()
    pages = fields.Integer()
    count = fields.Integer()
    lights = fields.Dict(keys=fields.String(), values=fields.Integer())


class OutcomeSchema(Schema):
    """One way that a step may end."""

    value = fields.String()
    label = fields.String()
    label_en = fields.String()


class FormColumnSchema(Schema):
    """One column of a table in a form."""

    key = fields.String()
    type = fields.String()
    label = fields.String()
    label_en = fields.String()
    required = fields.Boolean()
    options = fields.List(fields.String())
    options_en = fields.List(fields.String())


class FieldSchema(FormColumnSchema):
    """One field of a step of type ``form``; it is asked if its condition holds."""

    help = fields.String()
    help_en = fields.String()
    visible_if = fields.String()
    columns = fields.List(fields.Nested(FormColumnSchema))


class OpenTaskSchema(TaskSchema):
    """A step with what it asks: its outcomes, its fields, and whether the caller may act."""

    may_act = fields.Boolean()
    withdrawable = fields.Boolean()
    outcomes = fields.List(fields.Nested(OutcomeSchema), attribute="task.outcomes")
    form = fields.List(fields.Nested(FieldSchema), attribute="task.form")

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:  # noqa: ANN401 (marshmallow's)
        """Look at what was opened, and for what any task shows at its todo."""
        source = obj.todo if attr in TaskSchema._declared_fields else obj  # noqa: SLF001
        return super().get_attribute(source, attr, default)


class StoryLineSchema(Schema):
    """One line of an item's story, with the names of that day."""

    id = fields.Integer()
    at = fields.AwareDateTime()
    kind = fields.String()
    person_id = fields.Integer(allow_none=True)
    person = fields.String(allow_none=True)
    post_id = fields.Integer(allow_none=True)
    post = fields.String(allow_none=True)
    post_unit = fields.String(allow_none=True)
    assignment_id = fields.Integer(allow_none=True)
    unit = fields.String(allow_none=True)
    facts = fields.Dict()


class UrgeSchema(Schema):
    """A reminder sent by hand; read once its unit has opened it."""

    id = fields.Integer()
    item_id = fields.Integer()
    assignment_id = fields.Integer()
    method = fields.String()
    text = fields.String()
    sent_at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True)


class ChangeSchema(Schema):
    """A change that was asked for, what held before, and what became of it."""

    id = fields.Integer()
    assignment_id = fields.Integer()
    kind = one_of(ChangeKind)
    reason = fields.String()
    progress = fields.String()
    old_due_on = fields.Date(allow_none=True)
    new_due_on = fields.Date(allow_none=True)
    old_target = fields.String()
    new_target = fields.String()
    asked_at = fields.AwareDateTime()
    endorsed_at = fields.AwareDateTime(allow_none=True)
    advice = fields.String()
    advised_at = fields.AwareDateTime(allow_none=True)
    decision = one_of(ChangeDecision, null=True)
    opinion = fields.String()
    decided_at = fields.AwareDateTime(allow_none=True)


class PaperSchema(Schema):
    """An attached file."""

    id = fields.UUID()
    item_id = fields.Integer()
    report_id = fields.Integer(allow_none=True)
    name = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    uploaded_at = fields.AwareDateTime()


class PaperShape(Schema):
    """A file that is sent."""

    file = Upload(required=True)


class NoticeSchema(Schema):
    """A message in the house."""

    id = fields.Integer()
    kind = fields.String()
    item_id = fields.Integer(allow_none=True)
    assignment_id = fields.Integer(allow_none=True)
    facts = fields.Dict()
    at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True)


class DefinitionSchema(Schema):
    """One version of a process."""

    id = fields.Integer()
    process_id = fields.String()
    version = fields.Integer()
    name = fields.String()
    name_en = fields.String()
    deployed_at = fields.AwareDateTime()
    deployed_by = fields.String()


class SpotSchema(Schema):
    """An element at which items wait; times are working time in seconds, shares are of 1."""

    element_id = fields.String(attribute="id")
    name = fields.String()
    name_en = fields.String()
    step = fields.String()
    calls = fields.String()
    drawn = fields.Boolean()
    versions = fields.List(fields.Integer())
    share = fields.Float(allow_none=True)
    now = fields.Integer(attribute="heat.now")
    now_items = fields.Integer(attribute="heat.now_items")
    now_late = fields.Integer(attribute="heat.now_late")
    oldest = fields.AwareDateTime(attribute="heat.oldest", allow_none=True)
    ended = fields.Integer(attribute="heat.ended")
    seconds = fields.Float(attribute="heat.seconds")
    median = fields.Float(attribute="heat.median", allow_none=True)
    p90 = fields.Float(attribute="heat.p90", allow_none=True)
    dated = fields.Integer(attribute="heat.dated")
    late = fields.Integer(attribute="heat.late")
    returned = fields.Integer(attribute="heat.returned")
    repeated = fields.Integer(attribute="heat.repeated")


class HeatMapSchema(Schema):
    """Where items of a process wait, on the picture of one of its versions."""

    definition_id = fields.Integer(attribute="definition.id")
    version = fields.Integer(attribute="definition.version")
    spots = fields.List(fields.Nested(SpotSchema))


class DrawingSchema(Schema):
    """A draft of a diagram."""

    id = fields.Integer()
    process_id = fields.String()
    name = fields.String()
    name_en = fields.String()
    base_id = fields.Integer(allow_none=True, metadata={"description": "The version it changes."})
    older_id = fields.Integer(
        allow_none=True, metadata={"description": "The version that it brings back."}
    )
    revision = fields.Integer()
    state = one_of(DrawingState)
    saved_by = fields.String(attribute="saved_by.name")
    saved_at = fields.AwareDateTime()
    definition_id = fields.Integer(allow_none=True)


class DeploymentSchema(Schema):
    """How a version came, and what runs on it; shipped ones have no record."""

    definition = fields.Nested(DefinitionSchema)
    how = fields.Function(lambda version: version.deployment and version.deployment.how.value)
    note = fields.Function(lambda version: version.deployment and version.deployment.note)
    reviewed_by_id = fields.Function(
        lambda version: version.deployment and version.deployment.reviewed_by_id
    )
    running = fields.Integer()
    ran = fields.Integer()


class FlawSchema(Schema):
    """Something in a diagram that the gate refuses, or warns of."""

    code = fields.String()
    severity = fields.String(metadata={"description": "error: refused; warning: it runs."})
    element_id = fields.String(allow_none=True)
    element_name = fields.String(allow_none=True)
    facts = fields.Dict()
    words = fields.String(metadata={"description": "In the reader's language."})


class HistoryEntrySchema(Schema):
    """One line of the engine's own history."""

    id = fields.Integer()
    instance_id = fields.UUID()
    at = fields.AwareDateTime()
    kind = fields.String()
    element_id = fields.String(allow_none=True)
    element_name = fields.String(allow_none=True)
    by = fields.String()
    facts = fields.Dict()


class BreakSchema(Schema):
    """A place where the chain of the history doesn't hold."""

    instance_id = fields.UUID()
    at = fields.Integer(metadata={"description": "The number of the entry."})
    reason = fields.String()


class RemovedPaperSchema(Schema):
    """The number of a file that was taken back."""

    id = fields.UUID()


# -- a ledger on its way in -------------------------------------------------------------


class BatchSchema(Schema):
    """A ledger file on its way in: uploaded, running, done or failed."""

    id = fields.Integer(attribute="batch.id")
    name = fields.String(attribute="batch.name")
    sha256 = fields.String(attribute="batch.sha256")
    sheet = fields.String(attribute="batch.sheet")
    state = fields.String()
    done = fields.Integer()
    total = fields.Integer(attribute="batch.total")
    started_at = fields.AwareDateTime(attribute="batch.started_at")
    finished_at = fields.AwareDateTime(attribute="batch.finished_at", allow_none=True)


class SheetSchema(Schema):
    """A sheet of the workbook; only one with a header can be read as a ledger."""

    name = fields.String()
    readable = fields.Boolean()


class ColumnSchema(Schema):
    """A column of the sheet, with an example of what stands in it."""

    place = fields.Integer()
    letter = fields.String()
    title = fields.String()
    example = fields.String()


class NoteSchema(Schema):
    """Something to say about a row, and the cell that it is about."""

    code = fields.String()
    cell = fields.String()
    facts = fields.Dict()
    words = fields.String(metadata={"description": "In the reader's language."})


class RowSchema(Schema):
    """A row of the ledger as it would come in, or why it doesn't."""

    row = fields.Integer()
    verdict = fields.String(metadata={"enum": list(Verdict)})
    title = fields.String()
    number = fields.String()
    problems = fields.List(fields.Nested(NoteSchema))
    notes = fields.List(fields.Nested(NoteSchema))


class AnswersSchema(Schema):
    """What the person decided: units by their name in the sheet, leads and limits by row."""

    units = fields.Dict(keys=fields.String(), values=fields.Integer())
    leads = fields.Dict(keys=fields.String(), values=fields.Integer())
    limits = fields.Dict(keys=fields.String(), values=fields.String())


class ImportSchema(BatchSchema):
    """An import with its rows; its preview has a seal that binds file, matching and verdicts."""

    sheets = fields.List(fields.Nested(SheetSchema))
    columns = fields.List(fields.Nested(ColumnSchema))
    matching = fields.Dict(keys=fields.String(), values=one_of(Field))
    template = fields.Nested(NamedSchema, allow_none=True)
    templates = fields.List(fields.Nested(NamedSchema))
    answers = fields.Nested(AnswersSchema)
    rows = fields.List(fields.Nested(RowSchema))
    seal = fields.String()


class ViewSchema(Schema):
    """A kept view of the ledger: the query of its page's address."""

    id = fields.Integer()
    name = fields.String()
    query = fields.String()


# -- what administrators see ------------------------------------------------------------


class HoldingSchema(Schema):
    """Who holds or held which post."""

    id = fields.Integer()
    person_id = fields.Integer()
    post_id = fields.Integer()
    post = fields.String(attribute="post.name")
    role = fields.Enum(Role, by_value=fields.String, attribute="post.role")
    unit_id = fields.Integer(attribute="post.unit_id")
    since = fields.Date()
    until = fields.Date(allow_none=True)


class HolderSchema(Schema):
    """Who holds a post today."""

    holding_id = fields.Integer()
    person_id = fields.Integer()
    name = fields.String()
    since = fields.Date()


class PostSchema(Schema):
    """A post of a unit with its holders today; without any it is vacant."""

    id = fields.Integer(attribute="post_id")
    name = fields.String()
    role = one_of(Role)
    holders = fields.List(fields.Nested(HolderSchema))


class PersonSchema(Schema):
    """Somebody with an account."""

    id = fields.Integer(attribute="person.id")
    name = fields.String(attribute="person.name")
    login = fields.String(attribute="person.login")
    email = fields.String(attribute="person.email", allow_none=True)
    phone = fields.String(attribute="person.phone", allow_none=True)
    language = fields.String(attribute="person.language", allow_none=True)
    active = fields.Boolean(attribute="person.active")
    version = fields.Integer(attribute="person.version")
    holdings = fields.List(fields.Nested(HoldingSchema))


class PasswordSchema(Schema):
    """A new password; null when the same key comes again."""

    password = fields.String(allow_none=True)


class TokenSchema(Schema):
    """A new API token; null when the same key comes again."""

    token = fields.String(allow_none=True)


class AddedPersonSchema(PersonSchema, PasswordSchema):
    """A new account with its first password."""


class DaySchema(Schema):
    """A day that isn't what its weekday says."""

    day = fields.Date()
    working = fields.Boolean()
    name = fields.String()


class YearSchema(Schema):
    """A year's special days; provisional while no official table is known."""

    year = fields.Integer()
    source = fields.String()
    version = fields.Integer()
    provisional = fields.Boolean()
    days = fields.List(fields.Nested(DaySchema))

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:  # noqa: ANN401 (marshmallow's)
        """Give the days in their order."""
        if attr == "days":
            return [obj.special[day] for day in sorted(obj.special)]
        return super().get_attribute(obj, attr, default)


class LineProblemSchema(Schema):
    """A line of a notice that isn't understood."""

    code = fields.String()
    line = fields.String()
    text = fields.String()
    words = fields.String(metadata={"description": "In the reader's language."})


class NoticeReadingSchema(Schema):
    """What was understood of an official notice."""

    days = fields.List(fields.Nested(DaySchema))
    problems = fields.List(fields.Nested(LineProblemSchema))


class LimitSchema(Schema):
    """A rule of the clock: how long, from which event, what stops it, how far it is extended."""

    name = fields.String()
    number = fields.Integer()
    unit = one_of(LimitUnit)
    starts = one_of(StartEvent)
    stops = fields.List(fields.Enum(StopCause, by_value=fields.String))
    objection = fields.String(allow_none=True)
    extensions = fields.Integer()
    longest_number = fields.Integer(allow_none=True)
    longest_unit = one_of(LimitUnit, null=True)


class PeriodSchema(Schema):
    """How often units report about a source's items; null is not at all."""

    name = fields.String()
    period = one_of(Period, null=True)


class RouteSchema(Schema):
    """The process that the new items of a source run on."""

    source = one_of(Source)
    process_id = fields.String()


class MovedSchema(Schema):
    """An open day that would move: whose it is, and whether it moves by itself (``live``)."""

    what = one_of(What)
    live = fields.Boolean(attribute="is_live")
    item_id = fields.Integer(attribute="item.id")
    number = Docno(attribute="item", allow_none=True)
    assignment_id = fields.Integer(attribute="part.id", dump_default=None)
    task_id = fields.UUID(attribute="todo.task_id", dump_default=None)
    step = fields.String(attribute="todo.step", dump_default=None)
    old = fields.Date(allow_none=True)
    new = fields.Date(allow_none=True)
    due_why = fields.Function(lambda moved: moved.due.why if moved.due else [])
    due_words = fields.Function(lambda moved: why_words(moved.due.why) if moved.due else "")


class StaySchema(Schema):
    """A day that somebody chose: it stays, though it would be a day off."""

    what = fields.String()
    name = fields.String()
    item_id = fields.Integer(attribute="item.id", dump_default=None)
    unit = fields.String(attribute="unit.name", dump_default=None)
    on = fields.Date()


class MovesSchema(Schema):
    """Every due date that a change would move, and the seal that says which were seen."""

    seal = fields.String()
    moved = fields.List(fields.Nested(MovedSchema))
    stays = fields.List(fields.Nested(StaySchema))


class RungSchema(Schema):
    """One row of the ladder; without a kind or an urgency it holds for any."""

    rung = one_of(Rung)
    kind = one_of(Kind, null=True)
    urgency = one_of(Urgency, null=True)
    days_overdue = fields.Integer()
    times_before = fields.Integer()


class ClockSchema(Schema):
    """How the clock counts and warns."""

    limit_roll = fields.String()
    limit_warn_at = fields.String()
    limit_warn_again_at = fields.String()
    revisit_chance = fields.String()


class IncidentSchema(Schema):
    """Something that failed by rule and waits for somebody to mend it."""

    id = fields.Integer(attribute="incident.id")
    kind = fields.String(attribute="incident.kind")
    error = fields.String(attribute="incident.error")
    at = fields.AwareDateTime(attribute="incident.at")
    element_id = fields.String(attribute="incident.element_id", allow_none=True)
    element_name = fields.String(attribute="incident.name")
    process = fields.String(attribute="process.name")
    item_id = fields.Integer(attribute="item.id")
