"""Supervision: who may do what, by when, and what an item remembers of it."""
