"""The front end's build: from an entry's name to its tags."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from flask import Flask, url_for
from markupsafe import Markup

from web.icons import BUILD, STORY, icon, icon_of

LONG = 365 * 24 * 3600


class FrontEndMissing(Exception):
    """The front end isn't built."""

    def __init__(self) -> None:
        super().__init__("run `npm ci && npm run build` in web/frontend, or `python3 run.py`")


def register(app: Flask) -> None:
    """Give the templates their scripts, styles and icons; names with a hash keep for a year."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = LONG
    app.jinja_env.globals.update(
        assets=assets,
        script=script,
        styles=styles,
        icon=icon,
        story_icon=lambda kind, size="": icon_of(STORY, kind, size),
    )


def assets(entry: str) -> Markup:
    """Return the styles and the module of an entry; those of what it shares come first."""
    return Markup("\n  ").join([*_links(entry), script(entry)])


def styles(entry: str) -> Markup:
    """Return the styles of an entry that has no script of its own."""
    return Markup("\n  ").join(_links(entry))


def _links(entry: str) -> list[Markup]:
    return [
        Markup('<link rel="stylesheet" href="{}">').format(_address(style))
        for style in dict.fromkeys(_styles(f"src/{entry}.js"))
    ]


def script(entry: str, *, blocking: bool = False) -> Markup:
    """Return an entry's script; a blocking one runs before the page is painted."""
    address = _address(_built(entry)["file"])
    kind = "" if blocking else ' type="module"'
    return Markup('<script src="{}"{}></script>').format(address, Markup(kind))  # noqa: S704


def _built(entry: str) -> dict[str, Any]:
    return _chunk(f"src/{entry}.js")


def _styles(name: str) -> Iterator[str]:
    chunk = _chunk(name)
    for shared in chunk.get("imports", ()):
        yield from _styles(shared)
    yield from chunk.get("css", ())


def _chunk(name: str) -> dict[str, Any]:
    manifest = BUILD / "manifest.json"
    if not manifest.exists():
        raise FrontEndMissing
    chunk: dict[str, Any] = _manifest(manifest.stat().st_mtime)[name]
    return chunk


@lru_cache(maxsize=1)
def _manifest(changed: float) -> dict[str, Any]:  # noqa: ARG001 - a new build is read anew
    manifest: dict[str, Any] = json.loads((BUILD / "manifest.json").read_text("utf-8"))
    return manifest


def _address(file: str) -> str:
    return url_for("static", filename=f"build/{file}")
