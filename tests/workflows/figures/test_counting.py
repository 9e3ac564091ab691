"""What is counted: each figure equals what SQL counts that knows nothing of this house's code."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Date, bindparam, select, text

from engine import Instant, Session
from tests.workflows.figures.deeds_world import Deeds
from tests.workflows.figures.world import FIRST, LAST
from tests.workflows.town import Town
from workflows import figures
from workflows.errors import FigureUnknown, NotYours
from workflows.figures import FIGURES, Span
from workflows.tables import ImportBatch, Item, ItemState

MARCH, TODAY = Span(FIRST, LAST), date(2020, 4, 20)
BEGIN, END = datetime(2020, 2, 29, 16, tzinfo=UTC), datetime(2020, 3, 31, 16, tzinfo=UTC)

LEAF = "NOT EXISTS (SELECT 1 FROM item child WHERE child.parent_id = item.id)"
RUNS = f"FROM item WHERE state = 'open' AND {LEAF}"
CLOSED = f"FROM item WHERE state = 'closed' AND closed_at >= :begin AND closed_at < :end AND {LEAF}"
CAME = (
    "FROM item WHERE parent_id IS NULL AND state <> 'refused' "
    "AND registered_at >= :begin AND registered_at < :end AND source IN"
)
HELD = "FROM supervision_action WHERE state = 'done' AND held_on BETWEEN :first AND :last"
URGED = "FROM urge WHERE sent_at >= :begin AND sent_at < :end"
REACHED = (
    "FROM escalation WHERE state = 'delivered' AND delivered_at >= :begin AND delivered_at < :end"
)
VISITED = "FROM revisit WHERE done_at >= :begin AND done_at < :end"
STATIONED = (
    "SELECT count(*) FROM station WHERE started_on <= :last "
    "AND (ended_on IS NULL OR ended_on >= :first)"
)
"""Within one month a team's months are as many as teams."""
METHODS = (
    "on_site", "written", "telephone", "third_party", "unannounced", "ranking", "precise",
    "high_level", "point_to_point", "look_back", "joint", "news", "wechat", "sms", "online",
)  # fmt: skip
SERIALS = ("affairs", "circular", "special", "instructions")


def used(method: str) -> str:
    """Count how often a method was used: in actions, urges, visits and letters."""
    sent = "FROM letter WHERE sent_at >= :begin AND sent_at < :end"
    return (
        f"SELECT (SELECT count(*) {HELD} AND method = '{method}') + "
        f"(SELECT count(*) {URGED} AND method = '{method}') + "
        f"(SELECT count(*) {VISITED} AND method = '{method}') + "
        f"(SELECT count(*) {sent} AND kind = '{method}')"
    )


def issued(serial: str) -> str:
    """Count the issues of a serial that went out and weren't withdrawn."""
    return (
        f"SELECT (SELECT count(*) FROM publication WHERE serial_name = '{serial}' "
        "AND state = 'issued' AND issued_at >= :begin AND issued_at < :end)"
    )


