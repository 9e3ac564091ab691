"""Samples of closed items: the pool frozen with its weights, drawn once, redrawn by anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_hex

from sqlalchemy import Select, and_, func, select

from engine import Session, now
from workflows import rules, store, story
from workflows.actors import Actor
from workflows.calendar import instant_of
from workflows.errors import SampleRefused, SampleUnknown
from workflows.revisits import ordering
from workflows.revisits.asking import start_after_closing
from workflows.revisits.lots import chosen
from workflows.revisits.ordering import Lot
from workflows.revisits.risk import Risk, risk_of, weights
from workflows.story import Happened
from workflows.tables import (
    Cause,
    Item,
    ItemState,
    Kind,
    Person,
    Revisit,
    RevisitSample,
    RevisitSampleLine,
    Role,
)
from workflows.turns import wait_for_turn

TURN = "revisit_sample"


@dataclass(frozen=True, slots=True)
class Pool:
    """The closings that a sample could be drawn from, and how many were drawn from before."""

    lines: Sequence[tuple[Item, Risk]]
    before: int

    @property
    def weight(self) -> float:
        """Return what all of them weigh together."""
        return sum(risk.weight for _, risk in self.lines)


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One closing of a sample's pool, its item and what became of its revisit."""

    line: RevisitSampleLine
    item: Item
    revisit: Revisit | None


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A sample with who drew it and its whole pool, the drawn ones first."""

    sample: RevisitSample
    drawn_by: str
    lines: Sequence[SampleLine]

    @property
    def drawn(self) -> list[SampleLine]:
        """Return those that the lot chose."""
        return [each for each in self.lines if each.line.drawn]


def pool_of(
    session: Session, actor: Actor, since: date, until: date, kinds: Sequence[Kind]
) -> Pool:
    """Return the closed items of a period that no sample was drawn from yet, with their risk."""
    rules.must_have(actor, *store.SEES_ALL)
    if until < since:
        raise SampleRefused(why="period", since=since, until=until)
    closed = session.scalars(_closed(since, until, kinds)).all()
    known = set(
        session.scalars(_closed(since, until, kinds, sampled=True).with_only_columns(Item.id))
    )
    waiting = _waiting(session, [item.id for item in closed])
    table = weights(session)
    free = [item for item in closed if item.id not in known | waiting]
    return Pool([(item, risk_of(session, item, table)) for item in free], len(known))


def draw_sample(
    session: Session, actor: Actor, since: date, until: date, kinds: Sequence[Kind], size: int
) -> RevisitSample:
    """Freeze a pool, draw from it by a recorded seed, and let the revisits begin.

    A closing stands in one pool only: drawing again until the result pleases is refused.
    """
    rules.must_have(actor, Role.SUPERVISOR)
    wait_for_turn(session, TURN)
    pool = pool_of(session, actor, since, until, kinds)
    if not pool.lines:
        raise SampleRefused(why="redrawn" if pool.before else "empty", since=since, until=until)
    if not 1 <= size <= len(pool.lines):
        raise SampleRefused(why="size", most=len(pool.lines))

    sample = RevisitSample(
        since=since,
        until=until,
        kinds=[kind.value for kind in kinds],
        size=size,
        seed=token_hex(16),
        drawn_by_id=actor.person_id,
        drawn_at=now(session),
    )
    session.add(sample)
    session.flush()
    won = chosen(sample.seed, {item.id: risk.weight for item, risk in pool.lines}, size)
    for item, risk in pool.lines:
        line = RevisitSampleLine(
            sample_id=sample.id,
            item_id=item.id,
            closing=item.times_reopened,
            weight=risk.weight,
            factors=list(risk.factors),
            drawn=item.id in won,
        )
        session.add(line)
    session.flush()
    for item, risk in pool.lines:
        if item.id in won:
            _order(session, actor, sample, item, risk)
    return sample


def recomputed(file: SampleFile) -> Mapping[int, bool]:
    """Draw a sample's frozen pool again: for each closing, whether the lot would choose it."""
    pool = {each.line.item_id: each.line.weight for each in file.lines}
    won = chosen(file.sample.seed, pool, file.sample.size)
    return {item_id: item_id in won for item_id in pool}


def samples(session: Session, actor: Actor) -> Sequence[tuple[RevisitSample, str, int]]:
    """Return every sample with who drew it and from how many, the latest first."""
    rules.must_have(actor, *store.SEES_ALL)
    wanted = (
        select(RevisitSample, Person.name, func.count(RevisitSampleLine.id))
        .join(Person, Person.id == RevisitSample.drawn_by_id)
        .join(RevisitSampleLine, RevisitSampleLine.sample_id == RevisitSample.id)
        .group_by(RevisitSample.id, Person.name)
        .order_by(RevisitSample.id.desc())
    )
    return [(found, name, number) for found, name, number in session.execute(wanted)]


def sample(session: Session, actor: Actor, sample_id: int) -> SampleFile:
    """Return a sample with its pool; the drawn ones first, the heavier before the lighter."""
    rules.must_have(actor, *store.SEES_ALL)
    found = session.get(RevisitSample, sample_id)
    if found is None:
        raise SampleUnknown(sample_id)
    own = and_(Revisit.sample_id == sample_id, Revisit.item_id == RevisitSampleLine.item_id)
    rows = session.execute(
        select(RevisitSampleLine, Item, Revisit)
        .join(Item, Item.id == RevisitSampleLine.item_id)
        .outerjoin(Revisit, own)
        .where(RevisitSampleLine.sample_id == sample_id)
        .order_by(
            RevisitSampleLine.drawn.desc(), RevisitSampleLine.weight.desc(), RevisitSampleLine.id
        )
    )
    by = store.person_name(session, found.drawn_by_id) or ""
    return SampleFile(found, by, [SampleLine(*row) for row in rows])


def _order(session: Session, actor: Actor, drawn: RevisitSample, item: Item, risk: Risk) -> None:
    locked = store.item_to_change(session, item.id)
    lot = Lot(risk, f"{drawn.seed}-{item.id}", sample_id=drawn.id)
    revisit = ordering.order(session, locked, Cause.SAMPLE, lot)
    facts = {"sample": drawn.id, "seed": drawn.seed, "factors": list(risk.factors), "revisit": True}
    story.tell(session, locked, Happened.REVISIT_DRAWN, actor, facts, revisit)
    start_after_closing(session, actor, locked)


def _closed(
    since: date, until: date, kinds: Sequence[Kind], *, sampled: bool = False
) -> Select[Item]:
    """Select what closed in a period and stays closed; in office days, both ends included."""
    wanted = select(Item).where(
        Item.state == ItemState.CLOSED,
        Item.closed_at >= instant_of(since),
        Item.closed_at < instant_of(until + timedelta(days=1)),
    )
    if kinds:
        wanted = wanted.where(Item.kind.in_(list(kinds)))
    if sampled:
        same = and_(
            RevisitSampleLine.item_id == Item.id, RevisitSampleLine.closing == Item.times_reopened
        )
        wanted = wanted.join(RevisitSampleLine, same)
    return wanted.order_by(Item.id)


def _waiting(session: Session, ids: Sequence[int]) -> set[int]:
    """Name those that somebody asked to revisit already."""
    wanted = select(Revisit.item_id).where(Revisit.item_id.in_(ids), Revisit.done_at.is_(None))
    return set(session.scalars(wanted))
