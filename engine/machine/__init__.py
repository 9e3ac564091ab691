"""Moves tokens: plan, thaw, run, freeze. No SQL, and the only room with SpiffWorkflow."""

from engine.machine.activities import CallActivity, Calling
from engine.machine.hosts import Host
from engine.machine.loops import INDEX, Shell
from engine.machine.plans import Plan, plan
from engine.machine.runs import KEY, Note, Run, Runaway
from engine.machine.shapes import Shape
from engine.machine.states import freeze, thaw
from engine.machine.throws import Thrown, key_in
from engine.machine.tokens import Token

__all__ = [
    "INDEX",
    "KEY",
    "CallActivity",
    "Calling",
    "Host",
    "Note",
    "Plan",
    "Run",
    "Runaway",
    "Shape",
    "Shell",
    "Thrown",
    "Token",
    "freeze",
    "key_in",
    "plan",
    "thaw",
]
