"""Named values of the office that an administrator can change, with their defaults."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm.util import identity_key

from engine import Session
from workflows import rules
from workflows.errors import ReviewMissing, SettingRefused
from workflows.rules import Acting
from workflows.tables import Role, Setting

YES, NO = "yes", "no"
REVIEWED = "diagrams.review"
"""Whether a second administrator reads diagrams and decision tables before they are deployed."""

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "office.name": "云川市人民政府督查室",
        "office.name_en": "Supervision Office of Yunchuan Municipal Government",
        "office.city": "云川市",
        "office.address": "",
        "item.number": "督字",
        "limit.roll": NO,
        "limit.warn_at": "30",
        "limit.warn_again_at": "15",
        "revisit.chance": "30",
        "urge.most": "1",
        "urge.again_after_days": "2",
        "slip.number": "督查通知",
        "slip.demand": (
            "请于期限内书面反馈办理进展、未办结原因和下一步措施，由单位主要领导签字确认。"
        ),
        "suggestion.organs": "市纪委监委；市委组织部；市政府办公室",
        "opening.alike": "50",
        REVIEWED: YES,
        "mail.sender": "duban@localhost",
        "mail.host": "",
        "mail.port": "25",
        "mail.user": "",
        "mail.tls": NO,
        "notice.quiet_from": "21",
        "notice.quiet_until": "8",
        "notice.daily_at": "8",
        "sms.url": "",
        "sms.sign": "督办",
        "webhook.url": "",
        "papers.quota_mb": "500",
        "papers.scanner": "",
        "proposal.session_month": "2",
        "proposal.promise_ahead": "30",
        "proposal.link_days": "30",
        "public.most": "600",
        "assessment.missing_after": "20",
        "assessment.appeal_days": "5",
        "assessment.commended": "3",
        "project.behind_yellow": "10",
        "project.behind_red": "30",
        "project.node_grace": "15",
        "summary.city_short": "云川",
        "summary.newspaper": "云川日报社",
        "summary.television": "云川电视台",
        "summary.wechat_group": "云川市政府督查工作微信群",
        "summary.assessment_rules": "云川市政府系统督促检查工作考核评比办法",
        "summary.stations": "",
    }
)
"""Every setting with its default; percentages are whole numbers."""

MOST: Mapping[str, int] = MappingProxyType(
    {
        "opening.alike": 100,
        "limit.warn_at": 100,
        "limit.warn_again_at": 100,
        "revisit.chance": 100,
        "urge.most": 100,
        "urge.again_after_days": 365,
        "mail.port": 65_535,
        "notice.quiet_from": 23,
        "notice.quiet_until": 23,
        "notice.daily_at": 23,
        "papers.quota_mb": 100_000,
        "proposal.session_month": 12,
        "proposal.promise_ahead": 300,
        "proposal.link_days": 365,
        "public.most": 1_000_000,
        "assessment.missing_after": 250,
        "assessment.appeal_days": 60,
        "assessment.commended": 100,
        "project.behind_yellow": 100,
        "project.behind_red": 100,
        "project.node_grace": 365,
    }
)
"""How large each setting that is a number may be."""

LEAST: Mapping[str, int] = MappingProxyType(
    {
        "assessment.missing_after": 1,
        "assessment.appeal_days": 1,
        "assessment.commended": 1,
        "proposal.session_month": 1,
        "public.most": 30,
        "mail.port": 1,
    }
)
"""How small those may be that can't be nothing."""

LONGEST = 400
"""How many characters a setting can hold."""


def text(session: Session, name: str) -> str:
    """Return a setting's value, or its default; one look reads what the session may ask for."""
    default = DEFAULTS[name]
    if Setting not in session.info:  # kept there, for the session holds on to nothing unchanged
        session.info[Setting] = session.scalars(select(Setting)).all()
    row = session.identity_map.get(identity_key(Setting, name))
    return default if row is None else row.value


def number(session: Session, name: str) -> int:
    """Return a setting that is a whole number."""
    return int(text(session, name))


def is_on(session: Session, name: str) -> bool:
    """Say whether a setting is switched on."""
    return text(session, name) == YES


def must_need_no_review(session: Session) -> None:
    """Refuse to change at once what a second administrator has to read first."""
    if is_on(session, REVIEWED):
        raise ReviewMissing("draft")


def change(session: Session, actor: Acting, name: str, value: str) -> None:
    """Set a setting; its value must be of its default's kind, and not too large."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    must_be_fit(name, value)
    session.merge(Setting(name=name, value=value))
    session.flush()
    session.info.pop(Setting, None)  # whoever asks next looks again


def must_be_fit(name: str, value: str) -> None:
    """Refuse a value that isn't of its default's kind, or is too large."""
    if name not in DEFAULTS or not _is_fit(name, value):
        raise SettingRefused(name, value)


def _is_fit(name: str, value: str) -> bool:
    if DEFAULTS[name] in (YES, NO):
        return value in (YES, NO)
    if name in MOST:
        return _is_number(value) and LEAST.get(name, 0) <= int(value) <= MOST[name]
    return len(value) <= LONGEST


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= LONGEST
