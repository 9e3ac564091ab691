"""Who may do what about figures, snapshots and summaries, by page and in the domain itself."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from tests.web.rights import OFFICE, OVERSEERS, SEERS, SIGNED_IN, Right
from tests.web.visit_rights import unknown
from workflows.figures import Part, Reckoned, Span

WHERE: Mapping[str, object] = {"snapshot_id": 10**6, "summary_id": 10**6, "kind": "docx"}
YEAR = Span(date(2020, 1, 1), date(2020, 12, 31))
NOTHING = Reckoned(datetime(2020, 3, 2, tzinfo=UTC), YEAR, Part(), YEAR.first, (), {}, {})
WHICH = {"snapshot_id": 10**6}
SUMMARY = {"summary_id": 10**6}

VERBS: Mapping[str, Right] = {
    "figures.measuring.measure": Right(OVERSEERS, sent={"name": "items_open", "span": YEAR}),
    "figures.measuring.must_know": Right(OVERSEERS, sent={"unit_id": None}),
    "figures.freezing.take": Right(OFFICE, sent={"span": YEAR, "purpose": "通报"}),
    "figures.freezing.prepare": Right(OFFICE, sent={"span": YEAR, "purpose": "通报"}),
    "figures.periods.count_for": Right(OFFICE, sent={"span": YEAR, "purpose": "通报"}),
    "figures.periods.ledger_for": Right(OFFICE, sent={"span": YEAR, "purpose": "通报"}),
    "figures.freezing.take_prepared": Right(OFFICE, sent={"found": NOTHING, "purpose": "通报"}),
    "figures.snapshots.snapshot_of": unknown(SEERS, **WHICH),
    "figures.snapshots.snapshots": Right(OVERSEERS),
    "figures.snapshots.frozen": unknown(SEERS, **WHICH),
    "figures.snapshots.frozen_rows": unknown(SEERS, name="items_open", **WHICH),
    "figures.snapshots.ledger_then": unknown(SEERS, **WHICH),
    "figures.snapshots.changed_since": unknown(SEERS, **WHICH),
    "figures.snapshots.lines_changed_since": unknown(SEERS, **WHICH),
    "summaries.writing.prepare": Right(OFFICE, sent={"span": YEAR}),
    "summaries.writing.write_of": Right(OFFICE, sent={"span": YEAR}),
    "summaries.writing.write": unknown(OFFICE, **WHICH),
    "summaries.writing.summaries": Right(OVERSEERS),
    "summaries.writing.read": unknown(OVERSEERS, **SUMMARY),
    "summaries.writing.discard": unknown(OFFICE, **SUMMARY),
}

FOR_EVERYBODY = frozenset(
    {"figures.telling.told", "summaries.names.values_of", "summaries.setting.paper_of"}
)
"""They go on where a verb has asked."""

API: Mapping[str, Right] = {
    "Figures.definitions": Right(SIGNED_IN),
    "Figures.live": unknown(SIGNED_IN),
    "Snapshots.many": Right(OVERSEERS),
    "Snapshots.take": Right(
        OFFICE, sent={"first": "2020-01-01", "last": "2020-12-31", "purpose": "通报"}
    ),
    "Snapshots.one": unknown(SEERS),
    "Snapshots.figure": unknown(SEERS),
    "Snapshots.ledger_then": unknown(SEERS),
    "Snapshots.changes": unknown(SEERS),
    "Summaries.many": Right(OVERSEERS),
    "Summaries.write": Right(OFFICE, sent={"kind": "month", "year": 2020, "month": 3}),
    "Summaries.one": unknown(OVERSEERS),
    "Summaries.docx": unknown(OVERSEERS),
    "Summaries.pdf": unknown(OVERSEERS),
    "Summaries.discard": unknown(OFFICE),
}

PAGES: Mapping[str, Right] = {
    "snapshots.show": Right(OVERSEERS),
    "snapshots.take": Right(
        OFFICE, sent={"first": "2020-01-01", "last": "2020-12-31", "purpose": "通报"}
    ),
    "snapshots.one": unknown(SEERS),
    "snapshots.figure": unknown(SEERS),
    "snapshots.export": unknown(SEERS),
    "snapshots.ledger_then": unknown(SEERS),
    "snapshots.export_ledger": unknown(SEERS),
    "snapshots.live": unknown(SIGNED_IN),
    "summaries.show": Right(OVERSEERS),
    "summaries.write": Right(OFFICE, sent={"kind": "month", "year": "2020", "month": "3"}),
    "summaries.one": unknown(OVERSEERS),
    "summaries.paper": unknown(OVERSEERS),
    "summaries.discard": unknown(OFFICE),
}
