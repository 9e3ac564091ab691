"""Sixteen clerks at once: the domain's verbs lose nothing, and numbers have no gaps."""

from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from engine import Database, MovableClock, Registry, Session, open_database
from tests.conftest import KEY, MONDAY_MORNING
from tests.faults.crowd import WORKERS, crowd
from tests.workflows.town import Town, found_town, judgement
from workflows import processes, reviews
from workflows.actors import actor_of
from workflows.items import Registration, approve_item, register_item
from workflows.tables import Item, Report, Todo, Verdict

pytestmark = pytest.mark.faults


@pytest.fixture
def registry() -> Registry:
    """Give the registry of the house."""
    return processes.registry()


@pytest.fixture
def town(database: Database, clock: MovableClock) -> Town:
    """Found the town."""
    return found_town(database, clock)


def opened(url: str) -> Database:
    """Open the database as each of the crowd's processes does."""
    clock = MovableClock(MONDAY_MORNING)
    return open_database(url, processes.registry(), clock=clock, key=KEY)


def review(database: Database, _worker: int, about: tuple[int, UUID]) -> bool:
    """Accept a report."""
    person_id, task_id = about

    def work(session: Session) -> None:
        reviews.review_report(session, actor_of(session, person_id), task_id, judgement())

    database.write(work)
    return True


def register_and_approve(
    database: Database, worker: int, about: tuple[int, int, Registration]
) -> int:
    """Register an item and let the director approve it, which gives it its number."""
    clerk, director, registration = about

    def register(session: Session) -> int:
        return register_item(session, actor_of(session, clerk), registration).id

    def approve(session: Session, item_id: int) -> None:
        wanted = select(Todo).where(Todo.item_id == item_id, Todo.closed_at.is_(None))
        todo = session.scalars(wanted).one()
        approve_item(session, actor_of(session, director), todo.task_id, "approve")

    item_id = database.write(register)
    database.write(partial(approve, item_id=item_id))
    return worker


def test_a_report_is_reviewed_by_one_of_sixteen(town: Town) -> None:
    item_id = town.under_review()
    about = (town.people["li"], town.task(item_id, "review"))

    deeds = crowd(town.database.url, opened, review, [about])

    assert [deed.answer for deed in deeds if deed.answer] == [True]
    assert [deed.refusal for deed in deeds if deed.refusal] == ["TaskClosed"] * (WORKERS - 1)
    (report,) = town.rows(select(Report).where(Report.item_id == item_id))
    assert report.verdict is Verdict.ACCEPTED


def test_sixteen_items_at_once_are_numbered_without_a_gap(town: Town) -> None:
    about = (town.people["li"], town.people["zhang"], town.registration())

    deeds = crowd(town.database.url, opened, register_and_approve, [about, about])

    assert [deed.refusal for deed in deeds if deed.refusal] == []
    assert sorted(town.rows(select(Item.serial))) == list(range(1, 2 * WORKERS + 1))
