"""The same diagram and the same durable step on other engines, interleaved in one run."""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from run import Failed
from tests.bench.peers.installing import Peer, bpmn_engine, duban, viewflow
from tests.bench.peers.players import Player, playing

PEERS: Final[tuple[Callable[[], list[Peer]], ...]] = (duban, viewflow, bpmn_engine)
WARM: Final = 30
SECONDS: Final = 60.0
MOST: Final = 1_000
FEW: Final = 20
"""How many of the first and last steps show whether a step gets dearer."""


def found() -> tuple[list[Peer], list[str]]:
    """Return the engines that can play, and words about those that can't."""
    there: list[Peer] = []
    missing: list[str] = []
    for peers in PEERS:
        try:
            there += peers()
        except Failed as failure:
            missing.append(f"{peers.__name__}: can't be installed, left out.\n{failure}")
    return there, missing


def play(players: Sequence[Player], seconds: float, most: int) -> None:
    """Let each do one step after the other, until the time is over or there are enough."""
    for _ in range(min(WARM, most)):
        for player in players:
            player.rehearse()
    deadline = time.monotonic() + seconds
    done = 0
    while done < most and (done < FEW or time.monotonic() < deadline):
        for player in players:
            player.step()
        done += 1


def rows(players: Sequence[Player]) -> Iterator[dict[str, Any]]:
    """Return what the steps of each have cost, and how often as much as Duban's."""
    ours = players[0]
    for player in players:
        cpu, wall = median(player.cpu), median(player.wall)
        yield {
            "bench": "peers",
            "case": "complete a task",
            "engine": player.peer.name,
            "version": player.peer.version,
            "database": "sqlite" if player.persistence.startswith("SQLite") else "file",
            "persistence": player.persistence,
            "n": len(player.cpu),
            "cpu_ms": round(cpu, 3),
            "wall_ms": round(wall, 3),
            "p95_ms": round(quantiles(player.wall, n=20)[-1], 3),
            "first_cpu_ms": round(median(player.cpu[:FEW]), 3),
            "last_cpu_ms": round(median(player.cpu[-FEW:]), 3),
            "state_bytes": player.sizes[-1],
            "cpu_ratio": round(cpu / median(ours.cpu), 2),
            "wall_ratio": round(wall / median(ours.wall), 2),
        }


def show(row: dict[str, Any]) -> None:
    """Print one row."""
    size = "-" if row["state_bytes"] is None else row["state_bytes"]
    print(
        f"{row['engine']:<28}{row['version']:<8} cpu {row['cpu_ms']:>7.2f}"
        f" (x{row['cpu_ratio']:.2f})  wall {row['wall_ms']:>7.2f} (x{row['wall_ratio']:.2f})"
        f"  p95 {row['p95_ms']:>7.2f} ms  {size:>6} bytes  {row['persistence']}",
        flush=True,
    )


def measure(peers: Sequence[Peer], seconds: float, most: int) -> list[dict[str, Any]]:
    """Let the engines play in turns and return what it has cost."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        homes = [Path(folder, str(number)) for number in range(len(peers))]
        for home in homes:
            home.mkdir()
        both = zip(peers, homes, strict=True)
        players = [stack.enter_context(playing(peer, home)) for peer, home in both]
        play(players, seconds, most)
        return list(rows(players))


def main(arguments: Sequence[str]) -> int:
    """Install what is missing, measure, show, and write the rows to a file."""
    parser = argparse.ArgumentParser(prog="run.py bench peers", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the rows")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long to play (60)")
    parser.add_argument("--most", type=int, default=MOST, help="steps of each at most (1000)")
    options = parser.parse_args(arguments)
    peers, missing = found()
    measured = measure(peers, options.seconds, options.most)
    for row in measured:
        show(row)
    for words in missing:
        print(f"\n{words}")
    if options.json:
        options.json.write_text(json.dumps(measured, indent=2) + "\n")
    return 1 if missing else 0
