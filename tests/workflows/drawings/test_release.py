"""From a draft to a version: reviewed by somebody else, deployed with a note, rolled back."""

import pytest
from sqlalchemy import select

import engine
from tests.workflows.drawings.conftest import AGAIN, CHANGED, SHIPPED
from tests.workflows.town import Town
from workflows import drawings
from workflows.errors import (
    DraftEnded,
    DraftUnread,
    NewerDeployed,
    NewestAlready,
    NothingChanged,
    OwnReview,
    ReasonMissing,
    ReviewMissing,
    ReviewSettled,
    TextMissing,
    VersionStays,
)
from workflows.tables import DeployedHow, Notice

UNSOUND = CHANGED.replace(b'duban:step="approve"', b'duban:step="nonsense"')


def drawn(town: Town, xml: bytes = CHANGED, who: str = "admin") -> int:
    """Have somebody draw a change of instructions; return the draft's number."""
    draft = town.act(who, drawings.open_draft, "instruction")
    town.act(who, drawings.save_draft, draft.id, xml, draft.revision)
    return draft.id


def versions(town: Town) -> list[drawings.Version]:
    """Return the versions of instructions, the newest first."""
    return list(town.look("admin", drawings.versions, "instruction"))


def told(town: Town, who: str) -> list[str]:
    """Return what somebody was told."""
    return list(town.rows(select(Notice.kind).where(Notice.person_id == town.people[who])))


def test_a_second_administrator_lets_it_through(house: Town) -> None:
    draft_id = drawn(house)
    with pytest.raises(ReviewMissing, match="not_asked"):
        house.act("admin", drawings.deploy_draft, draft_id, "按新规")

    house.act("admin", drawings.ask_review, draft_id, "按新规改名")
    house.act("zhou", drawings.review_draft, draft_id, approve=True, words="")
    house.act("admin", drawings.deploy_draft, draft_id, "")

    newest, first = versions(house)
    assert (newest.definition.version, newest.definition.xml) == (2, CHANGED)
    deployment = newest.deployment
    assert deployment is not None
    assert (deployment.note, deployment.how) == ("按新规改名", DeployedHow.DRAFT)
    assert deployment.deployed_by_id == house.people["admin"]
    assert deployment.reviewed_by_id == house.people["zhou"]
    assert first.deployment is None
    assert (told(house, "zhou"), told(house, "admin")) == (
        ["review_asked", "diagram_deployed"],
        ["review_approved"],
    )


def test_nobody_reviews_what_they_changed_last(house: Town) -> None:
    draft_id = drawn(house)
    house.act("admin", drawings.ask_review, draft_id, "按新规改名")

    with pytest.raises(OwnReview):
        house.act("admin", drawings.review_draft, draft_id, approve=True, words="")


def test_nobody_sends_their_own_work_under_the_name_of_who_touched_it_last(house: Town) -> None:
    draft_id = drawn(house)
    house.act("zhou", drawings.save_draft, draft_id, AGAIN, 2)

    with pytest.raises(ReviewMissing, match="theirs"):
        house.act("admin", drawings.ask_review, draft_id, "按新规改名")
    house.act("zhou", drawings.ask_review, draft_id, "按新规改名")
    house.act("admin", drawings.review_draft, draft_id, approve=True, words="")
    told = [house.look(who, drawings.release, draft_id).word.theirs for who in ("admin", "zhou")]
    assert told == [True, False]


def test_what_is_changed_after_the_review_is_reviewed_again(house: Town) -> None:
    draft_id = drawn(house)
    house.act("admin", drawings.ask_review, draft_id, "按新规改名")
    house.act("zhou", drawings.review_draft, draft_id, approve=True, words="")
    house.act("zhou", drawings.save_draft, draft_id, AGAIN, 2)

    with pytest.raises(ReviewMissing, match="changed"):
        house.act("zhou", drawings.deploy_draft, draft_id, "")
    with pytest.raises(ReviewSettled):
        house.act("zhou", drawings.review_draft, draft_id, approve=True, words="")


def test_nobody_decides_about_what_they_have_not_read(house: Town) -> None:
    draft_id = drawn(house)
    house.act("admin", drawings.ask_review, draft_id, "按新规改名", revision=2)
    house.act("admin", drawings.save_draft, draft_id, AGAIN, 2)

    with pytest.raises(DraftUnread):
        house.act("admin", drawings.ask_review, draft_id, "按新规改名", revision=2)
    house.act("admin", drawings.ask_review, draft_id, "按新规改名", revision=3)
    with pytest.raises(DraftUnread):
        house.act("zhou", drawings.review_draft, draft_id, approve=True, words="", revision=2)
    house.act("zhou", drawings.review_draft, draft_id, approve=True, words="", revision=3)
    with pytest.raises(DraftUnread):
        house.act("admin", drawings.deploy_draft, draft_id, "", revision=2)
    house.act("admin", drawings.deploy_draft, draft_id, "", revision=3)

    assert versions(house)[0].definition.xml == AGAIN


