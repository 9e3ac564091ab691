"""A template as the house uses it: a file, and what was read in it."""

from dataclasses import dataclass
from functools import lru_cache

from workflows.documents import Sketch, sketch_of
from workflows.paper_templates.kinds import KINDS, TemplateKind
from workflows.paper_templates.shipping import shipped_file

SHIPPED = 0
"""The version of a template that came with the house."""


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a template; ``version`` 0 is the shipped one."""

    kind: TemplateKind
    version: int
    file: bytes
    sketch: Sketch


def shipped(name: str) -> Template:
    """Return the template that the house ships for a kind."""
    kind = KINDS[name]
    return read(kind, SHIPPED, shipped_file(kind))


@lru_cache(maxsize=64)
def read(kind: TemplateKind, version: int, file: bytes) -> Template:
    """Read a template that was found fit; the same file is read once."""
    return Template(kind, version, file, sketch_of(file))
