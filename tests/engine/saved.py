"""Saved states of this release, kept for the next ones: `python -m tests.engine.saved`.

Each shape is walked a few steps by chance and frozen after each; what it offers then is
written beside it. A later release must thaw the very bytes, offer the same, and go on.
A release keeps the files of all formats before its own.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from engine.machine import freeze
from engine.machine.states import FORMAT
from tests.engine.shapes import SHAPES
from tests.engine.walking import Walker, planned

FOLDER: Final = Path(__file__).with_name("states")
STEPS: Final = 6
DATA: Final[dict[str, Any]] = {
    "units": ["a", "b"],
    "mark": 0,
    "outcome": "",
    "final": False,
    "revisit": True,
    "urgency": "normal",
    "interim_period": "P1W",
    "assignment": 1,
}


def main() -> None:
    """Write the states of this release's format."""
    saved = [
        {"shape": name, "diagram": xml.decode(), "states": list(_walked(name, xml))}
        for name, xml in SHAPES.items()
    ]
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(saved, ensure_ascii=False, indent=1)
    (FOLDER / f"format-{FORMAT}.json").write_text(text + "\n", encoding="utf-8")


def offers_of(walker: Walker) -> list[list[str]]:
    """Return what could happen, as it is written beside a state."""
    return [list(offer) for offer, _ in walker.offers()]


def _walked(name: str, xml: bytes) -> Iterator[dict[str, Any]]:
    chance = random.Random(name)
    walker = Walker(planned(xml), forgetful=True, data=DATA)
    for step in range(STEPS):
        if walker.completed:
            return
        yield {"state": freeze(walker.run).decode(), "offers": offers_of(walker)}
        places = [
            place
            for place, ((kind, _), _) in enumerate(walker.offers())
            if not kind.startswith("scope")
        ]
        if places:
            outcome = chance.choice(["again", "out", "accept", "sign"])
            walker.take(chance.choice(places), {"outcome": outcome, "step": step})


if __name__ == "__main__":
    main()
