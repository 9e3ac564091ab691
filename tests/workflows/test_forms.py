"""Form steps: the fields that a diagram draws, read by their types."""

import pytest

from engine import Field
from workflows.errors import FormInvalid
from workflows.forms import read

FIELDS = [
    Field("place", "text", "地点", required=True),
    Field("note", "long_text", "说明"),
    Field("people", "number", "人数"),
    Field("day", "date", "日期"),
    Field("solved", "yes_no", "是否解决"),
    Field("grade", "choice", "等次", options=("好", "一般")),
]


def test_what_was_typed_is_read_by_its_type() -> None:
    typed = {
        "place": " 站前广场 ",
        "people": "3",
        "day": "2020-03-02",
        "solved": "on",
        "grade": "好",
    }

    assert read(FIELDS, typed) == {
        "place": "站前广场",
        "note": None,
        "people": 3,
        "day": "2020-03-02",
        "solved": True,
        "grade": "好",
    }


def test_every_field_that_is_wrong_is_named_at_once() -> None:
    typed = {"people": "三", "day": "3月2日", "solved": "maybe", "grade": "差"}

    with pytest.raises(FormInvalid) as refusal:
        read(FIELDS, typed)

    assert refusal.value.facts["problems"] == {
        "place": "required",
        "people": "number",
        "day": "date",
        "solved": "yes_no",
        "grade": "choice",
    }


@pytest.mark.parametrize("endless", ["NaN", "Infinity", "-Infinity", "1e999999"])
def test_a_number_has_an_end(endless: str) -> None:
    with pytest.raises(FormInvalid):
        read([Field("people", "number")], {"people": endless})


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(FormInvalid) as refusal:
        read([Field("place", "text")], {"place": "长" * 201})

    assert refusal.value.facts["problems"] == {"place": "too_long"}


def test_an_unticked_box_means_no() -> None:
    assert read([Field("solved", "yes_no")], {}) == {"solved": False}
