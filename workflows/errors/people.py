"""People and their accounts."""

from datetime import datetime

from workflows.errors.refusal import Refusal


class SignInRefused(Refusal):
    """The login or the password is wrong; which of them isn't told."""


class TooManyTries(Refusal):
    """This account or address has tried too often; ``until`` is when to try again."""

    def __init__(self, until: datetime, minutes: int) -> None:
        super().__init__(until=until, minutes=minutes)


class PasswordRefused(Refusal):
    """The new password is too short, too long or too easy to guess."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class PersonUnknown(Refusal):
    """There is no such person, post or holding."""

    def __init__(self, person_id: object = None) -> None:
        super().__init__(person_id=person_id)


class PeopleRefused(Refusal):
    """A unit, post or person can't be changed in this way; ``why`` says which rule."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)
