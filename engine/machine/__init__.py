"""Moves tokens: plan, thaw, run, freeze. No SQL, and the only room with SpiffWorkflow."""

from engine.machine.plans import Plan, plan
from engine.machine.runs import Host, Note, Run, Runaway, Shape
from engine.machine.states import freeze, thaw
from engine.machine.tokens import Token

__all__ = [
    "Host",
    "Note",
    "Plan",
    "Run",
    "Runaway",
    "Shape",
    "Token",
    "freeze",
    "plan",
    "thaw",
]
