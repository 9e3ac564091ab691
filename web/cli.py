"""The command line ``duban``: diagrams, ledgers and accounts from the terminal."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from flask import Flask
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

import engine
from engine import Database, EngineError, Problem, Session
from web import i18n, import_words
from web.config import ConfigRefused, from_environment
from web.errors import problem_of
from web.flaws import Flaw, flaws
from web.transaction import EXTENSION
from workflows import migrations, processes, terminal
from workflows.actors import Actor
from workflows.errors import Refusal
from workflows.imports import batches
from workflows.imports.batches import Preview, Workbook

Command = Callable[[argparse.Namespace], int]

DONE, REFUSED = 0, 1
BY = "terminal"
BREAKS = {
    "a line is missing": _l("a line is missing"),
    "a line was changed": _l("a line was changed"),
    "the end isn't the one that was written": _l("the end isn't the one that was written"),
    "an exported line is missing": _l("an exported line is missing"),
    "an exported line was changed": _l("an exported line was changed"),
}
"""Why the engine says that a chain is torn, for the terminal's language."""
STILL = _l("stands still, and nothing will move it on")
NOT_SUPPORTED = _l("not supported yet; nothing of it is touched")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks, in the terminal's language."""
    with speaking(language_of(os.environ)):
        options = parser().parse_args(arguments)
        try:
            run: Command = options.run
            return run(options)
        except ConfigRefused as refused:
            complain(*refused.reasons)
        except OSError as error:
            complain(f"{error.filename}: {error.strerror}")
        except (EngineError, Refusal) as error:
            complain(*told(error))
    return REFUSED


# -- the words ---------------------------------------------------------------------------


def language_of(environment: Mapping[str, str]) -> str:
    """Take the terminal's language: Chinese, unless it says that it speaks another."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if spoken := environment.get(name):
            return i18n.CHINESE if spoken.startswith(("zh", "C", "POSIX")) else i18n.ENGLISH
    return i18n.CHINESE


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Word everything in one language; there is no request that would say which."""
    app = Flask(__package__)
    i18n.register(app)
    with app.app_context(), force_locale(language):
        app.extensions[EXTENSION] = None
        yield


def told(error: Exception) -> list[str]:
    """Word a refusal, with the facts that an operator needs."""
    problem = problem_of(error)
    lines = [problem.title, problem.words]
    if isinstance(error, engine.Refused):
        lines += [line_of(flaw) for flaw in flaws(error.problems)]
    else:
        lines += [f"{name}: {fact}" for name, fact in getattr(error, "facts", {}).items()]
    return [line for line in lines if line]


def line_of(flaw: Flaw) -> str:
    """Tell one flaw of a diagram in one line."""
    if flaw.refuses:
        return f"  {flaw.place}: {flaw.words}"
    return "  " + _("%(place)s: warning: %(words)s", place=flaw.place, words=flaw.words)


def verdict_on(found: Sequence[Flaw]) -> str:
    """Tell in a few words what was found about a diagram."""
    errors = sum(flaw.refuses for flaw in found)
    warnings = len(found) - errors
    if not warnings:
        return _("%(count)s problems", count=errors) if errors else _("in order")
    if not errors:
        return _("in order; warnings: %(count)s", count=warnings)
    return _("problems: %(errors)s; warnings: %(warnings)s", errors=errors, warnings=warnings)


def complain(*lines: str) -> None:
    """Say what went wrong where complaints belong."""
    print(*lines, sep="\n", file=sys.stderr)


# -- the commands ------------------------------------------------------------------------


def check(options: argparse.Namespace) -> int:
    """Say what the gate would refuse about diagrams."""
    refused = False
    for file in options.files:
        found = flaws(found_in(file))
        refused = refused or any(flaw.refuses for flaw in found)
        print(f"{file}: {verdict_on(found)}")
        for flaw in found:
            print(line_of(flaw))
    return REFUSED if refused else DONE


def deploy(options: argparse.Namespace) -> int:
    """Make diagrams the newest versions of their processes."""
    with opened() as database:
        for file in options.files:
            process, version = database.write(
                partial(made_newest, xml=file.read_bytes(), file=file)
            )
            told = _("%(file)s is version %(version)s of %(process)s")
            print(told % {"file": file, "version": version, "process": process})
    return DONE


