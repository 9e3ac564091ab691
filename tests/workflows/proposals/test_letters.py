"""Whom a letter of reply is to."""

import pytest

from workflows.proposals.letters import addressee
from workflows.tables import Source


@pytest.mark.parametrize(
    ("source", "proposers", "wanted"),
    [
        (Source.CPPCC_PROPOSAL, ["侯晓明"], "侯晓明委员"),
        (Source.NPC_SUGGESTION, ["侯晓明", "苗青"], "侯晓明、苗青代表"),
        (Source.CPPCC_PROPOSAL, ["侯委员", "苗委员"], "侯委员、苗委员"),
        (Source.NPC_BILL, ["侯晓明代表"], "侯晓明代表"),
        (Source.CITY_INSTRUCTION, ["侯晓明"], "侯晓明"),
    ],
)
def test_a_letter_names_a_title_once(source: Source, proposers: list[str], wanted: str) -> None:
    assert addressee(source, proposers) == wanted
