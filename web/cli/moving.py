"""Versions: what runs on them, moved to another one, and replayed on it."""

import argparse
from collections import Counter
from functools import partial

from flask_babel import gettext as _
from flask_babel import ngettext

import engine
from engine import Migrated, MigrationPlan, Stays
from web.cli.ground import BY, DONE, REFUSED, agreed, opened, tell
from web.words.migrations import REPLAYS, WORDS


def versions(options: argparse.Namespace) -> int:
    """List the versions of a process, or of all, with what runs on each."""
    with opened() as database, database.read() as session:
        for load in engine.loads(session, options.process):
            ended = load.completed + load.cancelled
            print(
                f"#{load.definition_id} {load.process_id} {load.version}: "
                + _("%(running)s running, %(ended)s ended", running=load.running, ended=ended)
            )
    return DONE


def move(options: argparse.Namespace) -> int:
    """Tell what would move to another version and what stays; move it once somebody agrees."""
    renamed = dict(one.split("=", 1) for one in options.rename if "=" in one)
    way = {"from_id": options.old, "to_id": options.new, "renamed": renamed}
    with opened() as database:
        with database.read() as session:
            plan = engine.plan_migration(session, **way)
        print(*plan_lines(plan), sep="\n")
        number = len(plan.moves)
        if not number:
            return REFUSED
        asked = ngettext("Move one? [y/N] ", "Move %(num)d? [y/N] ", number)
        if not (options.yes or agreed(asked)):
            return DONE
        done = engine.migrate_all(database, **way, by=BY, reason=options.reason, progress=_seen)
        print("\n" + ngettext("One was moved", "%(num)d were moved", done.moved))
    return DONE


def take_back(options: argparse.Namespace) -> int:
    """Take back the move of one instance, as long as it hasn't gone on."""
    with opened() as database:
        work = partial(engine.unmigrate, instance_id=options.instance, by=BY)
        database.write(work)
        print(_("It is on its old version again"))
    return DONE


def replay(options: argparse.Namespace) -> int:
    """Play past instances on another version; nothing is changed."""
    with opened() as database, database.read() as session:
        found = engine.replay(session, options.definition, keys=options.key)
    for one in found:
        way = one.found
        facts = {"was": way.was, "would": way.would, "reason": way.detail}
        words = [REPLAYS[way.way.value]]
        if way.reason is not None and way.reason in REPLAYS:
            words.append(REPLAYS[way.reason])
        print(f"{one.business_key}: " + " ".join(str(each) % facts for each in words))
    for kind, number in Counter(one.found.way for one in found).items():
        print(f"{kind.value}: {number}")
    return DONE


def plan_lines(plan: MigrationPlan) -> list[str]:
    """Tell what would move, and why the rest stays."""
    told = [_("%(moves)s move, %(stays)s stay", moves=len(plan.moves), stays=len(plan.stays))]
    return told + [
        f"  {one.business_key} {one.instance_id}: {why(one.reason)}"
        for one in plan.stays
        if one.reason is not None
    ]


def why(reason: Stays) -> str:
    """Word why an instance stays on its version."""
    facts = {**reason.facts, "element": reason.element_name or reason.element_id or ""}
    return str(WORDS[reason.code]) % facts


def _seen(told: Migrated) -> None:
    tell(told.seen, told.total)
