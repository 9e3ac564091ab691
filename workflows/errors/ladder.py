"""Rungs, suggestions and what they are based on."""

from workflows.errors.refusal import Refusal


class RungUnknown(Refusal):
    """There is no such rung, or it hasn't reached the unit of whoever asks."""

    def __init__(self, rung_id: object = None) -> None:
        super().__init__(rung_id=rung_id)


class SuggestionUnknown(Refusal):
    """There is no such suggestion."""

    def __init__(self, suggestion_id: object = None) -> None:
        super().__init__(suggestion_id=suggestion_id)


class BasisRefused(Refusal):
    """A suggestion can't be based on that; ``why`` says why."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)
