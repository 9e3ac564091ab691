"""Diagrams and decision tables: checked and deployed."""

import argparse
from functools import partial
from pathlib import Path

from flask_babel import gettext as _

import engine
from engine import Problem, Session
from web.cli.ground import BY, DONE, REFUSED, opened
from web.cli.wording import line_of, verdict_on
from web.flaws import flaws
from workflows.drawings import check_file, deploy_at_terminal


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
            work = partial(made_newest, xml=file.read_bytes(), file=file, note=options.note)
            process, version = database.write(work)
            told = _("%(file)s is version %(version)s of %(process)s")
            print(told % {"file": file, "version": version, "process": process})
    return DONE


def is_table(file: Path) -> bool:
    """Tell whether a file holds decision tables rather than a diagram."""
    return file.suffix.lower() == ".dmn"


def made_newest(session: Session, xml: bytes, file: Path, note: str) -> tuple[str, int]:
    """Deploy a file; return what it is a version of, and which."""
    if is_table(file):
        table = engine.deploy_decision(session, xml, by=BY)
        return table.definitions_id, table.version
    diagram = deploy_at_terminal(session, xml, note)
    return diagram.process_id, diagram.version


def found_in(file: Path) -> list[Problem]:
    """Return all that the gate has against a file, and what could be better about it."""
    if is_table(file):
        findings = engine.check_decision(file.read_bytes())
        return [*findings.problems, *findings.warnings]
    return check_file(file.read_bytes())
