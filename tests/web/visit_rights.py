"""Who may do what about revisits and supervision actions, by page and in the domain itself.

An action, a station, a letter or a sample is tried at one that isn't there: whoever has the
right hears that it is unknown, everybody else that it isn't theirs.
"""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from tests.web.places import Ids
from tests.web.project_rights import told
from tests.web.rights import (
    ADMINISTRATOR,
    OFFICE,
    OVERSEERS,
    SEERS,
    SIGNED_IN,
    Answer,
    Right,
    Who,
    only,
)
from workflows.actions import ActionPlan, ActionRecord, LetterText, Problem, StationPlan
from workflows.blanks import BLANK
from workflows.revisits import Plan, Question
from workflows.revisits.room import Scope
from workflows.tables import LetterKind

NUMBERS: Mapping[str, int] = {
    "action_id": 10**6,
    "station_id": 10**6,
    "problem_id": 10**6,
    "letter_id": 10**6,
    "revisit_id": 10**6,
    "sample_id": 10**6,
}
DAY, LATER = date(2020, 3, 2), date(2020, 12, 1)
YEAR = {"since": date(2020, 1, 1), "until": date(2020, 12, 31), "kinds": []}
SUPERVISOR = only(Who.SUPERVISOR)
PLAN = {"method": "on_site", "planned_on": "2020-12-01"}
NEW_ACTION = {"method": "on_site", "title": "查看站台", "planned_on": "2020-03-02"}
RECORD = {"held_on": "2020-03-02", "findings": "属实", "outcome": "整改"}
STATION = {"title": "驻点", "place": "工地", "started_on": "2020-03-02"}
WHEN = {"since": "2020-01-01", "until": "2020-12-31"}
LETTER = {"kind": "high_level", "subject": "请抓紧", "body": "请亲自过问。"}


def a_file(_: Ids) -> Mapping[str, Any]:
    """Send a file that is kept nowhere, for the action isn't there."""
    return {"file": (BytesIO(BLANK), "照片.pdf")}


def problem(ids: Ids) -> Mapping[str, Any]:
    """Write a problem of the place's unit into a log."""
    told_of = {"text": "渣土未清", "owner_person": "老赵", "due_on": "2020-12-01"}
    return {**told_of, "owner_unit_id": ids["unit_id"]}


def unknown(who: frozenset[Who], **sent: object) -> Right:
    """Say who may do it to something that isn't there."""
    return Right(who, sent=sent, done=Answer.UNKNOWN)


VERBS: Mapping[str, Right] = {
    "revisits.asking.ask_for_revisit": Right(OFFICE | {Who.LEADER}, "report", told("item_id")),
    "revisits.visits.plan_visit": Right(
        SUPERVISOR, "revisit", told("task_id", plan=Plan("on_site", LATER))
    ),
    "revisits.visits.keep_photograph": Right(SUPERVISOR, "revisit", told("task_id", "checked")),
    "revisits.visits.visits": Right(SEERS, "report", told("item_id")),
    "revisits.room.files_of": Right(SEERS, "report", told("item_id")),
    "revisits.room.visit_file": unknown(SIGNED_IN, revisit_id=10**6),
    "revisits.room.lines": Right(OVERSEERS, sent={"scope": Scope.OPEN}),
    "revisits.samples.pool_of": Right(OVERSEERS, sent=YEAR),
    "revisits.samples.samples": Right(OVERSEERS),
    "revisits.samples.sample": unknown(OVERSEERS, sample_id=10**6),
    "revisits.samples.draw_sample": Right(SUPERVISOR, sent={**YEAR, "size": 1}),
    "revisits.objections.object_to_conclusion": Right(
        SIGNED_IN,
        sent={"revisit_id": 10**6, "assignment_id": 10**6, "reason": "已整改"},
        done=Answer.UNKNOWN,
    ),
    "revisits.checklist.change_questions": Right(
        ADMINISTRATOR, sent={"wanted": [Question("路灯亮了吗")]}
    ),
    "revisits.risk.change_weights": Right(ADMINISTRATOR, sent={"wanted": {"late": 10}}),
    "actions.doing.plan_action": Right(
        OFFICE, sent={"plan": ActionPlan("on_site", "查看站台", DAY)}
    ),
    "actions.doing.record_action": unknown(
        OFFICE, action_id=10**6, record=ActionRecord(DAY, "属实", "整改")
    ),
    "actions.doing.call_off_action": unknown(OFFICE, action_id=10**6, reason="改期"),
    "actions.photographs.keep_photograph": Right(
        OFFICE,
        sent=lambda ids: {"action_id": 10**6, "checked": ids["checked"]},
        done=Answer.UNKNOWN,
    ),
    "actions.photographs.open_photograph": Right(
        SIGNED_IN, sent=told("photograph_id"), done=Answer.UNKNOWN
    ),
    "actions.room.action_file": unknown(SIGNED_IN, action_id=10**6),
    "actions.room.station_file": unknown(SIGNED_IN, station_id=10**6),
    "actions.room.letter": unknown(SIGNED_IN, letter_id=10**6),
    "actions.sight.visible_action": unknown(SIGNED_IN, action_id=10**6),
    "actions.sight.visible_station": unknown(SIGNED_IN, station_id=10**6),
    "actions.sight.visible_letter": unknown(SIGNED_IN, letter_id=10**6),
    "actions.letters.open_letter": unknown(SIGNED_IN, letter_id=10**6),
    "actions.letters.send_letter": Right(
        OFFICE,
        sent=lambda ids: {
            "text": LetterText(LetterKind.HIGH_LEVEL, ids["unit_id"], "请抓紧", "请亲自过问。")
        },
    ),
    "actions.stations.open_station": Right(OFFICE, sent={"plan": StationPlan("驻点", "工地", DAY)}),
    "actions.stations.add_problem": Right(
        OFFICE,
        sent=lambda ids: {
            "station_id": 10**6,
            "problem": Problem("积水", ids["unit_id"], "某某", LATER),
        },
        done=Answer.UNKNOWN,
    ),
    "actions.stations.settle_problem": unknown(OFFICE, problem_id=10**6, settlement="已解决"),
    "actions.stations.close_station": unknown(
        OFFICE, station_id=10**6, ended_on=DAY, outcome="完工"
    ),
}

