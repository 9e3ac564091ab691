"""What is wrong with a diagram: the engine's gate, then what supervision asks for besides."""

from dataclasses import replace

import engine
from engine import Problem, Session
from workflows import rules
from workflows.actors import Actor
from workflows.drawings.advice import advice
from workflows.processes import registry
from workflows.tables import Role


def check_diagram(
    session: Session, actor: Actor, xml: bytes, process_id: str | None = None
) -> list[Problem]:
    """Return everything about a diagram that is refused or could be better, storing nothing."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return check(session, xml, process_id)


def check_file(xml: bytes) -> list[Problem]:
    """Return what is wrong with a file by itself: what it calls isn't looked for."""
    return check(None, xml)


def check(session: Session | None, xml: bytes, process_id: str | None = None) -> list[Problem]:
    """Return what is wrong with a diagram; in a draft it must stay the process that it is."""
    problems = engine.check(xml, registry(), session)
    drawn = engine.outline(xml) if _is_read(problems) else None
    if drawn is None:
        return problems
    if process_id is not None and drawn.process_id != process_id:
        facts = {"process": process_id}
        problems.append(Problem("process_renamed", drawn.process_id, drawn.name, facts))
    advised = [replace(each, english=drawn.english) for each in advice(drawn)]
    return [*problems, *advised]


def _is_read(problems: list[Problem]) -> bool:
    """Say whether there is a diagram at all behind these problems."""
    return not {problem.code for problem in problems} & {
        "too_large",
        "not_xml",
        "doctype",
        "not_bpmn",
        "too_many",
        "nested_deep",
        "process_missing",
        "process_several",
    }
