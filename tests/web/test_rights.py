"""Who may see and do what: every route of the URL map × every role × own and foreign unit.

Own and foreign are tried by a unit's people; to everybody else all units are alike.
A route without an entry in the table fails. Whoever may not know of an item finds
nothing (404); whoever sees it and may not act is refused (403); strangers sign in.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.browser.cast import PASSWORD
from tests.web.every_right import of_all
from tests.web.house import House
from tests.web.places import Ids
from tests.web.rights import (
    ADMINISTRATOR,
    EVERYONE,
    NOTICE,
    OFFICE,
    OVERSEERS,
    PERSONAL,
    SEERS,
    SIGNED_IN,
    UNIT,
    VIEW,
    Answer,
    Right,
    Who,
    only,
)
from workflows.blanks import BLANK
from workflows.processes import DIAGRAMS
from workflows.workbooks import workbook

REGISTRATION = {
    "secret": False,
    "source": "city_instruction",
    "basis": "市长批示",
    "title": "城区公交站台改造",
    "urgency": "normal",
}
REPORT = {"final": True, "progress": "已完成。", "percent": 100}
CHECKS = {"measures_done": True, "problem_solved": True, "target_reached": True}
SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
LATER = {
    "kind": "extend",
    "new_due_on": "2020-03-25",
    "reason": "汛期推迟施工。",
    "progress": "已完成一半。",
}
WHY = {"reason": "职能已划转"}
OFFICE_UNIT = {"name": "市气象局", "kind": "department"}
PERSON = {"name": "过客", "login": "luren"}
INTERVIEW = {
    "held_on": "2020-03-02",
    "place": "会议室",
    "interviewer": "张明",
    "interviewed": "周局",
    "record": "已谈",
}
NEW_YEAR = [{"day": "2020-01-01", "working": False, "name": "元旦"}]
URGE = {"method": "telephone", "text": "请抓紧办理。"}


def registered(_: Ids) -> Mapping[str, Any]:
    """Register a matter that looks like no other."""
    return {**REGISTRATION, "title": uuid4().hex}


def urged(ids: Ids) -> Mapping[str, Any]:
    """Urge the place's unit."""
    return {"assignment_ids": [ids["assignment_id"]], **URGE}


def handed(ids: Ids) -> Mapping[str, Any]:
    """Hand an item to the place's unit."""
    return {"lead": {"unit_id": ids["lead_id"]}}


def file(_: Ids) -> Mapping[str, Any]:
    """Send a file."""
    return {"file": (BytesIO(BLANK), "照片.pdf")}


def files(_: Ids) -> Mapping[str, Any]:
    """Send a file as a page does."""
    return {"papers": (BytesIO(BLANK), "照片.pdf")}


def book(_: Ids) -> Mapping[str, Any]:
    """Send a ledger."""
    table = workbook("台账", ["编号", "督查事项", "责任单位"], [["督字1号", "修路", "市城管局"]])
    return {"file": (BytesIO(table), "台账.xlsx")}


