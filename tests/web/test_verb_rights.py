"""Who may do what in the domain itself: every verb × every role × own and foreign unit.

A verb is any function of the domain that is told who acts. One without an entry fails:
either it is in the table, or among those that show everybody only what is theirs.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest

import engine
import workflows
from engine import Session
from tests.web.every_right import ROOMS, of_all
from tests.web.house import House
from tests.web.places import (
    CHECKS,
    EVIDENCE,
    FINAL,
    LEDGER,
    PUT_RIGHT,
    REGISTRATION,
    Ids,
    actor,
)
from tests.web.rights import (
    ADMINISTRATOR,
    LOGINS,
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
from workflows import errors, ladder, papers
from workflows.assignments import UnitTask
from workflows.blanks import BLANK
from workflows.changes import Wish
from workflows.channels import MessageFilter
from workflows.errors import Refusal
from workflows.imports.rows import Answers
from workflows.ladder import register
from workflows.ladder_rules import DEFAULT, row_of
from workflows.people import PersonForm, UnitForm
from workflows.processes import DIAGRAMS
from workflows.reckoning import Span
from workflows.reviews import Judgement
from workflows.tables import LimitUnit, Role, UnitKind, Verdict
from workflows.urged import Wanted

SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
WISH = Wish("extend", "汛期推迟施工。", "已完成一半。", date(2020, 3, 25))
TODAY = date(2020, 3, 2)
TASK = "task_id"
UNIT_FORM = UnitForm("市气象局", UnitKind.DEPARTMENT)
PERSON_FORM = PersonForm("过客", "luren")


def told(*names: str, **sent: object) -> Callable[[Ids], dict[str, Any]]:
    """Say what a verb is told: numbers of the place by their names, and what is sent."""
    return lambda ids: {**{name: ids[name] for name in names}, **sent}


NOBODY_REFUSED = frozenset(
    {
        "casefile.shown_papers",
        "casefile.waiting_for",
        "channels.wish",
        "heat.visits.items_at",
        "changes.effects.cancel_item",
        "changes.effects.decide",
        "changes.effects.settle",
        "decisions.common_reports.serves",
        "desk.move_on",
        "desk.send",
        "drafts.draft_of",
        "drafts.drop_draft",
        "imports.proposal_way.keep",
        "imports.walk.bring_in",
        "inbox.around",
        "inbox.at_units",
        "awaited.around",
        "awaited.awaited",
        "awaited.changes_since",
        "awaited.counts",
        "awaited.mine",
        "awaited.of_my_units",
        "inbox.changes_since",
        "inbox.counts",
        "inbox.done",
        "inbox.mine",
        "inbox.of_my_units",
        "ledger.count",
        "ledger.keep_view",
        "ledger.rows",
        "ledger.totals",
        "ledger.units_in",
        "ledger.views",
        "ledger.years_in",
        "notices.lines",
        "notices.mine",
        "notices.read_all",
        "notices.unread",
        "ladder.rungs.open_rungs",
        "ladder.views.pictures",
        "ladder.views.task_of",
        "moves.applying.apply",
        "moves.staying.stays",
        "opening.registering.related",
        "papers.unsent",
        "steps.actions_of",
        "store.todos.open_todos",
        "story.latest",
        "urged.urged",
        "urges.open_urges",
        "ways.way_of",
    }
)
"""Those that refuse nobody: they show what is the actor's own, or go on where a verb has asked."""

