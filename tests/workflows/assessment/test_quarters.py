"""A quarter's way: frozen for good, appealed against in time, decided by somebody else."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

import engine
from engine import Session, now
from tests.workflows.assessment.circulars import circular
from tests.workflows.assessment.conftest import seed
from tests.workflows.assessment.histories import History
from tests.workflows.town import Town
from workflows import assessment, awaited, decision_tables, papers, settings
from workflows.assessment import Decision, PraiseForm, Quarter
from workflows.assessment.table import default_table
from workflows.awaited import Step
from workflows.errors import (
    AssessmentRefused,
    DeciderInvolved,
    NotYours,
    QuarterFrozen,
    QuarterUnknown,
    UnitUnknown,
)
from workflows.tables import (
    Commendation,
    CommendationLine,
    CommendationState,
    Holding,
    Kind,
    Part,
    Post,
    Praised,
    PraiseLevel,
    PublicationState,
    Role,
    Setting,
    UnitGroup,
)

Q1 = Quarter(2020, 1)
RETURNED = History(
    "parks", Part.LEAD, Kind.DECISION, date(2020, 2, 14), -3, "", None, date(2020, 2, 20)
)
LATE = History("finance", Part.LEAD, Kind.INSTRUCTION, date(2020, 2, 14), 3, None, None, None)
PDF = b"%PDF-1.4\n%%EOF\n"


def over(town: Town, *histories: History, day: date = date(2020, 4, 6)) -> None:
    """Let the first quarter of 2020 have gone by, with these histories in it."""

    def work(session: Session) -> None:
        for history in histories:
            history.write(town, session)

    town.database.write(work)
    town.set_clock(day)


def published(town: Town, *histories: History) -> None:
    """Freeze and publish the quarter."""
    over(town, *histories)
    town.act("zhang", assessment.freeze, 2020, 1)
    town.act("zhang", assessment.publish, 2020, 1)


def score(town: Town, unit: str, who: str = "zhang") -> assessment.Standing:
    """Return a unit's standing."""
    return town.look(who, assessment.standing_of, 2020, 1, town.units[unit])


def cause(town: Town, unit: str, event: str) -> str:
    """Return what an entry's event is called."""
    return next(each.cause for each in score(town, unit).entries if each.event == event)


CHANGES = (
    "UPDATE score_entry SET points = 0",
    "DELETE FROM score_entry",
    "UPDATE ranking SET rank = 1",
    "UPDATE assessment SET base = 1",
    "DELETE FROM assessment",
    """INSERT INTO score_entry (assessment_id, unit_id, event, cause, points, "on", facts,
    written_at) SELECT id, 3, 'red_slip', 'rung:99', -200, '2020-02-20', '{}', frozen_at
    FROM assessment""",
)


def test_a_frozen_quarter_is_changed_by_nobody_and_the_database_refuses_too(town: Town) -> None:
    town.database.write(seed)
    over(town, RETURNED, day=date(2020, 3, 31))
    with pytest.raises(AssessmentRefused, match="running"):
        town.act("zhang", assessment.freeze, 2020, 1)
    town.set_clock(date(2020, 4, 6))
    town.act("zhang", assessment.freeze, 2020, 1)
    before = score(town, "parks")

    for change in CHANGES:
        with pytest.raises(DatabaseError, match="frozen quarter"), town.database.sql.begin() as raw:
            raw.execute(text(change))
    with pytest.raises(QuarterFrozen):
        town.act("zhang", assessment.freeze, 2020, 1)
    with pytest.raises(QuarterFrozen):
        town.act("admin", assessment.choose_table, 2020, 1, 1, "换一版")

    assert (before.score, len(before.entries)) == (Decimal(97), 3)
    after = score(town, "parks")
    assert (after.score, after.entries) == (before.score, before.entries)


