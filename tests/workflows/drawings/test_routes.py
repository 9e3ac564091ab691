"""Which diagram the items of a source run on: a copy that was made for it, once it is chosen."""

import pytest

import engine
from engine import Session, Title
from tests.workflows.town import Town
from workflows import drawings, items, routes
from workflows.errors import NotYours, RouteBroken, RouteRefused
from workflows.tables import Item, Kind, Source
from workflows.trials import matters

OWN = "campaign_own"


def copied(town: Town, of: str, process_id: str = OWN) -> bytes:
    """Deploy a copy of a shipped diagram under an id of its own; return it."""

    def work(session: Session) -> bytes:
        title = Title(process_id, "另一张图", "Another diagram")
        xml = engine.renamed(engine.versions(session, of)[0].xml, title)
        drawings.deploy_at_terminal(session, xml, "试一试")
        return xml

    return town.database.write(work)


def registered(town: Town, source: Source) -> set[str]:
    """Register an item of a source, and return the processes that it runs on."""
    with town.database.read() as session:
        registration = matters.registration_of(session, source)
    item = town.act("li", items.register_item, registration)

    def processes(session: Session) -> set[str]:
        key = str(session.get_one(Item, item.id).id)
        return {
            engine.definition(session, one.definition_id).process_id
            for one in engine.instances(session, key)
        }

    with town.database.read() as session:
        return processes(session)


def test_new_items_of_a_source_run_on_the_copy_that_was_chosen_and_back(house: Town) -> None:
    copied(house, "instruction")

    house.act("admin", routes.choose, {Source.CITY_INSTRUCTION: OWN})
    assert OWN in registered(house, Source.CITY_INSTRUCTION)
    assert OWN not in registered(house, Source.PROVINCIAL_INSTRUCTION)

    house.act("admin", routes.choose, {Source.CITY_INSTRUCTION: "instruction"})
    assert OWN not in registered(house, Source.CITY_INSTRUCTION)


def test_a_part_another_kinds_diagram_or_one_that_is_not_there_cannot_be_chosen(
    house: Town,
) -> None:
    for process in ("unit_handling", "key_project", "nowhere"):
        with pytest.raises(RouteRefused):
            house.act("admin", routes.choose, {Source.CITY_INSTRUCTION: process})
    with pytest.raises(NotYours):
        house.act("li", routes.choose, {Source.CITY_INSTRUCTION: "instruction"})


def test_a_general_diagram_is_offered_to_what_needs_no_details_of_its_own(house: Town) -> None:
    copied(house, "instruction")
    copied(house, "proposal", "proposal_own")

    with house.database.read() as session:
        offered = routes.choices(session)

    assert {one.process_id for one in offered[Kind.PROPOSAL]} == {"proposal", "proposal_own"}
    assert OWN in {one.process_id for one in offered[Kind.DECISION]}
    assert OWN not in {one.process_id for one in offered[Kind.KEY_PROJECT]}


def test_a_version_that_would_strand_a_sources_items_is_not_deployed(house: Town) -> None:
    xml = copied(house, "instruction")
    house.act("admin", routes.choose, {Source.CITY_INSTRUCTION: OWN})
    no_way_in = xml.replace(b'duban:step="register"', b'duban:step="form"')

    def deploy(session: Session) -> None:
        drawings.deploy_at_terminal(session, no_way_in, "拿掉登记")

    with pytest.raises(RouteBroken) as refused:
        house.database.write(deploy)
    assert refused.value.facts["sources"] == [Source.CITY_INSTRUCTION]