TABLE: Mapping[str, Right] = {
    **of_all("VERBS"),
    # -- an item on its way
    "items.register_item": Right(only(Who.SUPERVISOR), sent=told(registration=REGISTRATION)),
    "items.amend_registration": Right(
        only(Who.SUPERVISOR), "register", told(TASK, registration=REGISTRATION)
    ),
    "items.approve_item": Right(only(Who.DIRECTOR), "approve", told(TASK, outcome="approve")),
    "assignments.assign_item": Right(
        only(Who.SUPERVISOR),
        "assign",
        lambda ids: {TASK: ids[TASK], "lead": UnitTask(ids["lead_id"])},
    ),
    "assignments.acknowledge": Right(only(Who.HANDLER), "acknowledge", told(TASK)),
    "assignments.object_to": Right(
        only(Who.HANDLER), "acknowledge", told(TASK, reason="不属本单位")
    ),
    "assignments.decide_objection": Right(
        only(Who.SUPERVISOR), "objection", told(TASK, decision="insist", reason="属本单位")
    ),
    "reports.submit_report": Right(only(Who.HANDLER), "report", told(TASK, text=FINAL)),
    "reports.confirm_report": Right(only(Who.UNIT_HEAD), "confirm", told(TASK, sign=True)),
    "reviews.review_report": Right(
        only(Who.SUPERVISOR), "review", told(TASK, judgement=Judgement(Verdict.ACCEPTED, **CHECKS))
    ),
    "results.record_instruction": Right(
        only(Who.LEADER), "instruct", told(TASK, new_instruction=False)
    ),
    "revisits.visits.record_revisit": Right(
        only(Who.SUPERVISOR),
        "revisit",
        told(TASK, finding=PUT_RIGHT),
    ),
    "closing.close_item": Right(only(Who.DIRECTOR), "close", told(TASK)),
    "forms.complete_form": Right(only(Who.DIRECTOR), "form", told(TASK, values={})),
    "changes.answers.endorse_change": Right(
        only(Who.UNIT_HEAD), "endorse_change", told(TASK, endorse=True)
    ),
    "changes.answers.advise_change": Right(
        only(Who.SUPERVISOR), "advise_change", told(TASK, pass_on=True, opinion="建议同意")
    ),
    "changes.answers.decide_change": Right(only(Who.LEADER), "consent", told(TASK, consent=True)),
    "steps.see_task": Right(SEERS, "report", told(TASK)),
    "steps.lock": Right(SEERS, "report", told(TASK)),
    "steps.take": Right(only(Who.HANDLER), "report", told(TASK, step="report")),
    "drafts.save_draft": Right(only(Who.HANDLER), "report", told(TASK, fields={})),
    "withdrawals.withdraw": Right(only(Who.HANDLER), "confirm", told(TASK), refused=Answer.NOT_NOW),
    # -- beside its steps
    "changes.asking.ask_change": Right(UNIT, "report", told("assignment_id", wish=WISH)),
    "lineup.add_unit": Right(
        OFFICE,
        "report",
        lambda ids: {"item_id": ids["item_id"], "task": UnitTask(ids["lead_id"])},
    ),
    "lineup.withdraw_unit": Right(OFFICE, "report", told("assignment_id", reason="不再涉及")),
    "lineup.replace_unit": Right(
        OFFICE,
        "report",
        lambda ids: {
            "assignment_id": ids["assignment_id"],
            "unit_id": ids["lead_id"],
            "reason": "职能已划转",
        },
    ),
    "urges.urge": Right(
        OFFICE,
        "report",
        lambda ids: {
            "assignment_ids": [ids["assignment_id"]],
            "method": "telephone",
            "text": "请抓紧办理。",
        },
        named=False,
    ),
    "urges.urge_many": Right(
        OFFICE,
        "report",
        lambda ids: {
            "assignment_ids": [ids["assignment_id"]],
            "method": "telephone",
            "text": "请抓紧办理。",
        },
        named=False,
    ),
    # -- the ladder, and what it suggests
    "ladder_rules.change_ladder": Right(
        ADMINISTRATOR, sent={"rows": [row_of(rule) for rule in DEFAULT]}
    ),
    "ladder.rungs.approve_rung": Right(
        only(Who.DIRECTOR), "approve_rung", told(TASK, word=ladder.Word(approve=True))
    ),
    "ladder.interviews.hold_interview": Right(
        only(Who.SUPERVISOR),
        "hold_interview",
        told(TASK, text=ladder.InterviewText(TODAY, "会议室", "张明", "周局", "已谈")),
    ),
    "ladder.suggestions.suggest": Right(OFFICE, "report", told("assignment_id", kind="praise")),
    "ladder.suggestions.submit_evidence": Right(
        only(Who.SUPERVISOR), "evidence", told(TASK, text=EVIDENCE)
    ),
    "ladder.suggestions.drop_suggestion": Right(
        only(Who.SUPERVISOR), "evidence", told(TASK, reason="证据不足")
    ),
    "ladder.suggestions.endorse_suggestion": Right(
        only(Who.DIRECTOR), "endorse_suggestion", told(TASK, verdict="approve")
    ),
    "ladder.suggestions.approve_suggestion": Right(
        only(Who.LEADER), "approve_suggestion", told(TASK, approve=True)
    ),
    "ladder.suggestions.hand_over": Right(
        only(Who.SUPERVISOR),
        "hand_over",
        told(TASK, handing=ladder.Handing("市政府办公室", "函", TODAY)),
    ),
    "ladder.suggestions.record_outcome": Right(
        only(Who.SUPERVISOR), "record_outcome", told(TASK, outcome="已通报表扬", on=TODAY)
    ),
    "ladder.views.rungs_of": Right(SEERS, "report", told("item_id")),
    "ladder.views.rung_file": Right(OVERSEERS, "approve_rung", told("rung_id")),
    "ladder.views.slip_of": Right(OVERSEERS, "approve_rung", told("rung_id")),
    "ladder.register.register": Right(OVERSEERS, sent=told(wanted=register.Wanted())),
    "ladder.register.about_item": Right(SIGNED_IN, sent=told(item_id=1)),
    "ladder.register.about_unit": Right(SIGNED_IN, sent=told(unit_id=1)),
    "ladder.register.counts": Right(OVERSEERS),
    "ladder.register.units": Right(OVERSEERS),
    "ladder.views.suggestion_file": Right(OVERSEERS, "evidence", told("suggestion_id")),
    # -- what an item holds
    "inbox.of_item": Right(SEERS, "report", told("item_id")),
    "store.items.visible_item": Right(SEERS, "report", told("item_id")),
    "store.todos.visible_todo": Right(SEERS, "report", told(TASK)),
    "store.parts.visible_part": Right(SEERS, "report", told("assignment_id")),
    "casefile.case_of": Right(SEERS, "report", told("item_id")),
    "story.story_of": Right(SEERS, "report", told("item_id")),
    "story.history_of": Right(only(Who.AUDITOR), "report", told("item_id")),
    "story.breaks_of": Right(only(Who.AUDITOR), "report", told("item_id")),
    "papers.papers_of": Right(SEERS, "report", told("item_id")),
    "papers.open_paper": Right(SEERS, "acknowledge", told("paper_id")),
    "papers.keep_paper": Right(OFFICE | UNIT, "report", told("item_id", "checked")),
    "papers.remove_paper": Right(
        only(Who.HANDLER), "acknowledge", told("paper_id"), refused=Answer.UNKNOWN
    ),
    # -- what everybody has of their own
    "notices.read": Right(SIGNED_IN, NOTICE, told("notice_id")),
    "notices.unread_again": Right(SIGNED_IN, NOTICE, told("notice_id")),
    "ledger.drop_view": Right(SIGNED_IN, VIEW, told("view_id")),
    # -- what leaves the house
    "channels.messages": Right(
        only(Who.ADMINISTRATOR, Who.AUDITOR), sent=told(wanted=MessageFilter())
    ),
    # -- the office's imports
    "imports.batches.upload": Right(OFFICE, sent=told(name="台账.xlsx", workbook=LEDGER)),
    "imports.batches.recent": Right(OFFICE),
    "imports.batches.batch_of": Right(OFFICE, sent=told("batch_id")),
    "imports.batches.preview": Right(OFFICE, sent=told("batch_id")),
    "imports.batches.choose_sheet": Right(
        OFFICE, sent=told("batch_id", name="台账", sheets=LEDGER.sheets)
    ),
    "imports.batches.correct": Right(OFFICE, sent=told("batch_id", fields={}, answers=Answers())),
    "imports.batches.save_template": Right(
        OFFICE, sent=told("batch_id", name="月报", fields={}, sheets=LEDGER.sheets)
    ),
    "imports.batches.use_template": Right(
        OFFICE, sent=told("batch_id", template_id=None, sheets=LEDGER.sheets)
    ),
    "imports.batches.sheets_of": Right(OFFICE, sent=told("batch_id")),
    "imports.batches.order": Right(
        OFFICE, sent=told("batch_id", seal="old", sheets=LEDGER.sheets), done=Answer.NOT_NOW
    ),
    # -- the administrator's
    "incidents.stuck": Right(ADMINISTRATOR),
    "incidents.count": Right(ADMINISTRATOR),
    "account_changes.changes_of": Right(
        only(Who.ADMINISTRATOR, Who.AUDITOR), sent=told("person_id")
    ),
    "account_changes.latest": Right(only(Who.ADMINISTRATOR, Who.AUDITOR)),
    "calendar.import_year": Right(ADMINISTRATOR, sent=told(year=2021, days=[], source="国办")),
    "limits.change_limit": Right(
        ADMINISTRATOR, sent=told(name="report", span=Span(3, LimitUnit.WORKING_DAYS))
    ),
    "moves.changing.of_calendar": Right(
        ADMINISTRATOR, sent=told(year=2021, days=[], source="国办")
    ),
    "moves.changing.change_calendar": Right(
        ADMINISTRATOR, sent=told(year=2021, days=[], source="国办")
    ),
    "moves.changing.of_rules": Right(ADMINISTRATOR, sent=told(wanted=[])),
    "moves.changing.change_rules": Right(ADMINISTRATOR, sent=told(wanted=[])),
    "moves.changing.of_periods": Right(ADMINISTRATOR, sent=told(wanted={})),
    "moves.changing.change_periods": Right(ADMINISTRATOR, sent=told(wanted={})),
    "periods.change_table": Right(ADMINISTRATOR, sent=told(wanted={})),
    "urged.standings": Right(OVERSEERS, sent=told(wanted=Wanted(TODAY, TODAY))),
    "urged.unit_urged": Right(OVERSEERS, sent=told("unit_id")),
    "settings.change": Right(ADMINISTRATOR, sent=told(name="office.city", value="云川市")),
    "units.add_unit": Right(ADMINISTRATOR, sent=told(form=UNIT_FORM)),
    "units.change_unit": Right(ADMINISTRATOR, sent=told("unit_id", form=UNIT_FORM)),
    "units.close_unit": Right(ADMINISTRATOR, sent=told("unit_id")),
    "units.reopen_unit": Right(ADMINISTRATOR, sent=told("unit_id")),
    "people.add_post": Right(ADMINISTRATOR, sent=told("unit_id", name="承办人", role=Role.HANDLER)),
    "people.change_post": Right(ADMINISTRATOR, sent=told("post_id", name="承办人")),
    "people.add_person": Right(
        ADMINISTRATOR, sent=told(form=PERSON_FORM, password="shui-di-shi-chuan-2019")
    ),
    "people.open_account": Right(ADMINISTRATOR, sent=told(form=PERSON_FORM)),
    "people.change_person": Right(ADMINISTRATOR, sent=told("person_id", form=PERSON_FORM)),
    "people.disable_person": Right(ADMINISTRATOR, sent=told("person_id")),
    "people.enable_person": Right(ADMINISTRATOR, sent=told("person_id")),
    "people.give_post": Right(ADMINISTRATOR, sent=told("person_id", "post_id")),
    "people.end_holding": Right(ADMINISTRATOR, sent=told("holding_id")),
    "people.reset_password": Right(ADMINISTRATOR, sent=told("person_id")),
    "people.issue_token": Right(ADMINISTRATOR, sent=told("person_id")),
    "people.revoke_token": Right(ADMINISTRATOR, sent=told("person_id")),
}

