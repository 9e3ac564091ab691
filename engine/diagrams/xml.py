"""Reads XML that strangers wrote: nothing is opened, nothing is expanded."""

from collections.abc import Callable
from typing import Final

from lxml import etree

SIZE: Final = 2_000_000


def root_of(xml: bytes, note: Callable[..., None]) -> etree._Element | None:
    """Return the root of a file, or note why the file isn't read."""
    if len(xml) > SIZE:
        note("too_large", megabytes=SIZE // 1_000_000)
        return None
    try:
        root = etree.fromstring(xml, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", (1, 1))
        note("not_xml", line=line, column=column)
        return None
    if root.getroottree().docinfo.doctype:
        note("doctype")
        return None
    return root


def _parser() -> etree.XMLParser[etree._Element]:
    """Return a parser that opens nothing and expands nothing."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
