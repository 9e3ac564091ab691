"""Events whose definition stands at the root of the file."""

from collections.abc import Iterator
from dataclasses import replace

from tests.engine.forms.boundaries import boundaries
from tests.engine.forms.form import REFERRED, Form
from tests.engine.forms.passing import in_the_flow
from tests.engine.forms.triggers import triggers


def referred() -> Iterator[Form]:
    """Yield events whose definition isn't written in them but referred to."""
    for form in (*in_the_flow(), *triggers(), *boundaries()):
        if form.code is None and form.event != "none":
            position = f"{form.position}, {REFERRED}"
            yield replace(form, xml=moved(form.xml, form.event), position=position, palette=False)


def moved(xml: bytes, event: str) -> bytes:
    """Return the diagram with the definition of ``x`` moved to the root of the file."""
    tag = f"bpmn:{event}EventDefinition".encode()
    begin = xml.index(b"<" + tag, xml.index(b'id="x"'))
    closed = xml.find(b"</" + tag + b">", begin)
    open_ended = xml.index(b">", begin)
    alone = xml[open_ended - 1 : open_ended] == b"/"
    finish = open_ended + 1 if alone else closed + len(tag) + 3
    rooted = xml[begin:finish].replace(tag, tag + b' id="rooted"', 1)
    reference = b"<bpmn:eventDefinitionRef>rooted</bpmn:eventDefinitionRef>"
    left = xml[:begin] + reference + xml[finish:]
    return left.replace(b"<bpmn:process", rooted + b"<bpmn:process", 1)
