"""督查方案: what an item's supervision is to look at, whom, how far, how, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from engine import Session, now
from workflows import rules, store, story
from workflows.actors import Actor
from workflows.errors import ChoiceUnknown, DaysCrossed
from workflows.methods import Method
from workflows.story import Happened
from workflows.tables import Item, OpeningPlan, Part, PlannedUnit, Role

CHOICES = tuple(method.value for method in Method)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it is typed; the units are its object, the first of them leads."""

    content: str = ""
    scope: str = ""
    methods: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    unit_ids: tuple[int, ...] = ()

    @property
    def says_something(self) -> bool:
        """Say whether anything besides the units was written."""
        return bool(self.content.strip() or self.scope.strip() or self.methods or self.from_on)


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """An item's plan with the units that it is about."""

    plan: OpeningPlan | None
    units: Sequence[PlannedUnit]


def keep_plan(session: Session, actor: Actor, item_id: int, plan: Plan) -> Item:
    """Write an item's plan down, instead of the one before; only while the item is open."""
    store.visible_item(session, actor, item_id)
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    item = store.item_to_change(session, item_id)
    rules.must_be_alive(item, "plan")
    must_be_sound(session, plan)
    write(session, actor, item, plan)
    story.tell(session, item, Happened.PLANNED, actor, {"content": plan.content.strip()})
    return item


def must_be_sound(session: Session, plan: Plan) -> None:
    """Refuse a plan that says nothing, ends before it starts, or names what nobody knows."""
    rules.must_be_different(plan.unit_ids)
    store.active_units(session, plan.unit_ids)
    if plan.says_something:
        rules.must_say("content", plan.content)
    for method in plan.methods:
        if method not in CHOICES:
            raise ChoiceUnknown("methods", method, CHOICES)
    if plan.until_on is not None and (plan.from_on is None or plan.until_on < plan.from_on):
        raise DaysCrossed("until_on", plan.from_on, plan.until_on)


def write(session: Session, actor: Actor, item: Item, plan: Plan) -> None:
    """Write a sound plan and its units down."""
    session.execute(delete(PlannedUnit).where(PlannedUnit.item_id == item.id))
    for place, unit_id in enumerate(plan.unit_ids):
        part = Part.CO if place else Part.LEAD
        session.add(PlannedUnit(item_id=item.id, unit_id=unit_id, part=part))
    if plan.says_something:
        row = OpeningPlan(
            item_id=item.id,
            content=plan.content.strip(),
            scope=plan.scope.strip(),
            methods=list(plan.methods),
            from_on=plan.from_on,
            until_on=plan.until_on,
            written_by_id=actor.person_id,
            written_at=now(session),
        )
        session.merge(row)
    session.flush()


def plan_of(session: Session, item: Item) -> KeptPlan:
    """Return an item's plan, if it has one, and the units that it is meant for."""
    wanted = select(PlannedUnit).where(PlannedUnit.item_id == item.id)
    ordered = wanted.order_by(PlannedUnit.part.desc(), PlannedUnit.unit_id)
    units = session.scalars(ordered.options(joinedload(PlannedUnit.unit))).all()
    return KeptPlan(session.get(OpeningPlan, item.id), units)
