"""What a table costs: little for each decision, and a bounded time for each check."""

import time
from statistics import median

import pytest

from engine.decisions import check, passed
from tests.engine.decisions.drawing import column, decision, file, output

HUNDRED = file(
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


def test_a_table_of_a_hundred_rules_is_decided_in_less_than_a_millisecond() -> None:
    plan = passed(HUNDRED)
    data = {"n": 99, "kind": "a", "day": "2020-01-01"}
    times = []

    for _ in range(100):
        begun = time.perf_counter()
        plan.decide("d", data)
        times.append(time.perf_counter() - begun)

    assert plan.decide("d", data).result == {"r": 198, "why": "because"}
    assert median(times) < 0.001


def bomb(cells: int, kind: str) -> bytes:
    """Return a table with as many combinations as can be."""
    columns = [column(f"c{n}", kind) for n in range(50)]
    rows = (
        " | ".join(f"< {(row * 31 + place * 17) % 97}" for place in range(50)) + " -> 1"
        for row in range(cells)
    )
    return file(decision("d", columns, [output()], *rows))


@pytest.mark.parametrize(
    "hostile",
    [
        bomb(200, "number"),
        bomb(20, "number"),
        file(decision("d", [column("a", "number")], [output()], *["- -> 1"] * 2000)),
        *(
            file(decision("d", [column("a")], [output()], *[f"{cell} -> 1"] * rows))
            for cell in ("(" * 1990, "1," * 990 + "1", "x " * 990, '"a",' * 490 + '"b"')
            for rows in (98, 900)
        ),
        file(decision("d", [column("a")], [output()], "- -> " + '"a"' + ' + "a"' * 98)),
        file(
            *(
                decision(f"d{n}", [column("a")], [output()], "- -> 1", needs=[f"d{n + 1}"] * 50)
                for n in range(99)
            ),
            decision("d99", [column("a")], [output()], "- -> 1"),
        ),
    ],
)
def test_a_hostile_table_is_checked_in_a_bounded_time(hostile: bytes) -> None:
    begun = time.process_time()

    check(hostile)

    assert time.process_time() - begun < 5
