"""A change from a short page, put into the draft of its table and handed over in one go."""

from collections.abc import Callable, Mapping, Sequence

from engine import DecisionTable, Session
from workflows import drafted, ladder_rules, limits, rules
from workflows.actors import Actor
from workflows.decision_tables.drafting import open_draft, put, rows_of
from workflows.decision_tables.releasing import ask_review
from workflows.limits import Rule
from workflows.moves import NewRule
from workflows.revisits import risk
from workflows.tables import Role, TableDraft


def propose_rules(
    session: Session, actor: Actor, wanted: Sequence[NewRule], note: str
) -> TableDraft:
    """Hand over some limits as they would be."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    for rule in wanted:
        limits.must_be_sound(rule.name, rule.span, rule.clause)
    changed = [Rule(rule.name, rule.span, rule.clause) for rule in wanted]
    table = limits.SHAPE.name
    return _hand_over(session, actor, table, lambda own: limits.with_rules(own, changed), note)


def propose_ladder(
    session: Session, actor: Actor, rows: Sequence[ladder_rules.Row], note: str
) -> TableDraft:
    """Hand over the ladder as it would be."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    table, wanted = ladder_rules.SHAPE.name, ladder_rules.table_of(rows)
    return _hand_over(session, actor, table, lambda _: wanted, note)


def propose_weights(
    session: Session, actor: Actor, wanted: Mapping[str, int], note: str
) -> TableDraft:
    """Hand over what risks would count."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    for name, percent in wanted.items():
        risk.must_weigh(name, percent)

    def change(own: DecisionTable) -> DecisionTable:
        return risk.table_of({**risk.DEFAULTS, **risk.weights_in(own), **wanted})

    return _hand_over(session, actor, risk.SHAPE.name, change, note)


def _hand_over(
    session: Session,
    actor: Actor,
    name: str,
    change: Callable[[DecisionTable], DecisionTable],
    note: str,
) -> TableDraft:
    """Change the draft of a table, and ask for its review; somebody else's draft stays theirs."""
    held = drafted.hold(session, TableDraft, open_draft(session, actor, name).id, actor)
    if held.saved_by_id != actor.person_id:
        drafted.must_be_none(held)
    put(session, held, change(rows_of(held)), actor)
    ask_review(session, actor, held.id, note, revision=held.revision)
    return held
