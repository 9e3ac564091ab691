"""Lots and samples are reproducible, and a heavier risk is never less likely to be drawn."""

from hypothesis import given, strategies

from workflows.revisits.lots import chance_of, chosen, lot
from workflows.revisits.risk import DEFAULTS, Risks, weigh
from workflows.tables import Kind

SEEDS = strategies.text(max_size=40)
WEIGHTS = strategies.floats(min_value=0.01, max_value=100)
POOLS = strategies.dictionaries(strategies.integers(1, 500), WEIGHTS, min_size=1, max_size=30)
COUNTS = strategies.integers(0, 400)
RISKS = strategies.builds(Risks, strategies.sampled_from(Kind), COUNTS, COUNTS, COUNTS, COUNTS)


@given(SEEDS)
def test_a_lot_is_the_same_for_everybody_and_lies_between_0_and_1(seed: str) -> None:
    assert lot(seed) == lot(seed)
    assert 0 <= lot(seed) < 1


def test_a_lot_is_what_anybody_computes_with_sha256sum() -> None:
    # printf 7-0-ab | sha256sum → 8b95110dcda7748b…: its first 13 digits, as a fraction
    assert lot("7-0-ab") == int("8b95110dcda77", 16) / 16**13


def test_lots_spread_evenly() -> None:
    lots = [lot(f"{item}-1-seed") for item in range(4000)]

    assert 0.27 < sum(each < 0.3 for each in lots) / len(lots) < 0.33


@given(SEEDS, POOLS, strategies.integers(1, 40))
def test_the_same_seed_draws_the_same_sample(seed: str, pool: dict[int, float], size: int) -> None:
    drawn = chosen(seed, pool, size)

    assert drawn == chosen(seed, dict(reversed(pool.items())), size)
    assert len(drawn) == min(size, len(pool))


@given(SEEDS, POOLS, strategies.integers(1, 40), strategies.floats(1, 50), strategies.data())
def test_who_grows_heavier_stays_in_the_sample(
    seed: str, pool: dict[int, float], size: int, times: float, data: strategies.DataObject
) -> None:
    member = data.draw(strategies.sampled_from(sorted(pool)))
    heavier = {**pool, member: pool[member] * times}

    assert member not in chosen(seed, pool, size) or member in chosen(seed, heavier, size)


def test_the_heavier_are_drawn_more_often() -> None:
    pool = {1: 1.0, 2: 3.0, 3: 1.0, 4: 1.0}
    times = [chosen(f"seed-{turn}", pool, 1) for turn in range(3000)]

    share = sum(2 in drawn for drawn in times) / len(times)

    assert 0.46 < share < 0.54


def test_without_weight_nobody_is_drawn() -> None:
    assert chosen("seed", {1: 0.0, 2: 1.0}, 2) == {2}


@given(RISKS, strategies.sampled_from(["days_late", "times_returned", "failures", "further_units"]))
def test_more_of_a_risk_never_weighs_less(risks: Risks, name: str) -> None:
    more = Risks(**{**_fields(risks), name: getattr(risks, name) + 1})

    assert weigh(more, DEFAULTS).weight >= weigh(risks, DEFAULTS).weight
    assert chance_of(0.3, weigh(more, DEFAULTS).weight) >= chance_of(
        0.3, weigh(risks, DEFAULTS).weight
    )


def test_each_factor_is_told_and_none_counts_without_end() -> None:
    risk = weigh(Risks(Kind.KEY_PROJECT, days_late=4, times_returned=50), DEFAULTS)

    assert risk.factors[0] == {"name": "kind", "of": "key_project", "percent": 150}
    assert [factor["percent"] for factor in risk.factors] == [150, 120, 300, 100, 100]
    assert risk.weight == 1.5 * 1.2 * 3


def _fields(risks: Risks) -> dict[str, object]:
    return {name: getattr(risks, name) for name in risks.__slots__}
