"""How the office brings a ledger in: it uploads, looks, answers, and imports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

import engine
from engine import Database, MovableClock, Session
from workflows.actors import Actor, actor_of
from workflows.imports import batches, finishing
from workflows.imports.batches import Preview
from workflows.imports.matching import Field
from workflows.imports.rows import Answers, Judged
from workflows.tables import Item, Person, Todo, Unit

T = TypeVar("T")


@dataclass
class Office:
    """The office before its database."""

    database: Database

    def act(self, verb: Callable[..., T], *args: object, login: str = "liwen") -> T:
        """Let somebody do something, in a transaction of its own."""
        return self.database.write(lambda session: verb(session, who(session, login), *args))

    def look(self, query: Callable[..., T], *args: object, login: str = "liwen") -> T:
        """Let somebody read something."""
        with self.database.read() as session:
            return query(session, who(session, login), *args)

    def upload(self, content: bytes, name: str = "ledger.xlsx") -> int:
        """Upload a file; return the number of its import."""
        return self.act(batches.upload, name, batches.read(content)).id

    def preview(self, batch_id: int) -> Preview:
        """Look at what would come in."""
        return self.look(batches.preview, batch_id)

    def rows(self, content: bytes) -> dict[int, Judged]:
        """Upload a file and return its rows by their numbers."""
        return {row.row: row for row in self.preview(self.upload(content)).rows}

    def answer(self, batch_id: int, answers: Answers) -> None:
        """Answer what was asked, and leave the matching as it is."""
        fields: Mapping[int, Field] = self.preview(batch_id).matching
        self.act(batches.correct, batch_id, fields, answers)

    def order(self, batch_id: int, seal: str) -> None:
        """Order what was looked at."""
        sheets = self.look(batches.sheets_of, batch_id)
        self.act(batches.order, batch_id, seal, sheets)

    def run(self, batch_id: int) -> None:
        """Order the import and let the worker do it, and nothing that is due afterwards."""
        self.order(batch_id, self.preview(batch_id).seal)
        engine.work_once(self.database)

    def let_finish(self) -> None:
        """Let the worker lead what came in closed to the end of its diagram."""
        clock = self.database.clock
        assert isinstance(clock, MovableClock)
        clock.move(finishing.AGAIN)
        while engine.work_once(self.database):
            pass

    def brought(self, content: bytes) -> int:
        """Upload and import a file as it is; return the number of its import."""
        batch_id = self.upload(content)
        self.run(batch_id)
        return batch_id

    def items(self) -> list[Item]:
        """Return every item, by number."""
        with self.database.read() as session:
            wanted = select(Item).order_by(Item.year, Item.serial, Item.id)
            return list(session.scalars(wanted))

    def item(self, title: str) -> Item:
        """Return the one item of a title, with its parts and their units."""
        with self.database.read() as session:
            item = session.scalars(select(Item).where(Item.title == title)).one()
            for part in item.assignments:
                assert part.unit.name
            return item

    def steps(self, title: str) -> list[str]:
        """Return the steps at which an item waits, each once."""
        with self.database.read() as session:
            wanted = select(Todo.step).join(Item, Item.id == Todo.item_id)
            found = session.scalars(wanted.where(Item.title == title, Todo.closed_at.is_(None)))
            return sorted(set(found))

    def unit(self, name: str) -> int:
        """Return a unit's number."""
        with self.database.read() as session:
            return session.scalars(select(Unit.id).where(Unit.name == name)).one()


def who(session: Session, login: str) -> Actor:
    """Return somebody as an actor."""
    return actor_of(session, session.scalars(select(Person.id).where(Person.login == login)).one())


def units_of(item: Item) -> Sequence[str]:
    """Return the names of an item's units, the lead unit's first."""
    return [part.unit.name for part in item.assignments]
