"""Accounts that are opened where no page is open yet, and the database's own version."""

import argparse

from flask_babel import gettext as _

from web.cli.ground import DONE, opened
from workflows import migrations, terminal


def administrator(options: argparse.Namespace) -> int:
    """Open an administrator's account."""
    with opened() as database:
        secret = database.write(
            lambda session: terminal.add_administrator(session, options.login, options.name)
        )
        print(_("The password is %(secret)s and is shown only now", secret=secret))
    return DONE


def password(options: argparse.Namespace) -> int:
    """Give an account a new password."""
    with opened() as database:
        secret = database.write(lambda session: terminal.reset_password(session, options.login))
        print(_("The password is %(secret)s and is shown only now", secret=secret))
    return DONE


def token(options: argparse.Namespace) -> int:
    """Give an account a new token for the API."""
    with opened() as database:
        secret = database.write(lambda session: terminal.issue_token(session, options.login))
        print(_("The token is %(secret)s and is shown only now", secret=secret))
    return DONE


def migrate(_options: argparse.Namespace) -> int:
    """Bring the database up to date."""
    with opened(as_it_is=True) as database:
        migrations.upgrade(database)
        print(_("The database is up to date (%(revision)s)", revision=migrations.revisions()[-1]))
    return DONE
