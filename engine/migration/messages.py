"""Why an instance stays, in English; a host may word each code in other languages."""

from typing import Final

MESSAGES: Final = {
    "other_process": "The two versions are not of the same process.",
    "suspended": "It is suspended. Resume it first.",
    "letters": "Something that another instance has sent it is still under way.",
    "errand": "%(element)s is being done outside the house.",
    "incident": "Something has failed here: %(element)s. Mend that first.",
    "unreadable": "Its state cannot be read: %(reason)s.",
    "element_gone": "It stands at %(element)s, which the new version does not have.",
    "element_kind": "It stands at %(element)s, which is something else in the new version.",
    "scope_changed": "%(element)s stands in another sub-process in the new version.",
    "loop_changed": "How often %(element)s is done has changed, and it is under way.",
    "join_changed": "Other ways lead to %(element)s, where a branch waits for the others.",
    "race_changed": "%(element)s waits for other events in the new version.",
    "event_changed": "%(element)s waits for another kind of event in the new version.",
    "interrupting_changed": "%(element)s is under way, and what it interrupts has changed.",
    "step_changed": "%(element)s is open, and is another step in the new version.",
    "hands_changed": "%(element)s is open, and others do it in the new version.",
    "key_unknown": "Nobody can tell under which key %(element)s would wait for its message.",
    "timer_unknown": "Nobody can tell when %(element)s would be due: %(reason)s",
    "marking_impossible": "In the new version, these are never open together: %(elements)s.",
    "marking_stuck": "From %(elements)s, the new version may not come to its end.",
    "unproved": "There are too many ways on from here to prove that all of them are right.",
    "step_skipped": "%(element)s is still to come, and would be left out.",
    "step_repeated": "%(element)s is done already, and would have to be done again.",
    "data_missing": "%(element)s needs %(key)s, which this instance may never have.",
    "would_move": "%(element)s would go on by itself as it is moved.",
    "busy": "Others kept it busy. Try again.",
    "not_same": "It would not stand where it stands now: %(element)s.",
}
