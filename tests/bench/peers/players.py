"""A peer at play: a process that does one durable step for each line it is given."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.peers.installing import Peer, environment


class PlayerGone(Exception):
    """A peer has ended before it was told to."""


class Player:
    """One engine in a process of its own, and what its steps have cost."""

    def __init__(self, peer: Peer, folder: Path) -> None:
        self.peer = peer
        self.cpu: list[float] = []
        self.wall: list[float] = []
        self.sizes: list[int | None] = []
        self._process = subprocess.Popen(
            [*peer.command, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(peer),
            text=True,
        )
        self.persistence = ""

    def close(self) -> None:
        """End its process."""
        self._process.terminate()
        self._process.communicate()

    def greet(self) -> None:
        """Wait until it stands, and hear how it keeps its state."""
        self.persistence = self._answer()["persistence"]

    def step(self) -> None:
        """Let it do one step and note what that has cost."""
        told = self.rehearse()
        self.cpu.append(told["cpu_ms"])
        self.wall.append(told["wall_ms"])
        self.sizes.append(told["state_bytes"])

    def rehearse(self) -> dict[str, Any]:
        """Let it do one step, and note nothing."""
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise PlayerGone(self.peer.name)
        told: dict[str, Any] = json.loads(line)
        return told


@contextmanager
def playing(peer: Peer, folder: Path) -> Iterator[Player]:
    """Give a peer that plays until the block ends."""
    player = Player(peer, folder)
    try:
        player.greet()
        yield player
    finally:
        player.close()
