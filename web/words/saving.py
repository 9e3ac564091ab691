"""What the editors say of saving, in the reader's language; `{name}` is filled in on the page."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

WORDS: Mapping[str, LazyString] = MappingProxyType(
    {
        "is_kept_out": _l("Not here yet: please sign in again"),
        "is_loading": _l("Not everything is here yet. Trying again …"),
        "is_moved": _l("Not saved: somebody else saved meanwhile"),
        "is_offline": _l("Not saved: no connection. It is kept on this computer."),
        "is_refused": _l("Not saved: {why}"),
        "is_saved": _l("Saved at {time}"),
        "is_saving": _l("Saving …"),
        "is_settled": _l("Saved"),
        "is_signed_out": _l("Not saved: please sign in again"),
        "is_unsaved": _l("Not saved yet"),
        "is_withheld": _l("Not here yet: {why}"),
        "moved_by": _l("{name} saved this draft at {time}, after you had opened it."),
        "never_saved": _l("What you wrote here until {time} was never saved."),
    }
)
