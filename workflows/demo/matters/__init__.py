"""The matters of the demo, those that the seed names, each a story that leads to today.

A script yields the moment at which it wants to act next, and then acts.
"""

from workflows.demo.matters.instructions import INSTRUCTIONS
from workflows.demo.matters.meetings import MEETINGS
from workflows.demo.matters.programmes import PROGRAMMES

__all__ = ["MATTERS"]

MATTERS = (*INSTRUCTIONS, *MEETINGS, *PROGRAMMES)
