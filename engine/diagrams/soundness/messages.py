"""What is said of diagrams that don't come to an end as they should, in English."""

from typing import Final

SOUNDNESS: Final = {
    "deadlock": (
        "A token waits here for ever: nothing comes from %(missing)s any more. It comes to this "
        "so: %(path)s. Join by a parallel gateway only what a parallel gateway has split."
    ),
    "left_behind": (
        "A token stays behind here for ever, though other branches have ended: nothing comes "
        "from %(missing)s any more. It comes to this so: %(path)s. Let each branch come here "
        "just once, and lead none past it."
    ),
    "token_lost": (
        "The last token is lost in here before it reaches an end. It comes to this so: %(path)s. "
        "Draw a way on that is always taken."
    ),
    "endless": (
        "From here no end is reached, whatever happens. It comes to this so: %(path)s. Draw a "
        "way out."
    ),
    "livelock": (
        "This goes round without ever waiting: %(round)s. It comes to this so: %(path)s. Put a "
        "task or an event into the circle."
    ),
    "livelock_possible": (
        "This goes round without ever waiting, as long as its decisions say so: %(round)s. It "
        "comes to this so: %(path)s. Put a task or an event into the circle."
    ),
    "grows": (
        "Branches come here again and again without end: %(path)s. Join them before the flow "
        "leads back."
    ),
    "too_complex": (
        "The diagram is too complex to be checked. Move parts of it into "
        "processes of their own, and call them."
    ),
    "cuts_off": (
        "When this end is reached, what still goes on is cut off: %(others)s. It comes to this "
        "so: %(path)s. Draw a plain end if that is to be done first."
    ),
    "done_several": (
        "Several branches come here without being joined: it is done once for each. It comes to "
        "this so: %(path)s. Join them first if it is to be done once."
    ),
    "soundness_capped": (
        "Only the first %(count)s states of the process were looked at for dead ends. Those "
        "further on were not."
    ),
}
