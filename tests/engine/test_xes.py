"""The event log for process mining: well-formed, as the standard wants it, and complete."""

import re
from datetime import datetime

import pytest
from lxml import etree
from lxml.etree import _Element
from sqlalchemy.event import listen

import engine
from engine import Database, MovableClock
from tests.engine.conftest import House, Office
from tests.engine.drawing import boundary, choice, diagram, end, flow, path, service, start, user
from tests.engine.test_times import later

NS = "{http://www.xes-standard.org/}"
NCNAME = re.compile(r"[^\W\d][\w.-]*")
TRANSITIONS = {
    "schedule",
    "assign",
    "withdraw",
    "reassign",
    "start",
    "suspend",
    "resume",
    "pi_abort",
    "ate_abort",
    "complete",
    "autoskip",
    "manualskip",
    "unknown",
}
VALUES = {
    "string": lambda text: text is not None,
    "date": lambda text: datetime.fromisoformat(text).tzinfo is not None,
    "int": lambda text: -(2**63) <= int(text) < 2**63,
    "float": lambda text: float(text) is not None,
    "boolean": lambda text: text in {"true", "false"},
    "id": lambda text: re.fullmatch(r"[0-9a-f-]{36}", text) is not None,
}
ORDER = ["extension", "global", "classifier", *VALUES, "trace"]

HOSTILE = "<签收> & \"x\" 'y' ]]> \t\n"
DRAWN = diagram(
    "written",
    start(),
    user("write", "done", "again"),
    boundary("late", "write", interrupting=True, duration="P1D"),
    service("log", "note"),
    choice("good", default="end"),
    end(),
    path("begin", "write", "good", "end"),
    flow("good", "write", 'outcome == "again"'),
    path("late", "log", "end"),
)


def log_of(database: Database, process: str = "written", **which: object) -> _Element:
    """Return a log that keeps the rules of the standard's schema."""
    with database.read() as session:
        written = b"".join(engine.xes(session, process, **which))  # type: ignore[arg-type]
    log = etree.fromstring(written)
    check(log)
    return log


def check(log: _Element) -> None:
    """Hold a log against what the schema of IEEE 1849-2016 demands."""
    assert log.tag == NS + "log"
    assert log.get("xes.version") == "1849.2016"
    assert log.get("xes.features") is not None
    places = [rank(child) for child in log]
    assert places == sorted(places)
    for extension in log.iter(NS + "extension"):
        assert NCNAME.fullmatch(extension.get("name", ""))
        assert NCNAME.fullmatch(extension.get("prefix", ""))
        assert extension.get("uri", "").startswith("http://")
    assert [one.get("scope") for one in log.iter(NS + "global")] == ["trace", "event"]
    declared = {one.get("prefix") for one in log.iter(NS + "extension")}
    everywhere = {one.get("scope"): kinds(one) for one in log.iter(NS + "global")}
    for classifier in log.iter(NS + "classifier"):
        assert NCNAME.fullmatch(classifier.get("name", ""))
        assert set(classifier.get("keys", "").split()) <= everywhere["event"].keys()
    for holder in log.iter(NS + "log", NS + "global", NS + "trace", NS + "event"):
        check_attributes(holder, declared)
    for scope in ("trace", "event"):
        for holder in log.iter(NS + scope):
            assert everywhere[scope].items() <= kinds(holder).items()
    for event in log.iter(NS + "event"):
        assert value(event, "lifecycle:transition") in TRANSITIONS


def check_attributes(holder: _Element, declared: set[str | None]) -> None:
    """Hold the attributes of one element against the schema."""
    attributes = [child for child in holder if child.tag.removeprefix(NS) in VALUES]
    keys = [attribute.get("key", "") for attribute in attributes]
    assert len(keys) == len(set(keys))
    for attribute in attributes:
        prefix, _, name = attribute.get("key", "").rpartition(":")
        assert NCNAME.fullmatch(name)
        assert not prefix or prefix in declared
        assert set(attribute.attrib) == {"key", "value"}
        assert VALUES[attribute.tag.removeprefix(NS)](attribute.get("value"))


def rank(child: _Element) -> int:
    kind = child.tag.removeprefix(NS)
    return ORDER.index("string" if kind in VALUES else kind)


def kinds(holder: _Element) -> dict[str, str]:
    return {one.get("key", ""): one.tag for one in holder if one.get("key")}


