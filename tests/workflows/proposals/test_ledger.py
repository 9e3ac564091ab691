"""The ledger of proposals: filtered, counted, and seen by whom it concerns."""

from datetime import date, timedelta

from tests.workflows.proposals import session as s
from tests.workflows.revisits.closed import record
from tests.workflows.town import Town
from workflows import proposals, revisits, story
from workflows.proposals import Opinion, ledger, views
from workflows.proposals.ledger import ProposalFilter
from workflows.tables import Handling, ReplyClass, Satisfaction


def test_every_figure_is_the_number_of_rows_that_it_opens(town: Town) -> None:
    s.promised(town, date(2020, 6, 1))
    s.opened(town, number="人大建议第2号")

    wanted = ProposalFilter(session=s.SESSION)
    counted = town.look("li", ledger.figures, wanted)

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
    found = {name: len(town.look("li", ledger.lines, each)) for name, each in asked.items()}
    assert set(found.values()) == {1}
    assert counted.classes == {ReplyClass.B: 1}
    by_unit = town.look("li", ledger.by_unit, wanted)
    assert [(unit.name, figures.total) for unit, figures in by_unit] == [("市园林绿化处", 1)]


def test_of_several_ratings_the_worst_stands_for_the_proposal(town: Town) -> None:
    item_id = s.handled(town)
    s.issued(town, item_id)
    tokens = s.links(town, item_id)
    s.rate(town, tokens["刘代表"], Satisfaction.SATISFIED)
    s.rate(town, tokens["马代表"], Satisfaction.DISSATISFIED, "没有答复")

    (row,) = town.look("li", ledger.lines, ProposalFilter())

    assert row.satisfaction is Satisfaction.DISSATISFIED


def test_of_a_proposal_that_was_taken_up_again_the_old_reply_is_past(town: Town) -> None:
    item_id = s.handled(town)
    town.act("zhang", revisits.ask_for_revisit, item_id)
    s.settled(town, item_id)
    record(town, item_id, solved=False)
    town.act("li", proposals.assign_proposal, s.hand_out(town, item_id))

    (row,) = town.look("li", ledger.lines, ProposalFilter(replied=False))

    assert (row.reply_class, row.satisfaction, row.contacted) == (None, None, True)
    counted = town.look("li", ledger.figures, ProposalFilter())
    assert (counted.total, counted.replied, counted.rated) == (1, 0, 0)


def test_a_late_reply_is_counted_and_found(town: Town) -> None:
    item_id = s.handled(town)
    due_on = town.part(item_id, "parks").due_on
    assert due_on is not None
    town.pass_days(due_on + timedelta(days=1))
    s.settled(town, item_id)

    assert town.look("li", ledger.figures, ProposalFilter()).late == 1
    assert [row.late for row in town.look("li", ledger.lines, ProposalFilter(late=True))] == [True]
    assert town.look("li", ledger.lines, ProposalFilter(late=False)) == []
    classed = town.look("li", ledger.by_class, ProposalFilter())
    assert classed[ReplyClass.A].satisfactions == {Satisfaction.SATISFIED: 1}


def test_no_other_unit_reads_a_reply_before_it_is_issued(town: Town) -> None:
    item_id = s.handled(town, "finance", handling=Handling.SEPARATE)
    s.talk(town, item_id)
    s.drafted(town, item_id)

    def seen(login: str) -> tuple[list[int], bool]:
        item = town.item(item_id)
        view = town.look(login, lambda session, actor: views.view_of(session, actor, item))
        assert view is not None
        told = town.look(login, lambda session, actor: story.story_of(session, actor, item_id))
        kinds = {line.kind for line in told}
        return [len(own.replies) for own in view.parts], "reply_drafted" in kinds

    assert [seen(login) for login in ("chu", "li", "fan")] == [([1, 0], True)] * 3
    assert seen("yang") == ([0, 0], False)
    accept = Opinion(accept=True, disclosed=True)
    town.act("li", proposals.review_reply, town.task(item_id, "review_reply"), accept)
    task = town.task(item_id, "sign_reply")
    town.act("fan", proposals.sign_reply, task, sign=True, document_number="市园建〔2020〕3号")
    assert seen("yang")[0] == [1, 0]


def test_a_unit_sees_its_own_proposals_only(town: Town) -> None:
    s.handled(town)

    assert len(town.look("chu", ledger.lines, ProposalFilter())) == 1
    assert town.look("yang", ledger.lines, ProposalFilter()) == []