ANSWERS: Mapping[type[Exception], Answer] = {
    errors.NotYours: Answer.FORBIDDEN,
    errors.ItemUnknown: Answer.UNKNOWN,
    errors.DecisionUnknown: Answer.UNKNOWN,
    errors.DrawingUnknown: Answer.UNKNOWN,
    errors.TableUnknown: Answer.UNKNOWN,
    errors.TemplateUnknown: Answer.UNKNOWN,
    errors.PublicationUnknown: Answer.UNKNOWN,
    errors.SerialUnknown: Answer.UNKNOWN,
    errors.MigrationUnknown: Answer.UNKNOWN,
    errors.ReplayUnknown: Answer.UNKNOWN,
    errors.MilestoneUnknown: Answer.UNKNOWN,
    errors.ActionUnknown: Answer.UNKNOWN,
    errors.AppealUnknown: Answer.UNKNOWN,
    errors.PraiseUnknown: Answer.UNKNOWN,
    errors.UnitUnknown: Answer.UNKNOWN,
    errors.RevisitUnknown: Answer.UNKNOWN,
    errors.SampleUnknown: Answer.UNKNOWN,
    errors.AssignmentUnknown: Answer.UNKNOWN,
    errors.NoticeUnknown: Answer.UNKNOWN,
    errors.PaperUnknown: Answer.UNKNOWN,
    errors.SnapshotUnknown: Answer.UNKNOWN,
    errors.SummaryUnknown: Answer.UNKNOWN,
    errors.PersonUnknown: Answer.UNKNOWN,
    errors.ViewUnknown: Answer.UNKNOWN,
    errors.RungUnknown: Answer.UNKNOWN,
    errors.SuggestionUnknown: Answer.UNKNOWN,
    errors.DisclosureUnknown: Answer.UNKNOWN,
    errors.TargetUnknown: Answer.UNKNOWN,
    errors.NothingToWithdraw: Answer.NOT_NOW,
    errors.PreviewStale: Answer.NOT_NOW,
    engine.TaskUnknown: Answer.UNKNOWN,
}


