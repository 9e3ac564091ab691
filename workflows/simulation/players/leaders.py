"""How a leader consents and instructs."""

from collections.abc import Mapping
from datetime import timedelta

from engine import Session
from workflows import changes, results, steps, store
from workflows.actors import Actor
from workflows.simulation.year import Player, Year
from workflows.tables import Todo


def _consent(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    consent = not year.chance(20)
    request = store.pending_change(session, part.id)
    changes.decide_change(session, actor, todo.task_id, consent, "同意。" if consent else "抓紧。")
    if consent and request is not None and request.new_due_on is not None:
        late = timedelta(days=year.random.randrange(-5, 4))
        year.memory.finished[part.id] = max(year.today, request.new_due_on + late)


def _instruct(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    again = year.chance(4)
    said = "请再跟踪一段时间，确保不反弹。" if again else "阅。"
    results.record_instruction(session, actor, todo.task_id, again, said)


STEPS: Mapping[str, Player] = {
    steps.CONSENT: _consent,
    steps.INSTRUCT: _instruct,
}
