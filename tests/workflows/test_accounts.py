"""Accounts: what is stored, how often one may try, and when a session ends."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median
from time import process_time

import pytest

from engine import Database, MovableClock
from tests.workflows.offices import administrator
from workflows import accounts, people
from workflows.errors import PasswordRefused, SignInRefused, TooManyTries
from workflows.people import PersonForm
from workflows.tables import Person, SignIn

PASSWORD = "九曲黄河万里沙 2019 loess"
ANOTHER = "浪淘风簸自天涯 2019 dune"
HOME, ELSEWHERE = "10.0.0.1", "10.0.0.2"
SOMEBODY_ELSE = people.Actor(0, "何敏", administrator().posts)


@pytest.fixture
def person_id(database: Database) -> int:
    """Open an account and return its number."""
    form = PersonForm("杨帆", "yangfan")
    return database.write(
        lambda session: people.add_person(session, administrator(), form, PASSWORD).id
    )


@pytest.fixture
def key(database: Database, person_id: int) -> str:
    """Open a session and return its key."""
    return database.write(lambda session: people.open_session(session, person_id))


def who(database: Database, key: str) -> str | None:
    """Return whose living session this key opens."""
    with database.read() as session:
        actor = people.load_session(session, key)
    return actor and actor.name


# -- signing in -------------------------------------------------------------------------


def test_the_right_password_lets_in(database: Database, person_id: int) -> None:
    actor = people.sign_in(database, " YangFan", PASSWORD, HOME)

    assert (actor.person_id, actor.name) == (person_id, "杨帆")


def test_passwords_are_kept_as_argon2id(database: Database, person_id: int) -> None:
    with database.read() as session:
        stored = session.get_one(Person, person_id).password

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("login", ["yangfan", "nobody", ""])
def test_a_wrong_password_and_an_unknown_account_are_told_alike(
    database: Database, person_id: int, login: str
) -> None:
    assert person_id
    with pytest.raises(SignInRefused) as refusal:
        people.sign_in(database, login, ANOTHER, HOME)

    assert not refusal.value.facts


def test_an_unknown_account_takes_as_long_as_a_known_one(
    database: Database, person_id: int
) -> None:
    assert person_id

    def seconds(login: str, address: str) -> float:
        """Measure the work, which a busy machine doesn't stretch."""
        began = process_time()
        with pytest.raises(SignInRefused):
            people.sign_in(database, login, ANOTHER, address)
        return process_time() - began

    seconds("nobody", "10.9.0.0")
    known = median(seconds("yangfan", f"10.1.0.{n}") for n in range(7))
    unknown = median(seconds("nobody", f"10.2.0.{n}") for n in range(7))

    assert 0.5 < known / unknown < 2


def test_a_disabled_account_is_told_like_an_unknown_one(database: Database, person_id: int) -> None:
    database.write(lambda session: people.disable_person(session, SOMEBODY_ELSE, person_id))

    with pytest.raises(SignInRefused):
        people.sign_in(database, "yangfan", PASSWORD, HOME)


def fail(database: Database, login: str, address: str, times: int = 1) -> None:
    """Try wrong passwords that are looked at and refused."""
    for _ in range(times):
        with pytest.raises(SignInRefused):
            people.sign_in(database, login, ANOTHER, address)


def must_wait(database: Database, login: str, address: str) -> dict[str, object]:
    """Find a try not even looked at, and return what is told of it."""
    with pytest.raises(TooManyTries) as refusal:
        people.sign_in(database, login, PASSWORD, address)
    return dict(refusal.value.facts)


@pytest.mark.parametrize("login", ["yangfan", "nobody"])
def test_the_eleventh_try_on_an_account_is_not_evaluated_wherever_it_comes_from(
    database: Database, person_id: int, login: str, clock: MovableClock
) -> None:
    assert person_id
    for number in range(10):
        fail(database, login, f"10.0.1.{number}")

    facts = must_wait(database, login, ELSEWHERE)

    assert facts == {"until": clock.now() + timedelta(minutes=15), "minutes": 15}


@pytest.mark.parametrize("login", ["yangfan", "nobody"])
def test_the_sixth_try_on_an_account_from_one_address_is_not_evaluated(
    database: Database, person_id: int, login: str
) -> None:
    assert person_id
    fail(database, login, HOME, 5)

    assert must_wait(database, login, HOME)["minutes"] == 15


