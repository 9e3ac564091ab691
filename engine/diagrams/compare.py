"""What differs between two versions of a diagram, element by element."""

from collections.abc import Iterator
from typing import Final

from engine.diagrams.files import bpmn_root
from engine.diagrams.portraits import NAMED, Path, Portrait, Said, portraits, type_of
from engine.records import Change, ChangeKind, Drawn

KINDS: Final = {
    "sourceRef": ChangeKind.REROUTED,
    "targetRef": ChangeKind.REROUTED,
    "lane": ChangeKind.LANE,
}
"""The changes that an eye looks for first; every other one is just a change."""
NAME_EN: Final = "duban:name_en"


def compare_xml(before: bytes, after: bytes) -> list[Change]:
    """Return what differs, in the order of the newer file; what was removed comes last."""
    old, new = portraits(bpmn_root(before)), portraits(bpmn_root(after))
    pairs = _pairs(old, new)
    met = {one.key for one in pairs.values()}
    changes = []
    for key, portrait in new.items():
        twin = pairs.get(key)
        if twin is None:
            changes.append(_whole(ChangeKind.ADDED, portrait))
        else:
            changes += _changes(twin, portrait)
    removed = (portrait for key, portrait in old.items() if key not in met)
    return [*changes, *(_whole(ChangeKind.REMOVED, portrait) for portrait in removed)]


def drawn_in(xml: bytes) -> dict[str, Drawn]:
    """Return what stands in a file by its ids: what the words of a change refer to."""
    return {
        one.id: Drawn(
            one.id,
            type_of(one.tag),
            one.name,
            one.said[NAME_EN,].text if (NAME_EN,) in one.said else "",
            {"/".join(path): said.text for path, said in one.said.items()},
        )
        for one in portraits(bpmn_root(xml)).values()
        if one.id is not None
    }


def _pairs(old: dict[str, Portrait], new: dict[str, Portrait]) -> dict[str, Portrait]:
    """Return for each key of the new file the same element of the old one."""
    pairs = {key: old[key] for key in new if key in old}
    left = {
        (portrait.tag, portrait.name): portrait
        for key, portrait in old.items()
        if key not in new and portrait.tag in NAMED
    }
    for key, portrait in new.items():
        if key not in pairs and (portrait.tag, portrait.name) in left:
            pairs[key] = left.pop((portrait.tag, portrait.name))
    return pairs


def _changes(old: Portrait, new: Portrait) -> Iterator[Change]:
    """Yield what differs between an element and itself; where it is drawn comes last."""
    lone = old.said.keys() ^ new.said.keys()
    for path in dict.fromkeys([*new.said, *old.said]):
        if any(path != other and path[: len(other)] == other for other in lone):
            continue  # told in one with the part that it belongs to
        before, after = _values(old.said.get(path), new.said.get(path))
        if before != after:
            yield _change(KINDS.get(path[0], ChangeKind.CHANGED), new, path, before, after)
    if old.layout != new.layout:
        yield _change(ChangeKind.LAYOUT, new, ("layout",), old.layout, new.layout)


def _values(before: Said | None, after: Said | None) -> tuple[str | None, str | None]:
    """Return what a property said and says, as far as both versions can say it."""
    if before is not None and after is not None:
        if before.order is None or after.order is None:
            return before.text, after.text
        return _common(before.order, after.order), _common(after.order, before.order)
    alone = before or after
    if alone is None or alone.order is not None:
        return None, None  # an order of what one version hasn't got is no order
    return None if before is None else before.whole, None if after is None else after.whole


def _common(these: tuple[str, ...], those: tuple[str, ...]) -> str:
    return ", ".join(one for one in these if one in those)


def _whole(kind: ChangeKind, portrait: Portrait) -> Change:
    return _change(kind, portrait, (), None, None)


def _change(
    kind: ChangeKind, at: Portrait, path: Path, before: str | None, after: str | None
) -> Change:
    return Change(at.id, at.name, type_of(at.tag), kind, "/".join(path), before, after)
