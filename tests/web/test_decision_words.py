"""What the gate says of a decision file, in both languages."""

from engine import DECISION_MESSAGES, Problem
from web.cli import speaking
from web.flaws import words_of
from web.words.decisions import WORDS


def test_every_code_has_the_engines_own_words() -> None:
    with speaking("en"):
        words = {code: str(told) for code, told in WORDS.items()}

    assert words == DECISION_MESSAGES


def test_every_code_is_worded_in_chinese_too() -> None:
    with speaking("zh_CN"):
        words = {code: str(told) for code, told in WORDS.items()}

    assert [code for code in words if words[code] == DECISION_MESSAGES[code]] == []


def test_a_problem_of_a_table_is_told_with_its_facts() -> None:
    problem = Problem("name_unknown", "r1", "Fee · 1 · Days", {"name": "soon"})

    with speaking("en"):
        assert words_of(problem) == "Nothing is called soon here."
