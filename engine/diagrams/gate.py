"""The gate: what passes runs as BPMN says; all else is refused, with every reason."""

from lxml import etree

from engine.diagrams.model import Diagram
from engine.diagrams.read import BPMN, Problems, read
from engine.errors import Problem, Refused
from engine.registry import Registry

MESSAGES: dict[str, str] = {}


def check(xml: bytes, registry: Registry, called=()) -> list[Problem]:
    problems = Problems()
    _read(xml, problems)
    return list(problems)


def passed(xml: bytes, registry: Registry, called=()) -> Diagram:
    problems = Problems()
    diagram = _read(xml, problems)
    if problems or diagram is None:
        raise Refused(problems)
    return diagram


def _read(xml, problems):
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    return read(root.find(BPMN + "process"), problems)
