"""Who may set targets, release replies to the public, and keep the bases of accountability."""

from collections.abc import Mapping
from decimal import Decimal

from tests.web.project_rights import told
from tests.web.rights import (
    ADMINISTRATOR,
    EVERYONE,
    OFFICE,
    OVERSEERS,
    SEERS,
    Answer,
    Right,
    Who,
    only,
)
from workflows import ladder
from workflows.disclosure import Choice
from workflows.tables import Measure, Target, TargetState
from workflows.targets import Entry, Terms
from workflows.targets.overview import Wanted

NUMBERS: Mapping[str, object] = {
    "target_id": 10**6, "disclosure_id": 10**6, "figures_id": 10**6, "basis_id": 1,
}  # fmt: skip
"""Targets and disclosed replies that aren't there: what is theirs is tried by their own tests."""
NONE_SUCH = Answer.UNKNOWN
DIRECTOR = only(Who.DIRECTOR)
THERE = Target(
    id=0, year=2020, measure=Measure.FIGURE, figure="items_open", state=TargetState.IN_FORCE
)
NEW = Entry(2020, Measure.FIGURE, Decimal(10), "no_such_figure")
REGULATION = {"name": "某市督查工作办法"}

API: Mapping[str, Right] = {
    "Targets.many": Right(SEERS),
    "Targets.one": Right(SEERS, done=NONE_SUCH),
    "Targets.draft": Right(OFFICE, sent={"year": 2020, "measure": "figure", "amount": 1}),
    "Targets.change": Right(OFFICE, sent={"amount": 1, "reason": "调整"}, done=NONE_SUCH),
    "Targets.decide": Right(DIRECTOR, sent={"approve": True}, done=NONE_SUCH),
    "Targets.end": Right(OFFICE, sent={"reason": "不再考核"}, done=NONE_SUCH),
    "Targets.freeze": Right(OFFICE, sent={"year": 2020}),
    "Disclosures.many": Right(OVERSEERS),
    "Disclosures.one": Right(OVERSEERS, done=NONE_SUCH),
    "Disclosures.preview": Right(OFFICE, "issued", named=False),
    "Disclosures.release": Right(OFFICE, "issued", {"seal": ""}, named=False, done=Answer.NOT_NOW),
    "Disclosures.withdraw": Right(OFFICE, sent={"reason": "有误"}, done=NONE_SUCH),
}

PAGES: Mapping[str, Right] = {
    "public.show": Right(EVERYONE),
    "public.reply": Right(EVERYONE, done=NONE_SUCH),
    "public.figures": Right(EVERYONE),
    "public.robots": Right(EVERYONE),
    "disclosing.show": Right(OVERSEERS),
    "disclosing.released": Right(OVERSEERS),
    "disclosing.withdrawn": Right(OVERSEERS),
    "disclosing.export": Right(OVERSEERS),
    "disclosing.figures": Right(OVERSEERS),
    "disclosing.lines": Right(OVERSEERS, done=NONE_SUCH),
    "disclosing.look": Right(OFFICE, "issued", named=False),
    "disclosing.release": Right(OFFICE, "issued", named=False),
    "disclosing.record": Right(OVERSEERS, done=NONE_SUCH),
    "disclosing.withdraw": Right(OFFICE, sent={"reason": "有误"}, done=NONE_SUCH),
    "disclosing.release_figures": Right(OFFICE, done=Answer.NOT_NOW),
    "disclosing.withdraw_figures": Right(OFFICE, done=NONE_SUCH),
    "targets.show": Right(SEERS),
    "targets.export": Right(SEERS),
    "targets.freeze": Right(OFFICE),
    "targets.one": Right(SEERS, done=NONE_SUCH),
    "targets.new": Right(OFFICE),
    "targets.draft": Right(OFFICE),
    "targets.change_form": Right(OFFICE, done=NONE_SUCH),
    "targets.change": Right(OFFICE, done=NONE_SUCH),
    "targets.decide": Right(DIRECTOR, sent={"outcome": "approve"}, done=NONE_SUCH),
    "targets.end": Right(OFFICE, sent={"reason": "不再考核"}, done=NONE_SUCH),
    "targets.take_in": Right(OFFICE),
    "admin_bases.show": Right(ADMINISTRATOR),
    "admin_bases.new": Right(ADMINISTRATOR),
    "admin_bases.add": Right(ADMINISTRATOR, sent=REGULATION),
    "admin_bases.edit": Right(ADMINISTRATOR),
    "admin_bases.change": Right(ADMINISTRATOR, sent=REGULATION),
    "ladder.export": Right(OVERSEERS),
}

VERBS: Mapping[str, Right] = {
    "ladder.suggestions.keep_evidence": Right(
        only(Who.SUPERVISOR), "evidence", told("task_id", "checked")
    ),
    "disclosure.counting.release_figures": Right(OFFICE, sent=told(named="没有")),
    "disclosure.counting.withdraw_figures": Right(OFFICE, sent=told("figures_id"), done=NONE_SUCH),
    "disclosure.counting.figures_of": Right(OVERSEERS, sent=told("figures_id"), done=NONE_SUCH),
    "disclosure.releasing.preview": Right(
        OFFICE, "issued", told("reply_id", choice=Choice()), named=False
    ),
    "disclosure.releasing.release": Right(
        OFFICE,
        "issued",
        told("reply_id", choice=Choice(), seal=""),
        named=False,
    ),
    "disclosure.releasing.withdraw": Right(
        OFFICE, sent=told("disclosure_id", reason="有误"), done=NONE_SUCH
    ),
    "disclosure.office.to_release": Right(OVERSEERS),
    "disclosure.office.released": Right(OVERSEERS),
    "disclosure.office.withdrawn": Right(OVERSEERS),
    "disclosure.office.counts": Right(OVERSEERS),
    "disclosure.office.record": Right(OVERSEERS, sent=told("disclosure_id"), done=NONE_SUCH),
    "targets.setting.draft": Right(OFFICE, sent=told(entry=NEW)),
    "targets.setting.change": Right(
        OFFICE, sent=told("target_id", terms=Terms(Decimal(1))), done=NONE_SUCH
    ),
    "targets.setting.decide": Right(DIRECTOR, sent=told("target_id", approve=True), done=NONE_SUCH),
    "targets.setting.end": Right(OFFICE, sent=told("target_id", reason="不考核"), done=NONE_SUCH),
    "targets.measuring.prepare": Right(OFFICE, sent=told(year=2020)),
    "targets.measuring.freeze": Right(OFFICE, sent=told(year=2020)),
    "targets.measuring.reached": Right(OVERSEERS, sent=told(target=THERE)),
    "targets.sheets.take_in": Right(OFFICE, sent=told(year=2020, content=b"", names={})),
    "targets.overview.history": Right(SEERS, sent=told(target=THERE)),
    "targets.overview.lines": Right(SEERS, sent=told(wanted=Wanted(2020))),
    "targets.overview.of_item": Right(SEERS, sent=told(item_id=1)),
    "targets.overview.one": Right(SEERS, sent=told("target_id"), done=NONE_SUCH),
    "targets.overview.years": Right(SEERS),
    "targets.overview.units": Right(SEERS, sent=told(year=2020)),
    "ladder.bases.write_basis": Right(
        ADMINISTRATOR, sent=told(entry=ladder.BasisEntry("某市督查工作办法"))
    ),
}
