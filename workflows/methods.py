"""How supervision is carried out (domain section 4): every method that the office names."""

from enum import StrEnum


class Method(StrEnum):
    """现场、书面、电话……: the way in which an urge or a revisit was made."""

    ON_SITE = "on_site"
    WRITTEN = "written"
    TELEPHONE = "telephone"
    THIRD_PARTY = "third_party"
    UNANNOUNCED = "unannounced"
    REMINDER = "reminder"
    RANKING = "ranking"
    PRECISE = "precise"
    HIGH_LEVEL = "high_level"
    POINT_TO_POINT = "point_to_point"
    LOOK_BACK = "look_back"
    JOINT = "joint"
    NEWS = "news"
    WECHAT = "wechat"
    SMS = "sms"
    ONLINE = "online"
    STATIONED = "stationed"
    SYSTEM = "system"
