"""Lots: every sample and every drawn revisit, drawn again from what is recorded."""

import argparse
from collections.abc import Iterable

from flask_babel import gettext as _

from web.cli.ground import DONE, REFUSED, complain, opened
from workflows import revisits
from workflows.errors import SampleUnknown
from workflows.revisits import Redrawn


def lots(options: argparse.Namespace) -> int:
    """Draw one sample again, line by line, or all samples and lots, and tell what differs."""
    with opened() as database, database.read() as session:
        if options.sample is None:
            samples = revisits.redraw_samples(session)
            drawn = [each for lines in samples.values() for each in lines]
            drawn += revisits.redraw_lots(session)
            told = _("%(samples)s samples, %(lots)s lots", samples=len(samples), lots=len(drawn))
            return _verdict(told, [each for each in drawn if not each.holds])
        try:
            lines = revisits.redraw_sample(session, options.sample)
        except SampleUnknown:
            complain(_("There is no sample %(number)s.", number=options.sample))
            return REFUSED
        for each in lines:
            print(_line(each))
        told = _("sample %(number)s, %(lots)s lots", number=options.sample, lots=len(lines))
        return _verdict(told, [each for each in lines if not each.holds])


def _line(each: Redrawn) -> str:
    said = _("drawn") if each.drawn else _("passed over")
    again = "" if each.holds else _(", which doesn't come out again")
    return f"{each.item.number or each.item.id}  {each.weight:g}  {each.seed}  {said}{again}"


def _verdict(told: str, wrong: Iterable[Redrawn]) -> int:
    differing = [_line(each) for each in wrong]
    if differing:
        print(_("%(told)s: %(count)s don't come out again", told=told, count=len(differing)))
        complain(*differing)
        return REFUSED
    print(_("%(told)s: all come out the same", told=told))
    return DONE
