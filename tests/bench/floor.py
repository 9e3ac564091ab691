"""The least that any durable step costs: a SELECT, an UPDATE, two INSERTs and a COMMIT."""

from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from engine import Database


class Base(DeclarativeBase):
    """The metadata of the floor's own tables."""


class Case(Base):
    """What moves: a state and its version."""

    __tablename__ = "floor_case"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    state: Mapped[bytes]


class Task(Base):
    """What waits after the step."""

    __tablename__ = "floor_task"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    name: Mapped[str]


class Past(Base):
    """What the step leaves behind."""

    __tablename__ = "floor_past"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    version: Mapped[int]
    actor: Mapped[str]


class CoreFloor:
    """The floor by SQLAlchemy Core."""

    name = "floor-core"

    def __init__(self, database: Database) -> None:
        self._sql = database.sql.execution_options(writes=True)

    def step(self, case_id: int, size: int) -> None:
        """Move a case by one version."""
        with self._sql.begin() as connection:
            wanted = select(Case.version, Case.state).where(Case.id == case_id)
            case = connection.execute(wanted.with_for_update()).one()
            version = case.version + 1
            connection.execute(
                update(Case)
                .where(Case.id == case_id, Case.version == case.version)
                .values(version=version, state=state(version, size))
            )
            connection.execute(insert(Task).values(id=uuid4(), case_id=case_id, name="review"))
            connection.execute(
                insert(Past).values(case_id=case_id, version=version, actor="person:1")
            )


class OrmFloor:
    """The floor by SQLAlchemy's ORM."""

    name = "floor-orm"

    def __init__(self, database: Database) -> None:
        self._sql = database.sql.execution_options(writes=True)

    def step(self, case_id: int, size: int) -> None:
        """Move a case by one version."""
        with Session(self._sql) as session, session.begin():
            case = session.get_one(Case, case_id, with_for_update=True)
            case.version += 1
            case.state = state(case.version, size)
            session.add(Task(id=uuid4(), case_id=case_id, name="review"))
            session.add(Past(case_id=case_id, version=case.version, actor="person:1"))


def state(version: int, size: int) -> bytes:
    """Return a state of that size, another for each version."""
    return version.to_bytes(8, "big").ljust(size, b"x")


def lay(database: Database) -> None:
    """Make the floor's tables with one case for each way."""
    Base.metadata.create_all(database.sql)
    with Session(database.sql.execution_options(writes=True)) as session, session.begin():
        session.add_all(Case(id=number, version=0, state=b"") for number in (1, 2))