def is_table(file: Path) -> bool:
    """Tell whether a file holds decision tables rather than a diagram."""
    return file.suffix.lower() == ".dmn"


def made_newest(session: Session, xml: bytes, file: Path) -> tuple[str, int]:
    """Deploy a file; return what it is a version of, and which."""
    if is_table(file):
        table = engine.deploy_decision(session, xml, by=BY)
        return table.definitions_id, table.version
    diagram = engine.deploy(session, xml, by=BY)
    return diagram.process_id, diagram.version


def found_in(file: Path) -> list[Problem]:
    """Return all that the gate has against a file, and what could be better about it."""
    if is_table(file):
        findings = engine.check_decision(file.read_bytes())
        return [*findings.problems, *findings.warnings]
    return engine.check(file.read_bytes(), processes.registry())


def migrate(_options: argparse.Namespace) -> int:
    """Bring the database up to date."""
    with opened(as_it_is=True) as database:
        migrations.upgrade(database)
        print(_("The database is up to date (%(revision)s)", revision=migrations.revisions()[-1]))
    return DONE


def verify(options: argparse.Namespace) -> int:
    """Check the chains of the whole history, and that what was exported is still there."""
    with opened() as database, database.read() as session:
        breaks = engine.verify_history(session)
        if options.heads is not None:
            exported = options.heads.read_text(encoding="utf-8", errors="replace")
            breaks += engine.verify_heads(session, exported.splitlines())
        for each in breaks:
            print(f"{each.instance_id} #{each.at}: {BREAKS[each.reason]}")
        print(
            _("%(count)s breaks in the history", count=len(breaks))
            if breaks
            else _("The history is whole")
        )
    return REFUSED if breaks else DONE


def heads(_options: argparse.Namespace) -> int:
    """Write down where every chain ends, to be kept where nobody can change it."""
    with opened() as database, database.read() as session:
        for line in engine.heads(session):
            print(line)
    return DONE


def xes(options: argparse.Namespace) -> int:
    """Write the event log of a process, part by part."""
    with opened() as database, database.read() as session:
        for part in engine.xes(session, options.process, keys=options.key):
            sys.stdout.buffer.write(part)
    return DONE


def incidents(options: argparse.Namespace) -> int:
    """Tell what is stuck; with a number, try that again first, or skip it with a reason."""
    if options.skip is not None and not options.reason.strip():
        complain(_("Say why it is skipped: --reason TEXT"))
        return REFUSED
    with opened() as database:
        if options.retry is not None:
            database.write(lambda session: engine.retry_incident(session, options.retry, by=BY))
            print(_("Incident %(number)s was tried again", number=options.retry))
        if options.skip is not None:
            done = partial(engine.skip, incident_id=options.skip, reason=options.reason, by=BY)
            database.write(done)
            print(_("The process goes on behind incident %(number)s", number=options.skip))
        with database.read() as session:
            stuck = engine.incidents(session)
            still = engine.standing_still(session)
        for each in stuck:
            where = " ".join(part for part in (each.business_key, each.element_id) if part)
            print(f"#{each.id} {each.at:%Y-%m-%d %H:%M}Z {where} {each.kind}: {each.error}")
        for one in still:
            print(f"{one.process_id} {one.business_key} {one.id}: {STILL}")
    if stuck or still:
        return REFUSED
    print(_("Nothing is stuck"))
    return DONE


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


def import_ledger(options: argparse.Namespace) -> int:
    """Show what would become of a ledger's rows; import them once somebody agrees."""
    file: Path = options.file
    with opened() as database:
        with database.read() as session:
            actor = terminal.importer(session, options.by)
        workbook = batches.read(file.read_bytes())
        batch_id = database.write(
            lambda session: _uploaded(session, actor, file.name, workbook, options.sheet)
        )
        with database.read() as session:
            seen = batches.preview(session, actor, batch_id)
            print(*preview_lines(seen), sep="\n")
        if not seen.ready:
            return REFUSED
        if not (options.yes or agreed(len(seen.ready))):
            return DONE
        number = batches.import_now(
            database, actor.person_id, batch_id, seen.seal, partial(tell, of=len(seen.ready))
        )
        print("\n" + ngettext("One item came in", "%(num)d items came in", number))
    return DONE


