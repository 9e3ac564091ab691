"""Templates 公文模板: a Word file for each kind of paper, which an administrator replaces.

A template holds a kind's head, styles and first text. ``{{marks}}`` stand for values and figures,
``[[blanks]]`` for what a writer fills in; there are no expressions, only plain replacement.
"""

from workflows.paper_templates.checking import CheckedTemplate, Flaw, check, inspect
from workflows.paper_templates.content import (
    content_of,
    filled,
    first_addressee,
    first_content,
    first_title,
)
from workflows.paper_templates.keeping import (
    Shelf,
    Version,
    bring,
    choose,
    current,
    kind_named,
    opened,
    shelf,
)
from workflows.paper_templates.kinds import ELEMENTS, KINDS, TemplateKind
from workflows.paper_templates.known import SHIPPED, Template, shipped
from workflows.paper_templates.samples import sample

__all__ = [
    "ELEMENTS",
    "KINDS",
    "SHIPPED",
    "CheckedTemplate",
    "Flaw",
    "Shelf",
    "Template",
    "TemplateKind",
    "Version",
    "bring",
    "check",
    "choose",
    "content_of",
    "current",
    "filled",
    "first_addressee",
    "first_content",
    "first_title",
    "inspect",
    "kind_named",
    "opened",
    "sample",
    "shelf",
    "shipped",
]
