"""A refusal in the reader's language: its answer from the table, filled with its facts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

import engine
from web import moments, words
from web.errors.answers import FAULT, HTTP, TABLE, Answer
from web.flaws import flaws
from web.refusals import REASONS
from web.transaction import reading
from web.words import accounts
from workflows import casefile, errors

SYSTEM = _l("The system")
TIMER = "timer"
DEPLOYERS: Mapping[str, LazyString] = {"terminal": _l("the operator"), "shipped": _l("Duban")}
"""Who deploys without being a person."""
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal in the reader's language, ready for a page or for JSON."""

    status: int
    name: str
    title: str
    words: str
    facts: Mapping[str, Any]
    fields: Mapping[str, Any]


def problem_of(error: Exception) -> Problem:
    """Return what to tell about an error; one that nobody expected is our fault."""
    answer = _answer_of(error)
    facts = facts_of(error)
    told = {name: in_words(fact) for name, fact in facts.items()}
    if isinstance(most := facts.get("most"), int):
        told["megabytes"] = megabytes(most)
    reason = REASONS.get(type(error), {}).get(str(facts.get("why")), answer.words)
    fields = error.messages if isinstance(error, ValidationError) else {}
    return Problem(
        status=answer.status,
        name=type(error).__name__,
        title=str(answer.title) % told,
        words=str(reason) % told if reason else "",
        facts=facts if answer.status < FAULT.status else {},
        fields=fields if isinstance(fields, Mapping) else {"_": fields},
    )


def _answer_of(error: Exception) -> Answer:
    for kind in type(error).__mro__:
        if kind in TABLE:
            return TABLE[kind]
    if isinstance(error, HTTPException) and error.code in HTTP:
        return HTTP[error.code]
    if isinstance(error, HTTPException) and error.code and error.code < FAULT.status:
        return replace(HTTP[400], status=error.code)
    if isinstance(error, errors.Refusal):
        return Answer(422, _l("This isn't possible"))
    return FAULT


def facts_of(error: Exception) -> Mapping[str, Any]:
    """Return the facts that a refusal carries."""
    if isinstance(error, engine.Refused):
        return {"flaws": flaws(error.problems)}
    if isinstance(error, RequestEntityTooLarge):
        return {"most": _most_of_request()}
    facts: Mapping[str, Any] = getattr(error, "facts", {})
    if isinstance(error, errors.NewerDeployed):
        return {**facts, "by": str(DEPLOYERS.get(facts["by"], facts["by"]))}
    if isinstance(error, errors.SameHands):
        return {**facts, "by": facts["by"] or str(accounts.TERMINAL)}
    return {**facts, "closed_by": _name_of(facts["closed_by"])} if "closed_by" in facts else facts


def _most_of_request() -> int | None:
    """Return how many bytes this request might have: all of it, or else its texts.

    A form of too many parts is refused as well, whatever its size.
    """
    sent = request.content_length
    for most in (request.max_content_length, request.max_form_memory_size):
        if most and (sent is None or sent > most):
            return most
    return None


def megabytes(size: int) -> str:
    """Tell a limit in megabytes, of whichever kind it is a round number."""
    return f"{size / (MEGABYTE if size % MEGABYTE == 0 else 1_000_000):g}"


def _name_of(by: str | None) -> str:
    """Return who is meant: a person's name, or ``person:12``; a timer is the system itself."""
    kind, colon, number = (by or TIMER).partition(":")
    if not colon:
        return str(SYSTEM) if kind == TIMER else kind
    with reading() as session:
        return casefile.names_of(session, [int(number)]).get(int(number), str(SYSTEM))


def in_words(fact: object) -> str:
    """Word one fact by its kind."""
    match fact:
        case datetime():
            return moments.moment(fact)
        case date():
            return moments.text_day(fact)
        case list() | tuple():
            return moments.list_words([in_words(each) for each in fact])
        case _:
            return words.word(fact)
