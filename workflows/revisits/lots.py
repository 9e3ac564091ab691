"""Lots that anybody can draw again: pure arithmetic on a seed, the same on every machine."""

from collections.abc import Mapping
from hashlib import sha256
from math import log

BITS = 52
"""As many as a float holds exactly."""


def lot(seed: str) -> float:
    """Return the lot that a seed draws, from 0 up to 1: the head of its SHA-256."""
    head = int.from_bytes(sha256(seed.encode()).digest()[:8])
    return float((head >> (64 - BITS)) / 2**BITS)


def chance_of(base: float, weight: float) -> float:
    """Return how likely one item is revisited: the office's share, times its risk."""
    return min(1.0, base * weight)


def chosen(seed: str, pool: Mapping[int, float], size: int) -> frozenset[int]:
    """Draw so many of a pool of weights, each by its own lot; a heavier one never waits longer.

    Every member waits for a time drawn from its lot and divided by its weight, and the
    shortest waits are chosen (Efraimidis and Spirakis). What has no weight is never chosen.
    """
    waits = [
        (-log(1 - lot(f"{seed}-{member}")) / weight, member)
        for member, weight in pool.items()
        if weight > 0
    ]
    return frozenset(member for _, member in sorted(waits)[:size])
