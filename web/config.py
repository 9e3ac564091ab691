"""What the application is told by its environment, and what production refuses."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_KEY = "duban's default key, for demonstrations only"
SHORTEST_KEY = 32


class ConfigRefused(Exception):
    """The environment isn't one to serve in; ``reasons`` says everything that is wrong."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Config:
    """One deployment: where its database and files lie, and how strict it is.

    ``proxies`` counts the proxies in front whose word about the reader's address and
    scheme is trusted. ``secure`` says that readers come over https.
    """

    database: str
    data: Path
    key: str = DEFAULT_KEY
    production: bool = False
    debug: bool = False
    secure: bool = False
    proxies: int = 0

    def __post_init__(self) -> None:
        """Refuse to be built where it must not serve."""
        if reasons := list(self._reasons()):
            raise ConfigRefused(reasons)

    def _reasons(self) -> list[str]:
        if not self.production:
            return []
        wrong = {
            "DUBAN_KEY is the default key": self.key == DEFAULT_KEY,
            f"DUBAN_KEY has fewer than {SHORTEST_KEY} characters": len(self.key) < SHORTEST_KEY,
            "DUBAN_DEBUG is on": self.debug,
            "DUBAN_HTTPS is off: cookies would travel in the open": not self.secure,
        }
        return [reason for reason, is_so in wrong.items() if is_so]


def from_environment(environment: Mapping[str, str] = os.environ) -> Config:
    """Read the variables that start with ``DUBAN_``."""
    data = Path(environment.get("DUBAN_DATA", "var")).absolute()
    return Config(
        database=environment.get("DUBAN_DATABASE") or f"sqlite:///{data / 'duban.sqlite'}",
        data=data,
        key=environment.get("DUBAN_KEY") or _key_in(data),
        production=environment.get("DUBAN_ENV") == "production",
        debug=environment.get("DUBAN_DEBUG") == "1",
        secure=environment.get("DUBAN_HTTPS") == "1",
        proxies=int(environment.get("DUBAN_PROXIES") or 0),
    )


def _key_in(data: Path) -> str:
    """Return the key that the first start laid down among the data."""
    kept = data / "secret.key"
    return kept.read_text("ascii").strip() if kept.is_file() else DEFAULT_KEY
