"""The names in a summary that are no figures: of the city, its newspaper, what was followed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from engine import Session
from workflows import figures, settings
from workflows.actors import Actor
from workflows.documents import chinese
from workflows.figures import Row
from workflows.ladder.bases import bases
from workflows.publications.first import span_words
from workflows.tables import Snapshot

MOST_FOLLOWED = 10
PUSHED = ("urges", "returns", "revisits")
"""What shows that the office stayed with an item."""
PRAISED = ("praise_office", "persons_commended")
NONE = "——"


def values_of(session: Session, actor: Actor, snapshot: Snapshot) -> Mapping[str, str]:
    """Return what stands for each name in a summary's template; an unknown one is left out."""
    span, year = figures.span_of(snapshot), snapshot.last.year

    def rows(name: str) -> Sequence[Row]:
        return figures.frozen_rows(session, actor, snapshot.id, name)

    found = {
        "span": span_words(span),
        "first_day": chinese(snapshot.first),
        "last_day": chinese(snapshot.stood_on),
        "year": f"{year}",
        "next_year": f"{year + 1}",
        "office": settings.text(session, "office.name"),
        "bases": "".join(each.title for each in bases(session, in_force=True)),
        "stations": settings.text(session, "summary.stations") or _titles(rows("station_months")),
        "honours": _titles(rows("honours_office")) or (NONE if any(map(rows, PRAISED)) else ""),
        "followed": "、".join(_followed(rows("items_closed"), map(rows, PUSHED))),
        **{
            name: settings.text(session, f"summary.{name}")
            for name in ("city_short", "newspaper", "television", "wechat_group")
        },
        "assessment_rules": settings.text(session, "summary.assessment_rules"),
    }
    return {name: words for name, words in found.items() if words}


def _titles(rows: Iterable[Row]) -> str:
    return "、".join(dict.fromkeys(row.title for row in rows))


def _followed(closed: Iterable[Row], deeds: Iterable[Sequence[Row]]) -> list[str]:
    """Name the closed items that took the most urging, sending back and visiting."""
    pushes = Counter(row.number for rows in deeds for row in rows if row.number)
    pushed = [row for row in closed if pushes[row.number]]
    ranked = sorted(pushed, key=lambda row: (-pushes[row.number], row.number))
    return list(dict.fromkeys(row.title for row in ranked))[:MOST_FOLLOWED]
