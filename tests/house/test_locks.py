"""Lock files name versions and hashes, and no place: every machine has its own registry."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PEERS = "tests/bench/peers"
PYTHON_LOCKS = [
    "requirements.lock",
    "requirements-node.lock",
    f"{PEERS}/django_house/requirements.lock",
]
NODE_LOCKS = ["web/frontend/package-lock.json", f"{PEERS}/node_house/package-lock.json"]
ENTRY = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)(.*?)(?=^\S|\Z)", re.DOTALL | re.MULTILINE)
ADDRESS_OR_PATH = re.compile(r"https?:|file:|ssh:|(?<![\w*])/[a-z]+/")


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_python_package_is_locked_by_hash(lock: str) -> None:
    entries = ENTRY.findall((ROOT / lock).read_text())

    unhashed = [name for name, _, rest in entries if "--hash=sha256:" not in rest]

    assert entries
    assert unhashed == []


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_no_address_stands_in_a_python_lock(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert ADDRESS_OR_PATH.findall(text) == []


def test_whatever_the_project_names_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    locked = {name for name, *_ in ENTRY.findall((ROOT / "requirements.lock").read_text())}

    missing = {re.split(r"[\[<>=]", one)[0].lower() for one in named} - locked

    assert missing == set()


@pytest.mark.parametrize("lock", NODE_LOCKS)
def test_a_lock_of_node_packages_has_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}

    unhashed = [name for name, one in packages.items() if "integrity" not in one]

    assert packages
    assert unhashed == []
    assert '"resolved"' not in text
