"""The figures of the heat map in words: cells, tags on the picture, bottlenecks as sentences."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from flask.sansio.app import App
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from web.moments import iso_day
from web.words import name_of
from workflows.heat import Figure, Heat, Spot

DAY = 86_400
LEVELS = 5
BUSY_SHARE, FEWEST, OFTEN = 0.1, 3, 0.1
"""From which share of all waiting, how many visits and how often something is worth a sentence."""
MOST = 5

HEADS: Mapping[str, LazyString] = {
    "name": _l("Step"),
    "now": _l("Waiting now"),
    "now_late": _l("late of them"),
    "oldest": _l("Longest since"),
    "ended": _l("Passed"),
    "median": _l("Median"),
    "p90": _l("90 % within"),
    "average": _l("Average"),
    "share": _l("Share of all waiting"),
    "late": _l("Done late"),
    "returned": _l("Sent back"),
    "repeated": _l("Came again"),
}
SHOWS: Mapping[str, LazyString] = {
    "now": _l("Waiting now"),
    "median": _l("Median wait"),
    "p90": _l("90 % within"),
    "late": _l("Done late"),
    "returned": _l("Sent back"),
    "repeated": _l("Came again"),
}
FIGURES: Mapping[str, LazyString] = {
    "now": _l("What waits there now"),
    "ended": _l("What was done there"),
    "late": _l("What was done late there"),
    "returned": _l("What was sent back there"),
    "repeated": _l("What came there again"),
}


class Sentence(NamedTuple):
    """A bottleneck in words, the element it is about, and the figure that shows it."""

    words: str
    spot: Spot
    figure: Figure
    hot: bool


def register(app: App) -> None:
    """Teach the templates these words."""
    app.jinja_env.filters.update(working_days=working_days, heat_cell=cell, share_words=share)
    app.jinja_env.globals.update(heat_heads=HEADS, heat_shows=SHOWS)


def working_days(seconds: float | None) -> str:
    """Write a working time as days, with one decimal: 4.2."""
    if seconds is None:
        return "—"
    days = seconds / DAY
    return "<0.1" if 0 < days < 0.05 else f"{days:.1f}"  # noqa: PLR2004 (half of what is shown)


def share(part: float | None) -> str:
    """Write a part of a whole: 31%."""
    return "—" if part is None else f"{part:.0%}"


def spot_name(spot: Spot) -> str:
    """Return what an element is called in the reader's language; without a name, its id."""
    return name_of(spot) or spot.id


CELLS: Mapping[str, Callable[[Spot], str]] = {
    "name": spot_name,
    "now": lambda spot: str(spot.heat.now_items),
    "now_late": lambda spot: str(spot.heat.now_late),
    "oldest": lambda spot: iso_day(spot.heat.oldest) if spot.heat.oldest else "—",
    "ended": lambda spot: str(spot.heat.ended),
    "median": lambda spot: working_days(spot.heat.median),
    "p90": lambda spot: working_days(spot.heat.p90),
    "average": lambda spot: working_days(spot.heat.average),
    "share": lambda spot: share(spot.share),
    "late": lambda spot: _counted(spot.heat.late, spot.heat.late_share),
    "returned": lambda spot: _counted(spot.heat.returned, spot.heat.returned_share),
    "repeated": lambda spot: str(spot.heat.repeated),
}
VALUES: Mapping[str, Callable[[Spot], float | str]] = {
    "name": spot_name,
    "now": lambda spot: spot.heat.now_items,
    "now_late": lambda spot: spot.heat.now_late,
    "oldest": lambda spot: -spot.heat.oldest.timestamp() if spot.heat.oldest else float("-inf"),
    "ended": lambda spot: spot.heat.ended,
    "median": lambda spot: spot.heat.median or 0.0,
    "p90": lambda spot: spot.heat.p90 or 0.0,
    "average": lambda spot: spot.heat.average or 0.0,
    "share": lambda spot: spot.share or 0.0,
    "late": lambda spot: spot.heat.late_share or 0.0,
    "returned": lambda spot: spot.heat.returned_share or 0.0,
    "repeated": lambda spot: spot.heat.repeated,
}
TAGS: Mapping[str, Callable[[Spot], str]] = {
    "now": lambda spot: ngettext("one item", "%(num)d items", spot.heat.now_items),
    "median": lambda spot: _("%(days)s d", days=working_days(spot.heat.median)),
    "p90": lambda spot: _("%(days)s d", days=working_days(spot.heat.p90)),
    "late": lambda spot: share(spot.heat.late_share),
    "returned": lambda spot: share(spot.heat.returned_share),
    "repeated": lambda spot: ngettext("once", "%(num)d times", spot.heat.repeated),
}


