"""What the office's settings are called, group by group, with a word about each."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

GROUPS: Mapping[str, LazyString] = MappingProxyType(
    {
        "office": _l("The office"),
        "item": _l("Items and numbers"),
        "opening": _l("Before an item is opened"),
        "limit": _l("Limits and lights"),
        "diagrams": _l("Diagrams and decision tables"),
        "urge": _l("Urging"),
        "slip": _l("Slips of the supervision notice"),
        "suggestion": _l("Suggestions"),
        "revisit": _l("Revisits"),
        "proposal": _l("Bills, suggestions and proposals"),
        "public": _l("Public pages"),
        "project": _l("Key projects"),
        "assessment": _l("Assessment"),
        "notice": _l("Notices"),
        "mail": _l("Mail"),
        "sms": _l("SMS"),
        "webhook": _l("Webhook"),
        "papers": _l("Papers"),
        "summary": _l("Summaries of work"),
    }
)

WORDS: Mapping[str, tuple[LazyString, LazyString | None]] = MappingProxyType(
    {
        "office.name": (_l("Name"), None),
        "office.name_en": (_l("Name in English"), None),
        "office.city": (_l("City"), None),
        "office.address": (
            _l("Address of Duban"),
            _l("Where the links in mails lead, such as https://duban.example.gov.cn."),
        ),
        "item.number": (_l("Series of the items' numbers"), _l("督字 makes 督字〔2020〕1号.")),
        "opening.alike": (
            _l("Look-alikes from this likeness on"),
            _l("Percent of the letters that two titles share."),
        ),
        "diagrams.review": (
            _l("A second administrator reviews what is deployed"),
            _l("Never whoever changed it last; a second one also agrees to switch it off."),
        ),
        "limit.roll": (_l("A limit that ends on a day off moves to the next working day"), None),
        "limit.warn_at": (_l("First warning"), _l("Percent of the time that is left.")),
        "limit.warn_again_at": (_l("Second warning"), _l("Percent of the time that is left.")),
        "urge.most": (_l("Urges by hand, at most"), _l("For each unit's part.")),
        "urge.again_after_days": (_l("… within so many days"), None),
        "slip.number": (_l("Series of the slips"), None),
        "slip.demand": (_l("What a slip demands"), None),
        "suggestion.organs": (_l("Competent organs"), _l("With semicolons between them.")),
        "assessment.missing_after": (
            _l("A report counts as missing after so many working days"),
            _l("Until then it is late; from then on it is no longer counted as late."),
        ),
        "assessment.appeal_days": (
            _l("Working days for appeals"),
            _l("Counted from the day after a quarter is published."),
        ),
        "assessment.commended": (_l("Units commended in each group"), _l("By the year's rank.")),
        "revisit.chance": (_l("Chance of a revisit before closing"), _l("Percent, before risks.")),
        "proposal.session_month": (_l("Month of the session"), None),
        "proposal.promise_ahead": (_l("Promises come back so many days before"), None),
        "proposal.link_days": (_l("A rating's link holds for so many days"), None),
        "public.most": (
            _l("Public pages that one address may ask for"),
            _l("In a quarter of an hour, all web processes together."),
        ),
        "project.behind_yellow": (_l("Yellow from so many points behind"), None),
        "project.behind_red": (_l("Red above so many points behind"), None),
        "project.node_grace": (_l("Red so many days after a missed node"), None),
        "notice.quiet_from": (_l("Quiet from"), _l("An hour from 0 to 23; for SMS.")),
        "notice.quiet_until": (_l("Quiet until"), _l("An hour from 0 to 23; for SMS.")),
        "notice.daily_at": (_l("Hour of the daily message"), _l("From 0 to 23.")),
        "mail.sender": (_l("Sender"), None),
        "mail.host": (_l("Server"), _l("The password comes from DUBAN_SMTP_PASSWORD only.")),
        "mail.port": (_l("Port"), None),
        "mail.user": (_l("Account"), None),
        "mail.tls": (_l("Encrypted"), None),
        "sms.url": (
            _l("Address of the gateway"),
            _l("The token comes from DUBAN_SMS_TOKEN only."),
        ),
        "sms.sign": (_l("Signature at the start"), None),
        "webhook.url": (
            _l("Address"),
            _l("Signed with DUBAN_WEBHOOK_SECRET; nothing leaves without it."),
        ),
        "papers.quota_mb": (_l("Room for one item's files, in MB"), None),
        "papers.scanner": (
            _l("Virus scanner"),
            _l("Host and port of clamd; empty: files aren't scanned."),
        ),
        "summary.city_short": (_l("Short name of the city"), None),
        "summary.newspaper": (_l("Newspaper"), _l("With which news supervision is done.")),
        "summary.television": (_l("Television station"), None),
        "summary.wechat_group": (_l("WeChat group of supervision"), None),
        "summary.assessment_rules": (_l("Rules of the assessment"), None),
        "summary.stations": (
            _l("What stationed supervision was about"),
            _l("Such as a relocation or a road; empty: the titles in the ledger."),
        ),
    }
)


def value_words(value: str) -> str:
    """Return what a setting says, in words."""
    return {"yes": _("Yes"), "no": _("No"), "": _("nothing")}.get(value, value)
