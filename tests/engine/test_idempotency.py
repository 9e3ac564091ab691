"""The same request twice."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

import engine
from engine import Database, MovableClock, Session


def ask(database: Database, key: str, print_: str, work: Callable[[], dict[str, Any]]) -> Any:
    """Make a request with a key."""
    return database.write(lambda s: engine.once(s, "token:1", key, print_, work))


def test_the_second_request_gets_the_first_answer(database: Database) -> None:
    first = ask(database, "k", "a", lambda: {"n": 1})

    again = ask(database, "k", "a", lambda: {"n": 2})

    assert (first, again) == ({"n": 1}, {"n": 1})


def test_another_request_with_the_same_key_is_refused(database: Database) -> None:
    ask(database, "k", "a", lambda: {"n": 1})

    with pytest.raises(engine.KeyReused):
        ask(database, "k", "b", lambda: {"n": 2})


def test_a_request_that_failed_may_come_again(database: Database) -> None:
    def fail() -> dict[str, Any]:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        ask(database, "k", "a", fail)

    assert ask(database, "k", "a", lambda: {"n": 2}) == {"n": 2}


def test_owners_do_not_share_their_keys(database: Database) -> None:
    ask(database, "k", "a", lambda: {"n": 1})

    other = database.write(lambda s: engine.once(s, "token:2", "k", "b", lambda: {"n": 2}))

    assert other == {"n": 2}


def test_at_the_same_time_only_one_does_the_work(database: Database) -> None:
    done: list[int] = []
    answers: list[Any] = []

    def work() -> dict[str, Any]:
        done.append(1)
        return {"n": len(done)}

    def request() -> None:
        answers.append(ask(database, "k", "a", work))

    threads = [threading.Thread(target=request) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [{"n": 1}] * 8


def test_a_session_is_passed_through(database: Database) -> None:
    def work(session: Session) -> dict[str, Any]:
        return engine.once(session, "o", "k", "f", lambda: {"at": str(engine.now(session))})

    assert database.write(work) == {"at": str(database.clock.now())}


def test_work_with_transactions_of_its_own_is_done_once_and_its_failure_gives_the_key_back(
    database: Database,
) -> None:
    def at_work() -> dict[str, Any]:
        with pytest.raises(engine.KeyBusy):
            engine.once_apart(database, "token:1", "k", "a", dict)
        return {"n": 1}

    def fail() -> dict[str, Any]:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        engine.once_apart(database, "token:1", "k", "a", fail)

    first = engine.once_apart(database, "token:1", "k", "a", at_work)
    again = engine.once_apart(database, "token:1", "k", "a", fail)
    assert (first, again) == ({"n": 1}, {"n": 1})
    with pytest.raises(engine.KeyReused):
        engine.once_apart(database, "token:1", "k", "b", fail)


def test_a_key_whose_process_was_killed_is_free_again_later(
    database: Database, clock: MovableClock
) -> None:
    def be_killed() -> dict[str, Any]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.once_apart(database, "token:1", "k", "a", be_killed)
    with pytest.raises(engine.KeyBusy):
        engine.once_apart(database, "token:1", "k", "a", dict)

    clock.move(timedelta(hours=1, minutes=1))
    assert engine.once_apart(database, "token:1", "k", "a", lambda: {"n": 1}) == {"n": 1}
