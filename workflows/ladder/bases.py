"""追究依据: the regulations on which suggestions are based; an administrator keeps their list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine import Session
from workflows import rules, settings
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import BasisRefused
from workflows.tables import Role, SuggestionBasis

CITY = "{city}"
NAME, NUMBER, ARTICLE = 200, 80, 80
MOST_ARTICLES = 200

SHIPPED = (
    f"{CITY}重大督查事项办理效能过错责任追究办法",
    f"{CITY}重点民生工程实施工作责任追究暂行办法",
    f"{CITY}懒政怠政为官不为行为责任追究暂行办法",
)
"""The three regulations that the office's own year-end summary names."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number, such as 第八条, and what it says."""

    number: str
    wording: str = ""


@dataclass(frozen=True, slots=True)
class BasisEntry:
    """A regulation as it is written down; ``until`` is its first day out of force."""

    name: str
    document_number: str = ""
    since: date | None = None
    until: date | None = None
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """A regulation as it is cited: with the city's name in its own."""

    row: SuggestionBasis
    name: str
    in_force: bool

    @property
    def title(self) -> str:
        """Return it in brackets, with its document number if it has one."""
        number = self.row.document_number
        return f"《{self.name}》（{number}）" if number else f"《{self.name}》"

    @property
    def articles(self) -> list[Article]:
        """Return its articles."""
        return [Article(each["number"], each["wording"]) for each in self.row.articles]


def seed_bases(session: Session) -> None:
    """Write the shipped regulations into a house that has none yet."""
    if session.scalars(select(SuggestionBasis.id).limit(1)).first() is None:
        rows = (SuggestionBasis(position=at, name=name) for at, name in enumerate(SHIPPED))
        session.add_all(rows)
        session.flush()


def bases(session: Session, *, in_force: bool = False) -> list[Basis]:
    """Return the regulations in their order, or only those in force today."""
    wanted = select(SuggestionBasis).order_by(SuggestionBasis.position, SuggestionBasis.id)
    city, day = settings.text(session, "office.city"), today(session)
    found = [_cited(row, city, day) for row in session.scalars(wanted)]
    return [basis for basis in found if basis.in_force or not in_force]


def cited(session: Session, basis_id: int) -> Basis:
    """Return a regulation that a suggestion is to be based on; refuse one not in force today."""
    row = session.get(SuggestionBasis, basis_id)
    if row is None:
        raise BasisRefused("unknown")
    basis = _cited(row, settings.text(session, "office.city"), today(session))
    if not basis.in_force:
        raise BasisRefused("not_in_force", since=row.since, until=row.until)
    return basis


def write_basis(
    session: Session, actor: Actor, entry: BasisEntry, basis_id: int | None = None
) -> SuggestionBasis:
    """Write a regulation down, or change one; what was suggested before keeps its words."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    name = rules.must_say("name", entry.name, NAME)
    rules.must_fit("document_number", entry.document_number, NUMBER)
    if entry.since and entry.until and entry.until <= entry.since:
        raise BasisRefused("dates")
    others = [basis.row for basis in bases(session) if basis.row.id != basis_id]
    if name in {other.name for other in others}:
        raise BasisRefused("name_taken")
    row = session.get(SuggestionBasis, basis_id) if basis_id is not None else None
    if row is None and basis_id is not None:
        raise BasisRefused("unknown")
    row = row or SuggestionBasis(position=len(others))
    row.name, row.document_number = name, entry.document_number.strip()
    row.since, row.until = entry.since, entry.until
    row.articles = [_kept(article) for article in _told(entry.articles)]
    session.add(row)
    session.flush()
    return row


def _told(articles: Sequence[Article]) -> list[Article]:
    return [each for each in articles if each.number.strip() or each.wording.strip()][
        :MOST_ARTICLES
    ]


def _kept(article: Article) -> dict[str, str]:
    number = rules.must_say("article", article.number, ARTICLE)
    return {"number": number, "wording": article.wording.strip()}


def _cited(row: SuggestionBasis, city: str, day: date) -> Basis:
    begun = row.since is None or row.since <= day
    ended = row.until is not None and row.until <= day
    return Basis(row, row.name.replace(CITY, city), begun and not ended)
