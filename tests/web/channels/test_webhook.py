"""The webhook: signed, the same at every try, and only where the house may call."""

import hashlib
import hmac
import re

import pytest

import engine
from engine import Database, MovableClock
from tests.web.channels.conftest import Ear, Tell, kept, set_to, work_all
from web.channels.adapter import ChannelFailed
from web.channels.outgoing import ALLOWED, AddressRefused, post
from workflows.tables import Channel, MessageState


@pytest.fixture
def hook(database: Database, ear: Ear, monkeypatch: pytest.MonkeyPatch) -> Ear:
    """Set the webhook up."""
    set_to(database, "webhook.url", ear.url)
    monkeypatch.setenv("DUBAN_WEBHOOK_SECRET", "only-the-two-of-us")
    return ear


def test_a_notice_is_posted_and_signed(database: Database, hook: Ear, tell: Tell) -> None:
    tell("returned", reason="措施没有写清")

    work_all(database)

    ((headers, body),), (told,) = hook.heard, hook.told
    at, signed = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["Duban-Signature"]).groups()  # type: ignore[union-attr]
    wanted = hmac.new(b"only-the-two-of-us", at.encode() + b"." + body, hashlib.sha256)
    assert signed == wanted.hexdigest()
    assert (told["kind"], told["title"], told["to"]) == ("returned", "反馈被退回", ["chuyun"])
    assert "措施没有写清" in told["text"]
    assert headers["Idempotency-Key"] == told["id"]


def test_without_a_secret_nothing_leaves(
    database: Database, hook: Ear, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUBAN_WEBHOOK_SECRET")
    tell("returned", reason="措施没有写清")

    work_all(database)

    states = {each.channel: each.state for each in kept(database)}
    assert states[Channel.WEBHOOK] is MessageState.KEPT
    assert hook.heard == []


def test_a_redirect_isn_t_followed(
    database: Database, hook: Ear, tell: Tell, clock: MovableClock
) -> None:
    hook.answer, hook.goes_to = 307, hook.url
    tell("returned", reason="措施没有写清")
    for pause in engine.jobs.PAUSES:
        work_all(database)
        clock.move(pause)
    work_all(database)

    (failed,) = [each for each in kept(database) if each.channel is Channel.WEBHOOK]
    assert (failed.state, len(hook.heard)) == (MessageState.FAILED, 3)
    assert "307" in failed.error


INSIDE = [
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://10.0.0.1/",
    "http://172.16.3.4/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data",
    "http://[fe80::1]/", "http://[fc00::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/",
    "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://224.0.0.1/",
    "http://[ff02::1]/", "http://100.64.0.1/", "http://198.18.0.1/", "http://240.0.0.1/",
]  # fmt: skip
ODD = [
    "", "ftp://example.cn/", "file:///etc/passwd", "gopher://example.cn/", "http://",
    "http://user:secret@example.cn/", "http://example.cn:99999/", "javascript:alert(1)",
    "http://example.cn/\r\nHost: evil", "http://example.cn\\@127.0.0.1/", "//example.cn/",
    "http://127.0.0.1 .example.cn/",
]  # fmt: skip


@pytest.mark.parametrize("url", [*INSIDE, *ODD])
def test_the_house_never_calls_inwards(url: str) -> None:
    with pytest.raises(ChannelFailed):
        post(url, b"{}", {})


def test_a_place_inside_is_called_only_where_the_operator_says_so(
    ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(ear.url, b"{}", {})
    monkeypatch.setenv(ALLOWED, "127.0.0.1:1")

    with pytest.raises(AddressRefused):
        post(ear.url, b"{}", {})

    assert len(ear.heard) == 1
