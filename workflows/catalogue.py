"""Everything that a diagram may name, gathered from where each thing is defined.

Nothing is listed here a second time: ``STEPS``, ``OPERATIONS``, ``WHO``, ``DEFAULTS`` and
``DUE_DATES`` are what the gate goes by; the deployed diagrams know in which words a step
ends, and through which lists they go. Whoever reads it finds the words for it in ``web``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import engine
from engine import Definition, Offer, Operation, Outcome, Session
from workflows import calendar, clock, desk, limits, rules, settings
from workflows.actors import Actor
from workflows.limits import Clause
from workflows.operations import OPERATIONS
from workflows.processes import DUE_DATES
from workflows.reckoning import Due, Span
from workflows.steps import STEPS, Step
from workflows.tables import LimitUnit, Role, Rung, Urgency

OUTCOME, ROUND = "outcome", "loopCounter"
VALUES: Mapping[str, type[StrEnum]] = MappingProxyType({"urgency": Urgency, "rung": Rung})
"""The data that hold one of the domain's words."""
OWN_LIMITS = (clock.OWN_LIMIT, desk.VISIT_LIMIT)
"""The dates that a step's limit may be, beside the rules and a time of its own."""
UNITS = tuple(unit for unit in LimitUnit if unit is not LimitUnit.SAME_DAY)
"""What a diagram may count a time of its own in."""


@dataclass(frozen=True, slots=True)
class KnownStep:
    """A step type; outcomes of ``None`` are named freely by the diagram."""

    step: Step
    outcomes: Sequence[Outcome] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit of the table, as it is now."""

    name: str
    span: Span
    clause: Clause


@dataclass(frozen=True, slots=True)
class Datum:
    """One name of the data that conditions may ask for."""

    name: str
    kind: type
    values: type[StrEnum] | None = None
    element: str = ""
    """What one element of the list is called by those who go through it."""


@dataclass(frozen=True, slots=True)
class Called:
    """A process that a diagram may call, what it is given by those who do, and gives back."""

    definition: Definition
    given: Sequence[str]
    data: Sequence[str]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that a diagram may ask for, and what it reads, with the standard's type names."""

    id: str
    name: str
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that a diagram may name."""

    steps: Sequence[KnownStep]
    roles: Sequence[Role]
    who: Sequence[tuple[str, Role]]
    limits: Sequence[Rule]
    own_limits: Sequence[str]
    units: Sequence[LimitUnit]
    operations: Sequence[Operation]
    due_dates: Sequence[str]
    warn_at: Mapping[str, int]
    processes: Sequence[Called]
    decisions: Sequence[Decision]
    data: Sequence[Datum]
    messages: Sequence[str]


def catalogue(session: Session, actor: Actor) -> Catalogue:
    """Return everything that a diagram may name, for an administrator."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    offers = engine.offers(session)
    return Catalogue(
        steps=[KnownStep(step, _outcomes(step, offers)) for step in STEPS.values()],
        roles=[role for role in Role if _does_steps(role)],
        who=list(desk.WHO.items()),
        limits=[
            Rule(name, limits.span_of(session, name), limits.clause_of(session, name))
            for name in limits.DEFAULTS
        ],
        own_limits=OWN_LIMITS,
        units=UNITS,
        operations=list(OPERATIONS.values()),
        due_dates=list(DUE_DATES),
        warn_at={
            "warning": settings.number(session, "limit.warn_at"),
            "second_warning": settings.number(session, "limit.warn_again_at"),
        },
        processes=[_called(offer, offers) for offer in offers],
        decisions=list(_decisions(session)),
        data=list(_data(offers)),
        messages=sorted({message for offer in offers for message in offer.messages}),
    )


def example(session: Session, actor: Actor, limit: str, on: date | None = None) -> Due:
    """Return until when a step has time that begins on a day, by a rule or a time of its own."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return limits.due_date(session, on or calendar.today(session), limits.written(limit) or limit)


def _does_steps(role: Role) -> bool:
    return role in {step.role for step in STEPS.values()}


def _outcomes(step: Step, offers: Iterable[Offer]) -> Sequence[Outcome] | None:
    """Return the ways out of a step type, in the words of the diagrams that use it."""
    if step.outcomes is None:
        return None
    drawn = {
        outcome.value: outcome
        for offer in offers
        for name, outcome in offer.outcomes
        if name == step.name and outcome.value in step.outcomes
    }
    rest = sorted(step.outcomes - drawn.keys())
    return [*drawn.values(), *(Outcome(value, value, value) for value in rest)]


def _called(offer: Offer, offers: Iterable[Offer]) -> Called:
    nothing: frozenset[str] = frozenset()
    given = nothing.union(
        *(each.gives.get(offer.definition.process_id, nothing) for each in offers)
    )
    return Called(offer.definition, sorted(given), sorted(offer.data))


def _decisions(session: Session) -> Iterable[Decision]:
    for file in engine.decisions(session):
        for decision, name in file.decisions.items():
            yield Decision(decision, name, engine.decision_inputs(session, decision))


def _data(offers: Iterable[Offer]) -> Iterable[Datum]:
    elements = {key: element for offer in offers for key, element in offer.rounds.items()}
    written = {OUTCOME: str, ROUND: int}
    for writes in (step.writes for step in STEPS.values()):
        written |= writes
    for writes in (operation.writes for operation in OPERATIONS.values()):
        written |= writes
    for name, kind in written.items():
        yield Datum(name, kind, VALUES.get(name), elements.get(name, ""))
