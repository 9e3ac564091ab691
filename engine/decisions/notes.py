"""Collects what is wrong with a decision file, and where a person would look for it."""

from lxml import etree

from engine.decisions.refusals import CellRefused
from engine.errors import Problem


class Notes(list[Problem]):
    """What is wrong; a place is named ``decision · row · column``, as far as it goes."""

    def note(
        self, code: str, at: etree._Element | None = None, /, *where: object, **facts: object
    ) -> None:
        """Note one problem of an element of the file."""
        self.note_at(code, None if at is None else _id_of(at), *_place(at), *where, **facts)

    def note_at(
        self, code: str, element_id: str | None, /, *where: object, **facts: object
    ) -> None:
        """Note one problem of a part that was read before."""
        place = " · ".join(str(each) for each in where if each)
        self.append(Problem(code, element_id, place or None, facts))

    def refused(self, error: CellRefused, at: etree._Element, /, *where: object) -> None:
        """Note that a cell wasn't read."""
        self.note(error.code, at, *where, **error.about)


def _id_of(element: etree._Element) -> str | None:
    found: etree._Element | None = element
    while found is not None and not found.get("id"):
        found = found.getparent()
    return None if found is None else found.get("id")


def _place(element: etree._Element | None) -> tuple[str, ...]:
    """Return the name of the decision that an element belongs to, or its own."""
    found = element
    while found is not None:
        if etree.QName(found).localname in {"decision", "inputData", "businessKnowledgeModel"}:
            return (found.get("name") or found.get("id") or "",)
        found = found.getparent()
    return ()
