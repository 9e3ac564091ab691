"""Rows about units, posts, the people who hold them, and how they sign in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant


class Role(StrEnum):
    """What a post lets its holder do (domain section 2)."""

    HANDLER = "handler"
    UNIT_HEAD = "unit_head"
    SUPERVISOR = "supervisor"
    DIRECTOR = "director"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class UnitKind(StrEnum):
    """Which group a unit belongs to; 市直各单位 and 各县（市、区） are such groups."""

    GOVERNMENT = "government"
    OFFICE = "office"
    DEPARTMENT = "department"
    COUNTY = "county"
    LOWER = "lower"


class Unit(Base):
    """A node of the tree of units; ``aliases`` are other names found in ledgers."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[UnitKind]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    posts: Mapped[list["Post"]] = relationship(back_populates="unit")

    __mapper_args__ = {"version_id_col": version}


class Person(Base):
    """Somebody with an account; work is addressed to posts, never to persons."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    login: Mapped[str] = mapped_column(String(80), unique=True)
    password: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str | None] = mapped_column(String(10))
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Post(Base):
    """A place in a unit that outlives its holders and carries one role."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), index=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[Role]
    position: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship(back_populates="posts")


class Holding(Base):
    """Who holds a post, from when until when."""

    __tablename__ = "holding"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    since: Mapped[date]
    until: Mapped[date | None]

    post: Mapped[Post] = relationship()
    person: Mapped[Person] = relationship()


class AccountDeed(StrEnum):
    """What somebody else did to an account: reset its password, issued a token for it, ...

    ``named`` stands for every post that makes its holder or deputy an administrator, ``relieved``
    for its being taken back.
    """

    OPENED = "opened"
    CLOSED = "closed"
    REOPENED = "reopened"
    RESET = "reset"
    ISSUED = "issued"
    NAMED = "named"
    RELIEVED = "relieved"
    REVOKED = "revoked"


class AccountChange(Base):
    """账号变更: what was done to somebody's account; at the server's terminal, by nobody's."""

    __tablename__ = "account_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    deed: Mapped[AccountDeed]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    at: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])


class SignIn(Base):
    """A server-side session; the cookie holds the key, the row its SHA-256."""

    __tablename__ = "sign_in"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    data: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class SignInAttempt(Base):
    """One try to sign in, counted per account, per account and address, and per address."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