SQL: Mapping[str, str] = {
    "items_open": f"SELECT count(*) {RUNS}",
    "items_overdue": f"SELECT count(*) {RUNS} AND due_on < :last",
    "items_near": f"SELECT count(*) {RUNS} AND due_on >= :last AND warn_on <= :last",
    "items_on_plan": f"SELECT count(*) {RUNS} AND due_on >= :last AND warn_on > :last",
    "items_registered": (
        "SELECT count(*) FROM item WHERE state <> 'refused' AND registered_at >= :begin "
        f"AND registered_at < :end AND {LEAF}"
    ),
    "items_closed": f"SELECT count(*) {CLOSED}",
    "closing_rate": (
        f"SELECT round(100.0 * (SELECT count(*) {CLOSED}) / "
        f"((SELECT count(*) {CLOSED}) + (SELECT count(*) {RUNS})), 1)"
    ),
    "urges": (
        f"SELECT (SELECT count(*) {URGED}) + (SELECT count(*) {REACHED} "
        "AND rung IN ('urge', 'notice_blue', 'notice_red'))"
    ),
    "returns": (
        "SELECT count(*) FROM report WHERE verdict = 'returned' "
        "AND reviewed_at >= :begin AND reviewed_at < :end"
    ),
    "extensions": (
        "SELECT count(*) FROM change_request WHERE kind = 'extend' AND decision = 'consented' "
        "AND decided_at >= :begin AND decided_at < :end"
    ),
    "report_rate": (
        "SELECT round(100.0 * sum(CASE WHEN EXISTS (SELECT 1 FROM report WHERE "
        "report.assignment_id = due.assignment_id AND report.confirmed_at >= due.at "
        "AND report.confirmed_at < coalesce((SELECT min(later.at) FROM story_entry later WHERE "
        "later.assignment_id = due.assignment_id AND later.kind = 'interim_due' "
        "AND later.at > due.at AND later.at < :end), :end)) THEN 1 ELSE 0 END) / count(*), 1) "
        "FROM story_entry due WHERE due.kind = 'interim_due' AND due.at >= :begin AND due.at < :end"
    ),
    "actions": f"SELECT count(*) {HELD}",
    "special_supervisions": f"SELECT count(*) {HELD} AND special",
    **{f"methods_{method}": used(method) for method in METHODS},
    "methods_reminder": (
        f"{used('reminder')} + (SELECT count(*) FROM story_entry WHERE kind = 'reminded' "
        "AND at >= :begin AND at < :end)"
    ),
    "methods_stationed": f"{used('stationed')} + ({STATIONED})",
    "station_months": STATIONED,
    "on_time_rate": (
        "SELECT round(100.0 * sum(CASE WHEN date(closed_at) <= due_on THEN 1 ELSE 0 END) / "
        f"count(*), 1) {CLOSED} AND due_on IS NOT NULL"
    ),
    "interviews": f"SELECT count(*) {REACHED} AND rung = 'interview'",
    "accountability": (
        "SELECT count(*) FROM suggestion WHERE kind = 'accountability' "
        "AND handed_on BETWEEN :first AND :last"
    ),
    "revisits": f"SELECT count(*) {VISITED}",
    "revisits_failed": f"SELECT count(*) {VISITED} AND NOT solved",
    "contact_rate": (
        "SELECT round(100.0 * count(CASE WHEN EXISTS (SELECT 1 FROM proposer_contact met WHERE "
        "met.assignment_id = reply.assignment_id AND met.attempt = reply.number) THEN 1 END) "
        "/ count(*), 1) FROM reply WHERE issued_at >= :begin AND issued_at < :end"
    ),
    "satisfaction_rate": (
        "SELECT round(100.0 * count(CASE WHEN satisfaction IN ('satisfied', 'basically') "
        "THEN 1 END) / count(*), 1) FROM reply_rating WHERE satisfaction <> 'no_answer' "
        "AND rated_at >= :begin AND rated_at < :end"
    ),
    "instructions": f"SELECT count(*) {CAME} ('provincial_instruction', 'city_instruction')",
    "proposals": f"SELECT count(*) {CAME} ('npc_bill', 'npc_suggestion', 'cppcc_proposal')",
    "work_report": f"SELECT count(*) {CAME} ('work_report_province', 'work_report_city')",
    **{
        source: f"SELECT count(*) {CAME} ('{source}')"
        for source in (
            "work_report_province", "work_report_city", "livelihood", "executive_meeting",
            "mayors_council", "mayors_brief_meeting", "coordination_meeting", "incentives",
        )
    },
    "campaigns": (
        "SELECT count(*) FROM item WHERE parent_id IS NULL AND source = 'campaign' AND state <> "
        "'refused' AND registered_at < :end AND (closed_at IS NULL OR closed_at >= :begin)"
    ),
    "key_projects": (
        "SELECT count(*) FROM item WHERE parent_id IS NULL AND kind = 'key_project' AND state <> "
        "'refused' AND registered_at < :end AND (closed_at IS NULL OR closed_at >= :begin)"
    ),
    "praise_office": (
        "SELECT count(*) FROM praise WHERE whom = 'office' AND withdrawn_at IS NULL "
        'AND "on" BETWEEN :first AND :last'
    ),
    "honours_office": (
        "SELECT count(*) FROM praise WHERE whom = 'office' AND withdrawn_at IS NULL "
        "AND level <> 'leader' AND \"on\" BETWEEN :first AND :last"
    ),
    "persons_commended": (
        "SELECT sum(persons) FROM praise WHERE whom = 'persons' AND withdrawn_at IS NULL "
        'AND "on" BETWEEN :first AND :last'
    ),
    **{f"issues_{serial}": issued(serial) for serial in SERIALS},
    "issues_notice": (
        f"{issued('notice')} + (SELECT count(*) {REACHED} AND serial IS NOT NULL)"
    ),
    "station_problems": (
        "SELECT count(*) FROM station_problem WHERE settled_on BETWEEN :first AND :last"
    ),
}  # fmt: skip


