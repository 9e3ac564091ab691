"""Diagrams on their way."""
