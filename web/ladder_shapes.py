"""What rungs and suggestions are told, from a page's form or from JSON alike."""

from marshmallow import fields

from web.shapes import Shape, choice, line, member, text
from workflows.tables import SuggestionKind


class RungWord(Shape):
    """What the director says to a rung; a slip also says what is demanded, and by when."""

    approve = fields.Boolean(required=True)
    reason = text()
    demand = text()
    answer_by = fields.Date(load_default=None, allow_none=True)


class InterviewRecord(Shape):
    """What the record of an interview says."""

    held_on = fields.Date(required=True)
    place = line(required=True)
    interviewer = line(required=True)
    interviewed = line(required=True)
    record = text(required=True)


class NewSuggestion(Shape):
    """Which kind of suggestion to open."""

    kind = member(SuggestionKind, required=True)


class SuggestionEvidence(Shape):
    """Whom a suggestion is about, on which basis, and what shows it."""

    whom = line(required=True)
    basis = text()
    evidence = text(required=True)


class SuggestionDropped(Shape):
    """Why nothing is suggested after all."""

    reason = text(required=True)


class SuggestionEndorsement(Shape):
    """What the director says to a suggestion."""

    verdict = choice("approve", "return", "decline")
    opinion = text()


class SuggestionApproval(Shape):
    """What the leader says to a suggestion."""

    approve = fields.Boolean(required=True)
    opinion = text()


class SuggestionHandOver(Shape):
    """To which organ a suggestion was handed over, with which document, and when."""

    organ = line(required=True)
    document = line(required=True)
    on = fields.Date(required=True)


class SuggestionOutcome(Shape):
    """What the competent organ has done, and when."""

    outcome = text(required=True)
    on = fields.Date(required=True)
