"""What a replay found, in English; a host may word each code in other languages."""

from typing import Final

MESSAGES: Final = {
    "same": "It would have gone the same way.",
    "longer": "It would have gone the same way, but waited longer at %(would)s.",
    "elsewhere": "It would have gone to %(would)s instead of %(was)s.",
    "stuck": "It would have got stuck at %(would)s.",
    "earlier": "It would have ended before %(was)s.",
    "unknown": "Nobody can tell.",
    "migrated": "It was moved between versions on its way, and one of them is gone.",
    "moved": "Somebody moved it by hand from %(was)s to %(would)s, which can't be done here.",
    "skipped": "Somebody let it go on behind %(was)s, which this version doesn't have.",
    "data_missing": "The history doesn't tell the data that %(would)s needs: %(reason)s",
    "other_process": "The version is of another process.",
    "too_new": "So much of this version is new that not every way past it can be tried.",
    "no_history": "Its history doesn't tell how it began.",
}
