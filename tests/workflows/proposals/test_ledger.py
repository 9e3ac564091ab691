"""The ledger of proposals: filtered, counted, and seen by whom it concerns."""

from datetime import date

from tests.workflows.proposals import session as s
from tests.workflows.town import Town
from workflows.proposals import ledger
from workflows.proposals.ledger import ProposalFilter
from workflows.tables import ReplyClass, Satisfaction


def test_every_figure_is_the_number_of_rows_that_it_opens(town: Town) -> None:
    s.promised(town, date(2020, 6, 1))
    s.opened(town, number="人大建议第2号")

    rows = town.look("li", ledger.lines, ProposalFilter(session=s.SESSION))
    counted = ledger.figures(rows)

    assert (counted.total, counted.contacted, counted.replied, counted.promised) == (2, 1, 1, 1)
    assert (counted.rated, counted.pleased) == (1, 1)
    asked = {
        "contacted": ProposalFilter(contacted=True),
        "replied": ProposalFilter(replied=True),
        "promised": ProposalFilter(promised=True),
        "class": ProposalFilter(reply_class=ReplyClass.B),
        "satisfaction": ProposalFilter(satisfaction=Satisfaction.SATISFIED),
        "unit": ProposalFilter(unit_id=town.units["parks"]),
    }
    found = {name: len(town.look("li", ledger.lines, wanted)) for name, wanted in asked.items()}
    assert set(found.values()) == {1}
    assert counted.classes == {ReplyClass.B: 1}
    assert [(unit.name, figures.total) for unit, figures in ledger.by_unit(rows)] == [
        ("市园林绿化处", 1)
    ]


def test_of_several_ratings_the_worst_stands_for_the_proposal(town: Town) -> None:
    item_id = s.handled(town)
    s.issued(town, item_id)
    tokens = s.links(town, item_id)
    s.rate(town, tokens["刘代表"], Satisfaction.SATISFIED)
    s.rate(town, tokens["马代表"], Satisfaction.DISSATISFIED, "没有答复")

    (row,) = town.look("li", ledger.lines, ProposalFilter())

    assert row.satisfaction is Satisfaction.DISSATISFIED


def test_a_unit_sees_its_own_proposals_only(town: Town) -> None:
    s.handled(town)

    assert len(town.look("chu", ledger.lines, ProposalFilter())) == 1
    assert town.look("yang", ledger.lines, ProposalFilter()) == []
