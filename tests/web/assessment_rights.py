"""Who may do what about the assessment: units see their own, others decide, nobody alone.

Quarters are tried while they run: whoever has the right hears that it isn't time yet.
"""

from collections.abc import Mapping
from datetime import date

from tests.web.rights import (
    ADMINISTRATOR,
    OFFICE,
    SEERS,
    SIGNED_IN,
    Answer,
    Right,
    Who,
    only,
)
from tests.web.visit_rights import unknown
from workflows.assessment import Decision, GroupForm, PraiseForm, Quarter
from workflows.tables import Praised, PraiseLevel

WHERE: Mapping[str, object] = {
    "number": 1, "appeal_id": 10**6, "list_id": 10**6, "praise_id": 10**6, "group_id": 10**6,
}  # fmt: skip
DIRECTOR, LEADER = only(Who.DIRECTOR), only(Who.LEADER)
Q1 = {"year": 2020, "number": 1}
DECIDERS = OFFICE | LEADER
CITED = {"level": "leader", "whom": "office", "title": "督查有力", "by": "市长", "on": "2020-01-02"}
PRAISE = PraiseForm(PraiseLevel.LEADER, Praised.OFFICE, "督查有力", "市长", date(2020, 1, 2))
ANSWER = {"upheld": True, "opinion": "属实"}
UNTIMELY = Answer.NOT_NOW


API: Mapping[str, Right] = {
    "Assessment.quarter": Right(SEERS),
    "Assessment.whole_year": Right(SEERS),
    "Assessment.freeze": Right(DIRECTOR, done=UNTIMELY),
    "Assessment.publish": Right(DIRECTOR, done=UNTIMELY),
    "Assessment.conclude": Right(DIRECTOR, done=UNTIMELY),
    "Assessment.appeals": Right(SEERS),
    "Assessment.appeal": Right(only(), sent={"unit_id": 10**6, "reason": "已按时反馈"}),
    "Assessment.decide": unknown(DECIDERS, **ANSWER),
    "Assessment.praises": Right(SEERS),
    "Assessment.record_praise": Right(OFFICE, sent=CITED),
    "Assessment.withdraw_praise": unknown(OFFICE, reason="重复"),
    "Assessment.lists": Right(SEERS),
    "Assessment.propose": Right(OFFICE, done=UNTIMELY),
    "Groups.many": Right(ADMINISTRATOR),
    "Groups.add": Right(ADMINISTRATOR, sent={"name": "乡镇"}),
    "Groups.change": Right(ADMINISTRATOR, sent={"name": "乡镇"}, done=UNTIMELY),
    "Groups.remove": Right(ADMINISTRATOR, done=UNTIMELY),
    "Groups.place": Right(ADMINISTRATOR, sent={"places": {}}),
    "Groups.rules_of": Right(ADMINISTRATOR),
    "Groups.choose": Right(
        ADMINISTRATOR, sent={"definition_id": 10**6, "note": "按新规"}, done=UNTIMELY
    ),
    "Assessment.decide_list": Right(LEADER, sent={"approve": True}, done=UNTIMELY),
}

PAGES: Mapping[str, Right] = {
    "assessment.show": Right(SIGNED_IN),
    "assessment.quarter": Right(SEERS),
    "assessment.unit": Right(SEERS, done=Answer.UNKNOWN),
    "assessment.export": Right(SEERS),
    "assessment.export_entries": Right(SEERS),
    "assessment.freeze": Right(DIRECTOR, done=UNTIMELY),
    "assessment.publish": Right(DIRECTOR, done=UNTIMELY),
    "assessment.conclude": Right(DIRECTOR, done=UNTIMELY),
    "assessment.whole_year": Right(SEERS),
    "assessment.export_year": Right(SEERS),
    "assessment.propose": Right(OFFICE, done=UNTIMELY),
    "assessment.decide_list": Right(LEADER, sent={"approve": "true"}, done=UNTIMELY),
    "appeals.show": Right(SEERS),
    "appeals.ask": Right(only()),
    "appeals.make": Right(only(), sent={"reason": "已按时反馈"}),
    "appeals.one": unknown(SEERS),
    "appeals.decide": unknown(DECIDERS, upheld="true", opinion="属实"),
    "praise.show": Right(SEERS),
    "praise.form": Right(OFFICE),
    "praise.record": Right(OFFICE, sent=CITED),
    "praise.paper": unknown(SEERS),
    "praise.withdraw": unknown(OFFICE, reason="重复"),
    "admin_assessment.show": Right(ADMINISTRATOR),
    "admin_assessment.add": Right(ADMINISTRATOR, sent={"name": "乡镇"}),
    "admin_assessment.change": Right(ADMINISTRATOR, sent={"name": "乡镇"}, done=UNTIMELY),
    "admin_assessment.remove": Right(ADMINISTRATOR, done=UNTIMELY),
    "admin_assessment.place": Right(ADMINISTRATOR),
    "admin_assessment.choose_table": Right(
        ADMINISTRATOR, sent={"definition_id": "1000000", "note": "按新规"}, done=UNTIMELY
    ),
}

