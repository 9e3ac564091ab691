"""The history of a process as an event log for process mining (XES, IEEE 1849-2016)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final
from uuid import UUID

import orjson
from lxml import etree
from sqlalchemy.orm import Session

from engine import store
from engine.errors import ProcessUnknown
from engine.records import Instance

Value = object
"""Whatever a fact may be."""

PAGE: Final = 100
"""How many instances are in memory at a time."""
EXTENSIONS: Final = (
    ("Concept", "concept"),
    ("Lifecycle", "lifecycle"),
    ("Time", "time"),
    ("Organizational", "org"),
    ("Identity", "identity"),
)
TRANSITIONS: Final = {
    "started": "start",
    "opened": "start",
    "called": "start",
    "waiting": "start",
    "looped": "start",
    "completed": "complete",
    "operation": "complete",
    "decided": "complete",
    "reached": "complete",
    "passed": "complete",
    "threw": "complete",
    "timer": "complete",
    "message": "complete",
    "signal": "complete",
    "error": "complete",
    "escalation": "complete",
    "conditional": "complete",
    "ended": "complete",
    "cancelled": "ate_abort",
    "incident": "suspend",
    "suspended": "suspend",
    "resumed": "resume",
    "retried": "resume",
    "skipped": "manualskip",
    "withdrawn": "withdraw",
}
"""What a line of the history is in the standard's model of an activity's life."""
ABORTED: Final = "pi_abort"
NEVER_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAME: Final = re.compile(r"[^\W\d][\w.-]*")
NEWLINE: Final = b"\n"
LONG: Final = 2**63
"""The first whole number that the log's integers can't hold."""


def xes(session: Session, process_id: str, *, keys: Sequence[str] | None = None) -> Iterator[bytes]:
    """Return the log of a process in parts that are written one after the other.

    Each instance is a trace under its business key; nothing but ids tells who acted.
    """
    if store.definitions.newest_id(session, process_id) is None:
        raise ProcessUnknown(process_id)
    return _log(session, process_id, keys)


def _log(session: Session, process_id: str, keys: Sequence[str] | None) -> Iterator[bytes]:
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield b'<log xmlns="http://www.xes-standard.org/" xes.version="1849.2016" xes.features="">\n'
    for part in _head(process_id):
        yield etree.tostring(part, encoding="utf-8") + NEWLINE
    last: Instance | None = None
    while page := store.overview.of_process(session, process_id, keys, last, PAGE):
        yield from _traces(session, page)
        last = page[-1]
    yield b"</log>\n"


def _head(process_id: str) -> Iterator[etree._Element]:
    """Yield what stands before the traces, in the order that the standard wants."""
    for name, prefix in EXTENSIONS:
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        yield etree.Element("extension", name=name, prefix=prefix, uri=uri)
    unknown = UUID(int=0)
    trace = etree.Element("global", scope="trace")
    _add(trace, {"concept:name": "", "identity:id": unknown, "definition": 0})
    yield trace
    event = etree.Element("global", scope="event")
    _add(event, {"concept:name": "", "lifecycle:transition": "unknown"})
    _add(event, {"time:timestamp": datetime.fromisoformat("1970-01-01T00:00:00+00:00")})
    _add(event, {"org:resource": "", "element": "", "kind": ""})
    yield event
    yield etree.Element("classifier", name="Activity", keys="concept:name")
    yield etree.Element("classifier", name="Element", keys="element lifecycle:transition")
    yield etree.Element("classifier", name="Resource", keys="org:resource")
    log = etree.Element("log")
    _add(log, {"concept:name": process_id, "lifecycle:model": "standard"})
    yield from log


def _traces(session: Session, page: Sequence[Instance]) -> Iterator[bytes]:
    lines = store.overview.lines_of(session, [instance.id for instance in page])
    told = {
        instance_id: list(rows) for instance_id, rows in groupby(lines, lambda r: r.instance_id)
    }
    for instance in page:
        trace = etree.Element("trace")
        name = {"concept:name": instance.business_key, "identity:id": instance.id}
        _add(trace, {**name, "definition": instance.definition_id})
        for row in told.get(instance.id, ()):
            _add(etree.SubElement(trace, "event"), _event(instance, row))
        yield etree.tostring(trace, encoding="utf-8") + NEWLINE


def _event(instance: Instance, row: store.Found) -> Mapping[str, Value]:
    """Return what the log tells of one line; a fact never hides what every event has."""
    transition = TRANSITIONS.get(row.kind, "unknown")
    if row.kind == "ended" and instance.end == "cancelled":
        transition = ABORTED
    element = row.element_id or instance.process_id
    return {
        **{name: fact for name, fact in row.facts.items() if NAME.fullmatch(name)},
        "concept:name": row.element_name or element,
        "lifecycle:transition": transition,
        "time:timestamp": row.at,
        "org:resource": row.by,
        "element": element,
        "kind": row.kind,
    }


def _add(owner: etree._Element, values: Mapping[str, Value]) -> None:
    """Write attributes down, each under the name of its type."""
    for key, value in values.items():
        kind, text = _typed(value)
        etree.SubElement(owner, kind, key=key, value=NEVER_IN_XML.sub("\ufffd", text))


def _typed(value: Value) -> tuple[str, str]:
    """Return the type of a value in the words of the standard, and how it is written."""
    match value:
        case str():
            kind, text = "string", value
        case datetime():
            kind, text = "date", value.isoformat(timespec="milliseconds")
        case UUID():
            kind, text = "id", str(value)
        case bool():
            kind, text = "boolean", str(value).lower()
        case int() if -LONG <= value < LONG:
            kind, text = "int", str(value)
        case float():
            kind, text = "float", repr(value)
        case _:
            kind, text = "string", orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    return kind, text
