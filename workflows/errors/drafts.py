"""Drafts of diagrams and of decision tables, from opening to their second reader."""

from collections.abc import Sequence
from datetime import datetime

from workflows.errors.refusal import Refusal


class DrawingUnknown(Refusal):
    """There is no such draft of a diagram."""

    def __init__(self, drawing_id: object = None) -> None:
        super().__init__(drawing_id=drawing_id)


class DraftEnded(Refusal):
    """The draft was deployed or put aside: nobody changes it any more."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class DraftMoved(Refusal):
    """Somebody else has saved the draft since it was read."""

    def __init__(self, revision: int, saved_by: str, saved_at: datetime) -> None:
        super().__init__(revision=revision, saved_by=saved_by, saved_at=saved_at)


class DraftUnread(Refusal):
    """The draft was saved since whoever decides about it has read it."""

    def __init__(self, revision: int, saved_by: str, saved_at: datetime) -> None:
        super().__init__(revision=revision, saved_by=saved_by, saved_at=saved_at)


class DraftOpen(Refusal):
    """The process has an open draft already; there is one at a time."""

    def __init__(self, draft_id: int, saved_by: str, saved_at: datetime) -> None:
        super().__init__(draft_id=draft_id, saved_by=saved_by, saved_at=saved_at)


class NewerDeployed(Refusal):
    """Somebody has deployed a newer version than the one that the draft was begun on."""

    def __init__(self, version: int, by: str, at: datetime, note: str) -> None:
        super().__init__(version=version, by=by, at=at, note=note)


class NewestAlready(Refusal):
    """The draft stands on the newest version, so there is nothing to take over."""


class NothingChanged(Refusal):
    """The draft is the newest version, sign for sign."""


class ReviewMissing(Refusal):
    """A second administrator has to approve first; ``why`` says how far that is."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class ReviewSettled(Refusal):
    """Nothing waits for a review, or it was given already."""


class OwnReview(Refusal):
    """Whoever changed a draft last, or sent it, doesn't review it."""


class SameHands(Refusal):
    """One person could speak for a reader and for an author; ``by`` nobody: at the terminal."""

    def __init__(self, name: str, deed: str, by: str | None, at: datetime, until: datetime) -> None:
        super().__init__(name=name, deed=deed, by=by, at=at, until=until)


class WouldBeLost(Refusal):
    """A file holds parts of another tool that the editor can't keep; the file itself is kept."""

    def __init__(self, file_id: int, parts: Sequence[str]) -> None:
        super().__init__(file_id=file_id, parts=list(parts))


class TableUnknown(Refusal):
    """There is no such decision table, or no such version of it."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class TableRefused(Refusal):
    """A decision table can't be taken in like this; ``flaws`` says what is wrong with it."""

    def __init__(self, flaws: Sequence[object]) -> None:
        super().__init__(flaws=flaws)


class TableWouldLose(Refusal):
    """A file holds more than its table, and nobody has said that it may be dropped."""

    def __init__(self, parts: Sequence[str]) -> None:
        super().__init__(parts=list(parts))
