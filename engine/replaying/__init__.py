"""Plays past instances on another version of their diagram, from their history alone."""

from engine.replaying.messages import MESSAGES
from engine.replaying.records import Replayed, Way
from engine.replaying.verb import replay

__all__ = ["MESSAGES", "Replayed", "Way", "replay"]
