"""Actions by every method: planned, recorded, counted, and hidden where they come unannounced."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import Session
from tests.workflows.projects.site import PNG
from tests.workflows.town import NOT_THEIRS, Town
from workflows import actions
from workflows.actions import ActionPlan, ActionRecord, room
from workflows.actors import Actor
from workflows.errors import (
    ActionUnknown,
    ChoiceUnknown,
    DayAhead,
    NotNow,
    PaperRefused,
    TextMissing,
)
from workflows.methods import Method
from workflows.papers import inspect
from workflows.revisits import Guest
from workflows.tables import ActionState, Notice, Party, Setting, SupervisionAction

DAY = date(2020, 3, 2)
DONE = ActionRecord(DAY, "三处未完工", "限期整改")


def planned(town: Town, item_ids: Sequence[int] = (), **changed: object) -> SupervisionAction:
    """Let the supervisor plan an action."""
    usual: dict[str, object] = {
        "method": Method.ON_SITE,
        "title": "查看公交站台",
        "planned_on": DAY,
        "item_ids": item_ids,
    }
    return town.act("li", actions.plan_action, ActionPlan(**{**usual, **changed}))  # type: ignore[arg-type] # a test's own


def seen(town: Town, who: str) -> list[int]:
    """Return the numbers of the actions that somebody can see, in a list or one by one."""

    def look(session: Session, actor: Actor) -> list[int]:
        listed = [each.id for each in room.actions(session, actor, room.ActionFilter())]
        every = session.scalars(select(SupervisionAction.id)).all()
        opened = []
        for action_id in every:
            try:
                opened.append(room.action_file(session, actor, action_id).action.id)
            except ActionUnknown:
                continue
        assert sorted(opened) == sorted(listed)
        return sorted(listed)

    return town.look(who, look)


def told(town: Town, kind: str) -> set[int]:
    """Name who got a notice of this kind."""
    return set(town.rows(select(Notice.person_id).where(Notice.kind == kind)))


def test_every_method_of_the_seed_makes_an_action_special_or_not(town: Town) -> None:
    for method in Method:
        joint = [Party.NPC, Party.MEDIA] if method is Method.JOINT else []
        special = method in (Method.JOINT, Method.ON_SITE)
        action = planned(town, method=method, joint=joint, special=special)
        town.act("li", actions.record_action, action.id, DONE)

    kept = town.rows(select(SupervisionAction).order_by(SupervisionAction.id))
    assert [each.method for each in kept] == list(Method)
    assert {(each.state, each.findings) for each in kept} == {(ActionState.DONE, "三处未完工")}
    assert sum(each.special for each in kept) == 2


def test_an_action_keeps_its_team_its_guests_and_with_whom_it_was_joint(town: Town) -> None:
    action = planned(
        town,
        method=Method.JOINT,
        joint=[Party.CPPCC, Party.DISCIPLINE],
        team=[town.people["zhou"], town.people["zhou"]],
        guests=[Guest("王芳", "市政协")],
    )

    assert action.team == [town.people["zhou"]]
    assert action.guests == [{"name": "王芳", "organisation": "市政协"}]
    assert action.joint == ["cppcc", "discipline"]


def test_what_nobody_can_do_is_refused(town: Town) -> None:
    for changed, refusal in (
        ({"method": "telepathy"}, ChoiceUnknown),
        ({"method": Method.JOINT}, TextMissing),
        ({"title": " "}, TextMissing),
    ):
        with pytest.raises(refusal):
            planned(town, **changed)
    action = planned(town)
    ahead = ActionRecord(date(2021, 1, 1), "见闻", "结果")
    with pytest.raises(DayAhead):
        town.act("li", actions.record_action, action.id, ahead)
    with pytest.raises(TextMissing):
        town.act("li", actions.record_action, action.id, ActionRecord(DAY, "见闻", " "))


def test_it_is_recorded_or_called_off_once(town: Town) -> None:
    action = planned(town)
    town.act("zhang", actions.call_off_action, action.id, "雨天改期")

    for verb, sent in ((actions.record_action, DONE), (actions.call_off_action, "再说")):
        with pytest.raises(NotNow):
            town.act("li", verb, action.id, sent)


def test_only_the_office_acts(town: Town) -> None:
    action = planned(town)

    for who in ("chu", "fan", "mayor", "auditor", "admin"):
        with pytest.raises(NOT_THEIRS):
            town.act(who, actions.plan_action, ActionPlan(Method.ON_SITE, "查看", DAY))
        with pytest.raises(NOT_THEIRS):
            town.act(who, actions.record_action, action.id, DONE)
        with pytest.raises(NOT_THEIRS):
            town.act(who, actions.call_off_action, action.id, "不去了")


def test_units_see_what_concerns_them_and_nothing_else(town: Town) -> None:
    item_id = town.handled()
    about_item = planned(town, [item_id]).id
    about_unit = planned(town, unit_ids=[town.units["finance"]]).id
    about_none = planned(town).id

    assert seen(town, "chu") == [about_item]
    assert seen(town, "gao") == [about_unit]
    assert seen(town, "luo") == []
    for who in ("li", "zhang", "mayor", "auditor"):
        assert seen(town, who) == [about_item, about_unit, about_none]
    assert told(town, "action_planned") == {
        town.people[who] for who in ("chu", "fan", "yang", "gao")
    }
    assert "action_planned" in town.story(item_id)
    for who in ("chu", "li"):
        assert [each.id for each in town.look(who, room.about, item_id)] == [about_item]


def test_an_unannounced_one_is_hidden_until_it_is_done(town: Town) -> None:
    item_id = town.handled()
    units = [town.units["parks"]]
    action = planned(town, [item_id], method=Method.UNANNOUNCED, unit_ids=units)

    for who in ("chu", "fan"):
        assert seen(town, who) == []
    assert seen(town, "auditor") == [action.id]
    assert told(town, "action_planned") == set()
    assert "action_planned" not in town.story(item_id)

    town.act("li", actions.record_action, action.id, DONE)

    for who in ("chu", "fan"):
        assert seen(town, who) == [action.id]
    assert told(town, "action_done") == {town.people["chu"], town.people["fan"]}
    assert town.story(item_id)[-1] == "action_done"


def test_one_that_was_called_off_stays_hidden_if_it_was_unannounced(town: Town) -> None:
    action = planned(town, method=Method.UNANNOUNCED, unit_ids=[town.units["parks"]])
    town.act("li", actions.call_off_action, action.id, "走漏风声")

    assert seen(town, "chu") == []
    assert told(town, "action_called_off") == set()


def test_a_list_is_filtered(town: Town) -> None:
    tram = planned(town, title="轨道交通100%", special=True).id
    call = planned(town, method=Method.TELEPHONE, planned_on=date(2019, 12, 31)).id

    def listed(**wanted: object) -> list[int]:
        def look(session: Session, actor: Actor) -> list[int]:
            found = room.actions(session, actor, room.ActionFilter(**wanted))  # type: ignore[arg-type] # a test's own
            return [each.id for each in found]

        return town.look("li", look)

    assert listed() == [tram, call]
    assert listed(method="telephone") == [call]
    assert listed(special=True) == [tram]
    assert listed(year=2019) == [call]
    assert listed(text="100%") == [tram]
    assert listed(text="%") == [tram]
    assert listed(state=ActionState.DONE) == []


def test_an_action_holds_only_so_many_photographs(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
    action_id = planned(town).id
    checked = inspect("现场.png", BytesIO(PNG))
    town.act("li", actions.keep_photograph, action_id, checked)
    town.database.write(lambda s: s.merge(Setting(name="papers.quota_mb", value="0")))

    with pytest.raises(PaperRefused) as refused:
        town.act("li", actions.keep_photograph, action_id, checked)

    assert refused.value.facts["why"] == "quota"
