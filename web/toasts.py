"""What the next page says about what was just done, and how to undo it."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, flash, get_flashed_messages

DONE = "done"


@dataclass(frozen=True, slots=True)
class Toast:
    """Some words for eight seconds; ``undo`` is where a press on 撤销 is posted."""

    words: str
    undo: str | None = None
    done: bool = True


def register(app: Flask) -> None:
    """Let the base template show what was said."""
    app.jinja_env.globals["messages"] = messages


def say(words: str, *, undo: str | None = None, done: bool = True) -> None:
    """Have the next page say that something was done, or why it wasn't."""
    flash({"words": words, "undo": undo, "done": done}, DONE)  # type: ignore[arg-type] # flask keeps any JSON


def messages() -> list[Toast]:
    """Return what was said since the last page, once."""
    said: list[dict[str, Any]] = get_flashed_messages(category_filter=[DONE])  # type: ignore[assignment] # see say
    return [Toast(str(each["words"]), each["undo"], each.get("done", True)) for each in said]
