"""The bench of the peers: how they play is measured, and one that is missing is said to be."""

from pathlib import Path

import pytest

from run import Failed
from tests.bench.peers import comparing
from tests.bench.peers.installing import Peer, duban

SHAPE = {
    "bench",
    "case",
    "engine",
    "version",
    "database",
    "persistence",
    "n",
    "cpu_ms",
    "wall_ms",
    "p95_ms",
    "first_cpu_ms",
    "last_cpu_ms",
    "state_bytes",
    "cpu_ratio",
    "wall_ratio",
}


def test_who_plays_is_measured_in_turns_and_compared_with_the_first() -> None:
    rows = comparing.measure([*duban(), *duban()], seconds=0, most=3)

    assert [set(row) for row in rows] == [SHAPE, SHAPE]
    assert [row["n"] for row in rows] == [3, 3]
    assert (rows[0]["cpu_ratio"], rows[0]["wall_ratio"]) == (1.0, 1.0)
    assert 0 < rows[0]["state_bytes"] < 10_000


def test_a_peer_that_cannot_be_installed_is_left_out_with_a_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def unreachable() -> list[Peer]:
        raise Failed("the package registry can't be reached")

    monkeypatch.setattr(comparing, "PEERS", (duban, unreachable))
    path = tmp_path / "peers.json"

    code = comparing.main(["--most", "2", "--json", str(path)])

    said = capsys.readouterr().out
    assert code == 1
    assert "unreachable: can't be installed" in said
    assert "registry can't be reached" in said
    assert path.is_file()
