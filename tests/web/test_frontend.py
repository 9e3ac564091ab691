"""What the front end's build promises: old browsers, one place for colours, no addresses."""

import json
import re
from pathlib import Path

from web.icons import BUILD

FRONTEND = Path(__file__).parents[2] / "web" / "frontend"
STYLES = FRONTEND / "src" / "styles"
INLINE = re.compile(r'<script(?![^>]*(?:\bsrc=|type="application/json"))|\son\w+=|javascript:')
"""What a browser would run from a page itself; data aren't run."""
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")


def built_styles() -> str:
    """Return every style of the build."""
    return "".join(style.read_text("utf-8") for style in BUILD.glob("assets/*.css"))


def test_styles_are_built_for_browsers_without_light_dark_and_nesting() -> None:
    styles = built_styles()

    assert "--lightningcss-light" in styles
    assert "light-dark(" not in styles
    assert not re.search(r"[{;]\s*&", styles)


def test_only_the_tokens_name_a_colour() -> None:
    named = [
        f"{style.relative_to(STYLES)}: {match[0]}"
        for style in STYLES.rglob("*.css")
        if style.name != "tokens.css"
        for match in COLOUR.finditer(style.read_text("utf-8"))
    ]

    assert named == []


def test_the_lock_file_carries_hashes_and_no_addresses() -> None:
    packages = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))["packages"]

    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_every_script_is_a_file_of_our_own() -> None:
    templates = (FRONTEND.parent / "templates").rglob("*.html")
    inline = [page.name for page in templates if INLINE.search(page.read_text("utf-8"))]

    assert inline == []
