"""What a decision table costs: to let it in, and to decide by it."""

from collections.abc import Iterator
from typing import Final

from engine.decisions import check, passed
from tests.bench.cases.gate import NO_DATABASE
from tests.bench.figures import Figure, Size
from tests.bench.watches import Watch
from tests.engine.decisions.drawing import column, decision, file, output, wide

COLUMNS: Final = 50
LAST: Final = {"n": 99, "kind": "a", "day": "2020-01-01"}
"""What the last of the hundred rules is for."""
HUNDRED: Final = file(
    decision(
        "d",
        [column("n", "number"), column("kind", "string"), column("day", "date")],
        [output("r", "number"), output("why", "string")],
        *(
            f'[{n}..{n + 1}[ | not("x","y","z") | < date("2030-01-01") -> {n} + n | "because"'
            for n in range(100)
        ),
    )
)


def tables(size: Size) -> Iterator[Figure]:
    """Check a table of many combinations, and decide by one of a hundred rules."""
    largest, plan = wide(size.rules, COLUMNS), passed(HUNDRED)
    cases = (
        (f"check: table of {size.rules} x {COLUMNS}", 3, lambda: check(largest)),
        ("decide: 100 rules", size.samples, lambda: plan.decide("d", LAST)),
    )
    for case, samples, work in cases:
        watch = Watch()
        for _ in range(samples):
            watch.time(work)
        yield Figure(case, NO_DATABASE, samples, *watch.costs())
