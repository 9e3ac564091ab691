"""Every pair of versions with every state: what moves finishes rightly, all else stays."""

import pytest

from engine.migration import Stays
from engine.migration.pairs import paired
from tests.engine.migration.play import OLD, Play, planned
from tests.engine.migration.versions import CASES, Case

SET_OFF = {"hurry"}
"""What an event beside the rest sets off, each time anew."""


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 150
    assert len({case.expected for case in CASES}) >= 15


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_moves_finishes_rightly_and_all_else_stays(case: Case) -> None:
    play = Play(planned(case.old, OLD)).do(*case.acts)
    standing = play.open()

    there = play.to(case.new, case.renamed)

    if isinstance(there, Stays):
        assert there.code == case.expected
    else:
        assert case.expected == ""
        to = paired(play.plan.diagram, there.plan.diagram, case.renamed).to
        assert there.open() == sorted(to[one] for one in standing)
        there.finish()
        if not any(words in case.name for words in ("nobody waits", "round")):
            nothing_is_done_twice(play, there, to)
    play.finish()


def nothing_is_done_twice(old: Play, new: Play, to: dict[str, str]) -> None:
    """Check that no step was done twice that isn't drawn to be."""
    nodes = [*old.plan.diagram.nodes.values(), *new.plan.diagram.nodes.values()]
    often = {node.id for node in nodes if node.loop is not None} | SET_OFF
    done = [to.get(one, f"{one} of old") for one in old.done] + new.done[len(old.done) :]
    once = [one for one in done if one not in often]
    assert len(set(once)) == len(once)
