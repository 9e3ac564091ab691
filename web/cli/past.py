"""The history: whole or torn, exported, and mined."""

import argparse
import sys

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

import engine
from web.cli.ground import DONE, REFUSED, opened

BREAKS = {
    "a line is missing": _l("a line is missing"),
    "a line was changed": _l("a line was changed"),
    "the end isn't the one that was written": _l("the end isn't the one that was written"),
    "an exported line is missing": _l("an exported line is missing"),
    "an exported line was changed": _l("an exported line was changed"),
}
"""Why the engine says that a chain is torn, for the terminal's language."""


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
