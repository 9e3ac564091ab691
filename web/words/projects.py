"""Key projects in the reader's words: money, points, months, and the chart's own geometry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from flask.sansio.app import App
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.i18n import ENGLISH, LOCALES, language
from web.moments import iso_day
from web.words import light_word, name_of
from workflows.lights import Light
from workflows.projects.overview import ProjectLine, Standing
from workflows.projects.progress import Row, Year
from workflows.tables import MilestoneState, ProjectType

TYPES: dict[ProjectType, LazyString] = {
    ProjectType.NEW: _l("New project"),
    ProjectType.CONTINUED: _l("Continued project"),
}
STATES: dict[MilestoneState, LazyString] = {
    MilestoneState.OPEN: _l("To be reached"),
    MilestoneState.CLAIMED: _l("To be reviewed"),
    MilestoneState.DONE: _l("Reached"),
}

HEADS: dict[str, LazyString] = {
    "number": _l("Number"),
    "title": _l("Project"),
    "unit": _l("Lead unit"),
    "type": _l("Type of project"),
    "investment": _l("Total investment"),
    "planned": _l("Planned this year"),
    "done": _l("Completed this year"),
    "share": _l("Share of the year"),
    "behind": _l("Points behind"),
    "node": _l("Current milestone"),
    "ends_on": _l("Planned completion"),
    "problems": _l("Problems"),
    "light": _l("Light"),
}
"""The columns of the ledger of projects; money in 万元."""

ZERO = Decimal(0)
WIDE, HIGH = 470, 270
LEFT, RIGHT, TOP, BOTTOM = 64, 8, 12, 24
LINES = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One month's end on a line of the chart."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Where everything of the chart stands, in its own units."""

    planned: Sequence[Point]
    done: Sequence[Point]
    levels: Sequence[tuple[float, Decimal]]
    months: Sequence[tuple[float, int]]
    now: float | None
    words: str
    wide: int = WIDE
    high: int = HIGH
    left: int = LEFT
    right: int = WIDE - RIGHT
    top: int = TOP
    bottom: int = HIGH - BOTTOM

    @property
    def planned_path(self) -> str:
        """Return the line of the plan."""
        return path(self.planned)

    @property
    def done_path(self) -> str:
        """Return the line of what was completed."""
        return path(self.done)


def path(points: Sequence[Point]) -> str:
    """Return points as a polyline's."""
    return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in points)


def chart(year: Year, rows: Sequence[Row], day: date) -> Chart:
    """Draw a year: the plan and what was completed, both added up month by month."""
    top = max([year.planned, *(row.planned_so_far for row in rows), rows[-1].done_so_far])
    top = top or Decimal(1)
    step = (WIDE - LEFT - RIGHT) / len(rows)

    def across(month: float) -> float:
        return round(LEFT + step * month, 1)

    def up(amount: Decimal) -> float:
        return round(float(HIGH - BOTTOM - amount / top * (HIGH - BOTTOM - TOP)), 1)

    last = _last_told(year, rows, day)
    share = year.share(year.done)
    return Chart(
        planned=[Point(across(0), up(Decimal(0)))]
        + [Point(across(row.month), up(row.planned_so_far)) for row in rows],
        done=[Point(across(0), up(year.carried))]
        + [Point(across(row.month), up(row.done_so_far)) for row in rows[:last]],
        levels=[(up(top * number / LINES), top * number / LINES) for number in range(LINES + 1)],
        months=[(across(row.month - 0.5), row.month) for row in rows],
        now=_now(year, day, across),
        words=_(
            "%(done)s of %(planned)s completed, %(share)s%%",
            done=money(year.done),
            planned=money(year.planned),
            share=points(share),
        ),
    )


def _last_told(year: Year, rows: Sequence[Row], day: date) -> int:
    """Return the month up to which the line of what was completed is drawn."""
    if day.year > year.year:
        return len(rows)
    told = [row.month for row in rows if row.done is not None]
    begun = day.month - 1 if day.year == year.year else 0
    return max([begun, *told])


