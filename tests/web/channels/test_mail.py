"""Mail: worded in the reader's language, handed to a real server, once."""

import email
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

import engine
from engine import Database, Session
from tests.web.channels.conftest import kept, work_all
from tests.workflows.offices import administrator
from web import address as addresses
from web import channels
from web.channels.mail import server_of
from workflows import notices, settings
from workflows.tables import MessageState, Person


class Box:
    """A real SMTP server's handler: it keeps what it is handed, and may be told to refuse."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses = 0

    async def handle_DATA(  # noqa: N802 (aiosmtpd calls it by this name)
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Take one letter."""
        if self.refuses:
            self.refuses -= 1
            return "451 try again later"
        letter = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


@pytest.fixture
def box(database: Database) -> Iterator[Box]:
    """Run an SMTP server on loopback and set it as the office's."""
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()

    def point_there(session: Session) -> None:
        settings.change(session, administrator(), "mail.host", "127.0.0.1")
        settings.change(session, administrator(), "mail.port", str(port))
        settings.change(session, administrator(), "mail.sender", "duban@yunchuan.example")

    database.write(point_there)
    yield box
    controller.stop()


def test_a_notice_reaches_the_reader_s_box_in_chinese(
    database: Database, box: Box, tell: Callable[..., None]
) -> None:
    tell("urged", method="telephone", text="请于本周五前续报")

    work_all(database)

    (letter,) = box.letters
    assert (letter["To"], letter["From"]) == ("chuyun@example.cn", "duban@yunchuan.example")
    assert letter["Subject"] == "督查室催办"
    assert "褚云" in letter.get_content()
    assert "请于本周五前续报" in letter.get_content()
    assert letter["Auto-Submitted"] == "auto-generated"


def test_whoever_reads_english_is_written_to_in_english(
    database: Database, box: Box, tell: Callable[..., None]
) -> None:
    tell("reminded", "en", due_on="2019-09-25")

    work_all(database)

    (letter,) = box.letters
    assert letter["Subject"] == "The limit comes near"
    assert "25 Sep 2019 (Wed)" in letter.get_content()


def test_a_mail_that_the_server_puts_off_is_the_same_mail_later(
    database: Database, box: Box, tell: Callable[..., None], clock: engine.MovableClock
) -> None:
    box.refuses = 1
    tell("urged", method="telephone", text="请续报")

    work_all(database)
    assert not box.letters
    clock.move(engine.jobs.PAUSES[0])
    work_all(database)

    (letter,), (copy,) = box.letters, kept(database)
    assert letter["Message-ID"] == f"<{copy.message_id}>"


def test_a_mail_that_has_left_isn_t_sent_again(
    database: Database, box: Box, tell: Callable[..., None]
) -> None:
    tell("urged", method="telephone", text="请续报")
    work_all(database)
    (copy,) = kept(database)

    channels.send(database, {"message": copy.id}, engine.Attempt(1, 2, last=False))

    assert copy.state is MessageState.SENT
    assert len(box.letters) == len(kept(database)) == 1


def test_a_server_that_is_gone_for_good_is_told(
    database: Database, box: Box, tell: Callable[..., None], clock: engine.MovableClock
) -> None:
    box.refuses = 3
    tell("urged", method="telephone", text="请续报")

    for pause in (*engine.jobs.PAUSES, timedelta()):
        work_all(database)
        clock.move(pause)

    (failed,) = kept(database)
    assert failed.state is MessageState.FAILED
    assert "451" in failed.error
    with database.read() as session:
        assert len(engine.incidents(session)) == 1


def test_without_a_server_the_mail_is_kept_to_be_shown(
    database: Database, tell: Callable[..., None]
) -> None:
    tell("returned", reason="措施没有写清")

    work_all(database)

    (mail,) = kept(database)
    assert mail.state is MessageState.KEPT
    assert mail.subject == "反馈被退回"
    assert "措施没有写清" in mail.body


def test_whoever_left_meanwhile_gets_no_mail(
    database: Database, box: Box, tell: Callable[..., None]
) -> None:
    tell("urged", method="telephone", text="请续报")

    def leave(session: Session) -> None:
        session.query(Person).one().active = False

    database.write(leave)
    work_all(database)

    assert not box.letters
    assert kept(database)[0].state is MessageState.DROPPED


def test_a_line_break_in_a_text_makes_no_header(
    database: Database, box: Box, tell: Callable[..., None]
) -> None:
    tell("urged", method="telephone", text="请续报\r\nBcc: somebody@example.cn\r\n\r\n")

    work_all(database)

    (letter,) = box.letters
    assert letter["Bcc"] is None


def test_the_environment_wins_over_the_settings(database: Database) -> None:
    environment = {"DUBAN_SMTP_HOST": "mail.example.cn", "DUBAN_SMTP_PASSWORD": "x"}

    with database.read() as session:
        server = server_of(session, environment)

    assert (server.host, server.port, server.password) == ("mail.example.cn", 25, "x")


SERVED = {"DUBAN_HOST": "127.0.0.1", "DUBAN_PORT": "8123"}


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        (SERVED, "http://127.0.0.1:8123"),
        ({**SERVED, "DUBAN_HOST": "::1"}, "http://[::1]:8123"),
        ({**SERVED, "DUBAN_HOST": "0.0.0.0"}, f"http://{socket.gethostname()}:8123"),  # noqa: S104 (only its name)
        ({**SERVED, "DUBAN_HTTPS": "1"}, "https://127.0.0.1:8123"),
        ({**SERVED, "DUBAN_ADDRESS": "https://duban.example.cn/"}, "https://duban.example.cn"),
    ],
)
def test_links_lead_to_where_the_house_is_served(
    database: Database, environment: dict[str, str], address: str
) -> None:
    with database.read() as session:
        assert addresses.address(session, environment) == address


def test_links_lead_to_the_address_that_an_administrator_set(
    database: Database,
    tell: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DUBAN_PORT", "8123")
    tell("urged", method="telephone", text="请续报")
    work_all(database)
    database.write(
        lambda session: settings.change(
            session, administrator(), "office.address", "https://duban.yunchuan.example/"
        )
    )
    tell_again(database)
    work_all(database)

    links = [line for mail in kept(database) for line in mail.body.splitlines() if "http" in line]
    assert [link.split("http")[1] for link in links] == [
        "s://duban.yunchuan.example/notices",
        "://127.0.0.1:8123/notices",
    ]


def tell_again(database: Database) -> None:
    """Tell the same person the same once more."""

    def told(session: Session) -> None:
        person = session.query(Person).filter_by(login="chuyun").one()
        notices.notify(session, [person], "urged", None, {"method": "telephone", "text": "请续报"})

    database.write(told)
