"""Settings of the office: what an administrator may set them to."""

import pytest

from engine import Database
from tests.workflows.offices import administrator
from workflows import settings
from workflows.errors import SettingRefused


def change(database: Database, name: str, value: str) -> None:
    """Let the administrator set something."""
    database.write(lambda session: settings.change(session, administrator(), name, value))


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("limit.warn_at", "100"),
        ("limit.warn_again_at", "100"),
        ("revisit.chance", "100"),
        ("urge.again_after_days", "365"),
        ("mail.port", "65535"),
        ("papers.quota_mb", "100000"),
    ],
)
def test_a_number_has_an_upper_bound(database: Database, name: str, most: str) -> None:
    for value in (str(int(most) + 1), "9" * 5000):
        with pytest.raises(SettingRefused):
            change(database, name, value)
    change(database, name, most)

    with database.read() as session:
        assert settings.number(session, name) == int(most)


def test_every_number_has_its_bound() -> None:
    numbers = {name for name, default in settings.DEFAULTS.items() if default.isdecimal()}

    assert set(settings.MOST) == numbers


def test_a_text_fits_its_column(database: Database) -> None:
    with pytest.raises(SettingRefused):
        change(database, "office.name", "云" * 401)


@pytest.mark.parametrize("name", ["proposal.session_month", "mail.port"])
def test_a_number_that_cant_be_nothing_isnt(database: Database, name: str) -> None:
    with pytest.raises(SettingRefused):
        change(database, name, "0")
