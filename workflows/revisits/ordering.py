"""Whether an item is revisited, and why: asked for, to check a rectification, or by lot."""

from dataclasses import dataclass
from secrets import token_hex

from sqlalchemy import select

from engine import Instance, Session, now
from workflows import limits, settings, store, story
from workflows.calendar import office_day, today
from workflows.reckoning import Due
from workflows.revisits import lots
from workflows.revisits.risk import WHOLE, Risk, risk_of, set_aside
from workflows.story import Happened
from workflows.tables import Cause, Item, ItemState, Revisit, StoryEntry


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot that chose an item: the risk behind it, the seed, and how likely it was."""

    risk: Risk
    seed: str = ""
    chance: float = 1.0
    sample_id: int | None = None


def draw(session: Session, item: Item) -> bool:
    """Decide whether an item is revisited now: an order, a rectification, or a recorded lot."""
    if store.pending_revisit(session, item.id) is not None:
        return True
    if item.revisit_asked:
        item.revisit_asked = False
        revisit = order(session, item, Cause.ASKED)
        _join_request(session, item, revisit)
        _tell(session, item, revisit)
        return True
    if _has_to_be_checked(session, item):
        _tell(session, item, order(session, item, Cause.RECTIFICATION))
        return True
    return item.state is not ItemState.CLOSED and _draw_lot(session, item)


def order(
    session: Session,
    item: Item,
    cause: Cause,
    lot: Lot | None = None,
    *,
    asked_by_id: int | None = None,
) -> Revisit:
    """Write down that an item is to be revisited, and until when."""
    due, drawn = _due(session, item), lot or Lot(risk_of(session, item))
    revisit = Revisit(
        item_id=item.id,
        cause=cause,
        seed=drawn.seed,
        chance=drawn.chance,
        factors=list(drawn.risk.factors),
        asked_by_id=asked_by_id,
        sample_id=drawn.sample_id,
        round=item.round,
        ordered_at=now(session),
        due_on=due.on,
        warn_on=due.warn_on,
        due_why=due.why,
    )
    session.add(revisit)
    session.flush()
    return revisit


def reopen(session: Session, item: Item, instance: Instance) -> None:
    """Take an unsolved item up again under its number; what runs now is its process."""
    item.state = ItemState.OPEN
    item.times_reopened += 1
    item.closed_at = item.closed_how = None
    item.planned_due_on = item.due_on = item.warn_on = None
    item.due_why = []
    if instance.parent_id is None:
        item.instance_id = instance.id
    facts = {"number": item.number, "on": office_day(now(session))}
    story.tell(session, item, Happened.REOPENED, None, facts)


def _draw_lot(session: Session, item: Item) -> bool:
    seed = f"{item.id}-{item.round}-{token_hex(8)}"
    risk = risk_of(session, item)
    chance = lots.chance_of(settings.number(session, "revisit.chance") / WHOLE, risk.weight)
    won = lots.lot(seed) < chance
    revisit = order(session, item, Cause.LOT, Lot(risk, seed, chance)) if won else None
    facts = {"seed": seed, "chance": chance, "factors": list(risk.factors), "revisit": won}
    story.tell(session, item, Happened.REVISIT_DRAWN, None, facts, revisit)
    return won


def _tell(session: Session, item: Item, revisit: Revisit) -> None:
    facts = {"asked": revisit.cause is Cause.ASKED, "cause": revisit.cause, "revisit": True}
    story.tell(session, item, Happened.REVISIT_DRAWN, None, facts, revisit)


def _has_to_be_checked(session: Session, item: Item) -> bool:
    """Say whether the last visit found the item unsolved, so that its rectification is checked."""
    wanted = select(Revisit).where(Revisit.item_id == item.id, ~set_aside())
    last = session.scalars(wanted.order_by(Revisit.id.desc()).limit(1)).first()
    return last is not None and last.solved is False


def _join_request(session: Session, item: Item, revisit: Revisit) -> None:
    """Let the line that asked for a revisit share its secrecy, and its author be known."""
    wanted = select(StoryEntry).where(
        StoryEntry.item_id == item.id,
        StoryEntry.kind == Happened.REVISIT_ASKED,
        StoryEntry.visit_id.is_(None),
    )
    for entry in session.scalars(wanted):
        entry.visit_id, revisit.asked_by_id = revisit.id, entry.person_id


def _due(session: Session, item: Item) -> Due:
    """Say until when to visit: counted from the closing, or from today if that has passed."""
    day = today(session)
    if item.closed_at is not None:
        due = limits.due_date(session, office_day(item.closed_at), "revisit")
        if due.on >= day:
            return due
    return limits.due_date(session, day, "revisit")
