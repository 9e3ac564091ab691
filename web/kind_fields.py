"""The fields that a registration asks by the kind of its source, beside an item's own.

A page shows them by ``templates/items/kind_fields/<kind>.html``; the API takes them under the
kind's name. The shape's fields are those of the API; ``typed`` makes them of what a form sends.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from marshmallow import ValidationError

from engine import Session
from web.entries import Typed, load
from web.moments import iso_day
from web.shapes import Shape
from web.shapes import opening as opening_shapes
from web.shapes import projects as project_shapes
from web.words import name_of
from web.words.projects import plain_money
from workflows import dossiers, instructions, kinds, proposals, rules
from workflows.decisions.basis import DecisionDetails, basis_of
from workflows.instructions import Asks, InstructionDetails, Words
from workflows.items import Details, Registration
from workflows.people import leaders
from workflows.projects import templates
from workflows.projects.registering import ProjectDetails, own_nodes
from workflows.proposals import queries as proposal_queries
from workflows.proposals import reach
from workflows.tables import Handling, Item, Kind, Project, Proposal, Source

Fields: TypeAlias = Mapping[str, Any]


def _as_sent(sent: Typed) -> Fields:
    return sent


def _nothing(_session: Session) -> Fields:
    return {}


@dataclass(frozen=True, slots=True)
class KindFields:
    """What one kind asks: how it is read, how a form starts, what it can choose from."""

    shape: type[Shape]
    details: Callable[..., Details]
    start: Callable[[Session, Item], Fields]
    typed: Callable[[Typed], Fields] = _as_sent
    look: Callable[[Session], Fields] = _nothing
    places: Mapping[str, str] = field(default_factory=dict)


# -- proposals --------------------------------------------------------------------------


def _proposal(
    session: str, number: str, proposers: Sequence[Mapping[str, str]], handling: Handling
) -> Details:
    signed = tuple(proposals.Signatory(**one) for one in proposers)
    return proposals.ProposalDetails(session, number, signed, handling)


def _proposal_typed(sent: Typed) -> Fields:
    """Return what a form says of a proposal: one proposer a line, the way to reach them behind."""
    lines = [line for line in sent.get("proposers", "").splitlines() if line.strip()]
    named = [asdict(reach.signatory_in(line)) for line in lines]
    typed = {"number": sent.get("proposal_number", ""), "proposers": named}
    kept = ("session", "handling")
    return {**{name: sent.get(name, "") for name in kept}, **typed}


def _proposal_start(session: Session, item: Item) -> Fields:
    proposal = session.get_one(Proposal, item.id)
    lines = [reach.line_of(one) for one in proposal.proposers]
    return {
        "session": proposal.session,
        "proposal_number": proposal.number,
        "proposers": "\n".join(lines),
        "handling": proposal.handling.value,
    }


def _proposal_look(session: Session) -> Fields:
    return {"sessions": proposal_queries.sessions(session)}


def _project(nodes: str = "", **said: Any) -> Details:  # noqa: ANN401 (as its shape says)
    return ProjectDetails(**said, nodes=own_nodes(nodes))


def _project_start(session: Session, item: Item) -> Fields:
    """Begin with what is written down; own milestones are lines again."""
    project = session.get_one(Project, item.id)
    (year,) = project.years
    lines = [f"{node.due_on.isoformat()} {node.name}" for node in project.milestones]
    return {
        "type": project.type.value,
        "investment": plain_money(project.investment),
        "done_before": plain_money(project.done_before),
        "year": str(year.year),
        "planned": plain_money(year.planned),
        "starts_on": iso_day(project.starts_on),
        "ends_on": iso_day(project.ends_on),
        "template_id": str(project.template_id or ""),
        "nodes": "" if project.template_id else "\n".join(lines),
    }


def _project_look(session: Session) -> Fields:
    found = templates.templates(session, active=True)
    return {"milestone_templates": [(str(each.id), name_of(each)) for each in found]}


# -- instructions and decisions ---------------------------------------------------------

OTHER_LEADERS = 4
"""How many other leaders' words the form has room for."""


def _instruction(
    asks: Asks = Asks.ACTION,
    given_on: date | None = None,
    others: Sequence[Mapping[str, Any]] = (),
) -> Details:
    return InstructionDetails(asks, given_on, tuple(Words(**one) for one in others))