API: Mapping[str, Right] = {
    "api-docs.openapi_json": Right(EVERYONE),
    "Account.me": Right(SIGNED_IN),
    "Items.many": Right(SIGNED_IN),
    "Ledger.export": Right(SIGNED_IN),
    "Items.one": Right(SEERS, "acknowledge"),
    "Items.register": Right(only(Who.SUPERVISOR), sent=registered),
    "Items.tell": Right(SEERS, "acknowledge"),
    "Tasks.of_item": Right(SEERS, "acknowledge"),
    "Items.ask_for_revisit": Right(OFFICE | {Who.LEADER}, "report"),
    "History.entries": Right(only(Who.AUDITOR), "acknowledge"),
    "History.verify": Right(only(Who.AUDITOR), "acknowledge"),
    "Tasks.mine": Right(SIGNED_IN),
    "Tasks.papers": Right(SIGNED_IN),
    "Tasks.one": Right(SEERS, "acknowledge"),
    "Steps.register": Right(only(Who.SUPERVISOR), "register", registered),
    "Steps.approve": Right(only(Who.DIRECTOR), "approve", {"outcome": "approve"}),
    "Steps.assign": Right(only(Who.SUPERVISOR), "assign", handed),
    "Steps.acknowledge": Right(only(Who.HANDLER), "acknowledge"),
    "Steps.object_to": Right(only(Who.HANDLER), "acknowledge", {"reason": "不属本单位"}),
    "Steps.decide_objection": Right(
        only(Who.SUPERVISOR), "objection", {"decision": "insist", "reason": "属本单位"}
    ),
    "Steps.report": Right(only(Who.HANDLER), "report", REPORT),
    "Steps.confirm": Right(only(Who.UNIT_HEAD), "confirm", {"sign": True}),
    "Steps.review": Right(only(Who.SUPERVISOR), "review", {"verdict": "accepted", **CHECKS}),
    "Steps.instruction": Right(only(Who.LEADER), "instruct", {"new_instruction": False}),
    "Steps.endorse_change": Right(only(Who.UNIT_HEAD), "endorse_change", {"endorse": True}),
    "Steps.advise_change": Right(
        only(Who.SUPERVISOR), "advise_change", {"pass_on": True, "opinion": "建议同意"}
    ),
    "Steps.consent": Right(only(Who.LEADER), "consent", {"consent": True}),
    "Steps.revisit": Right(
        only(Who.SUPERVISOR), "revisit", {"method": "on_site", "findings": "属实", "solved": True}
    ),
    "Steps.approve_rung": Right(only(Who.DIRECTOR), "approve_rung", {"approve": True}),
    "Steps.hold_interview": Right(only(Who.SUPERVISOR), "hold_interview", INTERVIEW),
    "Steps.evidence": Right(only(Who.SUPERVISOR), "evidence", {"whom": "某局", "evidence": "事实"}),
    "Steps.drop_suggestion": Right(only(Who.SUPERVISOR), "evidence", {"reason": "证据不足"}),
    "Steps.endorse_suggestion": Right(
        only(Who.DIRECTOR), "endorse_suggestion", {"verdict": "approve"}
    ),
    "Steps.approve_suggestion": Right(only(Who.LEADER), "approve_suggestion", {"approve": True}),
    "Steps.hand_over": Right(
        only(Who.SUPERVISOR),
        "hand_over",
        {"organ": "市政府办公室", "document": "函", "on": "2020-03-02"},
    ),
    "Steps.record_outcome": Right(
        only(Who.SUPERVISOR), "record_outcome", {"outcome": "已表扬", "on": "2020-03-02"}
    ),
    "Ladder.rungs": Right(SEERS, "report"),
    "Ladder.read_rungs": Right(SEERS, "report"),
    "Ladder.rung": Right(OVERSEERS, "approve_rung"),
    "Ladder.slip": Right(OVERSEERS, "approve_rung"),
    "Ladder.suggestions": Right(OVERSEERS),
    "Ladder.suggestion": Right(OVERSEERS, "evidence"),
    "Ladder.suggest": Right(OFFICE, "report", {"kind": "praise"}),
    "Steps.close": Right(only(Who.DIRECTOR), "close"),
    "Steps.form": Right(only(Who.DIRECTOR), "form", {"values": {}}),
    "Steps.withdraw": Right(only(Who.HANDLER), "confirm", refused=Answer.NOT_NOW),
    "Assignments.urge": Right(OFFICE, "acknowledge", urged, named=False),
    "Assignments.read_urges": Right(SEERS, "acknowledge"),
    "Assignments.ask_change": Right(UNIT, "report", LATER),
    "Assignments.add_unit": Right(OFFICE, "report", lambda ids: {"unit_id": ids["lead_id"]}),
    "Assignments.withdraw_unit": Right(OFFICE, "report", WHY),
    "Assignments.replace_unit": Right(
        OFFICE, "report", lambda ids: {"unit_id": ids["lead_id"], **WHY}
    ),
    "Papers.many": Right(SEERS, "acknowledge"),
    "Papers.keep": Right(OFFICE | UNIT, "acknowledge", file),
    "Papers.keep_evidence": Right(only(Who.SUPERVISOR), "evidence", file),
    "Papers.read": Right(SEERS, "acknowledge"),
    "Papers.remove": Right(only(Who.HANDLER), "acknowledge", refused=Answer.UNKNOWN),
    "Views.many": Right(SIGNED_IN),
    "Views.keep": Right(SIGNED_IN, sent={"name": "我的", "query": "light=red"}),
    "Views.drop": Right(SIGNED_IN, VIEW),
    "Imports.many": Right(OFFICE),
    "Imports.upload": Right(OFFICE, sent=book),
    "Imports.one": Right(OFFICE),
    "Imports.how_far": Right(OFFICE),
    "Imports.file": Right(OFFICE),
    "Imports.choose_sheet": Right(OFFICE, sent={"sheet": "台账"}),
    "Imports.correct": Right(OFFICE, sent={"matching": {"1": "title", "2": "units"}}),
    "Imports.save_template": Right(OFFICE, sent={"name": "县里", "matching": {"1": "title"}}),
    "Imports.use_template": Right(OFFICE, sent={}),
    "Imports.run": Right(OFFICE, sent={"seal": "old"}, done=Answer.NOT_NOW),
    "Units.many": Right(SIGNED_IN),
    "Units.one": Right(SIGNED_IN),
    "Units.add": Right(ADMINISTRATOR, sent=OFFICE_UNIT),
    "Units.change": Right(ADMINISTRATOR, sent=OFFICE_UNIT),
    "Units.close": Right(ADMINISTRATOR),
    "Units.reopen": Right(ADMINISTRATOR),
    "Units.posts": Right(ADMINISTRATOR),
    "Units.add_post": Right(ADMINISTRATOR, sent={"name": "副处长", "role": "handler"}),
    "People.many": Right(ADMINISTRATOR),
    "People.one": Right(ADMINISTRATOR),
    "People.add": Right(ADMINISTRATOR, sent=PERSON),
    "People.change": Right(ADMINISTRATOR, sent=PERSON),
    "People.disable": Right(ADMINISTRATOR),
    "People.enable": Right(ADMINISTRATOR),
    "People.reset_password": Right(ADMINISTRATOR),
    "People.issue_token": Right(ADMINISTRATOR),
    "People.end_token": Right(ADMINISTRATOR),
    "AccountChanges.of_person": Right(only(Who.ADMINISTRATOR, Who.AUDITOR)),
    "People.give_post": Right(ADMINISTRATOR, sent=lambda ids: {"person_id": ids["person_id"]}),
    "People.end_holding": Right(ADMINISTRATOR),
    "Calendar.one": Right(ADMINISTRATOR),
    "Calendar.take_in": Right(ADMINISTRATOR, sent={"source": "国办", "days": NEW_YEAR}),
    "Calendar.would_move": Right(ADMINISTRATOR, sent={"source": "国办", "days": NEW_YEAR}),
    "Calendar.read_notice": Right(ADMINISTRATOR, sent={"text": "一、元旦：1月1日放假。"}),
    "Limits.many": Right(ADMINISTRATOR),
    "Limits.one": Right(ADMINISTRATOR),
    "Limits.change": Right(
        ADMINISTRATOR,
        sent={"number": 15, "unit": "natural_days"},
        done=Answer.NOT_NOW,  # it waits for a second administrator
    ),
    "Limits.would_move": Right(ADMINISTRATOR, sent={"number": 15, "unit": "natural_days"}),
    "Limits.reporting": Right(ADMINISTRATOR),
    "Limits.change_reporting": Right(ADMINISTRATOR, sent={"periods": []}),
    "Limits.reports_would_move": Right(ADMINISTRATOR, sent={"periods": []}),
    "Limits.ladder": Right(ADMINISTRATOR),
    "Limits.change_ladder": Right(ADMINISTRATOR, sent={"rungs": []}),
    "Limits.clock": Right(ADMINISTRATOR),
    "Limits.change_clock": Right(ADMINISTRATOR, sent={"limit_roll": "no"}),
    "Incidents.many": Right(ADMINISTRATOR),
    "Incidents.retry": Right(ADMINISTRATOR, done=Answer.UNKNOWN),
    "Notices.read_all": Right(SIGNED_IN),
    "Notices.unread": Right(SIGNED_IN, NOTICE),
    "Notices.mine": Right(SIGNED_IN),
    "Notices.read": Right(SIGNED_IN, "notice"),
    "Diagrams.many": Right(SIGNED_IN),
    "Diagrams.one": Right(SIGNED_IN),
    "Diagrams.xml": Right(SIGNED_IN),
    "Diagrams.by_source": Right(ADMINISTRATOR),
    "Diagrams.choose": Right(ADMINISTRATOR, sent={"routes": []}),
    "Diagrams.check": Right(ADMINISTRATOR, sent=lambda _: SHIPPED),
    "Diagrams.deploy": Right(ADMINISTRATOR, sent=lambda _: SHIPPED),
}

