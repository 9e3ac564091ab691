"""Why an instance stays, and how a replay came out, in both languages."""

from collections.abc import Mapping

import pytest

from engine import MIGRATION_MESSAGES, REPLAY_MESSAGES
from web.cli import speaking
from web.words.migrations import REPLAYS, WORDS

BOTH = [(WORDS, MIGRATION_MESSAGES), (REPLAYS, REPLAY_MESSAGES)]


@pytest.mark.parametrize(("words", "messages"), BOTH)
def test_every_code_has_the_engines_own_words(
    words: Mapping[str, object], messages: Mapping[str, str]
) -> None:
    with speaking("en"):
        assert {code: str(told) for code, told in words.items()} == messages


@pytest.mark.parametrize(("words", "messages"), BOTH)
def test_every_code_is_worded_in_chinese_too(
    words: Mapping[str, object], messages: Mapping[str, str]
) -> None:
    with speaking("zh_CN"):
        assert [code for code, told in words.items() if str(told) == messages[code]] == []
