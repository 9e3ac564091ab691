"""Whether a file is written with words that the engine knows, each at its place."""

from typing import Final

from lxml import etree

from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.tags import BPMN, DUBAN, KINDS, Roots, name_of
from engine.diagrams.words.allowed import (
    ATTRIBUTES,
    BOOLEANS,
    EVENTS,
    HINTED,
    INERT,
    ONCE,
    ONLY,
    PLACES,
)
from engine.diagrams.words.events import check_event
from engine.diagrams.words.ids import LONGEST, check_ids
from engine.diagrams.words.own import check_own_attribute, check_own_element, is_own
from engine.diagrams.xml import root_of

ELEMENTS: Final = 1_000
PARTS: Final = 20_000
DEEPEST: Final = 20
SUB: Final = BPMN + "subProcess"


def parse(xml: bytes, problems: Problems) -> etree._Element | None:
    """Return the one process of a file, read without any help from outside."""
    root = root_of(xml, problems.note)
    if root is None:
        return None
    if root.tag != BPMN + "definitions":
        problems.note("not_bpmn")
        return None
    return None if _is_too_large(root, problems) else _process(root, problems)


def _is_too_large(root: etree._Element, problems: Problems) -> bool:
    """Note if there is more in the file than anybody would draw: it isn't looked at further."""
    parts = [element.tag for element in root.iter(BPMN + "*")]
    for count, most in ((sum(tag in KINDS for tag in parts), ELEMENTS), (len(parts), PARTS)):
        if count > most:
            problems.note("too_many", count=count, most=most)
            return True
    for nested in root.iter(SUB):
        if sum(1 for _ in nested.iterancestors(SUB)) >= DEEPEST:
            problems.note("nested_deep", nested, most=DEEPEST)
            return True
    return False


def check_words(
    process: etree._Element, problems: Problems, *, self_starting: bool = False
) -> None:
    """Note every element, event and attribute that the engine doesn't run."""
    root = process.getroottree().getroot()
    roots = Roots(root)
    check_ids(root, problems)
    for element in root.iter(BPMN + "*"):
        _check_element(element, roots, problems)
        if name_of(element) in EVENTS:
            check_event(element, roots, problems, self_starting=self_starting)
    for element in root.iter(DUBAN + "*"):
        check_own_element(element, roots, problems)


def _process(root: etree._Element, problems: Problems) -> etree._Element | None:
    processes = root.findall(BPMN + "process")
    if len(processes) != 1:
        problems.note("process_missing" if not processes else "process_several")
        return None
    process = processes[0]
    if process.get("isExecutable") != "true":
        problems.note("not_executable", process)
    for pool in root.iter(BPMN + "participant"):
        if pool.get("processRef") != process.get("id"):
            problems.note("pool_several", pool)
    return process


def _check_element(element: etree._Element, roots: Roots, problems: Problems) -> None:
    name = name_of(element)
    if name not in ATTRIBUTES and name not in INERT:
        if not name.endswith("EventDefinition"):
            problems.note(HINTED.get(name, "element_unsupported"), element, element=name)
        return
    _check_place(element, name, problems)
    for attribute, value in element.attrib.items():
        if is_own(str(attribute)):
            own = str(attribute).removeprefix(DUBAN)
            check_own_attribute(element, own, roots, problems)
        elif name not in INERT and not str(attribute).startswith("{"):
            _check_attribute(element, str(attribute), str(value), problems)
    if len(element.get("name", "")) > LONGEST:
        problems.note("name_long", element, most=LONGEST)


def _check_place(element: etree._Element, name: str, problems: Problems) -> None:
    """Check that an element stands where it is read, and isn't one of several there."""
    above = element.getparent()
    if name in PLACES and above is not None and name_of(above) not in PLACES[name]:
        problems.note("element_misplaced", element, element=name)
    if name in ONCE and next(element.itersiblings(BPMN + name, preceding=True), None) is not None:
        problems.note("element_twice", element, element=name)


def _check_attribute(
    element: etree._Element, attribute: str, value: str, problems: Problems
) -> None:
    if attribute not in ATTRIBUTES[name_of(element)]:
        code = "default_misplaced" if attribute == "default" else "attribute_unsupported"
        problems.note(code, element, attribute=attribute)
    elif attribute in ONLY and value != ONLY[attribute][0]:
        problems.note(ONLY[attribute][1], element, attribute=attribute, value=value)
    elif attribute in BOOLEANS and value not in {"true", "false"}:
        problems.note("value_unsupported", element, attribute=attribute, value=value)