PAGES: Mapping[str, Right] = {
    "static": Right(EVERYONE),
    "auth.sign_in": Right(EVERYONE),
    "auth.enter": Right(
        only(),
        sent=lambda _ids: {"login": uuid4().hex, "password": "nothing"},
        refused=Answer.SIGN_IN,
    ),
    "auth.prefer": Right(EVERYONE, sent={"theme": "dark"}),
    "auth.me": Right(SIGNED_IN),
    "auth.change_password": Right(SIGNED_IN, sent={"old": PASSWORD, "new": "short"}),
    "auth.wish": Right(SIGNED_IN, sent={"mail": "at_once"}),
    "auth.leave": Right(only(), refused=Answer.SIGN_IN),
    "inbox.show": Right(SIGNED_IN),
    "inbox.news": Right(SIGNED_IN),
    "inbox.urge": Right(
        OFFICE,
        "acknowledge",
        lambda ids: {"assignment": ids["assignment_id"], **URGE},
        named=False,
    ),
    "items.show": Right(SEERS, "acknowledge"),
    "items.diagram": Right(SEERS, "acknowledge"),
    "registering.show": Right(only(Who.SUPERVISOR)),
    "registering.register": Right(
        only(Who.SUPERVISOR), sent=lambda ids: {**registered(ids), "secret": "false"}
    ),
    "registering.limit": Right(SIGNED_IN),
    "deeds.urge_form": Right(OFFICE, "acknowledge"),
    "deeds.urge": Right(OFFICE, "acknowledge", urged),
    "deeds.change_form": Right(UNIT, "report"),
    "deeds.change": Right(UNIT, "report", lambda ids: {"part": ids["assignment_id"], **LATER}),
    "lineup.add_form": Right(OFFICE, "report"),
    "lineup.add": Right(OFFICE, "report", lambda ids: {"unit_id": ids["lead_id"], "part": "co"}),
    "lineup.withdraw_form": Right(OFFICE, "report", done=Answer.NOT_NOW),
    "lineup.withdraw": Right(OFFICE, "report", lambda ids: {"part": ids["assignment_id"], **WHY}),
    "lineup.replace_form": Right(OFFICE, "report"),
    "lineup.replace": Right(
        OFFICE,
        "report",
        lambda ids: {"part": ids["assignment_id"], "unit_id": ids["lead_id"], **WHY},
    ),
    "deeds.ask_for_revisit": Right(OFFICE | {Who.LEADER}, "report"),
    "papers.add": Right(OFFICE | UNIT, "acknowledge", files),
    "papers.read": Right(SEERS, "acknowledge"),
    "steps.show": Right(only(Who.HANDLER), "report"),
    "steps.send": Right(only(Who.HANDLER), "report", {**REPORT, "final": "true"}),
    "steps.keep": Right(only(Who.HANDLER), "report", {"progress": "一半"}),
    "steps.withdraw": Right(only(Who.HANDLER), "confirm", refused=Answer.NOT_NOW),
    "catalogue.show": Right(ADMINISTRATOR),
    "catalogue.example": Right(ADMINISTRATOR, sent={"limit": "review"}),
    "ledger.show": Right(SEERS),
    "ledger.export": Right(SEERS),
    "ledger.keep": Right(SIGNED_IN, sent={"name": "我的"}),
    "ledger.drop": Right(SIGNED_IN, VIEW),
    "imports.show": Right(OFFICE),
    "imports.upload": Right(OFFICE),
    "imports.one": Right(OFFICE),
    "imports.choose_sheet": Right(OFFICE),
    "imports.correct": Right(OFFICE),
    "imports.save_template": Right(OFFICE, sent={"template": "月报"}),
    "imports.use_template": Right(OFFICE),
    "imports.run": Right(OFFICE, sent={"seal": "old"}, done=Answer.NOT_NOW),
    "imports.how_far": Right(OFFICE),
    "imports.problems": Right(OFFICE),
    "imports.file": Right(OFFICE),
    "notices.show": Right(SIGNED_IN),
    "notices.follow": Right(SIGNED_IN, NOTICE),
    "notices.read": Right(SIGNED_IN, NOTICE),
    "notices.unread": Right(SIGNED_IN, NOTICE),
    "notices.read_all": Right(SIGNED_IN),
    "admin_ladder.show": Right(ADMINISTRATOR),
    "admin_ladder.change": Right(ADMINISTRATOR),
    "admin_ladder.change_settings": Right(ADMINISTRATOR),
    "rungs.show": Right(OVERSEERS, "approve_rung"),
    "rungs.slip": Right(OVERSEERS, "approve_rung"),
    "rungs.slip_pdf": Right(OVERSEERS, "approve_rung"),
    "ladder.suggestions": Right(OVERSEERS),
    "ladder.suggestion": Right(OVERSEERS, "evidence"),
    "ladder.suggest_form": Right(OFFICE, "report"),
    "ladder.suggest": Right(
        OFFICE, "report", lambda ids: {"part": ids["assignment_id"], "kind": "praise"}
    ),
    "messages.show": Right(only(Who.ADMINISTRATOR, Who.AUDITOR)),
    "account_changes.show": Right(only(Who.ADMINISTRATOR, Who.AUDITOR)),
    "posts.show": Right(SIGNED_IN),
    "posts.appoint": Right(SIGNED_IN, sent={}),
    "posts.end": Right(only(), refused=Answer.UNKNOWN),
    "posts.delegate": Right(only(Who.HANDLER), "report", done=Answer.UNKNOWN),
    "posts.give_back": Right(only(), "report"),
    "posts.take_back": Right(only(Who.HANDLER), "report", done=Answer.NOT_NOW),
    "posts.hand_over_form": Right(ADMINISTRATOR, refused=Answer.UNKNOWN),
    "posts.hand_over": Right(ADMINISTRATOR, refused=Answer.UNKNOWN),
    "posts.record": Right(only(), refused=Answer.UNKNOWN),
    "posts.receive": Right(only(), refused=Answer.UNKNOWN),
    "posts.supervisor_form": Right(only(Who.DIRECTOR), "report"),
    "posts.supervisor": Right(only(Who.DIRECTOR), "report", done=Answer.UNKNOWN),
    "admin_settings.show": Right(ADMINISTRATOR),
    "admin_settings.change": Right(ADMINISTRATOR),
    "incidents.show": Right(ADMINISTRATOR),
    "incidents.retry": Right(ADMINISTRATOR, done=Answer.UNKNOWN),
    "admin_calendar.show": Right(ADMINISTRATOR),
    "admin_calendar.ask": Right(ADMINISTRATOR),
    "admin_calendar.preview": Right(ADMINISTRATOR),
    "admin_calendar.take_in": Right(ADMINISTRATOR),
    "admin_periods.show": Right(ADMINISTRATOR),
    "admin_periods.change": Right(ADMINISTRATOR),
    "urged.show": Right(SIGNED_IN),
    "urged.every": Right(SIGNED_IN),
    "urged.urges": Right(SIGNED_IN),
    "urged.unit": Right(OVERSEERS),
    "urged.ranking": Right(OVERSEERS),
    "admin_limits.show": Right(ADMINISTRATOR),
    "admin_limits.edit": Right(ADMINISTRATOR),
    "admin_limits.change": Right(ADMINISTRATOR),
    "admin_limits.change_settings": Right(ADMINISTRATOR),
    "admin_people.show": Right(ADMINISTRATOR),
    "admin_people.person": Right(ADMINISTRATOR),
    "admin_people.change_person": Right(ADMINISTRATOR),
    "admin_people.disable": Right(ADMINISTRATOR),
    "admin_people.enable": Right(ADMINISTRATOR),
    "admin_people.reset_password": Right(ADMINISTRATOR),
    "admin_people.issue_token": Right(ADMINISTRATOR),
    "admin_people.end_token": Right(ADMINISTRATOR),
    "admin_people.new_person": Right(ADMINISTRATOR),
    "admin_people.add_person": Right(ADMINISTRATOR),
    "admin_people.new_unit": Right(ADMINISTRATOR),
    "admin_people.add_unit": Right(ADMINISTRATOR),
    "admin_people.unit": Right(ADMINISTRATOR),
    "admin_people.change_unit": Right(ADMINISTRATOR),
    "admin_people.close_unit": Right(ADMINISTRATOR),
    "admin_people.reopen_unit": Right(ADMINISTRATOR),
    "admin_people.add_post": Right(ADMINISTRATOR),
    "admin_people.give_post": Right(
        ADMINISTRATOR,
        sent=lambda ids: {"person_id": ids["person_id"], "post_id": ids["post_id"]},
    ),
    "admin_people.end_holding": Right(ADMINISTRATOR),
}

