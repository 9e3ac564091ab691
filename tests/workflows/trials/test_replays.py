"""A draft is replayed by a job: how past and open items would fare, each by its number."""

from datetime import date

import pytest

import engine
from engine import Attempt, Way
from tests.workflows.town import Town
from workflows import drawings
from workflows.errors import NotYours
from workflows.tables import ReplayRun, RunState
from workflows.trials import replays

FIRST = Attempt(1, 1, last=False)


def drawn(town: Town, *changes: tuple[str, str]) -> int:
    """Return the draft of instructions with some words changed."""
    draft = town.act("admin", drawings.open_draft, "instruction")
    xml = draft.xml.decode()
    for old, new in changes:
        assert old in xml
        xml = xml.replace(old, new)
    saved = town.act("admin", drawings.save_draft, draft.id, xml.encode(), draft.revision)
    return saved.id


def replayed(town: Town, draft_id: int, **period: date | None) -> ReplayRun:
    """Order a replay, do its job, and return what came of it."""
    wanted = {"since": None, "until": None, **period}
    run = town.act("admin", replays.order, draft_id, **wanted)
    replays.work(town.database, {"run": run.id}, FIRST)
    return town.look("admin", replays.run_of, run.id)


def versions(town: Town) -> int:
    """Count the versions of instructions: a replay deploys nothing."""
    with town.database.read() as session:
        return len(engine.versions(session, "instruction"))


def test_items_of_a_period_are_played_and_each_is_told(town: Town) -> None:
    town.registered()
    town.approved()
    draft = drawn(town, ('outcome == "approve"', 'outcome == "refuse"'))
    before = versions(town)

    run = replayed(town, draft)
    none = replayed(town, draft, until=date(2019, 1, 1))

    assert (run.state, run.total, run.done) == (RunState.DONE, 2, 2)
    found = {one.key: one for one in replays.told(run)}
    assert [found[key].way for key in sorted(found, key=int)] == ["same", "elsewhere"]
    assert replays.counts(run)[Way.ELSEWHERE] == 1
    assert (none.total, none.report) == (0, [])
    assert versions(town) == before


def test_a_draft_that_the_gate_refuses_is_not_replayed_nor_by_anybody_else(town: Town) -> None:
    draft = drawn(town, ('duban:step="approve"', 'duban:step="nonsense"'))

    with pytest.raises(engine.Refused):
        town.act("admin", replays.order, draft, since=None, until=None)
    with pytest.raises(NotYours):
        town.act("li", replays.order, draft, since=None, until=None)