def test_it_is_sent_back_with_words(house: Town) -> None:
    draft_id = drawn(house)
    house.act("admin", drawings.ask_review, draft_id, "按新规改名")
    with pytest.raises(ReasonMissing):
        house.act("zhou", drawings.review_draft, draft_id, approve=False, words=" ")

    house.act("zhou", drawings.review_draft, draft_id, approve=False, words="名称请用全称")

    assert told(house, "admin") == ["review_returned"]
    with pytest.raises(ReviewMissing, match="returned"):
        house.act("admin", drawings.deploy_draft, draft_id, "")


def test_without_a_review_it_still_says_why(alone: Town) -> None:
    draft_id = drawn(alone)

    with pytest.raises(TextMissing):
        alone.act("admin", drawings.deploy_draft, draft_id, "  ")
    alone.act("admin", drawings.deploy_draft, draft_id, "按新规")

    assert versions(alone)[0].definition.xml == CHANGED


def test_nobody_deploys_over_a_newer_version(alone: Town) -> None:
    draft_id = drawn(alone)
    alone.act("zhou", drawings.deploy_file, AGAIN, "紧急更正")

    with pytest.raises(NewerDeployed) as refused:
        alone.act("admin", drawings.deploy_draft, draft_id, "按新规")
    assert refused.value.facts["by"] == "周平"
    assert refused.value.facts["note"] == "紧急更正"
    alone.act("admin", drawings.rebase_draft, draft_id)
    alone.act("admin", drawings.deploy_draft, draft_id, "按新规")

    assert [each.definition.xml for each in versions(alone)] == [CHANGED, AGAIN, SHIPPED]


def test_who_only_lets_a_draft_stand_on_the_newest_version_has_not_drawn_it(house: Town) -> None:
    draft_id = drawn(house)
    house.database.write(lambda session: drawings.deploy_at_terminal(session, AGAIN, "紧急更正"))
    house.act("zhou", drawings.rebase_draft, draft_id)

    house.act("admin", drawings.ask_review, draft_id, "按新规改名")
    with pytest.raises(OwnReview):
        house.act("admin", drawings.review_draft, draft_id, approve=True, words="")


def test_a_draft_that_is_refused_or_changes_nothing_isn_t_deployed(alone: Town) -> None:
    unchanged = alone.act("admin", drawings.open_draft, "instruction").id
    with pytest.raises(NothingChanged):
        alone.act("admin", drawings.deploy_draft, unchanged, "按新规")

    with pytest.raises(engine.Refused):
        alone.act("admin", drawings.deploy_draft, drawn(alone, UNSOUND), "按新规")

    assert len(versions(alone)) == 1


def test_rolling_back_is_deploying_an_older_one_again(alone: Town) -> None:
    alone.act("admin", drawings.deploy_draft, drawn(alone), "按新规")
    first = versions(alone)[1].definition
    draft_id = drawn(alone, AGAIN)

    back = alone.act("admin", drawings.roll_back, first.id)
    assert alone.act("zhou", drawings.roll_back, first.id).id == back.id
    with pytest.raises(DraftEnded):
        alone.act("admin", drawings.save_draft, back.id, AGAIN, 1)
    alone.act("admin", drawings.deploy_draft, back.id, "新版有误")

    newest = versions(alone)[0]
    assert (newest.definition.version, newest.definition.xml) == (3, SHIPPED)
    assert newest.deployment is not None
    assert newest.deployment.how is DeployedHow.ROLLBACK
    with pytest.raises(NewestAlready):
        alone.act("admin", drawings.roll_back, newest.definition.id)
    with pytest.raises(NewerDeployed):
        alone.act("admin", drawings.deploy_draft, draft_id, "按新规")


def test_a_file_isn_t_deployed_past_the_review_but_at_the_machine_itself(house: Town) -> None:
    with pytest.raises(ReviewMissing, match="draft"):
        house.act("admin", drawings.deploy_file, CHANGED, "按新规")

    house.database.write(lambda s: drawings.deploy_at_terminal(s, CHANGED, "按新规"))

    newest = versions(house)[0]
    assert newest.deployment is not None
    assert (newest.deployment.how, newest.deployment.note) == (DeployedHow.TERMINAL, "按新规")


def test_a_version_is_never_deleted_and_why_is_said(alone: Town) -> None:
    alone.registered()
    first = versions(alone)[0].definition
    with pytest.raises(VersionStays, match="running") as refused:
        alone.act("admin", drawings.delete_version, first.id)
    assert refused.value.facts["running"] == 1

    alone.act("admin", drawings.deploy_draft, drawn(alone), "按新规")
    alone.act("admin", drawings.deploy_draft, drawn(alone, AGAIN), "再改")
    newest, middle, _ = (each.definition for each in versions(alone))
    with pytest.raises(VersionStays, match="newest"):
        alone.act("admin", drawings.delete_version, newest.id)
    with pytest.raises(VersionStays, match="recorded"):
        alone.act("admin", drawings.delete_version, middle.id)
