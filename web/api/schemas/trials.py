"""What the API tells of a change before it is live, and of what runs when it is."""

from typing import Any

from marshmallow import fields

from web.api.schemas.kinds import Docno, one_of
from web.shapes import Schema
from web.words import name_of
from web.words.incidents import plain
from web.words.migrations import stay_words
from workflows.tables import ItemState, MoveState, RunState, Urgency

WORDED: dict[str, Any] = {"description": "In the reader's language."}


class SideSchema(Schema):
    """One side of a comparison: a version, or a draft as it was last saved."""

    process_id = fields.String()
    version = fields.Integer(allow_none=True)
    definition_id = fields.Integer(allow_none=True)
    draft_id = fields.Integer(allow_none=True)
    at = fields.AwareDateTime()


class DifferenceSchema(Schema):
    """One thing that differs: where, in which way, what was and is, and as a sentence."""

    element_id = fields.String(attribute="change.element_id", allow_none=True)
    element_type = fields.String(attribute="change.element_type")
    kind = fields.String(attribute="change.kind.value")
    path = fields.String(attribute="change.path")
    before = fields.String(attribute="change.before", allow_none=True)
    after = fields.String(attribute="change.after", allow_none=True)
    words = fields.String(metadata=WORDED)


class ComparisonSchema(Schema):
    """Two sides, and whatever differs."""

    before = fields.Nested(SideSchema)
    after = fields.Nested(SideSchema)
    differences = fields.List(fields.Nested(DifferenceSchema))


class ReplaySchema(Schema):
    """Items played on a draft: which, how far it is, and how many fared in which way."""

    id = fields.Integer()
    draft_id = fields.Integer()
    revision = fields.Integer()
    since = fields.Date(allow_none=True)
    until = fields.Date(allow_none=True)
    most = fields.Integer()
    state = one_of(RunState)
    asked_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)
    total = fields.Integer()
    chosen = fields.Integer()
    done = fields.Integer()
    ways = fields.Dict(keys=fields.String(), values=fields.Integer())


class PlayedSchema(Schema):
    """How one item fared on a draft."""

    instance_id = fields.UUID()
    number = fields.String()
    definition_id = fields.Integer()
    open = fields.Boolean()
    way = fields.String()
    was = fields.String(allow_none=True)
    would = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    words = fields.String(metadata=WORDED)


class PlaceSchema(Schema):
    """An element at which an item stands."""

    id = fields.String()
    name = fields.Function(name_of, metadata=WORDED)


class RunnerSchema(Schema):
    """A running item, where it stands, and why it would stay on its version."""

    instance_id = fields.UUID()
    number = fields.String()
    definition_id = fields.Integer(attribute="version.id")
    version = fields.Integer(attribute="version.version")
    at = fields.List(fields.Nested(PlaceSchema))
    moves = fields.Function(lambda one: one.reason is None)
    code = fields.Function(lambda one: one.reason.code if one.reason else None)
    because = fields.Function(stay_words, metadata=WORDED)


class MoveSchema(Schema):
    """What became of one item that was to move."""

    instance_id = fields.UUID()
    from_id = fields.Integer()
    state = one_of(MoveState)
    code = fields.String()
    facts = fields.Dict()


class MigrationSchema(Schema):
    """Running items on their way to a version: how far it is, and what came of each."""

    id = fields.Integer()
    process_id = fields.String()
    to_id = fields.Integer()
    reason = fields.String()
    state = one_of(RunState)
    undoing = fields.Boolean()
    asked_at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    moves = fields.List(fields.Nested(MoveSchema))


class TrialStepSchema(Schema):
    """A step that waits in a trial, whose it is, and how it may end."""

    task_id = fields.UUID(attribute="todo.task_id")
    element_id = fields.String(attribute="task.element_id")
    step = fields.String(attribute="todo.step")
    name = fields.Function(lambda one: name_of(one.todo), metadata=WORDED)
    people = fields.List(fields.String())
    unit = fields.String()
    due_on = fields.Date(attribute="todo.due_on", allow_none=True)
    outcomes = fields.Function(lambda one: [each.value for each in one.task.outcomes])
    fields_ = fields.Function(
        lambda one: [each.key for each in one.task.form],
        data_key="fields",
        metadata={"description": "The keys of its form; fields for files are made up."},
    )


class TimerSchema(Schema):
    """What happens in a trial by itself, and when."""

    element_id = fields.String()
    name = fields.Function(name_of, metadata=WORDED)
    due_at = fields.AwareDateTime()


class FailureSchema(Schema):
    """What has failed in a trial."""

    element_id = fields.String(allow_none=True)
    kind = fields.String()
    error = fields.String()
    words = fields.Function(lambda one: str(plain(one.kind).title), metadata=WORDED)


class TrialSchema(Schema):
    """An invented town in which a draft is tried, as it stands."""

    now = fields.AwareDateTime()
    number = Docno(attribute="item", allow_none=True)
    state = fields.Enum(ItemState, by_value=fields.String, attribute="item.state")
    urgency = fields.Enum(Urgency, by_value=fields.String, attribute="item.urgency")
    revision = fields.Integer(metadata={"description": "The draft's, when the trial began."})
    taken = fields.Integer(metadata={"description": "Steps done so far."})
    over = fields.Boolean()
    steps = fields.List(fields.Nested(TrialStepSchema))
    timers = fields.List(fields.Nested(TimerSchema))
    failures = fields.List(fields.Nested(FailureSchema), attribute="incidents")


class SuspendedSchema(Schema):
    """An item that stands still until it is resumed."""

    item_id = fields.Integer(attribute="item.id")
    number = Docno(attribute="item", allow_none=True)
    process_id = fields.String()
    since = fields.AwareDateTime()
