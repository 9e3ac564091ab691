"""What was begun on an older version of a diagram is still finished on it.

``older/unit_handling.bpmn`` is from before there were other changes than extensions: it waits
for ``extension_asked``, the leader decides at once, and ``settled`` ends what became moot.
``older/proposal.bpmn`` is from before proposals were revisited.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.deploying import put_in_use
from tests.workflows.proposals import session as proposing
from tests.workflows.town import Town
from workflows import processes, revisits
from workflows.errors import NotNow
from workflows.tables import ChangeDecision, ChangeRequest
from workflows.withdrawals import withdraw

OLD = Path(__file__).parent / "older"
OLDER = OLD / "unit_handling.bpmn"
DUE, LATER = date(2020, 3, 17), date(2020, 3, 31)


@pytest.fixture
def town_url(sqlite_town: Path, tmp_path: Path) -> str:
    """Play on SQLite alone: nothing here is about locking."""
    path = tmp_path / "town.sqlite"
    shutil.copy(sqlite_town, path)
    return f"sqlite:///{path}"


@pytest.fixture
def asked(town: Town) -> int:
    """Return an item that runs on the older diagram, and whose unit has asked for more time."""
    town.act("admin", put_in_use, OLDER.read_bytes())
    item_id = town.handled()
    town.ask(item_id)
    return item_id


def decisions(town: Town) -> list[ChangeDecision | None]:
    """Return what became of each request."""
    return town.rows(select(ChangeRequest.decision).order_by(ChangeRequest.id))


def test_the_leader_decides_at_once_and_the_limit_moves(town: Town, asked: int) -> None:
    assert town.open_steps(asked) == ["consent", "report"]

    town.consent(asked)

    assert town.part(asked, "parks").due_on == LATER
    assert decisions(town) == [ChangeDecision.CONSENTED]
    town.pass_days(date(2020, 3, 20))
    assert "escalated" not in town.story(asked)


def test_the_unit_takes_its_request_back_from_the_leader(town: Town, asked: int) -> None:
    town.act("chu", withdraw, town.task(asked, "consent"))

    assert town.open_steps(asked) == ["report"]
    assert decisions(town) == [ChangeDecision.WITHDRAWN]


def test_a_request_that_became_moot_lapses(town: Town, asked: int) -> None:
    town.finish(asked)

    assert town.open_steps(asked) == ["instruct"]
    assert decisions(town) == [ChangeDecision.LAPSED]
    assert town.part(asked, "parks").due_on == DUE


def test_it_knows_of_nothing_but_extensions(town: Town, asked: int) -> None:
    town.consent(asked, consent=False, opinion="按期办结")

    with pytest.raises(NotNow):
        town.ask(asked, kind="cancel", new_due_on=None)


def test_a_proposal_begun_before_there_were_revisits_closes_as_it_did(town: Town) -> None:
    town.act("admin", put_in_use, (OLD / "proposal.bpmn").read_bytes())
    item_id = proposing.handled(town)
    newer = (processes.DIAGRAMS / "proposal.bpmn").read_bytes()
    town.act("admin", put_in_use, newer)
    town.act("zhang", revisits.ask_for_revisit, item_id)

    proposing.settled(town, item_id)

    assert town.open_steps(item_id) == ["close"]
