"""What the rows of a figure tell whom: nothing that its reader couldn't open elsewhere."""

from datetime import date

import pytest
from sqlalchemy import select

from engine import Session
from tests.workflows.figures.world import at
from tests.workflows.town import Town
from workflows import figures, serials
from workflows.figures import Row, Span
from workflows.tables import (
    ActionState,
    Delivery,
    Item,
    Publication,
    PublicationKind,
    PublicationState,
    SupervisionAction,
    Unit,
)

MARCH = Span.month(2020, 3)
DAY = date(2020, 3, 2)


def rows(town: Town, who: str, name: str, unit: str | None = None) -> list[list[Row]]:
    """Return a figure's rows as they are now, and as they were frozen."""
    taken = town.act("li", figures.take, MARCH, "通报").id
    unit_id = town.units[unit] if unit else None
    return [
        list(town.look(who, figures.measure, name, MARCH, unit_id).rows),
        list(town.look(who, figures.frozen_rows, taken, name, unit_id)),
    ]


@pytest.fixture
def reported(town: Town) -> Town:
    """Give a town in which two special reports went out, one to the mayor, one to another."""

    def send(session: Session) -> None:
        serials.seed_serials(session)
        for number, post in enumerate(("mayor", "secretary"), 1):
            issue = Publication(
                serial_name=serials.SPECIAL, kind=PublicationKind.SPECIAL, title=f"给{post}的",
                state=PublicationState.ISSUED, first=MARCH.first, last=MARCH.last, year=2020,
                number=number, content={}, made_at=at(DAY), saved_at=at(DAY), issued_at=at(DAY),
            )  # fmt: skip
            issue.deliveries.append(Delivery(post_id=town.posts[post], delivered_at=at(DAY)))
            session.add(issue)

    town.database.write(send)
    return town


def test_a_leader_reads_no_title_of_what_was_sent_to_others(reported: Town) -> None:
    for found in rows(reported, "mayor", "issues_special"):
        assert [(row.number, row.title) for row in found] == [
            ("督查专报〔2020〕第1期", "给mayor的"),
            ("督查专报〔2020〕第2期", ""),
        ]
        assert found[1].ref == ""
    for who in ("li", "auditor"):
        for found in rows(reported, who, "issues_special"):
            assert [row.title for row in found] == ["给mayor的", "给secretary的"]


def test_a_unit_reads_the_numbers_of_its_own_items_only(small_town: Town) -> None:
    town = small_town
    own = town.handled()
    others = town.assigned(lead="finance")

    def act(session: Session) -> None:
        action = SupervisionAction(
            method="on_site", title="联合督查", state=ActionState.DONE, special=False,
            planned_on=DAY, held_on=DAY, planned_by_id=town.people["li"], planned_at=at(DAY),
        )  # fmt: skip
        action.items.extend(session.scalars(select(Item).order_by(Item.id)))
        action.units.append(session.get_one(Unit, town.units["parks"]))
        session.add(action)

    town.database.write(act)
    mine, foreign = (town.item(item_id).number for item_id in (own, others))

    for found in rows(town, "chu", "actions", "parks"):
        assert [row.number for row in found] == [mine]
    for found in rows(town, "li", "actions"):
        assert [row.number for row in found] == [f"{mine}、{foreign}"]
