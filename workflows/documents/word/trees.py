"""Moves in the tree of a file."""

from lxml.etree import _Element as Element


def parent_of(element: Element) -> Element:
    """Return what an element stands in."""
    parent = element.getparent()
    assert parent is not None, element.tag  # noqa: S101 (only the root has none)
    return parent


def drop(element: Element) -> None:
    """Take an element out of its tree."""
    parent_of(element).remove(element)
