"""What every way of saying no is: a sentence's facts, without the sentence."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """Base of every refusal; ``facts`` is all that the wording needs."""

    def __init__(self, **facts: object) -> None:
        told = ", ".join(f"{name}={value!r}" for name, value in facts.items())
        super().__init__(f"{type(self).__name__}({told})")
        self.facts: Mapping[str, Any] = facts