@pytest.fixture
def filled(small_town: Town) -> Town:
    """Give a town with a month of work behind it, on its last day."""
    return with_work(small_town)


def with_work(town: Town) -> Town:
    """Write a month of work, up to its last day."""
    town.set_clock(LAST)
    town.database.write(lambda session: Deeds(session, town, seed=7).fill())
    return town


def counted_by_sql(town: Town) -> Mapping[str, Decimal]:
    """Count by plain SQL."""
    bounds = [
        bindparam("begin", BEGIN, Instant), bindparam("end", END, Instant),
        bindparam("first", FIRST, Date), bindparam("last", LAST, Date),
    ]  # fmt: skip
    with town.database.read() as session:
        found = {}
        for name, sql in SQL.items():
            used = [each for each in bounds if f":{each.key}" in sql]
            found[name] = Decimal(str(session.scalar(text(sql).bindparams(*used))))
        return found


def test_every_figure_together_equals_what_sql_counts(town: Town) -> None:
    assert set(SQL) == set(FIGURES)
    filled = with_work(town)
    taken = filled.act("li", figures.take, MARCH, "三月通报")
    frozen = filled.look("li", figures.frozen, taken.id)

    for name, number in counted_by_sql(filled).items():
        live = filled.look("li", figures.measure, name, MARCH)
        assert (name, live.value) == (name, number)
        assert (name, frozen[name].value) == (name, number)
        rows = filled.look("li", figures.frozen_rows, taken.id, name)
        assert len(rows) == frozen[name].count_of_rows
        if live.of is not None:
            assert live.of == len(rows)


def test_a_unit_knows_its_own_figures_and_no_others(filled: Town) -> None:
    parks = filled.units["parks"]
    own = filled.look("chu", figures.measure, "items_open", MARCH, parks)
    all_ = filled.look("li", figures.measure, "items_open", MARCH)

    assert own.value == sum(parks in row.units for row in all_.rows) > 0
    for who, unit in (("chu", None), ("chu", filled.units["finance"]), ("admin", None)):
        with pytest.raises(NotYours):
            filled.look(who, figures.measure, "items_open", MARCH, unit)
    with pytest.raises(FigureUnknown):
        filled.look("li", figures.measure, "happiness", MARCH)


def test_what_wasnt_kept_says_why(filled: Town) -> None:
    filled.set_clock(TODAY)

    assert filled.look("li", figures.measure, "items_near", MARCH).why_not == "lights_not_kept"
    assert filled.look("li", figures.measure, "items_overdue", MARCH).value is not None
    empty = filled.look("li", figures.measure, "satisfaction_rate", Span(TODAY, TODAY))
    assert (empty.value, empty.of, empty.why_not) == (None, 0, "nothing_to_count")


def test_a_time_before_the_house_is_known_only_by_what_came_in(filled: Town) -> None:
    def said(name: str) -> tuple[Decimal | None, str]:
        counted = filled.look("li", figures.measure, name, Span.year(2018))
        return counted.value, counted.why_not

    assert said("urges") == said("items_registered") == (None, "not_kept")

    def bring_in(session: Session) -> None:
        li = filled.people["li"]
        batch = ImportBatch(
            name="2018.xlsx", sha256="", content=b"", started_by_id=li, started_at=BEGIN
        )
        session.add(batch)
        session.flush()
        item = session.scalars(select(Item).where(Item.state == ItemState.OPEN).limit(1)).one()
        item.batch_id, item.assigned_on = batch.id, date(2018, 5, 2)

    filled.database.write(bring_in)

    assert said("items_registered") == (Decimal(1), "")
    assert said("urges") == (None, "not_kept")
