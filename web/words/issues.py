"""The kinds of issues in words."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from workflows.tables import PublicationKind

KINDS: Mapping[PublicationKind, LazyString] = MappingProxyType(
    {
        PublicationKind.MONTHLY: _l("Monthly circular"),
        PublicationKind.QUARTERLY: _l("Quarterly circular"),
        PublicationKind.CIRCULAR: _l("Circular"),
        PublicationKind.SPECIAL: _l("Special report"),
        PublicationKind.NOTICE: _l("Supervision notice"),
        PublicationKind.SLIP: _l("Slip"),
        PublicationKind.AFFAIRS: _l("Government supervision"),
        PublicationKind.INSTRUCTION: _l("Instruction"),
    }
)
