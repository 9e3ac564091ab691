"""Every word on the screen is there in both languages."""

from web import i18n


def test_nothing_lacks_its_chinese() -> None:
    assert i18n.missing_translations() == []


def test_no_translation_is_left_over() -> None:
    assert i18n.unused_translations() == []