def preview_lines(seen: Preview) -> Iterator[str]:
    """Tell each sheet, each row that needs a look, and how many rows there are of each kind."""
    for sheet in seen.sheets:
        taken = sheet.name == seen.table.name
        state = _("this one") if taken else _("another one") if sheet.table else NOT_SUPPORTED
        yield f"{sheet.name}: {state}"
    for row in seen.rows:
        told = [
            f"    {note['cell']} {import_words.note_words(note)}"
            for note in (*row.plain()["problems"], *row.plain()["notes"])
        ]
        parts = (f"{row.row:>5}", import_words.VERDICTS[row.verdict], row.number, row.title)
        yield "\n".join([" ".join(str(part) for part in parts if part), *told])
    for verdict, words in import_words.VERDICTS.items():
        yield f"{words}: {seen.counts.get(verdict.value, 0)}"


def agreed(number: int) -> bool:
    """Ask the person at the terminal."""
    asked = ngettext("Import one item? [y/N] ", "Import %(num)d items? [y/N] ", number)
    try:
        return input(asked).strip().casefold() in ("y", "yes", "是")
    except EOFError:  # nobody is there to answer
        return False


def tell(done: int, of: int) -> None:
    """Show how far the import has come, on one line."""
    print(f"\r{done}/{of}", end="", flush=True)


def _uploaded(
    session: Session, actor: Actor, name: str, workbook: Workbook, sheet: str | None
) -> int:
    batch = batches.upload(session, actor, name, workbook)
    if sheet is not None and sheet != batch.sheet:
        batches.choose_sheet(session, actor, batch.id, sheet, workbook.sheets)
    return batch.id


@contextmanager
def opened(*, as_it_is: bool = False) -> Iterator[Database]:
    """Open the deployment's database; one of another version is refused unless it may be."""
    config = from_environment()
    database = engine.open_database(config.database, processes.registry(), key=config.key.encode())
    try:
        if not as_it_is:
            database.check_revision(migrations.revisions())
        yield database
    finally:
        database.sql.dispose()


# -- the line itself ---------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    """Describe the command line in the terminal's language."""
    top = argparse.ArgumentParser(
        prog="duban",
        description=_("Duban from the terminal; DUBAN_DATABASE or DUBAN_DATA say which one."),
    )
    commands = top.add_subparsers(metavar="command", required=True)

    def command(name: str, run: Command, told_as: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=told_as, description=told_as)
        added.set_defaults(run=run)
        return added

    files_of(command("check", check, _("say what the gate would refuse about diagrams")))
    files_of(command("deploy", deploy, _("make diagrams the newest versions")))
    brought = command("import", import_ledger, _("bring a ledger in, after a preview"))
    brought.add_argument("file", type=Path, metavar="FILE")
    brought.add_argument("--sheet", help=_("another sheet than the first one with a header"))
    brought.add_argument("--by", metavar="LOGIN", help=_("for which supervisor it is imported"))
    brought.add_argument("--yes", action="store_true", help=_("import without asking"))
    command("migrate", migrate, _("bring the database up to date"))
    whole = command("verify", verify, _("check that nobody changed the history"))
    whole.add_argument(
        "--heads", type=Path, metavar="FILE", help=_("also miss what was cut off since this export")
    )
    command("heads", heads, _("export the ends of the history, to be kept elsewhere"))
    mined = command("xes", xes, _("export the history of a process for process mining (XES)"))
    mined.add_argument("process")
    mined.add_argument(
        "--key", action="append", help=_("only this business key; may be said several times")
    )
    stuck_of(command("incidents", incidents, _("tell what is stuck, or try it again")))
    opened_for = command("administrator", administrator, _("open an administrator's account"))
    opened_for.add_argument("login")
    opened_for.add_argument("name")
    command("password", password, _("give an account a new password")).add_argument("login")
    command("token", token, _("give an account a new token for the API")).add_argument("login")
    return top


def stuck_of(command: argparse.ArgumentParser) -> None:
    """Let a command say what is to be done about something that is stuck."""
    number = _("the number of the incident to try again")
    command.add_argument("--retry", type=int, metavar="N", help=number)
    behind = _("the number of the incident behind which the process shall go on")
    command.add_argument("--skip", type=int, metavar="N", help=behind)
    command.add_argument("--reason", default="", help=_("why it is skipped, for the history"))


def files_of(command: argparse.ArgumentParser) -> None:
    """Let a command take one file or more."""
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")


if __name__ == "__main__":
    sys.exit(main())
