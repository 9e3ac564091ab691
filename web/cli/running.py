"""What runs: what is stuck, and what an administrator does about it by hand."""

import argparse
from collections.abc import Callable
from functools import partial
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

import engine
from engine import Database, Session
from web.cli.ground import BY, DONE, REFUSED, complain, opened
from workflows import suspending

STILL = _l("stands still, and nothing will move it on")


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


def suspend(options: argparse.Namespace) -> int:
    """Let nothing move what runs under a business key."""
    with opened() as database:
        return _each(database, options, suspending.suspend, _("%(count)s suspended"))


def resume(options: argparse.Namespace) -> int:
    """Let what runs under a business key go on."""
    with opened() as database:
        return _each(database, options, suspending.resume, _("%(count)s resumed"))


def _each(
    database: Database, options: argparse.Namespace, verb: Callable[..., None], done: str
) -> int:
    """Do something to every instance of a key that nobody has called; it takes its own along."""
    found = database.write(lambda session: _running(session, options.key))
    for instance_id in found:
        work = partial(verb, instance_id=instance_id, reason=options.reason, by=BY)
        database.write(work)
    if not found:
        complain(_("Nothing runs under %(key)s", key=options.key))
        return REFUSED
    print(done % {"count": len(found)})
    return DONE


def _running(session: Session, key: str) -> list[UUID]:
    found = engine.instances(session, key)
    return [one.id for one in found if one.ended_at is None and one.parent_id is None]
