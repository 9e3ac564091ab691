"""Brings a database up to date before anybody is served: its schema, diagrams and first data."""

import fcntl
import hmac
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import engine
from engine import (
    Database,
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseNewer,
    DatabaseUnreachable,
    Session,
)
from web import i18n
from web.config import ConfigRefused, from_environment
from workflows import (
    calendar,
    demo,
    ladder,
    limits,
    migrations,
    papers,
    people,
    processes,
    search,
    serials,
    turns,
)
from workflows.assessment import seed_groups
from workflows.decision_tables import seed_tables
from workflows.errors import DemoUnfinished, UnsafeForProduction
from workflows.figures import periods
from workflows.projects.templates import seed_templates
from workflows.tables import Setting

SQLITE = "sqlite:///"
KEY_MARK = "key.mark"
TURN = "installation"


class KeyDiffers(Exception):
    """The secret key isn't the one that this database was begun with."""


REFUSALS = (
    DatabaseUnreachable,
    DatabaseForeign,
    DatabaseDamaged,
    DatabaseNewer,
    KeyDiffers,
    UnsafeForProduction,
    DemoUnfinished,
    ConfigRefused,
)
WORDS: Mapping[type[Exception], str] = {
    DatabaseUnreachable: "无法连接数据库。The database can't be reached.",
    DatabaseForeign: "这个数据库地址不能用：只能是 "
    "postgresql+psycopg://用户:密码@主机/库，或 sqlite:///文件。\n"
    "The database's address can't be used: it must be of PostgreSQL or SQLite, as told below.",
    DatabaseDamaged: "数据库文件不是数据库，或已损坏：请用备份恢复。\n"
    "The database's file isn't one or is damaged: restore a backup.",
    DatabaseNewer: "数据库来自更新的版本，请先升级督办。\n"
    "The database is of a newer version: update Duban first.",
    KeyDiffers: "密钥与建库时的不同：请把原来的 secret.key 放进数据目录。\n"
    "The key isn't the one that this database was begun with, so its history can't be proved: "
    "copy the first host's secret.key into the data folder.",
    UnsafeForProduction: "正式环境不得保留演示账号。\n"
    "Demo accounts are open to everybody: production doesn't start with them.",
    DemoUnfinished: "演示数据只装了一半：请换一个空数据库，或加 --no-demo。\n"
    "The demo data was broken off half way: take an empty database, or start with --no-demo.",
    ConfigRefused: "运行环境设置有误。The environment isn't one to serve in.",
}


@contextmanager
def progress(name: str) -> Iterator[None]:
    """Tell that something was done if it took long enough to be noticed."""
    began = time.monotonic()
    yield
    if (seconds := time.monotonic() - began) >= 1:
        print(f"  ✓ {name} ({seconds:.0f} s)", flush=True)


def install(url: str, key: str, *, with_demo: bool) -> None:
    """Bring the database at an address up to date; a second time changes nothing.

    Halves that start at once wait for each other. A new SQLite database is made aside and
    put in its place when it is whole, so that a first start that is interrupted is simply
    done again.
    """
    if not url.startswith(SQLITE):
        bring_up_to_date(url, key, with_demo=with_demo)
        return
    place = Path(url.removeprefix(SQLITE))
    with alone(place):
        if place.exists():
            bring_up_to_date(url, key, with_demo=with_demo)
            return
        half = place.with_name(f"{place.name}.half")
        for leftover in place.parent.glob(f"{half.name}*"):
            leftover.unlink()
        bring_up_to_date(f"{SQLITE}{half}", key, with_demo=with_demo)
        half.rename(place)


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Wait until no other start is at this file; the lock goes with the process."""
    with place.with_name(f"{place.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def bring_up_to_date(url: str, key: str, *, with_demo: bool) -> None:
    """Run the migrations, deploy the shipped diagrams and write the first data."""
    database = engine.open_database(url, processes.registry(), key=key.encode())
    try:
        with turns.long_turn(database, TURN):
            with progress("数据库 Database"):
                migrations.upgrade(database)
                database.write(lambda session: must_have_the_same_key(session, key))
                database.write(write_first_data)
            if with_demo:
                with progress("演示数据 Demo data"):
                    demo.fill(database)
        tell_accounts(database)
    finally:
        database.sql.dispose()


def must_have_the_same_key(session: Session, key: str) -> None:
    """Leave the key's mark in a new database, and refuse another key from then on."""
    mark = hmac.digest(key.encode(), KEY_MARK.encode(), "sha256").hex()[:16]
    known = session.get(Setting, KEY_MARK)
    if known is None:
        session.add(Setting(name=KEY_MARK, value=mark))
    elif known.value != mark:
        raise KeyDiffers


def write_first_data(session: Session) -> None:
    """Write what every office starts with, where it is missing."""
    processes.deploy_shipped(session)
    papers.ask_for_small(session)
    papers.ask_to_sweep(session)
    search.ask_to_gather(session)
    periods.ask_to_freeze(session)
    calendar.seed_calendar(session)
    limits.seed_limits(session)
    seed_tables(session)
    seed_groups(session)
    seed_templates(session)
    ladder.seed_bases(session)
    serials.seed_serials(session)


def tell_accounts(database: Database) -> None:
    """Tell who may sign in to a demo, or how an office gets its first account."""
    with database.read() as session:
        demo.must_be_safe_for_production(session)
        present = {person.login: person.demo for person in people.persons(session)}
    if not present:
        print("尚无账号，请先建立 No account yet, add one: duban administrator LOGIN NAME")
    shown = {one.role: one for one in reversed(demo.demo_accounts()) if present.get(one.login)}
    if shown:
        print(f"\n演示账号 Demo accounts, 密码 password {demo.PASSWORD}")
        for account in reversed(shown.values()):
            print(f"  {account.login:<16}{account.name} {account.unit}{account.post}")


def main() -> int:
    """Install, or say in words why not."""
    with_demo = os.environ.get("DUBAN_DEMO") == "1" and os.environ.get("DUBAN_ENV") != "production"
    try:
        config = from_environment()
        i18n.compile_catalogues()
        install(config.database, config.key, with_demo=with_demo)
    except REFUSALS as error:
        print(f"\n{WORDS[type(error)]}\n{error}")
        return 1
    print(f"\n数据目录 Data: {config.data}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
