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
        "pixels": _l("It would have more than %(most)s million points."),
        "path": _l("It contains names that lead out of the file."),
        "encrypted": _l("It is protected by a password. Remove that and try again."),
        "infected": _l("The virus scanner found something in it."),
        "scanner": _l("The virus scanner doesn't answer, so nothing is taken in."),
        "picture": _l("Only photographs (jpg, png or webp) can be kept here."),
        "reported": _l("%(name)s belongs to a report that was sent, so it stays."),
    },
    errors.ContactMissing: {
        "first": _l("Talk with them first, and record how, when and what was said."),
        "face_to_face": _l("They were dissatisfied: this time you meet them face to face."),
    },
    errors.PromiseUnfit: {
        "missing": _l("Class B says what is promised, and by when."),
        "past": _l("The promised day lies ahead."),
        "only_b": _l("Only class B promises something."),
    },
    errors.LinkOver: {
        "settled": _l("The case has gone on; this answer can't be changed any more."),
        "expired": _l("Please ask the supervision office for a new one."),
    },
    errors.SheetRefused: {
        "too_large": _l("The file is larger than %(megabytes)s MB."),
        "not_xlsx": _l("It isn't an xlsx file. Save it as xlsx and try again."),
        "broken": _l("It is damaged: it doesn't open."),
        "no_header": _l("The sheet %(sheet)s has no row with the names of its columns."),
        "too_many_rows": _l("The sheet %(sheet)s has more than %(most)s rows."),
        "too_heavy": _l("Reading it would take too much. Keep only the ledger's own rows in it."),
    },
    errors.DraftEnded: {
        "deployed": _l("It was deployed. Begin a new one."),
        "discarded": _l("It was put aside. Take it up again, or begin a new one."),
        "open": _l("It is open as it is."),
        "rollback": _l("It brings an older version back just as it was."),
    },
    errors.ReviewMissing: {
        "not_asked": _l("Nobody was asked to review it yet."),
        "waiting": _l("It waits for the review still."),
        "changed": _l("It was changed after the review. Ask for another one."),
        "returned": _l("It was sent back. Change it, and ask for another review."),
        "nobody": _l(
            "There is no second administrator. Name one, or switch the review off in the settings."
        ),
        "draft": _l("Bring the file in as a draft, and have it reviewed there."),
    },
    errors.VersionStays: {
        "running": _l("%(running)s items run on it."),
        "newest": _l("It is what new items go by."),
        "ran": _l("%(ran)s items ran on it, and their history is read with it."),
        "recorded": _l("Nothing runs on it, but it belongs to the record of what was in use."),
    },
    errors.LimitRefused: {
        "unknown": _l("There is no limit of this name."),
        "number": _l("Please write a whole number of days or months."),
        "rhythm": _l("A rhythm is counted in natural days or in months."),
        "starts": _l("This event can't set the limit running."),
        "no_part": _l("Only the limit of a unit's part is stopped, objected to or extended."),
        "window": _l("Please choose the window for objections."),
        "extensions": _l("Please write how often it may be extended: a whole number, or 0."),
        "longest": _l("Please write how long it may be in all, or leave it empty."),
        "empty_ladder": _l("The ladder needs at least one rung."),
        "rung_twice": _l("A rung stands twice for the same kind and urgency."),
        "goes_down": _l("%(kind)s, %(urgency)s: a higher rung can't come before a lower one."),
        "ladder_gap": _l("%(kind)s, %(urgency)s: no rung is left for these."),
        "out_of_reach": _l(
            "%(kind)s, %(urgency)s: a rung asks for more rungs before it than there are below it."
        ),
    },
    errors.SampleRefused: {
        "period": _l("The period ends before it begins."),
        "empty": _l("Nothing closed in this period."),
        "redrawn": _l("Every closing of this period was drawn from before; nobody draws twice."),
        "size": _l("Please write a whole number from 1 to %(most)s."),
    },
    errors.ChecklistRefused: {
        "number": _l("It needs at least one question, and at most %(most)s."),
        "answers": _l("Please answer each question with one of the words offered."),
        "says_no": _l("It can't be solved while the checklist says no: %(questions)s."),
    },
    errors.ProjectRefused: {
        "amount": _l("Please write an amount that is no less than nothing."),
        "investment": _l("A project costs something."),
        "plan_above_investment": _l("The plan is larger than the whole investment."),
        "ends_before_start": _l("It is to be completed before it begins."),
        "nodes_missing": _l("Choose a template, or write milestones of its own; at most %(most)s."),
        "node_unread": _l("This line isn't a day and a name: %(line)s"),
        "node_unknown": _l("This milestone isn't the project's."),
        "template": _l("There is no such template."),
        "name_taken": _l("Another template is called %(name)s already."),
        "shares": _l("The shares go up, and the last one is 100."),
        "thresholds": _l("Yellow (%(yellow)s points) can't come behind red (%(red)s points)."),
        "year": _l("The project doesn't run in this year."),
        "month": _l("There is no such month."),
        "month_ahead": _l("This month hasn't begun yet."),
        "months_uneven": _l("The months add up to %(months)s, the year's plan is %(planned)s."),
        "done_ahead": _l("It can't be reached on a day to come."),
        "same_day": _l("It is due on this day already."),
        "photograph_ahead": _l("It can't be taken on a day to come."),
        "no_picture": _l("%(name)s isn't a photograph (jpg, png or webp)."),
        "meeting_ahead": _l("A meeting is recorded once it was held."),
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
