"""Serials 刊物: the five of the house, those that an administrator adds, and their numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine import Session, now
from workflows import numbers, rules
from workflows.calendar import today
from workflows.errors import ChangedMeanwhile, ChoiceUnknown, SerialRefused, SerialUnknown
from workflows.rules import Acting
from workflows.tables import (
    Audience,
    Publication,
    PublicationKind,
    PublicationState,
    Role,
    Serial,
)

NOTICE, AFFAIRS, CIRCULAR, SPECIAL, INSTRUCTIONS = (
    "notice",
    "affairs",
    "circular",
    "special",
    "instructions",
)
STYLE: Final = "〔{year}〕第{number}期"
NAME: Final = re.compile(r"[a-z][a-z_]{1,28}[a-z]")
TITLE, TITLE_EN, STYLED = 40, 80, 60

SHIPPED: tuple[tuple[str, str, str, Audience], ...] = (
    (NOTICE, "督查通知", "Supervision Notice", Audience.UNITS),
    (AFFAIRS, "政务督查", "Government Supervision", Audience.EVERYBODY),
    (CIRCULAR, "督查工作通报", "Supervision Circular", Audience.EVERYBODY),
    (SPECIAL, "督查专报", "Special Report", Audience.LEADERS),
    (INSTRUCTIONS, "领导批示", "Leaders' Instructions", Audience.UNITS),
)
"""The serials of the seed: name, head, English name, whom they are for."""

KINDS: Mapping[str, tuple[PublicationKind, ...]] = MappingProxyType(
    {
        NOTICE: (PublicationKind.NOTICE,),
        AFFAIRS: (PublicationKind.AFFAIRS,),
        CIRCULAR: (
            PublicationKind.MONTHLY,
            PublicationKind.QUARTERLY,
            PublicationKind.CIRCULAR,
        ),
        SPECIAL: (PublicationKind.SPECIAL,),
        INSTRUCTIONS: (PublicationKind.INSTRUCTION,),
    }
)
"""What appears in each of them; a slip comes from the ladder alone."""

ELSEWHERE = (PublicationKind.AFFAIRS, PublicationKind.CIRCULAR, PublicationKind.SPECIAL)
"""What may appear in a serial that an office has added."""


def seed_serials(session: Session) -> None:
    """Write the serials of the house where there are none; who does so meanwhile is waited for."""
    if session.scalars(select(Serial.name).limit(1)).first() is not None:
        return
    rows = [
        {
            "name": name,
            "title": title,
            "title_en": title_en,
            "number_style": STYLE,
            "audience": audience,
            "position": place,
        }
        for place, (name, title, title_en, audience) in enumerate(SHIPPED)
    ]
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql_insert if on_postgresql else sqlite_insert
    session.execute(insert(Serial).on_conflict_do_nothing(), rows)


def serials(session: Session, *, active: bool = False) -> Sequence[Serial]:
    """Return the serials in their order: all, or those in which something may appear."""
    wanted = select(Serial).order_by(Serial.position, Serial.name)
    return session.scalars(wanted.where(Serial.active) if active else wanted).all()


def serial_named(session: Session, name: str) -> Serial:
    """Return a serial; those of the house are there from the first time that one is asked for."""
    found = session.get(Serial, name)
    if found is None and name in KINDS:
        seed_serials(session)
        found = session.get(Serial, name)
    if found is None:
        raise SerialUnknown(name)
    return found


def kinds_of(serial: Serial) -> tuple[PublicationKind, ...]:
    """Return what appears in a serial."""
    return KINDS.get(serial.name, ELSEWHERE)


# -- changing them ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SerialText:
    """What an administrator says of a serial."""

    title: str
    title_en: str
    number_style: str
    audience: str
    active: bool = True


def add_serial(session: Session, actor: Acting, name: str, text: SerialText) -> Serial:
    """Add a serial of the office's own."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    if not NAME.fullmatch(name):
        raise SerialRefused("name")
    if session.get(Serial, name) is not None:
        raise SerialRefused("taken", name=name)
    made = Serial(name=name, position=len(serials(session)))
    _describe(session, made, text)
    session.add(made)
    session.flush()
    return made


def change_serial(
    session: Session, actor: Acting, name: str, version: int, text: SerialText
) -> Serial:
    """Change how a serial is called and numbered; what was issued stays as it was printed."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    serial = serial_named(session, name)
    if serial.version != version:
        raise ChangedMeanwhile(serial.title)
    _describe(session, serial, text)
    session.flush()
    return serial


def _describe(session: Session, serial: Serial, text: SerialText) -> None:
    title = rules.must_say("title", text.title, TITLE)
    title_en, style = text.title_en.strip(), rules.must_say("number_style", text.number_style)
    rules.must_fit("title_en", title_en, TITLE_EN)
    rules.must_fit("number_style", style, STYLED)
    if text.audience not in set(Audience):
        raise ChoiceUnknown("audience", text.audience, tuple(Audience))
    twin = select(Serial.name).where(Serial.title == title, Serial.name != serial.name)
    if session.scalars(twin).first() is not None:
        raise SerialRefused("title_taken", title=title)
    serial.title, serial.title_en, serial.number_style = title, title_en, _styled(style)
    serial.audience, serial.active = Audience(text.audience), text.active


def _styled(style: str) -> str:
    """Return the way of writing a number; it must hold the year and the number, nothing else."""
    if style.count("{year}") != 1 or style.count("{number}") != 1:
        raise SerialRefused("style")
    if set(style.replace("{year}", "").replace("{number}", "")) & set("{}"):
        raise SerialRefused("style")
    return style


# -- numbers ------------------------------------------------------------------------------


def put_out(session: Session, publication: Publication, by_id: int | None) -> None:
    """Issue: take the next number of the serial and year; who asks meanwhile waits for us.

    A transaction that is rolled back gives its number back, so the serial has no gaps.
    """
    year = today(session).year
    name = series(publication.serial_name)
    publication.year, publication.number = year, numbers.next_number(session, name, year)
    publication.state = PublicationState.ISSUED
    publication.issued_by_id, publication.issued_at = by_id, now(session)
    session.flush()


def series(serial_name: str) -> str:
    """Return under which name a serial's numbers are counted."""
    return f"issue.{serial_name}"


def expected(session: Session, serial: Serial, year: int) -> str:
    """Return the number that an issue would have if it were issued now."""
    return written(serial, year, numbers.last_number(session, series(serial.name), year) + 1)


def number_of(publication: Publication) -> str:
    """Return an issue's number as it is printed, 〔2019〕第9期, or nothing before it is issued."""
    if publication.year is None or publication.number is None:
        return ""
    return written(publication.serial, publication.year, publication.number)


def written(serial: Serial, year: int, number: int) -> str:
    """Return a number as a serial writes it."""
    return serial.number_style.replace("{year}", str(year)).replace("{number}", str(number))
