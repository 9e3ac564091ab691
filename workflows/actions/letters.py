"""Letters to a unit's principal leader, about one matter or problem; opened means received."""

from dataclasses import dataclass
from datetime import date

from engine import Session, now
from workflows import notices, rules, store
from workflows.actions import sight
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import NobodyHeads
from workflows.tables import Letter, LetterKind, Role, Unit

LINE, NUMBER = 200, 40


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter as it is written; the number is the office's own, if it numbers letters."""

    kind: LetterKind
    unit_id: int
    subject: str
    body: str
    number: str = ""
    item_id: int | None = None
    answer_by: date | None = None


def send_letter(session: Session, actor: Actor, text: LetterText) -> Letter:
    """Send a letter to whoever heads a unit today; it is delivered in the house."""
    rules.must_have(actor, *rules.OFFICE)
    subject = rules.must_say("subject", text.subject, LINE)
    body = rules.must_say("body", text.body)
    number = text.number.strip()
    rules.must_fit("number", number, NUMBER)
    rules.must_lie_ahead(text.answer_by, today(session))
    unit: Unit = store.active_units(session, [text.unit_id])[text.unit_id]
    item = None if text.item_id is None else store.visible_item(session, actor, text.item_id)
    heads = store.people_of_unit(session, unit.id, (Role.UNIT_HEAD,))
    if not heads:
        raise NobodyHeads(unit.id, unit.name)
    letter = Letter(
        kind=text.kind,
        number=number,
        unit_id=unit.id,
        item_id=item and item.id,
        subject=subject,
        body=body,
        addressee="、".join(head.name for head in heads),
        answer_by=text.answer_by,
        sent_by_id=actor.person_id,
        sent_at=now(session),
    )
    session.add(letter)
    session.flush()
    facts = {"letter": letter.id, "subject": subject, "kind": text.kind.value}
    notices.notify(session, heads, "letter", facts=facts)
    return letter


def open_letter(session: Session, actor: Actor, letter_id: int) -> Letter:
    """Open a letter; the first look of whoever heads its unit leaves the receipt."""
    letter = sight.visible_letter(session, actor, letter_id)
    if letter.read_at is None and letter.unit_id in actor.unit_ids(Role.UNIT_HEAD):
        letter.read_at, letter.read_by_id = now(session), actor.person_id
        session.flush()
    return letter
