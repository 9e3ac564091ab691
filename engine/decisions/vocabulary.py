"""The allow-list: which elements a decision file may use at all, and how many."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from engine.decisions.notes import Notes
from engine.diagrams.xml import root_of

NAMESPACES: Final = (
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
)
"""DMN 1.3, and 1.2, which says the same in every element that is read here."""
LANGUAGES: Final = frozenset(
    {
        "feel",
        "s-feel",
        "https://www.omg.org/spec/DMN/20191111/FEEL/",
        "http://www.omg.org/spec/DMN/20180521/FEEL/",
    }
)
LONGEST: Final = 200
DECISIONS: Final = 100
MOST: Final = {"rule": 2_000, "input": 50, "output": 50}
CHARACTERS: Final = 200_000
"""As much as all cells of a file may say; a hundred characters for each of the most rules."""
IDENTIFIER: Final = re.compile(r"[^\W\d][\w.-]{0,199}")
SAID: Final = frozenset({"description", "extensionElements"})
TEXT: Final = frozenset({"text"})
ALLOWED: Final[Mapping[str, frozenset[str]]] = {
    "definitions": SAID
    | {"decision", "inputData", "knowledgeSource", "textAnnotation", "association", "group"},
    "decision": SAID
    | {"question", "allowedAnswers", "variable", "informationRequirement", "authorityRequirement"}
    | {"supportedObjective", "impactedPerformanceIndicator", "decisionMaker", "decisionOwner"}
    | {"usingProcess", "usingTask", "decisionTable"},
    "inputData": SAID | {"variable"},
    "variable": SAID,
    "informationRequirement": SAID | {"requiredDecision", "requiredInput"},
    "decisionTable": SAID | {"input", "output", "annotation", "rule"},
    "input": SAID | {"inputExpression", "inputValues"},
    "inputExpression": SAID | TEXT,
    "inputValues": SAID | TEXT,
    "output": SAID | {"outputValues", "defaultOutputEntry"},
    "outputValues": SAID | TEXT,
    "defaultOutputEntry": SAID | TEXT,
    "rule": SAID | {"inputEntry", "outputEntry", "annotationEntry"},
    "inputEntry": SAID | TEXT,
    "outputEntry": SAID | TEXT,
}
"""What may stand in an element that is read; all others say nothing to the engine."""
HINTED: Final = {
    "literalExpression": "literal_unsupported",
    "businessKnowledgeModel": "knowledge_unsupported",
    "knowledgeRequirement": "knowledge_unsupported",
}
LOGIC: Final = frozenset(
    {"context", "invocation", "relation", "list", "functionDefinition", "conditional", "filter"}
    | {"for", "every", "some"}
)
NAMED: Final = frozenset({"decision", "inputData"})


def parse(xml: bytes, notes: Notes) -> etree._Element | None:
    """Return the root of a decision file, read without any help from outside."""
    root = root_of(xml, notes.note)
    if root is None:
        return None
    if root.tag not in {f"{{{space}}}definitions" for space in NAMESPACES}:
        notes.note("not_dmn")
        return None
    decisions = len(list(children(root, "decision")))
    if not decisions:
        notes.note("decision_missing", root)
        return None
    if decisions > DECISIONS:
        notes.note("decision_many", root, count=decisions, most=DECISIONS)
        return None
    return root


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Return the parts of an element that have this name."""
    return element.iterchildren(f"{{{etree.QName(element).namespace}}}{name}")


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the part of an element that has this name, if there is one."""
    return next(children(element, name), None)


def text_of(element: etree._Element | None) -> str:
    """Return what stands in the ``text`` of an element."""
    found = None if element is None else child(element, "text")
    return "" if found is None else "".join(found.itertext()).strip()


def check_words(root: etree._Element, notes: Notes) -> None:
    """Note every element that the engine doesn't understand."""
    seen: set[str] = set()
    said = sum(len(text.text or "") for text in root.iter(f"{{{etree.QName(root).namespace}}}text"))
    if said > CHARACTERS:
        notes.note("table_large", root, count=said, element="text", most=CHARACTERS)
    for element in root.iter(f"{{{etree.QName(root).namespace}}}*"):
        name = etree.QName(element).localname
        if name in ALLOWED:
            _check_parts(element, name, notes)
        if name in NAMED or name == "definitions":
            _check_id(element, name, notes)
        _check_texts(element, notes)
        own = element.get("id")
        if own in seen:
            notes.note("decision_id_twice", element, id=own)
        seen.update(() if own is None else (own,))


def _check_parts(element: etree._Element, name: str, notes: Notes) -> None:
    for part in element.iterchildren(f"{{{etree.QName(element).namespace}}}*"):
        own = etree.QName(part).localname
        if own not in ALLOWED[name]:
            code = HINTED.get(own, "decision_element_unsupported")
            notes.note("logic_unsupported" if own in LOGIC else code, part, element=own)
    for own, most in MOST.items() if name == "decisionTable" else ():
        count = len(list(children(element, own)))
        if count > most:
            notes.note("table_large", element, count=count, element=own, most=most)


def _check_id(element: etree._Element, name: str, notes: Notes) -> None:
    own = element.get("id")
    if own is None:
        notes.note("decision_id_missing", element, element=name)
    elif not IDENTIFIER.fullmatch(own):
        notes.note("decision_id_unfit", element, id=own[:LONGEST], most=LONGEST)


def _check_texts(element: etree._Element, notes: Notes) -> None:
    if any(len(element.get(said, "")) > LONGEST for said in ("id", "name", "label")):
        notes.note("decision_name_long", element, most=LONGEST)
    language = element.get("expressionLanguage")
    if language is not None and language.lower() not in {each.lower() for each in LANGUAGES}:
        notes.note("language_unsupported", element, language=language)
