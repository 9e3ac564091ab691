"""The guides: reachable from the README, and every picture theirs, there and light."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs").glob("guide-*.md"))
PICTURES = sorted((ROOT / "docs" / "pictures").iterdir())
MOST_BYTES = 150_000
LINK = re.compile(r"\]\(([^)#:]+)\)")
NAMED = re.compile(r"\btest_\w+(?:\.py)?\b")
DEFINED = re.compile(r"^def (test_\w+)", re.MULTILINE)


def links_of(page: Path) -> set[Path]:
    """Return the files that a page leads to or shows."""
    return {(page.parent / link).resolve() for link in LINK.findall(page.read_text("utf-8"))}


def test_every_link_of_the_guides_leads_somewhere() -> None:
    pages = [ROOT / "README.md", *GUIDES]
    dead = [
        (page.name, link.name) for page in pages for link in links_of(page) if not link.exists()
    ]

    assert dead == []


def test_the_readme_leads_to_every_guide() -> None:
    assert set(GUIDES) - links_of(ROOT / "README.md") == set()


def test_every_picture_is_shown_by_a_guide_and_is_light() -> None:
    shown = set().union(*map(links_of, GUIDES))

    assert set(PICTURES) - shown == set()
    assert [path.name for path in PICTURES if path.stat().st_size > MOST_BYTES] == []


def test_every_test_that_the_documents_name_is_there() -> None:
    texts = {path: path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    known = {path.name for path in texts}
    known.update(name for text in texts.values() for name in DEFINED.findall(text))

    named = {
        (page.name, name)
        for page in (ROOT / "docs").glob("*.md")
        for name in NAMED.findall(page.read_text("utf-8"))
    }

    assert {(page, name) for page, name in named if name not in known} == set()
