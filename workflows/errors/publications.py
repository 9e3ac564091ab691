"""Serials and their issues."""

from collections.abc import Sequence

from workflows.errors.refusal import Refusal


class SerialUnknown(Refusal):
    """There is no such serial, or nothing of this kind appears in it."""

    def __init__(self, name: object = None) -> None:
        super().__init__(name=name)


class SerialRefused(Refusal):
    """A serial can't be like this; ``why`` is the code of the reason."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class PublicationUnknown(Refusal):
    """There is no such issue, or the actor may not know that there is."""

    def __init__(self, publication_id: object = None) -> None:
        super().__init__(publication_id=publication_id)


class ContentUnfit(Refusal):
    """What was sent is no document of an issue; ``why`` is the code of the reason."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class NotReady(Refusal):
    """An issue can't go on while its checks say that something is wrong."""

    def __init__(self, checks: Sequence[object]) -> None:
        super().__init__(checks=checks)


class OwnDraft(Refusal):
    """Whoever drafted an issue doesn't approve it alone."""