VERBS: Mapping[str, Right] = {
    "assessment.standings.standing": Right(SEERS, sent={"year": 2020, "quarter": 1}),
    "assessment.standings.parts_of": Right(
        SEERS,
        sent={"year": 2020, "quarter": 1, "unit_id": 10**6},
        done=Answer.UNKNOWN,
    ),
    "assessment.standings.standing_of": Right(
        SEERS,
        sent={"year": 2020, "quarter": 1, "unit_id": 10**6},
        done=Answer.UNKNOWN,
    ),
    "assessment.standings.year": Right(SEERS, sent={"year": 2020}),
    "assessment.outlook.outlook": unknown(SEERS, unit_id=10**6),
    "assessment.sight.scope": Right(SEERS),
    "assessment.deciding.choose_table": Right(
        ADMINISTRATOR, sent={**Q1, "definition_id": 10**6, "note": "按新规"}
    ),
    "assessment.deciding.prepare": Right(DIRECTOR, sent=Q1),
    "assessment.deciding.freeze": Right(DIRECTOR, sent=Q1),
    "assessment.deciding.publish": Right(DIRECTOR, sent=Q1),
    "assessment.deciding.conclude": Right(DIRECTOR, sent=Q1),
    "assessment.appeals.appeal": Right(
        only(), sent={"quarter": Quarter(2020, 1), "unit_id": 10**6, "reason": "已按时反馈"}
    ),
    "assessment.appeals.appeals": Right(SEERS),
    "assessment.appeals.appeal_of": unknown(SEERS, appeal_id=10**6),
    "assessment.appeals.decide": unknown(
        DECIDERS, appeal_id=10**6, decision=Decision(upheld=True, opinion="属实")
    ),
    "assessment.groups.add_group": Right(ADMINISTRATOR, sent={"form": GroupForm("乡镇")}),
    "assessment.groups.change_group": Right(
        ADMINISTRATOR, sent={"group_id": 10**6, "form": GroupForm("乡镇")}
    ),
    "assessment.groups.remove_group": Right(ADMINISTRATOR, sent={"group_id": 10**6}),
    "assessment.groups.place_units": Right(ADMINISTRATOR, sent={"places": {}}),
    "assessment.praises.record_praise": Right(OFFICE, sent={"form": PRAISE}),
    "assessment.praises.withdraw_praise": unknown(OFFICE, praise_id=10**6, reason="重复"),
    "assessment.praises.praises": Right(SEERS),
    "assessment.praises.praise_of": unknown(SEERS, praise_id=10**6),
    "assessment.praises.open_praise": unknown(SEERS, praise_id=10**6),
    "assessment.commendations.propose": Right(OFFICE, sent={"year": 2020}),
    "assessment.commendations.decide_list": Right(
        LEADER, sent={"commendation_id": 10**6, "approve": True}
    ),
    "assessment.commendations.lists": Right(SEERS, sent={"year": 2020}),
}

FOR_EVERYBODY = frozenset(
    {
        "assessment.appeals.involvement",
        "assessment.commendations.lists_waiting",
    }
)
"""They say what somebody has to do with an appeal, and count what waits for them."""
