"""Words of supervision actions: their states, the joint parties, the kinds of letters."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from flask.sansio.app import App
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from workflows.calendar import office_day
from workflows.tables import ActionState, LetterKind, Party

WORDS: Mapping[StrEnum, LazyString] = {
    ActionState.PLANNED: _l("planned"),
    ActionState.DONE: _l("carried out"),
    ActionState.CALLED_OFF: _l("called off"),
    Party.PARTY_COMMITTEE: _l("Office of the party committee"),
    Party.NPC: _l("People's Congress"),
    Party.CPPCC: _l("Political Consultative Conference"),
    Party.DISCIPLINE: _l("Discipline commission"),
    Party.MEDIA: _l("Media"),
    Party.DEPARTMENT: _l("Departments"),
    LetterKind.POINT_TO_POINT: _l("Point-to-point letter"),
    LetterKind.HIGH_LEVEL: _l("High-level letter"),
}

TONES: Mapping[ActionState, str] = {
    ActionState.PLANNED: "now",
    ActionState.DONE: "green",
    ActionState.CALLED_OFF: "line",
}


def action_word(value: StrEnum) -> str:
    """Return the word of a state, a party or a kind of letter."""
    return str(WORDS[value])


def party_word(value: str) -> str:
    """Return what a joint party is called."""
    return str(WORDS[Party(value)])


def action_tone(state: ActionState) -> str:
    """Return the tone of an action's chip."""
    return TONES[state]


def cn_day(day: date | datetime) -> str:
    """Write a day as letters do, whoever reads them: 2020年3月2日."""
    day = office_day(day) if isinstance(day, datetime) else day
    return f"{day.year}年{day.month}月{day.day}日"


def register(app: App) -> None:
    """Teach the templates these words."""
    app.jinja_env.filters.update(
        action_word=action_word, party_word=party_word, action_tone=action_tone, cn_day=cn_day
    )