def test_whoever_tries_from_elsewhere_locks_nobody_out_alone(
    database: Database, person_id: int
) -> None:
    fail(database, "yangfan", ELSEWHERE, 5)

    assert people.sign_in(database, "yangfan", PASSWORD, HOME).person_id == person_id
    assert must_wait(database, "yangfan", ELSEWHERE)


def test_one_s_wrong_tries_lock_nobody_else_at_the_same_address(
    database: Database, person_id: int
) -> None:
    fail(database, "liwen", HOME, 5)
    fail(database, "zhangming", HOME, 5)

    assert people.sign_in(database, "yangfan", PASSWORD, HOME).person_id == person_id


def test_the_hundred_and_first_wrong_try_of_an_address_is_not_evaluated(
    database: Database, person_id: int
) -> None:
    assert person_id
    for number in range(100):
        fail(database, f"somebody{number}", HOME)

    assert must_wait(database, "yangfan", HOME)
    assert people.sign_in(database, "yangfan", PASSWORD, ELSEWHERE).name == "杨帆"


def test_the_right_password_clears_what_the_account_s_owner_mistyped(
    database: Database, person_id: int
) -> None:
    assert person_id
    for _ in range(4):
        fail(database, "yangfan", HOME, 4)

        people.sign_in(database, "yangfan", PASSWORD, HOME)

    fail(database, "yangfan", HOME, 4)


def test_the_wait_lasts_until_one_try_is_out_of_the_window(
    database: Database, person_id: int, clock: MovableClock
) -> None:
    assert person_id
    fail(database, "yangfan", HOME)
    clock.move(timedelta(minutes=5, seconds=30))
    fail(database, "yangfan", HOME, 4)

    assert must_wait(database, "yangfan", HOME)["minutes"] == 10

    clock.move(timedelta(minutes=10))
    fail(database, "yangfan", HOME)


def test_a_flood_from_sixteen_threads_is_evaluated_ten_times(
    database: Database, person_id: int
) -> None:
    assert person_id

    def attempt(number: int) -> type[Exception]:
        try:
            people.sign_in(database, "yangfan", ANOTHER, f"10.0.2.{number}")
        except (SignInRefused, TooManyTries) as refusal:
            return type(refusal)
        return AssertionError

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(attempt, range(60)))

    assert answers.count(SignInRefused) == 10
    assert answers.count(TooManyTries) == 50


def test_one_can_try_again_after_a_quarter_of_an_hour(
    database: Database, person_id: int, clock: MovableClock
) -> None:
    assert person_id
    fail(database, "yangfan", HOME, 5)

    clock.move(timedelta(minutes=15, seconds=1))

    assert people.sign_in(database, "yangfan", PASSWORD, HOME).name == "杨帆"


def test_good_tries_do_not_count(database: Database, person_id: int) -> None:
    assert person_id

    names = {people.sign_in(database, "yangfan", PASSWORD, HOME).name for _ in range(15)}

    assert names == {"杨帆"}


# -- sessions ---------------------------------------------------------------------------


def test_the_row_holds_only_the_key_s_hash(database: Database, key: str) -> None:
    with database.read() as session:
        row = session.get_one(SignIn, accounts.hash_of(key))

    assert who(database, key) == "杨帆"
    assert key not in (row.id, *map(str, row.data.values()))


def test_each_session_has_a_key_of_its_own(database: Database, person_id: int, key: str) -> None:
    other = database.write(lambda session: people.open_session(session, person_id))

    assert other != key
    assert who(database, other[:-1]) is None


def test_two_idle_hours_end_a_session(database: Database, key: str, clock: MovableClock) -> None:
    clock.move(timedelta(hours=1, minutes=59))
    assert who(database, key) == "杨帆"

    clock.move(timedelta(minutes=2))

    assert who(database, key) is None


def test_use_keeps_a_session_alive_for_twelve_hours_and_no_longer(
    database: Database, key: str, clock: MovableClock
) -> None:
    for _ in range(7):
        clock.move(timedelta(minutes=100))
        database.write(lambda session: people.touch_session(session, key))
    assert who(database, key) == "杨帆"

    clock.move(timedelta(minutes=21))

    assert who(database, key) is None


def test_a_dead_session_is_not_brought_back_by_use(
    database: Database, key: str, clock: MovableClock
) -> None:
    clock.move(timedelta(hours=3))

    database.write(lambda session: people.touch_session(session, key))

    assert who(database, key) is None


def test_a_session_wants_to_be_touched_once_a_minute(
    database: Database, key: str, clock: MovableClock
) -> None:
    def wants() -> bool:
        with database.read() as session:
            return people.wants_touch(session, key)

    assert not wants()
    clock.move(timedelta(seconds=61))
    assert wants()


