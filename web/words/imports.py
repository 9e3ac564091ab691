"""What an import says about rows and cells, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from web import moments
from workflows.imports.matching import Field
from workflows.imports.rows import Verdict
from workflows.tables import Period

FIELDS: Mapping[Field, LazyString] = {
    Field.NUMBER: _l("Number"),
    Field.SOURCE: _l("Source"),
    Field.BASIS: _l("Basis"),
    Field.TITLE: _l("Matter"),
    Field.TARGET: _l("Target"),
    Field.SPONSOR: _l("Leader in charge"),
    Field.LEAD: _l("Lead unit"),
    Field.CO: _l("Co-units"),
    Field.UNITS: _l("Units, the first one leads"),
    Field.RESPONSIBLE: _l("Responsible person"),
    Field.CONTACT: _l("Contact"),
    Field.ASSIGNED: _l("Assigned on"),
    Field.URGENCY: _l("Urgency"),
    Field.LIMIT: _l("Limit"),
    Field.PROGRESS: _l("Progress"),
    Field.PROBLEMS: _l("Problems"),
    Field.NEXT_STEPS: _l("Next steps"),
    Field.PERCENT: _l("Share done"),
    Field.LIGHT: _l("Light in the file"),
    Field.REMARKS: _l("Remarks"),
    Field.PROJECT_TYPE: _l("Type of project"),
    Field.INVESTMENT: _l("Total investment"),
    Field.YEAR_PLAN: _l("Planned this year"),
    Field.YEAR_DONE: _l("Completed this year"),
    Field.STARTS: _l("Construction begins"),
    Field.ENDS: _l("Planned completion"),
    Field.NODE: _l("Current milestone"),
    Field.SESSION: _l("Session"),
    Field.TYPE: _l("Bill, suggestion or proposal"),
    Field.PROPOSERS: _l("Proposers"),
    Field.HANDLING: _l("Way of handling"),
    Field.MET: _l("Talk with the proposers: how and when"),
    Field.REPLY_NUMBER: _l("Document number of the reply"),
    Field.REPLY_CLASS: _l("Class of the reply"),
    Field.SATISFACTION: _l("Satisfaction"),
    Field.DISCLOSURE: _l("May all read it?"),
}

VERDICTS: Mapping[Verdict, LazyString] = {
    Verdict.READY: _l("Ready"),
    Verdict.ASK: _l("For you to decide"),
    Verdict.REFUSED: _l("Can't come in"),
    Verdict.NOT_ITEM: _l("Not an item"),
}

LIGHTS: Mapping[Verdict, str] = {
    Verdict.READY: "green",
    Verdict.ASK: "yellow",
    Verdict.REFUSED: "red",
    Verdict.NOT_ITEM: "blue",
}

NOTES: Mapping[str, LazyString] = {
    "blank": _l("A blank row."),
    "subtotal": _l("A subtotal, not an item."),
    "secret": _l(
        "The row is marked as secret. Secret matters don't go into this system; "
        "nothing of this row was kept."
    ),
    "double": _l("The same number or matter stands in row %(row)s; only that row comes in."),
    "on_ledger": _l("It is on the ledger already, so it isn't imported again."),
    "number_taken": _l("This number belongs to “%(title)s” on the ledger already."),
    "title_missing": _l("The row says no matter. Write one into the file and upload it again."),
    "title_too_long": _l("The matter is longer than %(most)s characters."),
    "lead_missing": _l("There is no lead unit; an item needs one."),
    "unit_unknown": _l("“%(name)s” isn't among the units."),
    "limit_missing": _l("There is no limit; an item needs one, or a plain “no limit”."),
    "limit_before_start": _l("The limit %(limit)s lies before the hand-over on %(assigned)s."),
    "limit_too_far": _l("The limit %(limit)s is further off than ten years."),
    "assigned_ahead": _l("“%(text)s” lies ahead; nothing can have been handed over then."),
    "not_a_date": _l("“%(text)s” can't be read as a date."),
    "no_year": _l("“%(text)s” says no year."),
    "not_a_limit": _l("“%(text)s” can't be read as a limit."),
    "not_a_share": _l("“%(text)s” can't be read as a share of work done."),
    "share_out_of_range": _l("“%(text)s” isn't a share from 0 to 100."),
    "not_a_number": _l("“%(text)s” can't be read as a document number like 督字〔2019〕1号."),
    "source_unknown": _l("“%(text)s” isn't a known source."),
    "urgency_unknown": _l("“%(text)s” isn't a known urgency."),
    "group": _l("“%(name)s” means %(count)s units."),
    "first_leads": _l("The first unit leads: %(unit)s."),
    "limit_read": _l("“%(text)s” is read as %(on)s."),
    "limit_counted": _l("“%(text)s”, from %(start)s on, is %(on)s."),
    "percent_read": _l("“%(text)s” is read as %(percent)s%%."),
    "assigned_today": _l("No day of the hand-over: today counts."),
    "sponsor_unknown": _l("“%(text)s” isn't a leader's post here; it is kept in the remarks."),
    "amount_missing": _l("There is no amount; a project needs one."),
    "not_an_amount": _l("“%(text)s” can't be read as an amount."),
    "plan_above_investment": _l("The year's plan “%(text)s” is more than the whole investment."),
    "not_begun": _l("“%(text)s”: it comes in without a day of its beginning."),
    "type_guessed": _l("“%(text)s” isn't new or continued; its beginning decides."),
    "node_unknown": _l("“%(text)s” is in no template; it comes in as its only milestone."),
    "node_read": _l("“%(text)s” is read as the milestone “%(node)s”."),
    "share_differs": _l("“%(text)s” isn't what the amounts say: %(percent)s%%."),
    "stage_to_close": _l("It goes on at the steps before closing."),
    "stage_closed": _l("It comes in as closed."),
    "session_missing": _l("The row says no session. Write one into the file and upload it again."),
    "proposal_number_missing": _l("The row says no number of the proposal."),
    "proposers_missing": _l("The row doesn't say who made the proposal."),
    "others_unnamed": _l("“%(text)s”: those who aren't named are kept in the remarks."),
    "handling_unknown": _l("“%(text)s” is no way of handling a proposal."),
    "handling_unfit": _l("“%(text)s” doesn't fit the number of units, %(count)s."),
    "class_unknown": _l("“%(text)s” is none of the classes A to D."),
    "class_missing": _l("There is a reply's number, but no class; a reply has one."),
    "class_without_reply": _l(
        "Class %(text)s stands there without a reply's number: the reply is still to come, "
        "the class is kept in the remarks."
    ),
    "satisfaction_unknown": _l("“%(text)s” can't be read as a rating."),
    "rated_without_reply": _l("There is a rating, but no reply's number."),
    "not_a_contact": _l("“%(text)s” can't be read as how and when they talked."),
    "met_ahead": _l("“%(text)s” lies ahead; nobody can have talked then."),
    "met_read": _l("“%(text)s” is read as %(on)s."),
    "reply_without_contact": _l("The row tells no talk before the reply."),
    "disclosure_untold": _l("Nothing is said about disclosure: the reply isn't public."),
    "one_reply_told": _l("Handled separately, but one reply is told: it stands for all units."),
    "how_waiting": _l("It waits to be handed over."),
    "how_assigned": _l("It comes in as handed over; the talk with the proposers is next."),
    "how_contacted": _l("It comes in as talked about; the reply is next."),
    "how_replied": _l("It comes in as replied; the ratings are next."),
    "how_rated": _l("It comes in as rated; what follows is open."),
    "how_closed": _l("It comes in as closed."),
}

PERIODS: Mapping[Period, LazyString] = {
    Period.WEEKLY: _l("“%(text)s”: no limit, an interim report every week."),
    Period.MONTHLY: _l("“%(text)s”: no limit, an interim report every month."),
    Period.QUARTERLY: _l("“%(text)s”: no limit, an interim report every quarter."),
}

DAYS = frozenset({"on", "start", "limit", "assigned"})


def note_words(note: Mapping[str, Any]) -> str:
    """Word one note about a row."""
    facts = {
        name: moments.text_day_with_year(fact) if name in DAYS else fact
        for name, fact in note["facts"].items()
    }
    if note["code"] == "limit_open":
        return str(PERIODS[Period(facts["period"])]) % facts
    return str(NOTES[note["code"]]) % facts


def column_summary(columns: int, matched: int) -> str:
    """Say how many columns have found their field."""
    return _(
        "%(columns)s columns: %(matched)s matched, %(left)s unused",
        columns=columns,
        matched=matched,
        left=columns - matched,
    )


def lacking_words(fields: Sequence[Field]) -> str:
    """Say what rows ask for because no column is matched to it."""
    names = moments.list_words([str(FIELDS[field]) for field in fields])
    return _("No column means: %(names)s. Choose one below, or answer it row by row.", names=names)


def header_words(header: tuple[int, int], above: int) -> str:
    """Say where the header was found, and what stands above it."""
    first, last = header[0] + 1, header[1] + 1
    rows = (
        _("The header is row %(first)s.", first=first)
        if first == last
        else _("The header is rows %(first)s and %(last)s.", first=first, last=last)
    )
    if not above:
        return rows
    skipped = ngettext(
        "The row above it is skipped.", "The %(num)d rows above it are skipped.", above
    )
    return f"{rows}{moments.space()}{skipped}"