def _now(year: Year, day: date, across: Callable[[float], float]) -> float | None:
    if day.year != year.year:
        return None
    first, last = date(year.year, 1, 1), date(year.year, 12, 31)
    return across(12 * (day - first).days / ((last - first).days + 1))


def project_light(standing: Standing) -> str:
    """Say why a project's light is what it is: by its limit, by its money, by its milestones."""
    if standing.light not in (Light.RED, Light.YELLOW):
        return light_word(standing.light)
    if standing.missed:
        return _("Milestone missed")
    year_behind = points(standing.behind)
    if standing.behind >= 1:
        return _("%(points)s points behind", points=year_behind)
    return light_word(standing.light)


def level(amount: Decimal) -> str:
    """Write an amount beside the chart: whole, but for small ones."""
    return f"{amount:,.0f}" if amount >= LINES or not amount else f"{amount:,.1f}"


def name_of_fact(fact: Mapping[str, str]) -> str:
    """Return the name of a milestone that an agenda has kept."""
    return fact["name_en"] or fact["name"] if language() == ENGLISH else fact["name"]


def cell(column: str, line: ProjectLine) -> str:
    """Return a cell of the ledger of projects as a workbook has it."""
    standing, project = line.standing, line.project
    cells: dict[str, str] = {
        "number": line.item.number,
        "title": line.item.title,
        "unit": line.unit.name if line.unit else "",
        "type": project_type(project.type),
        "investment": money(project.investment),
        "planned": money(standing.planned),
        "done": money(standing.done),
        "share": points(standing.share),
        "behind": points(standing.behind),
        "node": name_of(standing.current) if standing.current else "",
        "ends_on": iso_day(project.ends_on),
        "problems": line.item.problems,
        "light": light_word(standing.light),
    }
    return cells[column]


def money(amount: Decimal | None) -> str:
    """Write an amount of 万元 with separators; hundredths only where there are some."""
    if amount is None:
        return ""
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.2f}"


def plain_money(amount: Decimal | None) -> str:
    """Write an amount as a form takes it."""
    return money(amount).replace(",", "")


def points(share: Decimal) -> str:
    """Write percents or points with one place."""
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}"


def bar_width(share: Decimal) -> int:
    """Return a share as the whole percent that a bar has room for."""
    return max(0, min(100, round(share)))


def month_name(month: int) -> str:
    """Write a month: 3月, or Mar."""
    return format_date(date(2000, month, 1), "MMM", locale=LOCALES[language()])


def year_month(year: int, month: int) -> str:
    """Write a month with its year."""
    pattern = "MMM y" if language() == ENGLISH else "y年M月"
    return format_date(date(year, month, 1), pattern, locale=LOCALES[language()])


def project_type(kind: ProjectType) -> str:
    """Return a type of project."""
    return str(TYPES[kind])


def project_type_choices() -> list[tuple[str, str]]:
    """Return every type of project with its word, to choose from."""
    return [(kind.value, str(words)) for kind, words in TYPES.items()]


def recent_months(day: date, count: int = 3) -> list[tuple[str, str]]:
    """Return the last months up to a day, to choose from; the latest first."""
    months = [divmod(day.year * 12 + day.month - 1 - back, 12) for back in range(count)]
    return [(f"{year}-{month + 1}", year_month(year, month + 1)) for year, month in months]


def node_state(state: MilestoneState) -> str:
    """Return where a milestone stands."""
    return str(STATES[state])


def register(app: App) -> None:
    """Teach the templates these words."""
    app.jinja_env.filters.update(
        money=money,
        level=level,
        name_of_fact=name_of_fact,
        plain_money=plain_money,
        points=points,
        bar_width=bar_width,
        month_name=month_name,
        project_type=project_type,
        node_state=node_state,
    )
    app.jinja_env.globals.update(
        money_chart=chart,
        project_light=project_light,
        project_heads=HEADS,
        year_month=year_month,
        project_type_choices=project_type_choices,
        recent_months=recent_months,
    )
