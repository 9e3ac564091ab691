"""Why an instance stays on its version, and how a replay came out, for the catalogues."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from engine import Drawn
from web.words import name_of
from workflows.trials.moving import Runner
from workflows.trials.replays import Told

WORDS: Mapping[str, LazyString] = {
    "other_process": _l("The two versions are not of the same process."),
    "suspended": _l("It is suspended. Resume it first."),
    "letters": _l("Something that another instance has sent it is still under way."),
    "errand": _l("%(element)s is being done outside the house."),
    "incident": _l("Something has failed here: %(element)s. Mend that first."),
    "unreadable": _l("Its state cannot be read: %(reason)s."),
    "element_gone": _l("It stands at %(element)s, which the new version does not have."),
    "element_kind": _l("It stands at %(element)s, which is something else in the new version."),
    "scope_changed": _l("%(element)s stands in another sub-process in the new version."),
    "loop_changed": _l("How often %(element)s is done has changed, and it is under way."),
    "join_changed": _l("Other ways lead to %(element)s, where a branch waits for the others."),
    "race_changed": _l("%(element)s waits for other events in the new version."),
    "event_changed": _l("%(element)s waits for another kind of event in the new version."),
    "interrupting_changed": _l("%(element)s is under way, and what it interrupts has changed."),
    "step_changed": _l("%(element)s is open, and is another step in the new version."),
    "hands_changed": _l("%(element)s is open, and others do it in the new version."),
    "key_unknown": _l("Nobody can tell under which key %(element)s would wait for its message."),
    "timer_unknown": _l("Nobody can tell when %(element)s would be due: %(reason)s"),
    "marking_impossible": _l("In the new version, these are never open together: %(elements)s."),
    "marking_stuck": _l("From %(elements)s, the new version may not come to its end."),
    "unproved": _l("There are too many ways on from here to prove that all of them are right."),
    "step_skipped": _l("%(element)s is still to come, and would be left out."),
    "step_repeated": _l("%(element)s is done already, and would have to be done again."),
    "data_missing": _l("%(element)s needs %(key)s, which this instance may never have."),
    "would_move": _l("%(element)s would go on by itself as it is moved."),
    "busy": _l("Others kept it busy. Try again."),
    "not_same": _l("It would not stand where it stands now: %(element)s."),
}

REPLAYS: Mapping[str, LazyString] = {
    "same": _l("It would have gone the same way."),
    "longer": _l("It would have gone the same way, but waited longer at %(would)s."),
    "elsewhere": _l("It would have gone to %(would)s instead of %(was)s."),
    "stuck": _l("It would have got stuck at %(would)s."),
    "earlier": _l("It would have ended before %(was)s."),
    "unknown": _l("Nobody can tell."),
    "migrated": _l("It was moved between versions on its way, and one of them is gone."),
    "moved": _l("Somebody moved it by hand from %(was)s to %(would)s, which can't be done here."),
    "skipped": _l("Somebody let it go on behind %(was)s, which this version doesn't have."),
    "data_missing": _l("The history doesn't tell the data that %(would)s needs: %(reason)s"),
    "other_process": _l("The version is of another process."),
    "too_new": _l("So much of this version is new that not every way past it can be tried."),
    "no_history": _l("Its history doesn't tell how it began."),
}

WAYS: Mapping[str, LazyString] = {
    "same": _l("the same way"),
    "longer": _l("wait longer"),
    "elsewhere": _l("go elsewhere"),
    "stuck": _l("get stuck"),
    "earlier": _l("end earlier"),
    "unknown": _l("nobody can tell"),
}
"""How items fare on another version, in short."""

TAKEN_BACK: Mapping[str, LazyString] = {
    "NothingToTakeBack": _l("It has gone on since."),
    "InstanceEnded": _l("It has ended since."),
    "InstanceSuspended": _l("It is suspended. Resume it first."),
    "InstanceUnknown": _l("It isn't there any more."),
}
"""Why a move couldn't be taken back."""


def why_words(code: str, facts: Mapping[str, object]) -> str:
    """Word why an instance stays on its version."""
    known = WORDS.get(code)
    return str(known) % facts if known is not None else code


def stay_words(one: Runner) -> str:
    """Word why an item stays, by what its diagram calls the element in the reader's language."""
    if one.reason is None:
        return ""
    facts = dict(one.reason.facts)
    if one.because_of is not None:
        facts["element"] = name_of(one.because_of)
    return why_words(one.reason.code, facts)


def replay_words(told: Told, names: Mapping[str, Drawn]) -> str:
    """Tell in a sentence or two how an item fared on a draft."""

    def called(element: str | None) -> str:
        drawn = names.get(element or "")
        return (name_of(drawn) if drawn else "") or element or _("its end")

    facts = {"was": called(told.was), "would": called(told.would), "reason": told.detail}
    said = [str(REPLAYS[told.way]) % facts]
    if told.reason and told.reason in REPLAYS:
        said.append(str(REPLAYS[told.reason]) % facts)
    elif told.detail:
        said.append(told.detail)
    return " ".join(said)