class Undone(Exception):
    """The verb was carried out, and is taken back so that the next one finds the same place."""


def rooms() -> Iterator[ModuleType]:
    """Yield the modules of the domain that hold verbs."""
    for found in pkgutil.walk_packages(workflows.__path__, "workflows."):
        if not found.name.startswith(
            ("workflows.migrations", "workflows.demo", "workflows.tables")
        ):
            yield importlib.import_module(found.name)


def verbs() -> Mapping[str, Callable[..., object]]:
    """Return every function of the domain that is told who acts."""
    return {
        f"{room.__name__.removeprefix('workflows.')}.{name}": function
        for room in rooms()
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if function.__module__ == room.__name__
        and not name.startswith("_")
        and list(inspect.signature(function).parameters)[:2] == ["session", "actor"]
    }


def test_every_verb_has_its_entry() -> None:
    everybody = (getattr(room, "FOR_EVERYBODY", frozenset()) for room in ROOMS)
    known = set(TABLE).union(NOBODY_REFUSED, *everybody)

    assert set(verbs()) - known == set(), "say in TABLE who may do these"
    assert known - set(verbs()) == set(), "these are gone"


def try_out(house: House, verb: Callable[..., object], login: str, sent: dict[str, Any]) -> Answer:
    """Have somebody do a verb, and take it back."""

    def work(session: Session) -> None:
        verb(session, actor(session, login), **sent)
        raise Undone

    try:
        house.database.write(work)
    except Undone:
        return Answer.DONE
    except (Refusal, engine.EngineError) as error:
        return ANSWERS.get(type(error), Answer.DONE)
    raise AssertionError


@pytest.mark.parametrize("name", sorted(TABLE, key=lambda name: (TABLE[name].at == "form", name)))
def test_a_verb_answers_each_role_as_it_should(house: House, name: str) -> None:
    right, verb = TABLE[name], verbs()[name]

    wrong = []
    for foreign in (False, True) if right.at else (False,):
        ids = house.place(right, foreign=foreign)
        ids["checked"] = papers.check(house.database, "照片.pdf", BytesIO(BLANK))
        for who in filter(LOGINS.get, right.tried_by(foreign=foreign)):  # all but the stranger
            if right.at in PERSONAL:
                ids |= house.personal(who, foreign=foreign)
            sent = right.sent(ids) if callable(right.sent) else right.sent
            expected = right.expects(who, foreign=foreign)
            found = try_out(house, verb, LOGINS[who], dict(sent))
            if found != expected:
                wrong.append(f"{who}, {'foreign' if foreign else 'own'}: {found}, not {expected}")

    assert wrong == []