def cell(spot: Spot, column: str) -> str:
    """Return what the table says of an element in one column."""
    return CELLS[column](spot)


def in_order(spots: Sequence[Spot], column: str, *, rising: bool) -> list[Spot]:
    """Sort elements by a column; the first time what is most comes first."""
    return sorted(spots, key=VALUES[column], reverse=(column != "name") ^ rising)


def levels(spots: Sequence[Spot], show: str) -> Mapping[str, int]:
    """Return how hot each element is by a figure, from 1 to 5; one without it isn't there."""
    known = {spot.id: float(VALUES[show](spot)) for spot in spots if spot.drawn}
    most = max(known.values(), default=0.0)
    return {
        element: min(LEVELS, max(1, ceil(LEVELS * value / most)))
        for element, value in known.items()
        if value > 0 and most > 0
    }


def bottlenecks(spots: Sequence[Spot]) -> list[Sentence]:
    """Tell in sentences where it sticks, what matters most first."""
    return [*_slow(spots), *_standing(spots), *_late(spots), *_returning(spots)][:MOST]


def _slow(spots: Sequence[Spot]) -> Iterator[Sentence]:
    busy = [spot for spot in spots if (spot.share or 0) >= BUSY_SHARE and spot.heat.ended >= FEWEST]
    for spot in in_order(busy, "share", rising=False)[:2]:
        words = _(
            "%(step)s takes %(days)s working days on average, %(share)s of all waiting",
            step=spot_name(spot),
            days=working_days(spot.heat.average),
            share=share(spot.share),
        )
        yield Sentence(words, spot, Figure.ENDED, hot=False)


def _standing(spots: Sequence[Spot]) -> Iterator[Sentence]:
    late = [spot for spot in spots if spot.heat.now_late]
    for spot in in_order(late, "now_late", rising=False)[:1]:
        words = _(
            "%(count)s wait at %(step)s now, %(late)s of them past their day, the longest since "
            "%(day)s",
            count=spot.heat.now,
            step=spot_name(spot),
            late=spot.heat.now_late,
            day=iso_day(spot.heat.oldest),
        )
        yield Sentence(words, spot, Figure.NOW, hot=True)


def _late(spots: Sequence[Spot]) -> Iterator[Sentence]:
    late = [spot for spot in spots if spot.heat.late >= FEWEST and _often(spot.heat.late_share)]
    for spot in in_order(late, "late", rising=False)[:1]:
        words = _(
            "%(step)s is done late %(share)s of the time (%(late)s of %(all)s)",
            step=spot_name(spot),
            share=share(spot.heat.late_share),
            late=spot.heat.late,
            all=spot.heat.dated,
        )
        yield Sentence(words, spot, Figure.LATE, hot=True)


def _returning(spots: Sequence[Spot]) -> Iterator[Sentence]:
    back = [
        spot for spot in spots if spot.heat.returned >= FEWEST and _often(spot.heat.returned_share)
    ]
    for spot in in_order(back, "returned", rising=False)[:1]:
        words = _(
            "%(step)s sends back %(share)s of what comes (%(back)s of %(all)s)",
            step=spot_name(spot),
            share=share(spot.heat.returned_share),
            back=spot.heat.returned,
            all=spot.heat.ended,
        )
        yield Sentence(words, spot, Figure.RETURNED, hot=False)


def tag(spot: Spot, show: str) -> str:
    """Return what stands on an element of the picture."""
    return TAGS[show](spot)


def title(heat: Heat) -> str:
    """Tell all of an element's figures in a line, for whoever points at it."""
    return _(
        "%(now)s waiting now, %(late_now)s of them late. %(ended)s passed: median %(median)s, "
        "90 %% within %(p90)s working days; late %(late)s, sent back %(back)s.",
        now=heat.now_items,
        late_now=heat.now_late,
        ended=heat.ended,
        median=working_days(heat.median),
        p90=working_days(heat.p90),
        late=share(heat.late_share),
        back=share(heat.returned_share),
    )


def _counted(number: int, part: float | None) -> str:
    return f"{number} ({share(part)})" if part else str(number)


def _often(part: float | None) -> bool:
    return part is not None and part >= OFTEN
