"""The two halves of the house as child processes: started, watched and stopped together.

They are forks of this process: the house is read once, and a half is there at once, also
when it is started again. This process itself opens no database and has no threads.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from multiprocessing.process import BaseProcess

from web import installation, worker
from web.address import joined
from web.server import Server

PATIENCE = 20  # seconds that a half may take to stop
RESTARTS, WINDOW = 5, 60
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FORK = multiprocessing.get_context("fork")

Work = Callable[[], int | None]


def die_with_parent() -> None:
    """Ask Linux to end this child when its parent is gone, however that came about."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def begin(work: Work) -> BaseProcess:
    """Start a child; a signal that comes meanwhile is the child's own from the first moment on."""
    child = FORK.Process(target=as_child, args=[work])
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        child.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    return child


def as_child(work: Work) -> None:
    """Work in a session of its own: Ctrl-C then reaches only the parent."""
    os.setsid()
    die_with_parent()
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    sys.exit(work())


def end(children: Iterable[BaseProcess]) -> None:
    """Ask every child to end, and insist when one won't."""
    asked = [child for child in children if child.is_alive()]
    for child in asked:
        child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in asked:
        child.join(max(0.0, deadline - time.monotonic()))
        if child.is_alive():
            child.kill()
            child.join()


def listen() -> threading.Event:
    """Return what is set as soon as this process is told to stop."""
    told = threading.Event()
    for number in STOPS:
        signal.signal(number, lambda *_: told.set())
    return told


def install(told_to_stop: threading.Event) -> int | None:
    """Bring the database up to date; return its exit code, or nothing if told to stop first."""
    child = begin(installation.main)
    try:
        while child.is_alive():
            if told_to_stop.wait(0.05):
                return None
    finally:
        end([child])
    return child.exitcode


class Halves:
    """The running children, and what keeps them running."""

    def __init__(self, works: Mapping[str, Work], told_to_stop: threading.Event) -> None:
        self._works = works
        self._children: dict[str, BaseProcess] = {}
        self._restarts: deque[float] = deque(maxlen=RESTARTS)
        self._told_to_stop = told_to_stop

    def run(self, host: str, port: int) -> int:
        """Run until a signal comes, or until a half won't stay up."""
        try:
            for half in self._works:
                self._children[half] = begin(self._works[half])
            if "web" in self._works:
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
            if child.is_alive():
                continue
            now = time.monotonic()
            if len(self._restarts) == RESTARTS and now - self._restarts[0] < WINDOW:
                print(f"{half} 反复退出，督办已停止。It ended again and again; Duban stops.")
                return False
            self._restarts.append(now)
            print(f"{half} 已退出（{child.exitcode}），正在重启。It ended and is started again.")
            sys.stdout.flush()
            self._children[half] = begin(self._works[half])
        return True


def main(halves: Sequence[str]) -> int:
    """Bring the database up to date, then serve with the halves named."""
    host, port = os.environ["DUBAN_HOST"], int(os.environ["DUBAN_PORT"])
    told_to_stop = listen()
    gc.freeze()  # no child need ever look through, and so copy, what all share
    code = install(told_to_stop)
    if code is None:
        return 0
    if code:
        return code
    works: Mapping[str, Work] = {"web": Server(host, port).run, "worker": worker.main}
    return Halves({half: works[half] for half in halves}, told_to_stop).run(host, port)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
