"""Pairs of versions, the states in which an instance may be, and what becomes of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tests.engine.migration.branches import BRANCHES
from tests.engine.migration.circles import CIRCLES
from tests.engine.migration.nested import NESTED
from tests.engine.migration.others import INCLUSIVE, OTHERS
from tests.engine.migration.rows import LINE

NONE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True)
class Case:
    """From one version to another in some state: moves, or stays for this reason."""

    name: str
    old: bytes
    new: bytes
    acts: tuple[str, ...]
    expected: str
    renamed: Mapping[str, str]


def cases() -> Iterator[Case]:
    """Yield every pair of versions with every state."""
    for name, old, new, renamed, expected in LINE:
        states = [(), ("a",), ("a", "b")]
        for acts, one in zip(states, expected, strict=True):
            if "count" not in name or len(acts) < 2 or one:
                yield Case(f"{name}, after {acts}", old, new, acts, one, renamed)
    for name, old, new, four in BRANCHES:
        states = [(), ("a1", "b1"), ("b1", "b2"), ("a1", "b1", "b2", "a2")]
        for acts, one in zip(states, four, strict=True):
            yield Case(f"branches: {name}, after {acts}", old, new, acts, one, NONE)
    for family, table in (
        ("inside", NESTED),
        ("other", OTHERS),
        ("inclusive", INCLUSIVE),
        ("circle", CIRCLES),
    ):
        for name, old, new, acts, expected_one in table:
            yield Case(f"{family}: {name}, after {acts}", old, new, acts, expected_one, NONE)


CASES: Final = list(cases())
