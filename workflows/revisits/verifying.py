"""Lots drawn again from what is recorded, by anybody who can read the database.

A sample's pool is drawn again from its seed and its frozen weights, and each weight is worked
out again from its factors; the lot of an item that was about to close from its own seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose, prod

from sqlalchemy import select

from engine import Session
from workflows.errors import SampleUnknown
from workflows.revisits.lots import chosen, lot
from workflows.revisits.risk import WHOLE
from workflows.story import Happened
from workflows.tables import Item, RevisitSample, RevisitSampleLine, StoryEntry


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A lot as it is recorded, and whether it comes out the same again."""

    item: Item
    seed: str
    weight: float
    drawn: bool
    again: bool
    weighs: bool = True

    @property
    def holds(self) -> bool:
        """Say whether the record and what was drawn again agree."""
        return self.weighs and self.drawn is self.again


def redraw_sample(session: Session, sample_id: int) -> list[Redrawn]:
    """Draw a sample again, line by line, the drawn ones first."""
    sample = session.get(RevisitSample, sample_id)
    if sample is None:
        raise SampleUnknown(sample_id)
    wanted = (
        select(RevisitSampleLine, Item)
        .join(Item, Item.id == RevisitSampleLine.item_id)
        .where(RevisitSampleLine.sample_id == sample_id)
        .order_by(RevisitSampleLine.drawn.desc(), RevisitSampleLine.id)
    )
    rows = [(line, item) for line, item in session.execute(wanted)]
    won = chosen(sample.seed, {line.item_id: line.weight for line, _ in rows}, sample.size)
    return [
        Redrawn(
            item,
            f"{sample.seed}-{item.id}",
            line.weight,
            line.drawn,
            item.id in won,
            isclose(line.weight, prod(each["percent"] / WHOLE for each in line.factors)),
        )
        for line, item in rows
    ]


def redraw_samples(session: Session) -> dict[int, list[Redrawn]]:
    """Draw every sample again."""
    ids = session.scalars(select(RevisitSample.id).order_by(RevisitSample.id)).all()
    return {sample_id: redraw_sample(session, sample_id) for sample_id in ids}


def redraw_lots(session: Session) -> Iterator[Redrawn]:
    """Draw again the lot of every item that was about to close; orders and samples have none."""
    wanted = (
        select(StoryEntry, Item)
        .join(Item, Item.id == StoryEntry.item_id)
        .where(StoryEntry.kind == Happened.REVISIT_DRAWN)
        .order_by(StoryEntry.id)
    )
    for entry, item in session.execute(wanted):
        facts = entry.facts
        if "chance" in facts:
            again = lot(facts["seed"]) < facts["chance"]
            yield Redrawn(item, facts["seed"], facts["chance"], facts["revisit"], again)
