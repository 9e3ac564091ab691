"""A town with two administrators, and what they draw."""

import pytest

from engine import Session
from tests.workflows.founding import postgres_town, small_town, sqlite_town, town, town_url
from tests.workflows.town import Town
from workflows import settings
from workflows.processes import DIAGRAMS
from workflows.tables import Holding, Post, Role, Setting

__all__ = ["postgres_town", "small_town", "sqlite_town", "town", "town_url"]

SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
CHANGED = SHIPPED.replace("立项审批".encode(), "主任审批".encode())
AGAIN = SHIPPED.replace("立项审批".encode(), "室主任审批".encode())


@pytest.fixture
def house(small_town: Town) -> Town:
    """Give a second administrator to the town: 周平."""

    def work(session: Session) -> None:
        unit = small_town.units["office"]
        post = Post(unit_id=unit, name="系统管理员乙", role=Role.ADMINISTRATOR)
        session.add(post)
        session.flush()
        since = small_town.clock.now().date()
        session.add(Holding(post_id=post.id, person_id=small_town.people["zhou"], since=since))

    small_town.database.write(work)
    return small_town


@pytest.fixture
def alone(house: Town) -> Town:
    """Give a town in which nobody reviews what is deployed."""
    off = Setting(name="diagrams.review", value=settings.NO)
    house.database.write(lambda session: session.add(off))
    return house