TABLE = {
    **API,
    **PAGES,
    **of_all("API"),
    **of_all("PAGES"),
}


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Yield every route with each of its methods."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def test_every_route_has_its_entry(house: House) -> None:
    endpoints = {rule.endpoint for rule, _ in routes(house.app)}

    assert endpoints - set(TABLE) == set(), "say in TABLE who may use these"
    assert set(TABLE) - endpoints == set(), "these are gone"


@pytest.mark.parametrize(
    "endpoint", sorted(TABLE, key=lambda name: (TABLE[name].at == "form", name))
)
def test_a_route_answers_each_role_as_it_should(house: House, endpoint: str) -> None:
    right = TABLE[endpoint]
    (rule,) = (rule for rule in house.app.url_map.iter_rules() if rule.endpoint == endpoint)
    (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}

    wrong = []
    for foreign in (False, True) if right.at else (False,):
        ids = house.place(right, foreign=foreign)
        for who in sorted(right.tried_by(foreign=foreign), key=lambda who: who in right.who):
            if who in right.who and method == "POST":
                ids = house.place(right, foreign=foreign)  # whoever may act changes the place
            if right.at in PERSONAL:
                ids |= house.personal(who, foreign=foreign)
            expected = right.expects(who, foreign=foreign)
            found = house.try_out(rule, method, right, who, ids)
            if found != expected:
                wrong.append(f"{who}, {'foreign' if foreign else 'own'}: {found}, not {expected}")

    assert wrong == []


