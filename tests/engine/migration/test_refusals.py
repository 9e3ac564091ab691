"""What the verbs of migration refuse, and leave as it is."""

import pytest

import engine
from engine import InstanceStays, NothingToTakeBack
from engine.tables import INSTANCE
from tests.engine.conftest import Office
from tests.engine.drawing import (
    call,
    diagram,
    end,
    path,
    service,
    start,
    user,
)
from tests.engine.migration.drafts import ABC, ASIDE, row
from tests.engine.migration.moving import deployed, migrate, rows, unmigrate
from tests.engine.migration.others import calling


def test_what_stays_is_refused_with_its_reason_and_left_as_it_is(office: Office) -> None:
    (old,) = deployed(office, ABC)
    instance = office.start("p")
    office.complete("a")
    (new,) = deployed(office, ASIDE)
    before = rows(office, INSTANCE)

    with pytest.raises(InstanceStays) as refused:
        migrate(office, instance, new)

    assert refused.value.reason.code == "marking_impossible"
    assert rows(office, INSTANCE) == before
    assert office.instances()[0].definition_id == old


def test_mail_under_way_keeps_it_where_it_is(office: Office) -> None:
    deployed(office, row("a", "b", b=service("b", "mail")))
    instance = office.start("p")
    office.complete("a")
    (new,) = deployed(office, row("a", "b", "c", b=service("b", "mail")))

    with pytest.raises(InstanceStays, match="errand"):
        migrate(office, instance, new)


def test_so_does_an_incident(office: Office, house: object) -> None:
    deployed(office, row("a", "b", b=service("b", "note")))
    instance = office.start("p")
    house.broken.add("note")  # type: ignore[attr-defined]
    office.complete("a")
    (new,) = deployed(office, row("a", "b", "c", b=service("b", "note")))

    with pytest.raises(InstanceStays, match="incident"):
        migrate(office, instance, new)


def test_so_does_a_letter_that_is_under_way(office: Office) -> None:
    office.deploy(diagram("q", start(), user("inner"), end(), path("begin", "inner", "end")))
    deployed(office, calling())
    instance = office.start("p")
    office.complete("a")
    (new,) = deployed(office, row("a", "b", "x", "c", b=call("b", "q")))
    office.database.courier = None
    office.complete("inner")

    with pytest.raises(InstanceStays, match="letters"):
        migrate(office, instance, new)


def test_so_does_a_suspension(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    (new,) = deployed(office, row("a", "b", "x", "c"))
    office.database.write(lambda s: engine.suspend(s, instance.id, reason="r", by="admin"))

    with pytest.raises(InstanceStays, match="suspended"):
        migrate(office, instance, new)


def test_one_that_has_ended_is_refused(office: Office) -> None:
    deployed(office, row("a"))
    instance = office.start("p")
    office.complete("a")
    (new,) = deployed(office, ABC)

    with pytest.raises(engine.InstanceEnded):
        migrate(office, instance, new)


def test_a_hint_that_speaks_of_nothing_is_refused(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    (new,) = deployed(office, row("a", "b", "x", "c"))

    with pytest.raises(engine.RenameUnknown):
        migrate(office, instance, new, {"b": "nowhere"})


def test_it_is_not_taken_back_once_it_has_gone_on(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    (new,) = deployed(office, row("a", "b", "x", "c"))
    migrate(office, instance, new)
    office.complete("a")

    with pytest.raises(NothingToTakeBack):
        unmigrate(office, instance)

    assert office.open() == ["b"]


def test_nothing_is_taken_back_that_was_never_moved(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")

    with pytest.raises(NothingToTakeBack):
        unmigrate(office, instance)
