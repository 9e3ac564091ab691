"""Plays past instances on another version of their diagram, from their history alone."""

from engine.replaying.messages import MESSAGES
from engine.replaying.records import Found, Rehearsal, Replayed, Way
from engine.replaying.verb import replay, replay_all

__all__ = ["MESSAGES", "Found", "Rehearsal", "Replayed", "Way", "replay", "replay_all"]