HIDDEN = sorted(name for name, right in TABLE.items() if right.at and right.named)


def told(answer: TestResponse, ids: Ids) -> tuple[int, str]:
    """Return what somebody is told, without what they asked for themselves."""
    text = answer.text.replace(answer.request.path, "…")
    text = re.sub(r"(csrf[_-]token\"[^>]*(?:value|content)=)\"[^\"]*\"", r"\1", text)
    for name, number in ids.items():
        text = re.sub(rf'"{name}":"?{number}"?(?=[,}}])', f'"{name}":…', text)
    return answer.status_code, text


@pytest.mark.parametrize("endpoint", [name for name in HIDDEN if TABLE[name].at != "form"])
def test_what_is_foreign_is_answered_like_what_never_was(house: House, endpoint: str) -> None:
    right = TABLE[endpoint]
    (rule,) = (rule for rule in house.app.url_map.iter_rules() if rule.endpoint == endpoint)
    (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    there = house.place(right, foreign=True) | house.personal(Who.HANDLER, foreign=True)
    never = {
        **there,
        **{name: uuid4() if name[:4] in {"task", "pape"} else 10**6 for name in rule.arguments},
    }

    answers = [
        told(house.ask(rule, method, right, Who.HANDLER, ids), {n: ids[n] for n in rule.arguments})
        for ids in (there, never)
    ]

    assert answers[0][0] == 404
    assert answers[0] == answers[1]
