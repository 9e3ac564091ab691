"""What an administrator does with templates: bring a version, let it count, go back to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import undefer

from engine import Session, now
from workflows import rules
from workflows.errors import TemplateUnknown
from workflows.numbers import next_number
from workflows.paper_templates.checking import CheckedTemplate
from workflows.paper_templates.kinds import KINDS, TemplateKind
from workflows.paper_templates.known import SHIPPED, Template, read, shipped
from workflows.rules import Acting
from workflows.tables import PaperTemplate, Role, TemplateChoice

EVER = 0
"""Versions are numbered through all years."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a kind's template, as the list shows it; the shipped one has no author."""

    number: int
    counts: bool
    name: str = ""
    size: int = 0
    brought_by_id: int | None = None
    brought_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A kind and its versions, the newest first."""

    kind: TemplateKind
    versions: Sequence[Version]

    @property
    def counts(self) -> Version:
        """Return the version that counts now."""
        return next(version for version in self.versions if version.counts)


def current(session: Session, name: str, at: datetime | None = None) -> Template:
    """Return the template that counts for a kind, now or at a moment that has gone by."""
    return _version(session, kind_named(name), _chosen(session, name, at))


def bring(session: Session, actor: Acting, name: str, checked: CheckedTemplate) -> PaperTemplate:
    """Keep a checked file as the kind's next version; it doesn't count yet."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    kind = kind_named(name)
    template = PaperTemplate(
        kind=kind.name,
        version=next_number(session, f"template.{name}", EVER),
        name=checked.name,
        size=len(checked.content),
        sha256=checked.sha256,
        content=checked.content,
        brought_by_id=actor.person_id,
        brought_at=now(session),
    )
    session.add(template)
    session.flush()
    return template


def choose(session: Session, actor: Acting, name: str, version: int) -> None:
    """Let a version count from now on, a new one or an earlier one; papers made before stay."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    _version(session, kind_named(name), version)
    if version != _chosen(session, name):
        chosen = TemplateChoice(
            kind=name, version=version, chosen_by_id=actor.person_id, chosen_at=now(session)
        )
        session.add(chosen)
        session.flush()


def shelf(session: Session, actor: Acting, name: str) -> Shelf:
    """Return a kind's versions."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    kind = kind_named(name)
    chosen = _chosen(session, name)
    rows = session.scalars(
        select(PaperTemplate).filter_by(kind=name).order_by(PaperTemplate.version.desc())
    )
    brought = [
        Version(
            row.version,
            row.version == chosen,
            row.name,
            row.size,
            row.brought_by_id,
            row.brought_at,
        )
        for row in rows
    ]
    return Shelf(kind, [*brought, Version(SHIPPED, chosen == SHIPPED)])


def opened(session: Session, actor: Acting, name: str, version: int) -> Template:
    """Return one version, to be looked at or downloaded."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return _version(session, kind_named(name), version)


def kind_named(name: str) -> TemplateKind:
    """Return a kind; refuse a name that none has."""
    if name not in KINDS:
        raise TemplateUnknown(name)
    return KINDS[name]


def _chosen(session: Session, name: str, at: datetime | None = None) -> int:
    last = select(TemplateChoice.version).filter_by(kind=name).order_by(TemplateChoice.id.desc())
    if at is not None:
        last = last.where(TemplateChoice.chosen_at <= at)
    return session.scalar(last.limit(1)) or SHIPPED


def _version(session: Session, kind: TemplateKind, version: int) -> Template:
    if version == SHIPPED:
        return shipped(kind.name)
    found = select(PaperTemplate).filter_by(kind=kind.name, version=version)
    row = session.scalar(found.options(undefer(PaperTemplate.content)))
    if row is None:
        raise TemplateUnknown(kind.name, version)
    return read(kind, version, row.content)
