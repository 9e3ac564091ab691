"""Who may compare, migrate, replay and try diagrams, by page and in the domain: administrators.

A draft, a migration or a replay is tried at one that isn't there: an administrator hears that
it is unknown, everybody else that it isn't theirs.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from tests.web.places import Ids
from tests.web.project_rights import told
from tests.web.rights import ADMINISTRATOR, Answer, Right
from tests.web.visit_rights import unknown
from workflows.comparing import Picture

NUMBERS: Mapping[str, object] = {"run_id": 10**6, "instance_id": uuid4(), "task_id": uuid4()}
NOON = datetime(2020, 3, 2, 4, tzinfo=UTC)
NOTHING = Right(ADMINISTRATOR, done=Answer.UNKNOWN)

API: Mapping[str, Right] = {
    "Comparisons.of_version": Right(ADMINISTRATOR),
    "Comparisons.of_draft": NOTHING,
    "Replays.order": NOTHING,
    "Replays.one": NOTHING,
    "Replays.played": NOTHING,
    "Migrations.plan": Right(ADMINISTRATOR),
    "Migrations.order": Right(ADMINISTRATOR, sent={"reason": "按新规"}, done=Answer.NOT_NOW),
    "Migrations.many": Right(ADMINISTRATOR),
    "Migrations.one": NOTHING,
    "Migrations.undo": NOTHING,
    "Trials.show": NOTHING,
    "Trials.begin": NOTHING,
    "Trials.step": NOTHING,
    "Trials.beside": Right(ADMINISTRATOR, sent={"deed": "extend"}, done=Answer.UNKNOWN),
    "Trials.wind": Right(ADMINISTRATOR, sent={"days": 1}, done=Answer.UNKNOWN),
    "Trials.end": NOTHING,
}

PAGES: Mapping[str, Right] = {
    "comparing.show": NOTHING,
    "migrating.show": Right(ADMINISTRATOR),
    "migrating.order": Right(ADMINISTRATOR),
    "migrating.run": NOTHING,
    "migrating.how_far": NOTHING,
    "migrating.undo": NOTHING,
    "replays.show": NOTHING,
    "replays.order": NOTHING,
    "replays.how_far": NOTHING,
    "replays.one": NOTHING,
    "replays.picture": NOTHING,
    "trials.show": NOTHING,
    "trials.picture": NOTHING,
    "trials.begin": NOTHING,
    "trials.act": NOTHING,
    "trials.form": NOTHING,
    "trials.fill": NOTHING,
    "trials.hidden": NOTHING,
    "trials.beside": NOTHING,
    "trials.clock": NOTHING,
    "trials.end": NOTHING,
}


def before(ids: Ids) -> Mapping[str, object]:
    """Compare a version with the one before it."""
    number = ids["definition_id"]
    picture = Picture(str(ids["process_id"]), "", "", b"", NOON, version=1, definition_id=number)
    return {"after": picture, "since": None}


VERBS: Mapping[str, Right] = {
    "comparing.version_picture": Right(ADMINISTRATOR, sent=told("definition_id")),
    "comparing.draft_picture": unknown(ADMINISTRATOR, draft_id=10**6),
    "comparing.picture_before": Right(ADMINISTRATOR, sent=before),
    "trials.moving.plan": Right(ADMINISTRATOR, sent=lambda ids: {"to_id": ids["definition_id"]}),
    "trials.moving.order": Right(
        ADMINISTRATOR,
        sent=lambda ids: {"to_id": ids["definition_id"], "chosen": None, "reason": "按新规"},
    ),
    "trials.moving.order_undo": unknown(ADMINISTRATOR, run_id=10**6),
    "trials.moving.run_of": unknown(ADMINISTRATOR, run_id=10**6),
    "trials.moving.runs": Right(ADMINISTRATOR, sent=told("process_id")),
    "trials.replays.order": unknown(ADMINISTRATOR, draft_id=10**6, since=None, until=None),
    "trials.replays.last": Right(ADMINISTRATOR, sent=told("draft_id")),
    "trials.replays.run_of": unknown(ADMINISTRATOR, run_id=10**6),
}
