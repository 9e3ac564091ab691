"""Every X of the seed has a figure, a setting or a name on record, and stands in the summary."""

import re
from pathlib import Path

from workflows import paper_templates, settings
from workflows.documents import MARK
from workflows.figures import FIGURES
from workflows.paper_templates import KINDS

DOCS = Path(__file__).parents[3] / "docs" / "seed.md"
LINE = re.compile(r"\| (\d+) \| ([^|]+) \| (\S+) (\w[\w ]*) \| `([\w.]+)` \|")
EVERY = 37
"""How many X's the seed has."""


def listed() -> list[tuple[int, str, str]]:
    """Return the table of the X's: which, where from, and the name."""
    _, _, table = DOCS.read_text("utf-8").partition("## 每一个 X")
    return [(int(line[1]), line[4], line[5]) for line in LINE.finditer(table)]


def marks() -> set[str]:
    """Return the marks of the annual summary's shipped template."""
    blocks = paper_templates.shipped("annual").sketch.blocks
    return {mark[1].strip() for block in blocks for mark in MARK.finditer(block.text) if mark[1]}


def test_every_x_of_the_seed_is_listed_in_its_order() -> None:
    assert [number for number, _, _ in listed()] == list(range(1, EVERY + 1))


def test_every_x_is_a_figure_a_setting_or_a_name_in_the_summary() -> None:
    known, written = KINDS["annual"].values, marks()
    for number, where, name in listed():
        if where == "figure":
            assert (number, name in FIGURES, name in written) == (number, True, True)
        elif where == "setting":
            said = name.removeprefix("summary.")
            assert (number, name in settings.DEFAULTS, said in written) == (number, True, True)
        else:
            assert (number, where, name in known) == (number, "name on record", True)
            assert name in written


def test_the_summary_names_nothing_that_the_house_doesnt_know() -> None:
    assert marks() <= {*FIGURES, *KINDS["annual"].values}
