"""How a proposer is reached: by mail, by SMS to a mobile telephone, or in any other way."""

import re
from dataclasses import dataclass

from workflows import rules
from workflows.errors import AddressUnfit
from workflows.tables import Proposer

BETWEEN = re.compile(r"[,，;；\t]")
SPACED = re.compile(r"[\s-]")
MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}|\+(?!86)\d{7,15}")
BRACKETED = re.compile(r"(.+?)[(（](.+)[)）]")


@dataclass(frozen=True, slots=True)
class Signatory:
    """One of those who made a proposal, and how to reach them."""

    name: str
    contact: str = ""
    email: str = ""
    phone: str = ""


def signatory_of(name: str, behind: str = "") -> Signatory:
    """Return a proposer with what stands behind the name, each part told by its look."""
    email, phone, others = "", "", []
    for part in filter(None, (each.strip() for each in BETWEEN.split(behind))):
        if "@" in part and not email:
            email = part
        elif is_mobile(part) and not phone:
            phone = part
        else:
            others.append(part)
    return Signatory(name.strip(), "，".join(others), email, phone)


def signatory_in(line: str) -> Signatory:
    """Return a proposer of a line: 张三，13800000000，zhang@example.org."""
    name, _, behind = BETWEEN.sub(",", line).partition(",")
    return signatory_of(name, behind)


def signatory_in_brackets(text: str) -> Signatory:
    """Return a proposer of a list: 张三（13800000000）; brackets that say anything else stay."""
    found = BRACKETED.fullmatch(text)
    if found is None:
        return Signatory(text)
    told = signatory_of(*found.groups())
    sound = rules.is_mail_address(told.email) if told.email else bool(told.phone)
    return told if sound else Signatory(text)


def line_of(one: Signatory | Proposer) -> str:
    """Write a proposer as a line again."""
    return "，".join(filter(None, (one.name, one.email, one.phone, one.contact)))


def is_mobile(text: str) -> bool:
    """Say whether this can be the number of a mobile telephone."""
    return MOBILE.fullmatch(SPACED.sub("", text)) is not None


def mail_address(text: str, field: str) -> str:
    """Return a mail address as it is kept, or refuse it."""
    email = text.strip()
    if email and not rules.is_mail_address(email):
        raise AddressUnfit(field, email)
    rules.must_fit(field, email, rules.LONGEST_MAIL)
    return email


def mobile(text: str, field: str) -> str:
    """Return a mobile telephone's number as it is kept, or refuse it."""
    if text.strip() and not is_mobile(text):
        raise AddressUnfit(field, text.strip())
    return SPACED.sub("", text)