def _instruction_typed(sent: Typed) -> Fields:
    """Return what a form says of an instruction; rows without a leader and words are left out."""
    rows = [
        {name: sent.get(f"other-{place}-{name}", "") for name in ("post_id", "given_on", "words")}
        | {"differs": f"other-{place}-differs" in sent}
        for place in range(OTHER_LEADERS)
    ]
    others = [row for row in rows if row["post_id"] or row["words"]]
    asked = {name: sent.get(name, "") for name in ("asks", "given_on")}
    return {**asked, "others": others}


def _instruction_start(session: Session, item: Item) -> Fields:
    told = instructions.instructions_of(session, item)
    own = [one for one in told if one.post_id == item.instructing_post_id]
    form = {"asks": Asks.ACTION.value, "given_on": iso_day(own[0].given_on) if own else ""}
    for place, one in enumerate(each for each in told if each not in own):
        form[f"other-{place}-post_id"] = str(one.post_id)
        form[f"other-{place}-given_on"] = iso_day(one.given_on)
        form[f"other-{place}-words"] = one.words
        if one.differs:
            form[f"other-{place}-differs"] = "true"
    return form


def _instruction_look(session: Session) -> Fields:
    return {
        "leaders": leaders(session),
        "holders": dossiers.holders_of_leaders(session),
        "room_for_others": range(OTHER_LEADERS),
    }


def _decision_start(session: Session, item: Item) -> Fields:
    basis = basis_of(session, item)
    if basis is None:
        return {}
    held_on = iso_day(basis.held_on)
    return {"meeting": basis.meeting, "held_on": held_on, "document": basis.document}


KIND_FIELDS: Mapping[Kind, KindFields] = MappingProxyType(
    {
        Kind.PROPOSAL: KindFields(
            opening_shapes.ProposalDetails,
            _proposal,
            _proposal_start,
            _proposal_typed,
            _proposal_look,
            {"number": "proposal_number"},
        ),
        Kind.INSTRUCTION: KindFields(
            opening_shapes.InstructionDetails,
            _instruction,
            _instruction_start,
            _instruction_typed,
            _instruction_look,
        ),
        Kind.DECISION: KindFields(opening_shapes.DecisionDetails, DecisionDetails, _decision_start),
        Kind.KEY_PROJECT: KindFields(
            project_shapes.ProjectFields,
            _project,
            _project_start,
            look=_project_look,
        ),
    }
)
"""The kinds that ask for more than an item's own fields."""


def from_form(sent: Typed) -> Registration:
    """Read the form of a registration; a secret matter is turned away whatever else is missing."""
    rules.must_not_be_secret(secret=sent.get("secret") == "true")
    said, wrong = _read(opening_shapes.Registration, sent)
    kind = kind_chosen(sent.get("source", ""))
    if kind is not None:
        asked = KIND_FIELDS[kind]
        said[kind.value], more = _read(asked.shape, asked.typed(sent))
        wrong |= {asked.places.get(name, name): words for name, words in more.items()}
    if wrong:
        raise ValidationError(wrong)
    return registration(said)


def _read(shape: type[Shape], sent: Fields) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what was read, and every mistake by its field: two shapes make one form."""
    try:
        return load(shape, sent), {}
    except ValidationError as error:
        return {}, dict(error.messages_dict)


def registration(said: Mapping[str, Any]) -> Registration:
    """Return the registration that was loaded, with its kind's details if there are any."""
    own = dict(said)
    told = {kind: own.pop(kind.value, None) for kind in KIND_FIELDS}
    kind = kinds.runs_as(own["source"])
    details = KIND_FIELDS[kind].details(**told[kind]) if told.get(kind) else None
    return Registration(**own, details=details)


def kind_chosen(source: str) -> Kind | None:
    """Return the kind that a chosen source is, if it asks for fields of its own."""
    if source not in set(Source):
        return None
    kind = kinds.runs_as(Source(source))
    return kind if kind in KIND_FIELDS else None


def look(session: Session, source: str) -> Fields:
    """Return what the fields of a source's kind can choose from, and the kind itself."""
    kind = kind_chosen(source)
    if kind is None:
        return {"kind": None}
    return {"kind": kind, **KIND_FIELDS[kind].look(session)}


def start(session: Session, item: Item) -> Fields:
    """Return what an item's own kind has written down, as its form begins."""
    asked = KIND_FIELDS.get(item.kind)
    return {} if asked is None else asked.start(session, item)
