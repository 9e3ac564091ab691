"""Why something was refused, where one refusal has several reasons: by its code ``why``."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from workflows import errors

REASONS: Mapping[type[Exception], Mapping[str, LazyString]] = {
    errors.CeilingReached: {
        "times": _l("It may be extended %(times)s times at most, and has been."),
        "day": _l("It may be extended to %(last)s at most."),
    },
    errors.PasswordRefused: {
        "short": _l("It needs at least %(least)s characters; a short sentence is a good one."),
        "long": _l("It may have at most %(most)s characters."),
        "easy": _l("It is too easy to guess."),
    },
    errors.PaperRefused: {
        "kind": _l("Files of this kind can't be kept. These can: %(endings)s."),
        "size": _l("It is larger than %(most)s MB."),
        "empty": _l("It is empty."),
        "name": _l("Its name has signs that no file name should have."),
        "long_name": _l("Its name has more than %(most)s characters."),
        "quota": _l("The item's files would be more than %(most)s MB together."),
        "macros": _l("It contains macros. Save it without them and try again."),
        "bomb": _l("It would unpack to something far too large."),
        "broken": _l("It is damaged: it doesn't open."),
        "path": _l("It contains names that lead out of the file."),
        "encrypted": _l("It is protected by a password. Remove that and try again."),
        "infected": _l("The virus scanner found something in it."),
        "scanner": _l("The virus scanner doesn't answer, so nothing is taken in."),
        "reported": _l("%(name)s belongs to a report that was sent, so it stays."),
    },
    errors.SheetRefused: {
        "too_large": _l("The file is larger than %(megabytes)s MB."),
        "not_xlsx": _l("It isn't an xlsx file. Save it as xlsx and try again."),
        "broken": _l("It is damaged: it doesn't open."),
        "no_header": _l("The sheet %(sheet)s has no row with the names of its columns."),
        "too_many_rows": _l("The sheet %(sheet)s has more than %(most)s rows."),
        "too_heavy": _l("Reading it would take too much. Keep only the ledger's own rows in it."),
    },
    errors.LimitRefused: {
        "unknown": _l("There is no limit of this name."),
        "number": _l("Please write a whole number of days or months."),
        "empty_ladder": _l("The ladder needs at least one rung."),
        "rung_twice": _l("A rung stands twice for the same kind and urgency."),
        "goes_down": _l("%(kind)s, %(urgency)s: a higher rung can't come before a lower one."),
        "ladder_gap": _l("%(kind)s, %(urgency)s: no rung is left for these."),
        "out_of_reach": _l(
            "%(kind)s, %(urgency)s: a rung asks for more rungs before it than there are below it."
        ),
    },
    errors.PeopleRefused: {
        "unit_has_units": _l("%(name)s still has units below it."),
        "unit_has_work": _l("%(name)s still has items in hand."),
        "unit_closed": _l("This unit takes no work any more."),
        "parent_closed": _l("%(name)s, the unit above, takes no work any more."),
        "name_is_group": _l("%(name)s is the name of a whole group of units."),
        "name_taken": _l("%(name)s is a name of %(by)s already."),
        "circle": _l("%(name)s can't hang below itself."),
        "yourself": _l("You can't do this to your own account."),
        "person_disabled": _l("The account of %(name)s is closed."),
        "held_already": _l("%(name)s holds the post %(post)s already."),
        "login_taken": _l("Somebody else signs in as %(login)s."),
        "email": _l("%(email)s isn't a mail address."),
        "last_administrator": _l("Somebody must stay administrator."),
        "back_before_away": _l("The day back must come after the day from which on they act."),
        "deputy_already": _l("%(name)s acts in the post %(post)s in these days already."),
        "ended_already": _l("Their time as a deputy has ended already."),
    },
}