FOR_EVERYBODY = frozenset(
    {
        "actions.room.about",
        "actions.room.actions",
        "actions.room.choosable_items",
        "actions.room.letters",
        "actions.room.stations",
        "revisits.asking.start_after_closing",
        "revisits.objections.decide_conclusion",
    }
)
"""They show what the reader may know of, or go on where a verb has asked; who decides about a
conclusion is tried with its visit, in ``tests/workflows/revisits``."""

API: Mapping[str, Right] = {
    "Revisits.many": Right(OVERSEERS),
    "Revisits.one": unknown(SIGNED_IN),
    "Revisits.of_item": Right(SEERS, "report"),
    "Revisits.object_to": unknown(SIGNED_IN, assignment_id=1, reason="已整改"),
    "Revisits.samples": Right(OVERSEERS),
    "Revisits.pool": Right(OVERSEERS),
    "Revisits.sample": unknown(OVERSEERS),
    "Revisits.draw": Right(SUPERVISOR, sent={**WHEN, "size": 1}),
    "Actions.many": Right(SIGNED_IN),
    "Actions.one": unknown(SIGNED_IN),
    "Actions.plan": Right(OFFICE, sent=NEW_ACTION),
    "Actions.record": unknown(OFFICE, **RECORD),
    "Actions.call_off": unknown(OFFICE, reason="改期"),
    "Actions.photograph": Right(OFFICE, sent=a_file, done=Answer.UNKNOWN),
    "Actions.picture": unknown(SIGNED_IN),
    "Actions.stations": Right(SIGNED_IN),
    "Actions.station": unknown(SIGNED_IN),
    "Actions.open_station": Right(OFFICE, sent=STATION),
    "Actions.add_problem": Right(OFFICE, sent=problem, done=Answer.UNKNOWN),
    "Actions.settle": unknown(OFFICE, settlement="已解决"),
    "Actions.end_station": unknown(OFFICE, ended_on="2020-03-02", outcome="已撤回"),
    "Actions.letters": Right(SIGNED_IN),
    "Actions.letter": unknown(SIGNED_IN),
    "Actions.send_letter": Right(OFFICE, sent=told("unit_id", **LETTER), done=Answer.NOT_NOW),
    "Steps.visit_plan": Right(SUPERVISOR, "revisit", PLAN),
    "Steps.conclusion": Right(
        SEERS, "report", {"upheld": True, "opinion": "成立"}, done=Answer.NOT_NOW
    ),
}

PAGES: Mapping[str, Right] = {
    "papers.picture": Right(SEERS, "acknowledge", done=Answer.UNKNOWN, refused=Answer.UNKNOWN),
    "revisits.show": Right(OVERSEERS),
    "revisits.samples": Right(OVERSEERS),
    "revisits.draw": Right(
        SUPERVISOR, sent={"since": "2020-01-01", "until": "2020-12-31", "size": "1"}
    ),
    "revisits.sample": unknown(OVERSEERS),
    "revisits.plan": Right(SUPERVISOR, "revisit", PLAN),
    "revisits.objection_form": unknown(SIGNED_IN),
    "revisits.object_to": unknown(SIGNED_IN, assignment_id="1", reason="已整改"),
    "revisits.rules_page": Right(ADMINISTRATOR),
    "revisits.change_weights": Right(ADMINISTRATOR, sent={"late": "10"}),
    "revisits.change_checklist": Right(ADMINISTRATOR, sent={"text-0": "路灯亮了吗"}),
    "actions.show": Right(SIGNED_IN),
    "actions.plan_form": Right(OFFICE),
    "actions.plan": Right(OFFICE, sent=NEW_ACTION),
    "actions.one": unknown(SIGNED_IN),
    "actions.record": Right(only(), sent=RECORD, refused=Answer.UNKNOWN),
    "actions.call_off": Right(only(), sent={"reason": "改期"}, refused=Answer.UNKNOWN),
    "actions.photograph": Right(OFFICE),
    "actions.picture": unknown(SIGNED_IN),
    "stations.show": Right(SIGNED_IN),
    "stations.plan_form": Right(OFFICE),
    "stations.send": Right(OFFICE, sent=STATION),
    "stations.one": unknown(SIGNED_IN),
    "stations.add_problem": Right(only(), refused=Answer.UNKNOWN),
    "stations.settle": Right(only(), sent={"settlement": "已解决"}, refused=Answer.UNKNOWN),
    "stations.close": Right(only(), refused=Answer.UNKNOWN),
    "letters.show": Right(SIGNED_IN),
    "letters.write_form": Right(OFFICE),
    "letters.send": Right(
        OFFICE,
        sent=lambda ids: {
            "kind": "high_level",
            "unit_id": str(ids["unit_id"]),
            "subject": "请抓紧",
            "body": "请亲自过问。",
        },
        done=Answer.NOT_NOW,
    ),
    "letters.one": unknown(SIGNED_IN),
}
