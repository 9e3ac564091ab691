"""建议追究: on a regulation in force, with papers frozen beside the facts, and never by itself."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import Session, now
from tests.workflows.ladder.climbing import suggestion
from tests.workflows.town import HANDLERS, NOT_THEIRS, Town
from workflows import ladder, papers
from workflows.blanks import BLANK
from workflows.errors import BasisRefused, PaperRefused
from workflows.ladder import bases, register
from workflows.ladder.register import Shown, Wanted
from workflows.tables import (
    Escalation,
    Rung,
    RungState,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)


@pytest.fixture
def town_url(sqlite_town: Path, tmp_path: Path) -> str:
    """Play on one product."""
    path = tmp_path / "town.sqlite"
    path.write_bytes(sqlite_town.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep files in a folder of the test's own."""
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))


def accused(town: Town) -> int:
    """Return an item about which accountability was suggested by hand."""
    item_id = town.handled()
    town.act("li", ladder.suggest, town.part(item_id, "parks").id, "accountability")
    return item_id


def evidence(basis_id: int | None, article: str = "第八条") -> ladder.Evidence:
    """Return evidence that rests on a regulation."""
    return ladder.Evidence("市园林绿化处", "", "多次催办仍未办结", basis_id, article, "逾期不办的")


def reached(session: Session, part_id: int) -> int:
    """Let a part reach the last rung of the ladder, as the diagram does."""
    rung = Escalation(
        assignment_id=part_id,
        rung=Rung.ACCOUNTABILITY,
        days_overdue=60,
        rule={},
        at=now(session),
        state=RungState.WAITING,
    )
    session.add(rung)
    session.flush()
    ladder.send_on(session, rung, "timer")
    return rung.id


def test_the_ladder_opens_no_more_than_a_draft(town: Town) -> None:
    item_id = town.handled()
    part_id = town.part(item_id, "parks").id

    rung_id = town.database.write(lambda session: reached(session, part_id))
    town.pass_days(date(2020, 3, 12))

    found = suggestion(town)
    assert (found.kind, found.state) == (SuggestionKind.ACCOUNTABILITY, SuggestionState.DRAFTED)
    assert (found.basis, found.submitted_at, found.handed_on) == ("", None, None)
    assert found.escalation_id == rung_id
    assert "evidence" in town.open_steps(item_id)


def test_it_rests_on_an_article_of_a_regulation_in_force(town: Town) -> None:
    item_id = accused(town)
    task = town.task(item_id, "evidence")
    with town.database.read() as session:
        first = bases.bases(session, in_force=True)[0]
    entry = ladder.BasisEntry("旧办法", until=date(2020, 1, 1))
    old = town.act("admin", ladder.write_basis, entry).id
    for text in (evidence(None), evidence(99), evidence(old), evidence(first.row.id, " ")):
        with pytest.raises(BasisRefused):
            town.act("li", ladder.submit_evidence, task, text)

    town.act("li", ladder.submit_evidence, task, evidence(first.row.id))

    found = suggestion(town)
    assert first.name.startswith("云川市重大督查事项")
    assert found.basis == f"《{first.name}》第八条"
    renamed = ladder.BasisEntry("改名的办法", articles=(ladder.Article("第八条", "新的"),))
    town.act("admin", ladder.write_basis, renamed, first.row.id)
    assert suggestion(town).basis == f"《{first.name}》第八条"


def test_evidence_papers_go_along_frozen_and_no_unit_sees_them(town: Town) -> None:
    item_id = accused(town)
    task = town.task(item_id, "evidence")
    checked = papers.inspect("催办记录.pdf", BytesIO(BLANK))
    paper = town.act("li", ladder.keep_evidence, task, checked)
    with town.database.read() as session:
        basis_id = bases.bases(session)[0].row.id

    town.act("li", ladder.submit_evidence, task, evidence(basis_id))

    (told,) = suggestion(town).facts["papers"]
    assert (told["id"], told["sha256"]) == (str(paper.id), paper.sha256)
    with pytest.raises(PaperRefused):
        town.act("li", papers.remove_paper, paper.id)
    assert town.act(HANDLERS["parks"], papers.papers_of, item_id) == []
    assert [each.id for each in town.act("auditor", papers.papers_of, item_id)] == [paper.id]


def test_the_register_says_whose_answer_is_due(town: Town) -> None:
    item_id = accused(town)
    with town.database.read() as session:
        basis_id = bases.bases(session)[0].row.id
    text = evidence(basis_id)
    town.act("li", ladder.submit_evidence, town.task(item_id, "evidence"), text)
    task = town.task(item_id, "endorse_suggestion")
    town.act("zhang", ladder.endorse_suggestion, task, "approve")
    task = town.task(item_id, "approve_suggestion")
    town.act("secretary", ladder.approve_suggestion, task, approve=True)
    handing = ladder.Handing("市纪委监委", "云督函〔2020〕1号", date(2020, 3, 2))
    town.act("li", ladder.hand_over, town.task(item_id, "hand_over"), handing)

    def shown(wanted: Wanted) -> list[int]:
        files = town.look("auditor", register.register, wanted)
        return [file.suggestion.id for file in files]

    own = town.rows(select(Suggestion.id))
    unit_id = town.part(item_id, "parks").unit_id
    assert shown(Wanted(Shown.AWAITED, SuggestionKind.ACCOUNTABILITY, unit_id=unit_id)) == own
    assert shown(Wanted(Shown.LATE)) == shown(Wanted(year=2019)) == []
    town.pass_days(date(2020, 4, 20))
    assert shown(Wanted(Shown.LATE, year=2020)) == own
    assert town.look("auditor", register.counts)[Shown.LATE] == 1
    assert town.look(HANDLERS["parks"], register.about_item, item_id) == []
    with pytest.raises(NOT_THEIRS):
        town.look(HANDLERS["parks"], register.register, Wanted())
