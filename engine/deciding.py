"""Deployed decision files: numbered, never changed, compiled once per process, and decided."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from engine import store
from engine.database import database_of, now
from engine.decisions import Findings, Plan, check, passed, read_table
from engine.errors import DecisionUnknown, Problem, Refused
from engine.records import Decided, DecisionTable, DecisionVersion


def deploy_decision(session: Session, xml: bytes, *, by: str) -> DecisionVersion:
    """Let a decision file in through the gate as its newest version.

    The bytes of the newest version are that version; those of an older one are deployed anew.
    """
    file = passed(xml).file
    store.decisions.lock(session)
    checksum = hashlib.sha256(xml).hexdigest()
    known = store.decisions.newest_if(session, file.id, checksum)
    if known is not None:
        return known
    taken = _taken(session, file.id, list(file.decisions))
    if taken:
        raise Refused(taken)
    values = {
        "definitions_id": file.id,
        "version": store.decisions.last_version(session, file.id) + 1,
        "name": file.name,
        "xml": xml,
        "checksum": checksum,
        "deployed_at": now(session),
        "deployed_by": by,
    }
    names = [(each.id, each.name) for each in file.decisions.values()]
    return decision(session, store.decisions.add(session, values, names))


def check_decision(xml: bytes, session: Session | None = None) -> Findings:
    """Return all that the gate has against a decision file, and its warnings, storing nothing.

    With a session it also looks for decisions that another file has deployed.
    """
    findings = check(xml)
    if session is None or findings.problems:
        return findings
    file = passed(xml).file
    return Findings(_taken(session, file.id, list(file.decisions)), findings.warnings)


def decisions(session: Session) -> Sequence[DecisionVersion]:
    """Return the newest version of each decision file."""
    return store.decisions.newest(session)


def decision_versions(session: Session, decision_id: str) -> Sequence[DecisionVersion]:
    """Return every version that has a decision, the newest first."""
    return store.decisions.versions(session, decision_id)


def decision(session: Session, definition_id: int) -> DecisionVersion:
    """Return one deployed version."""
    found = store.decisions.one(session, definition_id)
    if found is None:
        raise DecisionUnknown(definition_id)
    return found


def decide(session: Session, decision_id: str, inputs: Mapping[str, Any]) -> Decided:
    """Decide by the newest version that has the decision, or fail as a rule of a diagram fails."""
    definition_id, version, plan = _newest(session, decision_id)
    verdict = plan.decide(decision_id, inputs)
    return Decided(verdict.result, verdict.rules, definition_id, version)


def decision_inputs(session: Session, decision_id: str) -> Mapping[str, str]:
    """Return what a decision reads from the data, with the standard's names of the types."""
    return _newest(session, decision_id)[2].inputs(decision_id)


def decision_table(session: Session, decision_id: str) -> DecisionTable:
    """Return the newest version of a file with one table as rows, read once per process."""
    definition_id = store.decisions.newest_id(session, decision_id)
    if definition_id is None:
        raise DecisionUnknown(decision_id)
    tables = database_of(session).decision_tables
    found: DecisionTable | None = tables.get(definition_id)
    if found is None:
        deployed = decision(session, definition_id)
        found = tables[definition_id] = _table(definition_id, deployed.version, deployed.xml)
    return found


@lru_cache(maxsize=64)
def _table(definition_id: int, version: int, xml: bytes) -> DecisionTable:
    """Read a table once for all the copies of a database in this process."""
    return replace(read_table(xml), definition_id=definition_id, version=version)


def _newest(session: Session, decision_id: str) -> tuple[int, int, Plan]:
    """Return the newest version with a decision, compiled when this process first needs it."""
    definition_id = store.decisions.newest_id(session, decision_id)
    if definition_id is None:
        raise DecisionUnknown(decision_id)
    plans = database_of(session).decisions
    found: tuple[int, Plan] | None = plans.get(definition_id)
    if found is None:
        deployed = decision(session, definition_id)
        found = plans[definition_id] = (deployed.version, _compiled(deployed.xml))
    return definition_id, *found


@lru_cache(maxsize=64)
def _compiled(xml: bytes) -> Plan:
    """Compile a file once for all the copies of a database in this process."""
    return passed(xml)


def _taken(session: Session, definitions_id: str, decision_ids: list[str]) -> list[Problem]:
    """Return a problem for each decision that another file has: an id means one decision."""
    return [
        Problem("decision_elsewhere", each, None, {"decision": each, "file": file})
        for each, file in store.decisions.elsewhere(session, definitions_id, decision_ids)
    ]
