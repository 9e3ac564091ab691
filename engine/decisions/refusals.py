"""Why a cell isn't read: a code of the messages, and its facts."""

from engine.errors import EngineError


class CellRefused(EngineError):
    """A cell isn't written in the language of decision tables."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.about = facts
