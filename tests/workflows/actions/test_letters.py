"""Letters to a unit's principal leader: delivered in the house, with a receipt."""

from datetime import date

import pytest
from sqlalchemy import select, update

from tests.workflows.town import NOT_THEIRS, Town
from workflows import actions
from workflows.actions import LetterText, room
from workflows.errors import ActionUnknown, LimitInPast, NobodyHeads, TextMissing
from workflows.tables import Holding, Letter, LetterKind, Notice


def text(town: Town, **changed: object) -> LetterText:
    """Return a letter to the parks, but for what a test changes."""
    usual: dict[str, object] = {
        "kind": LetterKind.POINT_TO_POINT,
        "unit_id": town.units["parks"],
        "subject": "关于公交站台改造滞后",
        "body": "请于三月底前完成。",
        "number": "点对点〔2020〕1号",
    }
    return LetterText(**{**usual, **changed})  # type: ignore[arg-type] # a test's own


def test_it_is_delivered_to_whoever_heads_the_unit_and_opened_means_received(town: Town) -> None:
    item_id = town.handled()
    letter = town.act("li", actions.send_letter, text(town, item_id=item_id))
    assert letter.addressee == "范志国"
    assert town.rows(select(Notice.person_id).where(Notice.kind == "letter")) == [
        town.people["fan"]
    ]

    for who in ("chu", "li", "mayor", "auditor"):
        assert town.act(who, actions.open_letter, letter.id).read_at is None
    opened = town.act("fan", actions.open_letter, letter.id)

    assert (opened.read_by_id, opened.read_at) == (town.people["fan"], town.clock.now())
    later = town.clock.now()
    town.set_clock(date(2020, 3, 10))
    assert town.act("fan", actions.open_letter, letter.id).read_at == later
    assert len(town.look("fan", room.letters, item_id)) == 1


def test_other_units_dont_read_it(town: Town) -> None:
    letter = town.act("li", actions.send_letter, text(town))

    for who in ("yang", "gao", "admin"):
        with pytest.raises(ActionUnknown):
            town.act(who, actions.open_letter, letter.id)
        assert town.look(who, room.letters) == []


def test_only_the_office_writes(town: Town) -> None:
    for who in ("chu", "fan", "mayor", "auditor", "admin"):
        with pytest.raises(NOT_THEIRS):
            town.act(who, actions.send_letter, text(town))


def test_a_letter_without_words_reader_or_time_is_refused(town: Town) -> None:
    for changed, refusal in (
        ({"subject": ""}, TextMissing),
        ({"body": " "}, TextMissing),
        ({"answer_by": date(2019, 1, 1)}, LimitInPast),
    ):
        with pytest.raises(refusal):
            town.act("li", actions.send_letter, text(town, **changed))
    ended = update(Holding).where(Holding.person_id == town.people["fan"])
    town.database.write(lambda session: session.execute(ended.values(until=date(2020, 1, 1))))
    with pytest.raises(NobodyHeads):
        town.act("li", actions.send_letter, text(town))
    assert town.rows(select(Letter)) == []
