"""What an item's pages show of its family, its leaders' words and what came before its opening."""

from typing import Any

from engine import Session
from workflows import casefile, family, instructions
from workflows.actors import Actor
from workflows.decisions.basis import basis_of
from workflows.opening.burden import burdens
from workflows.opening.plans import plan_of
from workflows.opening.registering import related
from workflows.tables import Item


def words_of(session: Session, item: Item) -> dict[str, Any]:
    """Return what each leader wrote on the paper, and how what differs was settled."""
    resolutions = instructions.resolutions_of(session, item)
    return {
        "instructions": instructions.instructions_of(session, item),
        "resolutions": resolutions,
        "people_of_words": casefile.names_of(session, [one.person_id for one in resolutions]),
    }


def opening_of(session: Session, actor: Actor, item: Item) -> dict[str, Any]:
    """Return an item's plan, how busy its units are, and the items that it is linked to."""
    kept = plan_of(session, item)
    return {
        "plan": kept,
        "burdens": burdens(session, [row.unit_id for row in kept.units]),
        "related": related(session, actor, item),
    }


def family_of(session: Session, actor: Actor, item: Item) -> dict[str, Any]:
    """Return a decision's basis and parts, or the decision that a part belongs to."""
    return {
        "decision_basis": basis_of(session, item),
        "family": family.parts_of(session, actor, item),
        "whole": family.whole_of(session, actor, item),
    }