def value(holder: _Element, key: str) -> str | None:
    return next((one.get("value") for one in holder if one.get("key") == key), None)


def events(trace: _Element, *keys: str) -> list[tuple[str | None, ...]]:
    """Return some attributes of every event of a trace."""
    return [tuple(value(event, key) for key in keys) for event in trace.iter(NS + "event")]


def test_every_line_is_an_event_with_who_when_and_what(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(DRAWN)
    instance = office.start("written", key="2020-17")
    later(clock, seconds=90)
    office.complete("write", "done", key="2020-17")

    (trace,) = log_of(database).iter(NS + "trace")

    assert value(trace, "concept:name") == "2020-17"
    assert value(trace, "identity:id") == str(instance.id)
    assert events(trace, "concept:name", "lifecycle:transition", "kind") == [
        ("written", "start", "started"),
        ("write", "start", "opened"),
        ("write", "complete", "completed"),
        ("end", "complete", "reached"),
        ("written", "complete", "ended"),
    ]
    assert events(trace, "time:timestamp", "org:resource", "outcome")[2] == (
        "2020-03-02T01:01:30.000+00:00",
        "person:1",
        "done",
    )


def test_what_was_cut_off_is_an_abort(office: Office, database: Database) -> None:
    office.deploy(DRAWN)
    instance = office.start("written")
    database.write(lambda s: engine.cancel(s, instance.id, reason="moot", by="person:3"))

    (trace,) = log_of(database).iter(NS + "trace")

    assert events(trace, "kind", "lifecycle:transition", "reason")[-2:] == [
        ("cancelled", "ate_abort", None),
        ("ended", "pi_abort", "moot"),
    ]


def test_what_went_wrong_is_told_too(
    office: Office, database: Database, house: House, clock: MovableClock
) -> None:
    office.deploy(DRAWN)
    house.broken = {"note"}
    office.start("written")
    later(clock, days=1)
    office.wake()

    (trace,) = log_of(database).iter(NS + "trace")

    assert ("incident", "suspend") in events(trace, "kind", "lifecycle:transition")


def test_hostile_names_and_keys_stay_text(office: Office, database: Database) -> None:
    named = etree.fromstring(DRAWN)
    (task,) = named.xpath("//*[@id='write']")
    task.set("name", HOSTILE)
    office.deploy(etree.tostring(named))
    key = f"{HOSTILE}\x00\x0b\ud7ff\ufffe</log>"
    if database.dialect == "postgresql":
        key = key.replace("\x00", "")  # which no text of its can hold
    office.start("written", key=key)

    (trace,) = log_of(database).iter(NS + "trace")

    assert value(trace, "concept:name") == re.sub("[\x00\x0b\ufffe]", "\ufffd", key)
    assert events(trace, "concept:name")[1] == (HOSTILE,)


def test_an_instance_is_a_trace_of_its_own_in_the_order_of_their_starts(
    office: Office, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.queries.event_log.PAGE", 2)
    office.deploy(DRAWN)
    for key in "53142":
        office.start("written", key=key)
    office.deploy(DRAWN.replace(b'"written"', b'"other"'))
    office.start("other", key="9")

    everything = log_of(database)
    some = log_of(database, keys=["1", "5", "9"])

    traces = everything.iter(NS + "trace")
    assert [value(trace, "concept:name") for trace in traces] == list("53142")
    assert [value(trace, "concept:name") for trace in some.iter(NS + "trace")] == ["5", "1"]
    assert len(list(everything.iter(NS + "event"))) == 10


def test_a_process_that_nobody_has_started_has_an_empty_log(
    office: Office, database: Database
) -> None:
    office.deploy(DRAWN)

    assert list(log_of(database).iter(NS + "trace")) == []


def test_a_process_that_nobody_knows_is_refused_at_once(database: Database) -> None:
    with database.read() as session, pytest.raises(engine.ProcessUnknown):
        engine.xes(session, "nonsense")


def test_the_log_is_written_while_it_is_read(
    office: Office, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.queries.event_log.PAGE", 1)
    office.deploy(DRAWN)
    for key in "123":
        office.start("written", key=key)
    asked: list[str] = []
    listen(database.sql, "before_cursor_execute", lambda *call: asked.append(call[2]))

    with database.read() as session:
        parts = engine.xes(session, "written")
        read = [
            sum("FROM engine_history" in statement for statement in asked)
            for part in parts
            if part.startswith(b"<trace")
        ]

    assert read == [1, 2, 3]