def test_an_appeal_is_decided_by_nobody_involved_and_answered_by_a_correction(
    assessed: Town,
) -> None:
    town = assessed
    published(town, RETURNED)
    returned = cause(town, "parks", "returned_report")
    parks = town.units["parks"]
    with pytest.raises(NotYours):
        town.act("chu", assessment.appeal, Q1, parks, "已补正", returned)
    made = town.act("fan", assessment.appeal, Q1, parks, "已补正", returned)
    with pytest.raises(AssessmentRefused, match="twice"):
        town.act("fan", assessment.appeal, Q1, parks, "再说一次", returned)

    right = Decision(upheld=True, opinion="属实")
    for who, why in (("zhang", "frozen"), ("li", "entry")):
        with pytest.raises(DeciderInvolved, match=why):
            town.act(who, assessment.decide, made.id, right)
    with pytest.raises(NotYours):
        town.act("fan", assessment.decide, made.id, right)
    with pytest.raises(AssessmentRefused, match="too_far"):
        town.act(
            "zhou",
            assessment.decide,
            made.id,
            Decision(upheld=True, opinion="属实", points=Decimal(3)),
        )
    with pytest.raises(AssessmentRefused, match="window_open"):
        town.act("zhang", assessment.conclude, 2020, 1)
    town.act("zhou", assessment.decide, made.id, right)
    town.clock.move(timedelta(days=10))
    with pytest.raises(AssessmentRefused, match="window"):
        town.act("fan", assessment.appeal, Q1, parks, "还有", cause(town, "parks", "red_slip"))
    town.act("zhang", assessment.conclude, 2020, 1)

    after = score(town, "parks")
    assert after.score == Decimal(99)
    assert [(each.event, each.appeal_id) for each in after.entries if each.appeal_id] == [
        ("correction", made.id)
    ]


def test_a_head_who_also_decides_never_decides_for_his_own_unit(assessed: Town) -> None:
    town = assessed
    published(town, RETURNED)
    returned = cause(town, "parks", "returned_report")
    made = town.act("fan", assessment.appeal, Q1, town.units["parks"], "已补正", returned)
    give(town, "mayor", "parks")

    with pytest.raises(DeciderInvolved, match="unit"):
        town.act("mayor", assessment.decide, made.id, Decision(upheld=True, opinion="属实"))

    for who, decides in (("mayor", False), ("zhou", True)):
        (waiting,) = town.look(who, awaited.awaited)
        assert (waiting.step, waiting.mine) == (Step.DECIDE_APPEAL, decides)


def give(town: Town, who: str, unit: str) -> None:
    """Seat somebody in a unit as well."""

    def work(session: Session) -> None:
        post = Post(unit_id=town.units[unit], name="分管", role=Role.HANDLER)
        session.add(post)
        session.flush()
        session.add(Holding(post_id=post.id, person_id=town.people[who], since=date(2020, 1, 1)))

    town.database.write(work)


def test_a_unit_sees_its_own_score_only_and_its_rank_once_it_is_published(assessed: Town) -> None:
    town = assessed
    over(town, RETURNED, LATE)
    town.act("zhang", assessment.freeze, 2020, 1)

    early = town.look("fan", assessment.standing, 2020, 1)
    [of_year] = town.look("fan", assessment.year, 2020)
    with pytest.raises(UnitUnknown):
        town.look("fan", assessment.standing_of, 2020, 1, town.units["finance"])
    with pytest.raises(UnitUnknown):
        town.look("fan", assessment.outlook, town.units["finance"])
    with pytest.raises(NotYours):
        town.look("admin", assessment.standing, 2020, 1)
    for beyond in (0, 9999, 10**30):
        with pytest.raises(QuarterUnknown):
            town.look("fan", assessment.year, beyond)
    town.act("zhang", assessment.publish, 2020, 1)
    [own] = town.look("fan", assessment.standing, 2020, 1)
    everybody = town.look("zhang", assessment.standing, 2020, 1)

    assert [(each.unit.id, each.rank) for each in early] == [(town.units["parks"], None)]
    [in_the_end] = town.look("fan", assessment.year, 2020)
    assert (of_year.rank, of_year.quarters[1].rank) == (None, None)
    assert in_the_end.quarters[1].rank == 2
    assert own.rank == 2
    assert [(each.unit.name, each.rank) for each in everybody] == [
        ("市财政局", 1), ("市园林绿化处", 2), ("市委编办", None),
    ]  # fmt: skip


