"""What is stuck, in plain words: what happened, and what an administrator would look at first."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask.sansio.app import App
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Plain:
    """An incident in words: what happened, and what to look at before trying again."""

    title: LazyString
    what: LazyString
    first: LazyString


KINDS: Mapping[str, Plain] = {
    "operation": Plain(
        _l("An operation failed"),
        _l("A step that the system does by itself has failed. Nothing of it was kept."),
        _l("Read the report below, mend what it names, then try again."),
    ),
    "timer": Plain(
        _l("A due date failed"),
        _l("The system couldn't work out when this step is due, so that it reminds nobody."),
        _l("Look at the limit's rule and at the calendar of that year, then try again."),
    ),
    "job": Plain(
        _l("A job was given up"),
        _l("Something that leaves the house was tried several times, and failed each time."),
        _l("See whether the other side answers (mail server, gateway), then try again."),
    ),
    "delivery": Plain(
        _l("A message was given up"),
        _l("What one process told another couldn't be delivered. The other waits for it still."),
        _l("Mend what holds up the other process first, then try again."),
    ),
    "start": Plain(
        _l("A process didn't start"),
        _l("A process that should have started by itself didn't."),
        _l("Look at the diagram's start event; it is tried again in its own time."),
    ),
    "no_way": Plain(
        _l("No way leads on"),
        _l("At this gateway no condition holds, and no way is marked as the usual one."),
        _l("Move the item to the step where it should go on, and give the diagram a usual way."),
    ),
    "expression": Plain(
        _l("A condition can't be worked out"),
        _l("A condition or a formula of the diagram asks for something that isn't there."),
        _l("Correct it in the diagram and move the items to the new version, then try again."),
    ),
    "uncaught_error": Plain(
        _l("Nobody catches an error"),
        _l("The diagram throws an error here, and draws nobody who catches it."),
        _l("Move the item to the step that should deal with it, and draw the catcher."),
    ),
    "several": Plain(
        _l("The list of repetitions is wrong"),
        _l("A step that is done once for each of a list has no list here, or far too long a one."),
        _l("Go back to the step that chooses (the units, say), by moving the item there."),
    ),
    "call": Plain(
        _l("A part couldn't be called"),
        _l("The diagram calls another one that isn't deployed, or calls go round in circles."),
        _l("Deploy the called diagram, then try again."),
    ),
    "decision": Plain(
        _l("A decision table gave no answer"),
        _l("The table has no row for this case, or several at once."),
        _l("Complete the table, then try again."),
    ),
    "script": Plain(
        _l("A script was refused"),
        _l("The diagram holds a script. Scripts are never run."),
        _l("Draw an operation instead, and move the item past this step."),
    ),
}
RULE = Plain(
    _l("A rule of the diagram failed"),
    _l("The process stopped here because what the diagram says couldn't be carried out."),
    _l("Read the report below, mend what it names, then try again."),
)


def register(app: App) -> None:
    """Teach the templates these words."""
    app.jinja_env.filters.update(incident_words=plain)


def plain(kind: str) -> Plain:
    """Return the words of a kind of incident."""
    return KINDS.get(kind, RULE)
