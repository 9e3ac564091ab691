"""What waits in an inbox beside steps, in words: papers to approve, mend or read, appeals."""

from flask import url_for
from flask.sansio.app import App
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from web.moments import text_day
from web.words import step_word as word_of_step
from web.words.scores import quarter_name
from workflows.assessment import Quarter
from workflows.awaited import Awaited, Step
from workflows.calendar import office_day
from workflows.serials import number_of
from workflows.tables import Appeal, Commendation, Delivery, Publication

STEPS: dict[str, LazyString] = {
    Step.APPROVE_ISSUE.value: _l("Approve a publication"),
    Step.SEND_ISSUE.value: _l("Issue a publication"),
    Step.MEND_ISSUE.value: _l("Revise a publication"),
    Step.READ_ISSUE.value: _l("Read a publication"),
    Step.DECIDE_APPEAL.value: _l("Decide an appeal"),
    Step.APPROVE_LIST.value: _l("Approve a list"),
}
DEEDS: dict[Step, LazyString] = {
    Step.APPROVE_ISSUE: _l("Examine"),
    Step.SEND_ISSUE: _l("Issue"),
    Step.MEND_ISSUE: _l("Revise"),
    Step.READ_ISSUE: _l("Read"),
    Step.DECIDE_APPEAL: _l("Decide"),
    Step.APPROVE_LIST: _l("Decide"),
}


def step_word(step: str) -> str:
    """Return what a step of an item or of a paper is called."""
    return str(STEPS[step]) if step in STEPS else word_of_step(step)


def deed_word(row: Awaited) -> str:
    """Return the word of the button that leads to what waits."""
    return str(DEEDS[row.step] if row.mine else _("Look"))


def title(row: Awaited) -> str:
    """Return what waits: the paper's own title, or which quarter an appeal is about."""
    match row.subject:
        case Publication() as issue:
            return issue.title or _("without a title")
        case Delivery() as delivery:
            return delivery.publication.title
        case Appeal() as appeal:
            return quarter_name(Quarter(appeal.assessment.year, appeal.assessment.quarter))
        case Commendation() as listed:
            return _("Commendation of %(year)s", year=listed.year)


def origin(row: Awaited) -> str:
    """Return of which serial, with its number, or of which unit it is."""
    match row.subject:
        case Publication() as issue:
            return issue.serial.title
        case Delivery() as delivery:
            return f"{delivery.publication.serial.title}{number_of(delivery.publication)}"
        case Appeal() as appeal:
            return appeal.unit.name
        case Commendation():
            return ""


def because(row: Awaited) -> str:
    """Tell why it waits, in one sentence."""
    told = {"name": row.by, "day": text_day(office_day(row.since))}
    match row.subject:
        case Delivery(times_urged=times) if times:
            return ngettext(
                "You were urged to read it. Opening it leaves the receipt.",
                "You were urged %(num)d times to read it. Opening it leaves the receipt.",
                times,
            )
        case Delivery():
            return _("It came on %(day)s. Opening it leaves the receipt.", **told)
        case Appeal():
            return _("%(name)s appealed on %(day)s; it corrects the score if upheld.", **told)
        case Commendation():
            return _("%(name)s proposed it on %(day)s; a leader decides.", **told)
    return _draft_because(row.step, told)


def _draft_because(step: Step, told: dict[str, str]) -> str:
    """Tell whose deed made a draft wait; of some old returns only that they were is known."""
    if step is Step.SEND_ISSUE:
        return _("%(name)s approved it on %(day)s; now it can go out.", **told)
    if step is Step.APPROVE_ISSUE:
        return _("%(name)s sent it on %(day)s; once approved it can go out.", **told)
    if not told["name"]:
        return _("It was returned; the reason stands above its text.")
    return _("%(name)s returned it on %(day)s; the reason stands above its text.", **told)


def address(row: Awaited) -> str:
    """Return where it is done."""
    match row.subject:
        case Publication() as issue if row.step is Step.MEND_ISSUE and row.mine:
            return url_for("publishing.edit", publication_id=issue.id)
        case Publication() as issue:
            return url_for("publications.one", publication_id=issue.id)
        case Delivery() as delivery:
            return url_for("publications.one", publication_id=delivery.publication_id)
        case Appeal() as appeal:
            return url_for("appeals.one", appeal_id=appeal.id)
        case Commendation() as listed:
            return url_for("assessment.whole_year", year=listed.year)


def register(app: App) -> None:
    """Teach the templates these words."""
    app.add_template_filter(step_word, "any_step_word")
    for filter_ in (deed_word, title, origin, because, address):
        app.add_template_filter(filter_, f"awaited_{filter_.__name__}")
