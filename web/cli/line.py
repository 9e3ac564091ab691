"""The command line itself: the commands with their arguments and options."""

import argparse
from pathlib import Path
from uuid import UUID

from flask_babel import gettext as _

from web.cli import accounts, drawings, ledgers, lots, moving, past, report, running, simulating
from web.cli.ground import Command


class Line:
    """The command line, described in the terminal's language."""

    def __init__(self) -> None:
        self.parser = argparse.ArgumentParser(
            prog="duban",
            description=_("Duban from the terminal; DUBAN_DATABASE or DUBAN_DATA say which one."),
        )
        self._commands = self.parser.add_subparsers(metavar="command", required=True)
        self._add_drawings()
        self._add_ledgers()
        self._add_running()
        self._add_moving()
        self._add_past()
        self._add_accounts()
        self._add_simulating()
        self._add_reports()

    def _command(self, name: str, run: Command, told_as: str) -> argparse.ArgumentParser:
        added = self._commands.add_parser(name, help=told_as, description=told_as)
        added.set_defaults(run=run)
        return added

    def _add_drawings(self) -> None:
        told_as = _("say what the gate would refuse about diagrams")
        checked = self._command("check", drawings.check, told_as)
        deployed = self._command("deploy", drawings.deploy, _("make diagrams the newest versions"))
        deployed.add_argument("--note", required=True, help=_("why, for the history"))
        for command in (checked, deployed):
            command.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def _add_ledgers(self) -> None:
        brought = self._command(
            "import", ledgers.import_ledger, _("bring a ledger in, after a preview")
        )
        brought.add_argument("file", type=Path, metavar="FILE")
        brought.add_argument("--sheet", help=_("another sheet than the first one with a header"))
        brought.add_argument("--by", metavar="LOGIN", help=_("for which supervisor it is imported"))
        brought.add_argument("--yes", action="store_true", help=_("import without asking"))

    def _add_running(self) -> None:
        stuck = self._command(
            "incidents", running.incidents, _("tell what is stuck, or try it again")
        )
        number = _("the number of the incident to try again")
        stuck.add_argument("--retry", type=int, metavar="N", help=number)
        behind = _("the number of the incident behind which the process shall go on")
        stuck.add_argument("--skip", type=int, metavar="N", help=behind)
        stuck.add_argument("--reason", default="", help=_("why it is skipped, for the history"))
        for name, run, told_as in (
            ("suspend", running.suspend, _("let nothing move what runs under a business key")),
            ("resume", running.resume, _("let what runs under a business key go on")),
        ):
            added = self._command(name, run, told_as)
            added.add_argument("key")
            added.add_argument("--reason", required=True, help=_("why, for the history"))

    def _add_moving(self) -> None:
        told_as = _("list versions and what runs on them")
        listed = self._command("versions", moving.versions, told_as)
        listed.add_argument("process", nargs="?")
        moved = self._command(
            "move", moving.move, _("move what runs to another version, after a plan")
        )
        moved.add_argument("old", type=int, metavar="FROM", help=_("its number among the versions"))
        moved.add_argument("new", type=int, metavar="TO", help=_("its number among the versions"))
        renamed = _("an element that has another id in the new version")
        moved.add_argument("--rename", action="append", default=[], metavar="OLD=NEW", help=renamed)
        moved.add_argument("--reason", required=True, help=_("why, for the history"))
        moved.add_argument("--yes", action="store_true", help=_("move without asking"))
        self._command(
            "take-back", moving.take_back, _("take the move of one instance back")
        ).add_argument("instance", type=UUID)
        replayed = self._command(
            "replay", moving.replay, _("play past instances on another version; nothing changes")
        )
        replayed.add_argument("definition", type=int, metavar="VERSION")
        _add_keys(replayed)

    def _add_past(self) -> None:
        whole = self._command("verify", past.verify, _("check that nobody changed the history"))
        cut = _("also miss what was cut off since this export")
        whole.add_argument("--heads", type=Path, metavar="FILE", help=cut)
        kept = _("export the ends of the history, to be kept elsewhere")
        self._command("heads", past.heads, kept)
        told_as = _("draw the lots of revisits again, and tell whether they come out the same")
        redrawn = self._command("lots", lots.lots, told_as)
        one = _("one sample only, line by line")
        redrawn.add_argument("sample", nargs="?", type=int, metavar="SAMPLE", help=one)
        mined = self._command(
            "xes", past.xes, _("export the history of a process for process mining (XES)")
        )
        mined.add_argument("process")
        _add_keys(mined)

    def _add_accounts(self) -> None:
        self._command("migrate", accounts.migrate, _("bring the database up to date"))
        opened = self._command(
            "administrator", accounts.administrator, _("open an administrator's account")
        )
        opened.add_argument("login")
        opened.add_argument("name")
        for name, run, told_as in (
            ("password", accounts.password, _("give an account a new password")),
            ("token", accounts.token, _("give an account a new token for the API")),
        ):
            self._command(name, run, told_as).add_argument("login")

    def _add_simulating(self) -> None:
        told_as = _("let a year of an office with forty units go by, in a database of its own")
        played = self._command("simulate", simulating.simulate, told_as)
        played.add_argument("--into", type=Path, required=True, metavar="DIR")
        played.add_argument("--seed", type=int, default=1, help=_("the same seed, the same habits"))
        played.add_argument("--items", type=int, default=600, help=_("how many matters come"))
        played.add_argument("--year", type=int, default=2019)

    def _add_reports(self) -> None:
        told_as = _("write a summary of the office's work, each figure with its rows")
        kinds = self._commands.add_parser("report", help=told_as, description=told_as)
        spans = kinds.add_subparsers(metavar="span", required=True)
        for name, run, told, part in (
            ("annual", report.annual, _("of a year, with the plan of the next"), None),
            ("quarterly", report.quarterly, _("of a quarter"), ("quarter", range(1, 5))),
            ("monthly", report.monthly, _("of a month"), ("month", range(1, 13))),
        ):
            written = spans.add_parser(name, help=told, description=told)
            written.set_defaults(run=run)
            written.add_argument("--year", type=int, required=True)
            if part is not None:
                written.add_argument(f"--{part[0]}", type=int, required=True, choices=part[1])
            written.add_argument("--out", type=Path, metavar="FILE", help=_("a .docx or .pdf file"))
            written.add_argument("--by", metavar="LOGIN", help=_("who writes it"))
            written.add_argument("--anew", action="store_true", help=_("freeze the ledger anew"))
            written.add_argument(
                "--every-row", action="store_true", help=_("list every row in the annex")
            )


def _add_keys(command: argparse.ArgumentParser) -> None:
    """Let a command be about some business keys only."""
    told_as = _("only this business key; may be said several times")
    command.add_argument("--key", action="append", metavar="KEY", help=told_as)
