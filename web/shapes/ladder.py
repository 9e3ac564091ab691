"""What rungs and suggestions are told, from a page's form or from JSON alike."""

from marshmallow import fields, validate

from web.shapes import TOO_LONG, Shape, choice, line, member, row, text
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
    basis_id = row()
    article = fields.String(load_default="", validate=validate.Length(max=80, error=TOO_LONG))
    wording = text()
    evidence = text(required=True)
    paper_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=50))


class BasisForm(Shape):
    """A regulation as an administrator writes it down; one article on each line."""

    name = line(required=True)
    document_number = line()
    since = fields.Date(load_default=None, allow_none=True)
    until = fields.Date(load_default=None, allow_none=True)
    articles = text()


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
    answer_by = fields.Date(load_default=None, allow_none=True)


class SuggestionOutcome(Shape):
    """What the competent organ has done, and when."""

    outcome = text(required=True)
    on = fields.Date(required=True)
