"""The catalogue: what a diagram may name, for the editor, in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, g, request, url_for
from flask_babel import force_locale
from flask_babel.speaklater import LazyString

import engine
from engine import Outcome
from web import words
from web.i18n import CHINESE, ENGLISH
from web.moments import text_day
from web.transaction import reading
from web.words import catalogue as catalogue_words
from web.words import panels as panel_words
from web.words import whys
from web.words.catalogue import Words
from workflows import catalogue
from workflows.catalogue import Catalogue, Datum, KnownStep, Rule
from workflows.tables import Role

blueprint = Blueprint("catalogue", __name__, url_prefix="/diagrams/catalogue")

Entry = dict[str, Any]


@blueprint.get("")
def show() -> Response:
    """Give everything that a diagram may name, and the words of the panel that sets it."""
    with reading() as session:
        found = catalogue.catalogue(session, g.actor)
    return _json(
        {
            "steps": [_step(known) for known in found.steps],
            "roles": [{"name": role.value, "label": words.word(role)} for role in found.roles],
            "who": [_who(name, role) for name, role in found.who],
            "limits": [_limit(rule) for rule in found.limits],
            "own_limits": _labelled(found.own_limits, catalogue_words.OWN_LIMITS),
            "units": [{"name": unit.value, "label": words.word(unit)} for unit in found.units],
            "operations": [_operation(each) for each in found.operations],
            "due_dates": _labelled(found.due_dates, catalogue_words.DUE_DATES),
            "warn_at": dict(found.warn_at),
            "processes": _processes(found),
            "decisions": [
                {"id": each.id, "label": each.name, "inputs": dict(each.inputs)}
                for each in found.decisions
            ],
            "data": [_datum(datum) for datum in found.data],
            "messages": _labelled(found.messages, catalogue_words.MESSAGES),
            "addresses": {"example": url_for("catalogue.example")},
            "drawn": {name: _in_both(said) for name, said in panel_words.DRAWN.items()},
            "words": {name: str(said) for name, said in panel_words.WORDS.items()},
        }
    )


@blueprint.get("/example")
def example() -> Response:
    """Tell until when a step has time that begins on a day, and why until that day."""
    limit, on = request.args.get("limit", ""), _day(request.args.get("on", ""))
    with reading() as session:
        due = catalogue.example(session, g.actor, limit, on)
    return _json(
        {"due_on": due.on.isoformat(), "day": text_day(due.on), "why": whys.why_words(due.why)}
    )


def _json(body: Entry) -> Response:
    return Response(current_app.json.dumps(body), mimetype="application/json")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _labelled(names: Iterable[str], said: Words) -> list[Entry]:
    return [{"name": name, "label": _from(said, name)} for name in names]


def _from(said: Words, name: str) -> str:
    return str(said.get(name, name))


def _step(known: KnownStep) -> Entry:
    return {
        "name": known.step.name,
        "label": words.step_word(known.step.name),
        "names": _in_both(words.STEPS[known.step.name]),
        "role": known.step.role.value,
        "outcomes": known.outcomes and [_outcome(each) for each in known.outcomes],
        "writes": list(known.step.writes),
    }


def _in_both(said: LazyString) -> Entry:
    """Return a name in both languages, as the diagram writes what the editor draws."""
    names = {}
    for attribute, spoken in (("name", CHINESE), ("name_en", ENGLISH)):
        with force_locale(spoken):
            names[attribute] = str(said)
    return names


def _outcome(outcome: Outcome) -> Entry:
    return {"value": outcome.value, "label": outcome.label, "label_en": outcome.label_en}


def _who(name: str, role: Role) -> Entry:
    label, sentence = catalogue_words.WHO.get(name, (words.word(role), ""))
    return {"name": name, "role": role.value, "label": str(label), "sentence": str(sentence)}


def _limit(rule: Rule) -> Entry:
    return {
        "name": rule.name,
        "label": whys.limit_words(rule.name),
        "span": whys.span_words(rule.span.number, rule.span.unit.value),
        "starts": words.word(rule.clause.starts),
        "stops": [words.word(cause) for cause in sorted(rule.clause.stops)],
        "address": url_for("admin_limits.edit", name=rule.name),
    }


def _operation(operation: engine.Operation) -> Entry:
    return {
        "name": operation.name,
        "label": _from(catalogue_words.OPERATIONS, operation.name),
        "outside": operation.outside,
        "writes": list(operation.writes),
        "parameters": [
            {
                "name": name,
                "label": _from(catalogue_words.DATA, name),
                "type": kind.__name__,
                "type_label": _from(catalogue_words.TYPES, kind.__name__),
                "required": name in operation.required,
            }
            for name, kind in operation.parameters.items()
        ],
    }


def _processes(found: Catalogue) -> list[Entry]:
    return [
        {
            "id": called.definition.process_id,
            "definition_id": called.definition.id,
            "label": words.name_of(called.definition),
            "name": called.definition.name,
            "name_en": called.definition.name_en,
            "given": called.given,
            "data": called.data,
        }
        for called in found.processes
    ]


def _datum(datum: Datum) -> Entry:
    values: Mapping[str, str] = {member.value: words.word(member) for member in datum.values or ()}
    return {
        "name": datum.name,
        "label": _from(catalogue_words.DATA, datum.name),
        "type": datum.kind.__name__,
        "element": datum.element,
        "values": [{"name": name, "label": label} for name, label in values.items()],
    }
