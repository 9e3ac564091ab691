"""Passwords: what is too easy, and how the good ones are kept."""

import re
import unicodedata
from functools import cache
from secrets import choice

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflows.errors import PasswordRefused

SHORTEST, LONGEST = 15, 200
FEWEST_SIGNS = 6
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id with m = 19 MiB, t = 2, p = 1."""

PLAIN_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs that nobody takes for another when a password is read out."""

RUNS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "!@#$%^&*()",
)
COMMON = frozenset(
    """
    password passw0rd p@ssword p@ssw0rd letmein welcome iloveyou sunshine princess football
    baseball superman batman dragon monkey shadow master administrator admin root guest test
    user changeme secret default login trustno whatever correcthorsebatterystaple woaini
    woaiwojia woaizhongguo nihao zhongguo duban duchashi zhengfu
    """.split()  # noqa: SIM905 (forty words, not forty lines)
)
"""Words that don't make a password, however often they are written."""


def must_be_good(password: str, login: str) -> None:
    """Refuse a password that is short, common, a run of keys or the login itself."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise PasswordRefused(why="short", least=SHORTEST)
    if len(plain) > LONGEST:
        raise PasswordRefused(why="long", most=LONGEST)
    if _is_easy(plain.casefold(), login.casefold()):
        raise PasswordRefused(why="easy")


def hash_of(password: str) -> str:
    """Return what is stored instead of the password."""
    return HASHER.hash(_normal(password))


def fresh() -> str:
    """Return a new password that can be read out: four groups of five."""
    return "-".join("".join(choice(PLAIN_SIGNS) for _ in range(5)) for _ in range(4))


def fits(password: str, stored: str | None) -> bool:
    """Say whether this is the password; an unknown account takes the same time."""
    try:
        HASHER.verify(stored or _nobody(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Say whether the stored form was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def _is_easy(plain: str, login: str) -> bool:
    rest = plain
    for part in (login, *RUNS):
        rest = _without(rest, part)
    for word in sorted(COMMON, key=len, reverse=True):
        rest = rest.replace(word, "")
    rest = re.sub(r"\d+$", "", rest)
    return len(set(plain)) < FEWEST_SIGNS or len(set(rest)) < FEWEST_SIGNS - 1 or _repeats(plain)


def _without(text: str, run: str) -> str:
    """Take every piece of a run of four and more signs out of a text."""
    shortest = 4
    kept, place = [], 0
    while place < len(text):
        length = 0
        while text[place : place + length + 1] in run and place + length < len(text):
            length += 1
        if length < shortest:
            kept.append(text[place])
        place += length if length >= shortest else 1
    return "".join(kept)


def _repeats(text: str) -> bool:
    """Say whether a text is one piece written again and again."""
    return text in (text + text)[1:-1]


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _nobody() -> str:
    return HASHER.hash("the password of nobody at all")
