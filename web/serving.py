"""The two halves of the house as child processes: started, watched and stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from web.address import joined

PROCESSES, THREADS = "2", "16"
WORKER = "web.threads.ThreadWorker"
PATIENCE = 20  # seconds that a half may take to stop
RESTARTS, WINDOW = 5, 60
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (heartbeats belong where no disk can stall)


def web_command(host: str, port: int) -> list[str]:
    """Return the command of the web server: a few processes of many threads."""
    heartbeats = ["--worker-tmp-dir", str(SHARED_MEMORY)] if SHARED_MEMORY.is_dir() else []
    return [
        *(sys.executable, "-m", "gunicorn", "web:create_app()", "--bind", joined(host, port)),
        *("--worker-class", WORKER, "--workers", PROCESSES, "--threads", THREADS),
        *("--keep-alive", "30", "--timeout", "60", "--graceful-timeout", "10"),
        *("--log-level", "warning", "--no-control-socket", *heartbeats),
    ]


def worker_command() -> list[str]:
    """Return the command of the background worker."""
    return [sys.executable, "-m", "web.worker"]


def die_with_parent() -> None:
    """Ask Linux to end this child when its parent is gone, however that came about."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def begin(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own: Ctrl-C then reaches only this process."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509 (this process has no other threads)
    )


def end(children: Iterable["subprocess.Popen[bytes]"]) -> None:
    """Ask every child to end, and insist when one won't."""
    asked = [child for child in children if child.poll() is None]
    for child in asked:
        child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in asked:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def listen() -> threading.Event:
    """Return what is set as soon as this process is told to stop."""
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: told.set())
    return told


def install(told_to_stop: threading.Event) -> int | None:
    """Bring the database up to date; return its exit code, or nothing if told to stop first."""
    child = begin([sys.executable, "-m", "web.installation"])
    try:
        while child.poll() is None:
            if told_to_stop.wait(0.05):
                return None
    finally:
        end([child])
    return child.returncode


class Halves:
    """The running children, and what keeps them running."""

    def __init__(
        self, commands: Mapping[str, Sequence[str]], told_to_stop: threading.Event
    ) -> None:
        self._commands = commands
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._restarts: deque[float] = deque(maxlen=RESTARTS)
        self._told_to_stop = told_to_stop

    def run(self, host: str, port: int) -> int:
        """Run until a signal comes, or until a half won't stay up."""
        try:
            for half in self._commands:
                self._children[half] = begin(self._commands[half])
            if "web" in self._commands:
                self._announce(host, port)
            while not self._told_to_stop.wait(0.5):
                if not self._all_stand():
                    return 1
        finally:
            end(self._children.values())
        return 0

    def _announce(self, host: str, port: int) -> None:
        """Tell the address as soon as somebody answers there, however slow the machine is."""
        reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
        while not self._told_to_stop.wait(0.1):
            if not self._all_stand():
                return
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
                if probe.connect_ex((reachable, port)) == 0:
                    print(f"\n督办已启动 Duban is running: http://{joined(reachable, port)}")
                    print("按 Ctrl-C 停止 stops it", flush=True)
                    return

    def _all_stand(self) -> bool:
        """Start a half again that ended by itself; give up when it does so all the time."""
        for half, child in self._children.items():
            if child.poll() is None:
                continue
            now = time.monotonic()
            if len(self._restarts) == RESTARTS and now - self._restarts[0] < WINDOW:
                print(f"{half} 反复退出,督办已停止。It ended again and again; Duban stops.")
                return False
            self._restarts.append(now)
            print(f"{half} 已退出({child.returncode}),正在重启。It ended and is started again.")
            sys.stdout.flush()
            self._children[half] = begin(self._commands[half])
        return True


def main(halves: Sequence[str]) -> int:
    """Bring the database up to date, then serve with the halves named."""
    host, port = os.environ["DUBAN_HOST"], int(os.environ["DUBAN_PORT"])
    told_to_stop = listen()
    code = install(told_to_stop)
    if code is None:
        return 0
    if code:
        return code
    commands = {"web": web_command(host, port), "worker": worker_command()}
    return Halves({half: commands[half] for half in halves}, told_to_stop).run(host, port)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