def test_a_quarter_uses_the_rules_of_its_beginning_unless_an_administrator_decides_otherwise(
    assessed: Town,
) -> None:
    town = assessed
    nobody_reviews = Setting(name=settings.REVIEWED, value=settings.NO)
    town.database.write(lambda session: session.add(nobody_reviews))
    over(town, RETURNED)
    xml = engine.write_decision_table(default_table()).decode().replace(">100</text>", ">90</text>")
    draft = town.act("admin", decision_tables.open_draft, "scores")
    town.act("admin", decision_tables.save_draft, "scores", xml.encode(), draft.revision)
    tried = town.look("admin", decision_tables.try_draft, "scores", xml.encode())
    version = town.act("admin", decision_tables.deploy_draft, draft.id, "基础分改为 90")

    as_it_began = score(town, "parks").score
    town.act("admin", assessment.choose_table, 2020, 1, version.id, "本季度起执行")

    assert (as_it_began, score(town, "parks").score) == (Decimal(97), Decimal(87))
    assert tried.looked_at == 3
    assert {(line.before[0], line.after[0]) for line in tried.lines} == {
        (Decimal(97), Decimal(87)), (Decimal(100), Decimal(90)),
    }  # fmt: skip


def test_a_report_without_substance_weighs_more_than_an_incomplete_one(assessed: Town) -> None:
    town = assessed
    town.set_clock(date(2020, 3, 2))
    item_id = town.under_review()
    town.review(item_id, verdict="returned", reason="没有具体措施", fault="empty")

    [entry] = score(town, "parks").entries

    assert (entry.event, entry.points, entry.item_id) == ("empty_report", Decimal(-5), item_id)


def test_praise_in_a_circular_counts_once_from_the_first_issue_that_stands(assessed: Town) -> None:
    town = assessed
    circular(town, 1, date(2020, 2, 3), PublicationState.WITHDRAWN)
    town.set_clock(date(2020, 4, 6))
    before = score(town, "parks").score
    circular(town, 2, date(2020, 3, 3), PublicationState.ISSUED)
    circular(town, 3, date(2020, 3, 9), PublicationState.ISSUED)

    praised = [each for each in score(town, "parks").entries if each.event == "praised_in_circular"]

    assert [(each.points, each.on) for each in praised] == [(Decimal("0.5"), date(2020, 3, 3))]
    assert score(town, "parks").score == before + Decimal("0.5")


def test_praise_of_a_unit_counts_with_its_document_and_never_in_a_frozen_quarter(
    assessed: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
    town = assessed
    over(town)
    form = PraiseForm(
        PraiseLevel.PROVINCE, Praised.UNIT, "治水典型", "省政府", date(2020, 2, 3),
        "省发〔2020〕9号", town.units["parks"],
    )  # fmt: skip
    paper = papers.inspect("通报.pdf", BytesIO(PDF))
    with pytest.raises(AssessmentRefused, match="paper_missing"):
        town.act("li", assessment.record_praise, form)
    town.act("li", assessment.record_praise, form, paper)
    in_time = score(town, "parks").score
    town.act("zhang", assessment.freeze, 2020, 1)

    late = town.act("li", assessment.record_praise, form, paper)

    assert (in_time, score(town, "parks").score) == (Decimal(101), Decimal(101))
    assert late.counted_on == date(2020, 4, 6)
    assert town.look("fan", assessment.praises)[0].id == late.id
    assert town.look("gao", assessment.praises) == []
    town.clock.move(timedelta(days=3650))
    assert papers.sweep(town.database) == 0
    assert town.look("fan", assessment.open_praise, late.id).path.is_file()


def test_a_unit_reads_who_is_commended_but_not_why_another_is_left_out(assessed: Town) -> None:
    town = assessed

    def work(session: Session) -> None:
        at, by = now(session), town.people["li"]
        made = Commendation(year=2020, proposed_by_id=by, proposed_at=at)
        made.state, made.decided_by_id, made.decided_at = CommendationState.APPROVED, by, at
        group_id = session.scalars(select(UnitGroup.id).limit(1)).one()
        for rank, (unit, why) in enumerate((("finance", "被约谈"), ("parks", "")), 1):
            line = CommendationLine(unit_id=town.units[unit], group_id=group_id, left_out=why)
            line.score, line.rank = Decimal(100), rank
            made.lines.append(line)
        session.add(made)

    town.database.write(work)

    shown = {}
    for who in ("fan", "gao", "zhang"):
        [found] = town.look(who, assessment.lists, 2020)
        shown[who] = [line.left_out for line in found.lines]
    assert shown == {"fan": [""], "gao": ["被约谈", ""], "zhang": ["被约谈", ""]}
