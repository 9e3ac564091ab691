"""What was typed and can't be so, whatever it is about."""

from collections.abc import Mapping, Sequence
from datetime import date

from workflows.errors.refusal import Refusal


class SecretRefused(Refusal):
    """Secret matters don't go into this system."""


class TextMissing(Refusal):
    """A field that must say something is empty."""

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class ReasonMissing(TextMissing):
    """A refusal, a return or an objection has to say why."""

    def __init__(self, field: str = "reason") -> None:
        super().__init__(field)


class TextTooLong(Refusal):
    """A field is longer than what it can hold."""

    def __init__(self, field: str, length: int, most: int) -> None:
        super().__init__(field=field, length=length, most=most)


class PercentOutOfRange(Refusal):
    """A share of work done lies between 0 and 100."""

    def __init__(self, percent: int) -> None:
        super().__init__(percent=percent)


class ChoiceUnknown(Refusal):
    """The answer is none of those that can be given."""

    def __init__(self, field: str, given: str, choices: Sequence[str]) -> None:
        super().__init__(field=field, given=given, choices=list(choices))


class FormInvalid(Refusal):
    """Fields of a form step don't hold what they ask for; ``problems``: key → code."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(problems=dict(problems))


class DayAhead(Refusal):
    """A day on which something has happened can't lie ahead."""

    def __init__(self, field: str, given: date) -> None:
        super().__init__(field=field, given=given)


class DaysCrossed(Refusal):
    """A time has to begin, and to end after that."""

    def __init__(self, field: str, first: date | None, last: date) -> None:
        super().__init__(field=field, first=first, last=last)


class DayOutside(Refusal):
    """A day of a record lies before what it records began, or ahead of today."""

    def __init__(self, field: str, given: date, first: date, last: date) -> None:
        super().__init__(field=field, given=given, first=first, last=last)
