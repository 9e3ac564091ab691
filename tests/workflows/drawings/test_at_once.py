"""Two administrators at the same draft at the same time, on either database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

import engine
from engine import Session
from tests.workflows.drawings.conftest import AGAIN, CHANGED
from tests.workflows.town import Town
from workflows import drawings, settings
from workflows.errors import DraftMoved, NewerDeployed, Refusal
from workflows.tables import Drawing, Holding, Post, Role, Setting


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do things at the same time; return what each gave, or why it was refused."""

    def attempt(deed: Callable[[], object]) -> object:
        try:
            return deed()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(attempt, deeds))


@pytest.fixture
def both(town: Town) -> Town:
    """Give two administrators, neither of whom waits for the other's review."""

    def work(session: Session) -> None:
        session.add(Setting(name="diagrams.review", value=settings.NO))
        post = Post(unit_id=town.units["office"], name="管理员乙", role=Role.ADMINISTRATOR)
        session.add(post)
        session.flush()
        since = town.clock.now().date()
        session.add(Holding(post_id=post.id, person_id=town.people["zhou"], since=since))

    town.database.write(work)
    return town


def test_both_find_one_draft_and_one_of_them_saves(both: Town) -> None:
    def begin(who: str) -> Callable[[], object]:
        return lambda: both.act(who, drawings.open_draft, "instruction").id

    begun = at_once(*(begin(who) for who in ("admin", "zhou", "admin", "zhou")))
    (draft_id,) = both.rows(select(Drawing.id))
    answers = at_once(
        lambda: both.act("admin", drawings.save_draft, draft_id, CHANGED, 1),
        lambda: both.act("zhou", drawings.save_draft, draft_id, AGAIN, 1),
    )

    assert begun == [draft_id] * 4
    assert sum(isinstance(answer, DraftMoved) for answer in answers) == 1
    assert both.rows(select(Drawing.revision)) == [2]


def test_of_a_draft_and_a_file_deployed_at_once_none_is_lost_unseen(both: Town) -> None:
    draft = both.act("admin", drawings.open_draft, "instruction")
    both.act("admin", drawings.save_draft, draft.id, CHANGED, 1)

    drafted, _ = at_once(
        lambda: both.act("admin", drawings.deploy_draft, draft.id, "按新规"),
        lambda: both.act("zhou", drawings.deploy_file, AGAIN, "紧急更正"),
    )

    with both.database.read() as session:
        found = [each.xml for each in engine.versions(session, "instruction")]
    over = isinstance(drafted, NewerDeployed)
    assert found[:-1] == ([AGAIN] if over else [AGAIN, CHANGED])