def _sign_out(database: Database, key: str, _person_id: int) -> None:
    database.write(lambda session: people.close_session(session, key))


def _disable(database: Database, _key: str, person_id: int) -> None:
    database.write(lambda session: people.disable_person(session, SOMEBODY_ELSE, person_id))


def _reset(database: Database, _key: str, person_id: int) -> None:
    database.write(lambda session: people.reset_password(session, SOMEBODY_ELSE, person_id))


def _change(database: Database, _key: str, person_id: int) -> None:
    people.change_own_password(database, person_id, PASSWORD, ANOTHER, HOME)


@pytest.mark.parametrize("deed", [_sign_out, _disable, _reset, _change])
def test_a_key_is_worth_nothing_after(
    database: Database, key: str, person_id: int, deed: Callable[[Database, str, int], None]
) -> None:
    deed(database, key, person_id)

    assert who(database, key) is None


def test_an_account_that_is_opened_again_has_no_old_sessions(
    database: Database, key: str, person_id: int
) -> None:
    database.write(lambda session: people.disable_person(session, SOMEBODY_ELSE, person_id))

    database.write(lambda session: people.enable_person(session, SOMEBODY_ELSE, person_id))

    assert who(database, key) is None


def test_sweeping_takes_only_the_dead(
    database: Database, person_id: int, key: str, clock: MovableClock
) -> None:
    clock.move(timedelta(hours=3))
    living = database.write(lambda session: people.open_session(session, person_id))

    database.write(people.sweep_sessions)

    with database.read() as session:
        assert session.get(SignIn, accounts.hash_of(key)) is None
    assert who(database, living) == "杨帆"


# -- passwords and tokens ---------------------------------------------------------------


def test_a_reset_password_lets_in_and_the_old_one_does_not(
    database: Database, person_id: int
) -> None:
    fresh = database.write(lambda s: people.reset_password(s, administrator(), person_id))

    assert people.sign_in(database, "yangfan", fresh, HOME).person_id == person_id
    with pytest.raises(SignInRefused):
        people.sign_in(database, "yangfan", PASSWORD, ELSEWHERE)


def test_changing_one_s_password_asks_for_the_old_one(database: Database, person_id: int) -> None:
    with pytest.raises(SignInRefused):
        people.change_own_password(database, person_id, ANOTHER, ANOTHER, HOME)


def test_a_wrong_old_password_counts_as_a_try(database: Database, person_id: int) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            people.change_own_password(database, person_id, ANOTHER, ANOTHER, HOME)

    with pytest.raises(TooManyTries):
        people.change_own_password(database, person_id, PASSWORD, ANOTHER, HOME)
    with pytest.raises(TooManyTries):
        people.sign_in(database, "yangfan", PASSWORD, HOME)


def test_the_right_old_password_is_no_try_even_if_the_new_one_is_poor(
    database: Database, person_id: int
) -> None:
    for _ in range(11):
        with pytest.raises(PasswordRefused):
            people.change_own_password(database, person_id, PASSWORD, "short", HOME)

    people.change_own_password(database, person_id, PASSWORD, ANOTHER, HOME)

    assert people.sign_in(database, "yangfan", ANOTHER, HOME).person_id == person_id


@pytest.fixture
def token(database: Database, person_id: int) -> str:
    """Give the account an API token."""
    return database.write(lambda s: people.issue_token(s, administrator(), person_id))


def test_a_token_speaks_for_its_account_and_is_stored_as_a_hash(
    database: Database, person_id: int, token: str
) -> None:
    with database.read() as session:
        actor = people.actor_of_token(session, token)
        stored = session.get_one(Person, person_id).token

    assert actor is not None
    assert actor.person_id == person_id
    assert stored not in (None, token)


def test_a_new_token_ends_the_one_before(database: Database, person_id: int, token: str) -> None:
    database.write(lambda s: people.issue_token(s, administrator(), person_id))

    with database.read() as session:
        assert people.actor_of_token(session, token) is None


def test_a_token_ends_with_the_account(database: Database, person_id: int, token: str) -> None:
    database.write(lambda s: people.disable_person(s, SOMEBODY_ELSE, person_id))

    with database.read() as session:
        assert people.actor_of_token(session, token) is None


def test_a_revoked_token_is_nobody_s(database: Database, person_id: int, token: str) -> None:
    database.write(lambda s: people.revoke_token(s, administrator(), person_id))

    with database.read() as session:
        assert people.actor_of_token(session, token) is None
