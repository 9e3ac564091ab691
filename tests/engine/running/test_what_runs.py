"""The published table of what runs: it says what the gate says, and each row has its proof."""

from dataclasses import replace

import pytest

from tests.engine.conftest import House, registry_of
from tests.engine.forms import FORMS
from tests.engine.running import table
from tests.engine.running.test_every_form import LET_IN


def test_the_published_table_is_the_one_that_is_true() -> None:
    published = table.WRITTEN.read_text(encoding="utf-8")

    assert published == table.table()


def test_every_form_is_either_proved_or_refused() -> None:
    registry = registry_of(House())
    let_in = {form.name for form in FORMS if not list(table._reasons(form, registry))}  # noqa: SLF001

    assert let_in == {form.name for form in LET_IN}


def test_a_form_that_is_let_in_without_a_proof_is_no_row() -> None:
    unproved = replace(LET_IN[0], element="adHocSubProcess")

    with pytest.raises(table.Unproved):
        table.row(unproved, registry_of(House()), {})
