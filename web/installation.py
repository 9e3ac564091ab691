"""Brings a database up to date before anybody is served: its schema, diagrams and first data."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import engine
from engine import DatabaseNewer, DatabaseUnreachable
from web import i18n
from web.config import Config, ConfigRefused, from_environment
from workflows import demo, founding, migrations, processes

TOLD = 13

WORDS = {
    DatabaseUnreachable: "无法连接数据库。The database can't be reached.",
    DatabaseNewer: "数据库来自更新的版本,请先升级督办。"
    "The database is of a newer version: update Duban first.",
}


@contextmanager
def progress(name: str) -> Iterator[None]:
    """Tell that something was done, and how long it took, if anybody noticed."""
    began = time.monotonic()
    yield
    if (seconds := time.monotonic() - began) >= 1:
        print(f"  ✓ {name} ({seconds:.0f} s)", flush=True)


def install(config: Config, *, with_demo: bool) -> None:
    """Bring the database of a deployment up to date; a second time changes nothing."""
    with progress("界面翻译 Translations"):
        i18n.compile_catalogues()
    database = engine.open_database(config.database, processes.registry(), key=config.key.encode())
    with progress("数据库 Database"):
        migrations.upgrade(database)
        database.write(processes.deploy_shipped)
    if with_demo:
        with progress("演示数据 Demo data"):
            demo.fill(database)
    password = database.write(founding.found)
    with database.read() as session:
        has_demo = demo.is_here(session)
    database.sql.dispose()
    tell(config, password, has_demo=has_demo)


def tell(config: Config, password: str | None, *, has_demo: bool) -> None:
    """Tell where the data lies, and with which accounts to sign in."""
    print(f"数据目录 Data: {config.data}")
    if password is not None:
        print(f"管理员 Administrator: {founding.LOGIN}  密码 Password: {password}")
        print("请记下:密码只显示这一次。Write it down: it is shown only once.")
    if has_demo:
        print(f"演示账号 Demo accounts, 密码 password: {demo.PASSWORD}")
        for account in demo.demo_accounts()[:TOLD]:
            print(f"  {account.login:<14} {account.name} {account.unit}{account.post}")
        print("  …… 其余见“单位与人员”。The others: see “Units and people” as hemin.")


def main() -> int:
    """Install, or say in words why not."""
    try:
        install(from_environment(), with_demo=os.environ.get("DUBAN_DEMO") == "1")
    except (DatabaseUnreachable, DatabaseNewer) as error:
        print(f"\n{WORDS[type(error)]}\n{error}")
        return 1
    except ConfigRefused as refused:
        print("", *refused.reasons, sep="\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
