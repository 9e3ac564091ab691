"""Every form that the gate lets in runs as BPMN says; ``docs/what-runs.md`` names these tests."""

from typing import Any

import pytest

from tests.engine.forms import FORMS, Form
from tests.engine.running.proofs import proof_of
from tests.engine.running.twins import Twins
from tests.engine.walking import planned

LET_IN = [form for form in FORMS if form.code is None]


@pytest.mark.parametrize("form", LET_IN, ids=lambda form: form.name)
def test_runs_as_bpmn_says(form: Form) -> None:
    plan = planned(form.xml)
    begun = []

    def begin(host: dict[str, Any] | None = None, **data: Any) -> Twins:
        begun.append(Twins(plan, data, host or {}))
        return begun[-1]

    proof = proof_of(form)
    assert proof is not None
    proof(form, begin)

    assert begun
