"""Words that tell of a secret matter; a commercial secret or a bureau's name isn't one."""

import re

_WORDS = re.compile("(?:机密|绝密|秘密)★?|涉密")
_CLEARED = re.compile("商业秘密|保密局|保密委|(?:非|不|不含|无|严禁|禁止|不得.{0,4})涉密")


def words_in(text: str) -> list[str]:
    """Return the words of a text by which it may be secret, each once."""
    return list(dict.fromkeys(_WORDS.findall(_CLEARED.sub("", text))))
