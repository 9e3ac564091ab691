"""The ways in which supervision says no; every refusal carries the facts of its case."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any


class Refusal(Exception):
    """Base of every refusal; ``facts`` is all that the wording needs."""

    def __init__(self, **facts: object) -> None:
        told = ", ".join(f"{name}={value!r}" for name, value in facts.items())
        super().__init__(f"{type(self).__name__}({told})")
        self.facts: Mapping[str, Any] = facts


# -- who may act ------------------------------------------------------------------------


class NotYours(Refusal):
    """The step or deed belongs to another role, unit or post."""

    def __init__(self, role: str | None = None, unit_id: int | None = None) -> None:
        super().__init__(role=role, unit_id=unit_id)


class ItemUnknown(Refusal):
    """There is no such item, or the actor may not know that there is."""

    def __init__(self, item_id: object = None) -> None:
        super().__init__(item_id=item_id)


class DrawingUnknown(Refusal):
    """There is no such draft of a diagram."""

    def __init__(self, drawing_id: object = None) -> None:
        super().__init__(drawing_id=drawing_id)


class MigrationUnknown(Refusal):
    """There is no such migration of running items."""

    def __init__(self, run_id: object = None) -> None:
        super().__init__(run_id=run_id)


class ReplayUnknown(Refusal):
    """There is no such replay of a draft."""

    def __init__(self, run_id: object = None) -> None:
        super().__init__(run_id=run_id)


class NoTrial(Refusal):
    """No trial of this draft is under way, or it was left alone for too long."""


class TrialBusy(Refusal):
    """The trial is still at what was asked of it before."""


class TrialFull(Refusal):
    """The trial has taken as many steps, or become as large, as a trial may."""

    def __init__(self, steps: int) -> None:
        super().__init__(steps=steps)


class NobodyThere(Refusal):
    """In the invented town nobody holds the post that has this step to do."""

    def __init__(self, step: str) -> None:
        super().__init__(step=step)


class NothingToMove(Refusal):
    """None of what was chosen can move to that version, or be taken back."""


class AssignmentUnknown(Refusal):
    """There is no such part of an item."""

    def __init__(self, assignment_id: object = None) -> None:
        super().__init__(assignment_id=assignment_id)


class UnitUnknown(Refusal):
    """There is no such unit, or it takes no work any more."""

    def __init__(self, unit_id: object = None) -> None:
        super().__init__(unit_id=unit_id)


# -- what stands in the way at the moment -----------------------------------------------


class WrongStep(Refusal):
    """The task is open, but it asks for another kind of work."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected=expected, found=found)


class NotNow(Refusal):
    """The item or part isn't at a point where this can be done."""

    def __init__(self, deed: str, state: str) -> None:
        super().__init__(deed=deed, state=state)


class AlreadyAsked(Refusal):
    """The same thing was asked before and waits for its answer."""

    def __init__(self, deed: str, asked_at: datetime) -> None:
        super().__init__(deed=deed, asked_at=asked_at)


class WithdrawLate(Refusal):
    """The next person has opened the submission, so it stays."""

    def __init__(self, seen_by: str, seen_at: datetime) -> None:
        super().__init__(seen_by=seen_by, seen_at=seen_at)


class NothingToWithdraw(Refusal):
    """This step can't be taken back, or somebody else submitted it."""


# -- what was typed ---------------------------------------------------------------------


class SecretRefused(Refusal):
    """Secret matters don't go into this system."""


class TextMissing(Refusal):
    """A field that must say something is empty."""

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class ReasonMissing(TextMissing):
    """A refusal, a return or an objection has to say why."""

    def __init__(self, field: str = "reason") -> None:
        super().__init__(field)


class TextTooLong(Refusal):
    """A field is longer than what it can hold."""

    def __init__(self, field: str, length: int, most: int) -> None:
        super().__init__(field=field, length=length, most=most)


class PercentOutOfRange(Refusal):
    """A share of work done lies between 0 and 100."""

    def __init__(self, percent: int) -> None:
        super().__init__(percent=percent)


class ChoiceUnknown(Refusal):
    """The answer is none of those that can be given."""

    def __init__(self, field: str, given: str, choices: Sequence[str]) -> None:
        super().__init__(field=field, given=given, choices=list(choices))


class FormInvalid(Refusal):
    """Fields of a form step don't hold what they ask for; ``problems``: key → code."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(problems=dict(problems))


class UnitTwice(Refusal):
    """A unit can take part in an item only once at a time."""

    def __init__(self, unit_id: int) -> None:
        super().__init__(unit_id=unit_id)


class LeadReleased(Refusal):
    """The lead unit can't be let go without another taking its place."""


class NoLetGo(Refusal):
    """A final report can't be accepted while one of the three checks is missing."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(missing=list(missing))


class DetailsMissing(Refusal):
    """A matter of this kind can't be registered without the details of its kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind=kind)


class KindFixed(Refusal):
    """An item stays the kind that it was registered as: its diagram runs."""

    def __init__(self, kind: str, given: str) -> None:
        super().__init__(kind=kind, given=given)


class DayAhead(Refusal):
    """A day on which something has happened can't lie ahead."""

    def __init__(self, field: str, given: date) -> None:
        super().__init__(field=field, given=given)


class DaysCrossed(Refusal):
    """A time has to begin, and to end after that."""

    def __init__(self, field: str, first: date | None, last: date) -> None:
        super().__init__(field=field, first=first, last=last)


class LookAlikesOpen(Refusal):
    """Open items look like the same matter; the office hasn't said what it makes of them."""

    def __init__(self, items: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(items=[dict(item) for item in items], number=len(items))


class SoundsSecret(Refusal):
    """The words sound like those of a secret matter; whoever registers has to look again."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(field="secret", words=list(words))


class NoItem(Refusal):
    """A leader who only read a paper, 批阅 or 圈阅, asks for nothing: it is no item."""

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class PartsOpen(Refusal):
    """A decision that was broken down is closed once each of its parts has ended."""

    def __init__(self, parts: Sequence[str]) -> None:
        super().__init__(parts=list(parts), number=len(parts))


class BreakdownHoles(Refusal):
    """A row of a breakdown lacks a field, or holds what can't be; ``holes``: row, field, why."""

    def __init__(self, holes: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(holes=[dict(hole) for hole in holes])


class PostTwice(Refusal):
    """A post is named twice where each stands once."""

    def __init__(self, field: str, post_id: int) -> None:
        super().__init__(field=field, post_id=post_id)


class TooFewParts(Refusal):
    """A common report serves several parts; one alone has a report of its own."""

    def __init__(self, fewest: int) -> None:
        super().__init__(fewest=fewest)


class PostRefused(Refusal):
    """The post chosen as sponsor or instructing leader isn't a leader's."""

    def __init__(self, post_id: int) -> None:
        super().__init__(post_id=post_id)


# -- proposals --------------------------------------------------------------------------


class NumberTaken(Refusal):
    """A session gives each of its proposals a number of its own."""

    def __init__(self, session: str, number: str) -> None:
        super().__init__(session=session, number=number)


class UnitsMissing(Refusal):
    """A proposal can't be handed over without a unit that leads; ``numbers`` says which."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(numbers=list(numbers))


class HandlingUnfit(Refusal):
    """How a proposal is handled doesn't fit the number of its units."""

    def __init__(self, handling: str, others: int) -> None:
        super().__init__(handling=handling, others=others)


class ContactMissing(Refusal):
    """A reply needs a talk with the proposers first; after a dissatisfied one, face to face."""

    def __init__(self, face_to_face: bool) -> None:  # noqa: FBT001 (a fact)
        super().__init__(why="face_to_face" if face_to_face else "first")


class ClassMissing(Refusal):
    """A reply says which of the four classes A to D it is."""


class PromiseUnfit(Refusal):
    """A reply of class B promises something by a day; no other one promises anything."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class RatingsOpen(Refusal):
    """Proposers haven't answered yet, and may do so until a day."""

    def __init__(self, names: Sequence[str], until: date) -> None:
        super().__init__(names=list(names), until=until)


class AddressUnfit(Refusal):
    """Neither mail nor SMS goes to what was written down as a proposer's address."""

    def __init__(self, field: str, given: str) -> None:
        super().__init__(field=field, given=given)


class NobodyReached(Refusal):
    """No link can be sent: whoever could rate has no address, or was sent one already."""


class LinkUnknown(Refusal):
    """No reply is rated by this link; nothing more is told."""


class LinkOver(Refusal):
    """This link has run out, or its case has gone on; ``why`` says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


# -- the clock --------------------------------------------------------------------------


class LimitInPast(Refusal):
    """A limit has to lie ahead."""

    def __init__(self, given: date, today: date) -> None:
        super().__init__(given=given, today=today)


class LimitTooFar(Refusal):
    """A limit lies further away than anybody plans."""

    def __init__(self, given: date, last: date) -> None:
        super().__init__(given=given, last=last)


class ObjectionLate(Refusal):
    """The window for objections has closed."""

    def __init__(self, until: date, today: date) -> None:
        super().__init__(until=until, today=today)


class ChangeLate(Refusal):
    """A change has to be asked for before the limit runs out."""

    def __init__(self, due_on: date, today: date) -> None:
        super().__init__(due_on=due_on, today=today)


class CeilingReached(Refusal):
    """A limit was moved as often as its rule allows, or would be moved further."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class ExtensionBackwards(Refusal):
    """An extension has to lead past the present limit."""

    def __init__(self, due_on: date, given: date) -> None:
        super().__init__(due_on=due_on, given=given)


class RungUnknown(Refusal):
    """There is no such rung, or it hasn't reached the unit of whoever asks."""

    def __init__(self, rung_id: object = None) -> None:
        super().__init__(rung_id=rung_id)


class SuggestionUnknown(Refusal):
    """There is no such suggestion."""

    def __init__(self, suggestion_id: object = None) -> None:
        super().__init__(suggestion_id=suggestion_id)


class DayOutside(Refusal):
    """A day of a record lies before what it records began, or ahead of today."""

    def __init__(self, field: str, given: date, first: date, last: date) -> None:
        super().__init__(field=field, given=given, first=first, last=last)


class UrgedLately(Refusal):
    """A unit was urged about its part as often as it may be for now."""

    def __init__(self, unit: str, by: str, at: datetime, again_on: date) -> None:
        super().__init__(unit=unit, by=by, at=at, again_on=again_on)


class LimitMissing(Refusal):
    """There is no limit that could be extended."""


# -- rooms that keep their own tables ---------------------------------------------------


class CalendarRefused(Refusal):
    """A year's table can't be taken in; every problem is named."""

    def __init__(self, problems: Sequence[Mapping[str, str]]) -> None:
        super().__init__(problems=list(problems))


class LimitRefused(Refusal):
    """A limit or a line of the ladder can't be what was typed."""

    def __init__(self, why: str, name: str, **facts: object) -> None:
        super().__init__(why=why, name=name, **facts)


class MovesUnseen(Refusal):
    """So many due dates would move, and whoever saves hasn't seen which."""

    def __init__(self, moves: int) -> None:
        super().__init__(moves=moves)


class SettingRefused(Refusal):
    """There is no such setting, or the value isn't of its kind."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name=name, value=value)


class PaperRefused(Refusal):
    """A file of a wrong kind, size or name."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class SheetRefused(Refusal):
    """A workbook, or a sheet of it, that can't be read as a ledger; ``why`` says what is wrong."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class BatchUnknown(Refusal):
    """There is no such import, or it is somebody else's."""

    def __init__(self, batch_id: object = None) -> None:
        super().__init__(batch_id=batch_id)


class ViewUnknown(Refusal):
    """There is no such kept view, or it is somebody else's."""

    def __init__(self, view_id: object = None) -> None:
        super().__init__(view_id=view_id)


class ViewRefused(Refusal):
    """Somebody keeps as many views as one may."""

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class PreviewStale(Refusal):
    """What would be imported isn't what was previewed: the preview has to be read again."""


# -- revisits -----------------------------------------------------------------------------


class RevisitUnknown(Refusal):
    """There is no such visit, or the actor may not know of it yet."""

    def __init__(self, revisit_id: object = None) -> None:
        super().__init__(revisit_id=revisit_id)


class SampleUnknown(Refusal):
    """There is no such sample."""

    def __init__(self, sample_id: object = None) -> None:
        super().__init__(sample_id=sample_id)


class SampleRefused(Refusal):
    """A sample can't be drawn like this; ``redrawn`` if the pool was drawn from before."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class ChecklistRefused(Refusal):
    """A checklist can't be this, or a verdict goes against what it says."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class VisitorDecides(Refusal):
    """An objection to a conclusion is decided by somebody who wasn't at the visit."""

    def __init__(self, revisit_id: int) -> None:
        super().__init__(revisit_id=revisit_id)


# -- actions ------------------------------------------------------------------------------


class ActionUnknown(Refusal):
    """There is no such action, station, problem or letter, or not for this reader."""

    def __init__(self, action_id: object = None) -> None:
        super().__init__(action_id=action_id)


class NobodyHeads(Refusal):
    """A letter to a unit's principal leader needs somebody who is that today."""

    def __init__(self, unit_id: int, unit: str) -> None:
        super().__init__(unit_id=unit_id, unit=unit)


# -- people and their accounts ----------------------------------------------------------


class SignInRefused(Refusal):
    """The login or the password is wrong; which of them isn't told."""


class TooManyTries(Refusal):
    """This account or address has tried too often; ``until`` is when to try again."""

    def __init__(self, until: datetime, minutes: int) -> None:
        super().__init__(until=until, minutes=minutes)


class PasswordRefused(Refusal):
    """The new password is too short, too long or too easy to guess."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class PersonUnknown(Refusal):
    """There is no such person, post or holding."""

    def __init__(self, person_id: object = None) -> None:
        super().__init__(person_id=person_id)


class PeopleRefused(Refusal):
    """A unit, post or person can't be changed in this way; ``why`` says which rule."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class ChangedMeanwhile(Refusal):
    """Somebody else changed the row since the page was read."""

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class NoticeUnknown(Refusal):
    """There is no such notice for this reader."""

    def __init__(self, notice_id: object = None) -> None:
        super().__init__(notice_id=notice_id)


class PaperUnknown(Refusal):
    """There is no such file, or the actor may not know that there is."""

    def __init__(self, paper_id: object = None) -> None:
        super().__init__(paper_id=paper_id)


class FigureUnknown(Refusal):
    """No figure has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class SummaryUnknown(Refusal):
    """There is no such summary, or it was thrown away."""

    def __init__(self, summary_id: object = None) -> None:
        super().__init__(summary_id=summary_id)


class SnapshotUnknown(Refusal):
    """There is no such snapshot, or the actor may not know that there is."""

    def __init__(self, snapshot_id: object = None) -> None:
        super().__init__(snapshot_id=snapshot_id)


class UnsafeForProduction(Refusal):
    """Demo accounts or the demo's key must not serve in production."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class NotEmpty(Refusal):
    """A simulated year needs an empty database: it founds a city of its own."""


class DemoUnfinished(Refusal):
    """The demo data was broken off half way: it is begun anew in an empty database."""


# -- key projects -----------------------------------------------------------------------


class ProjectRefused(Refusal):
    """What is said of a project can't be so; ``why`` says which rule."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class DisclosureUnknown(Refusal):
    """There is no such reply that is, was or could be public."""

    def __init__(self, disclosure_id: object = None) -> None:
        super().__init__(disclosure_id=disclosure_id)


class DisclosureRefused(Refusal):
    """A reply or a session's figures can't be shown to the public; ``why`` says which rule."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class TargetUnknown(Refusal):
    """There is no such target, or the actor may not know that there is."""

    def __init__(self, target_id: object = None) -> None:
        super().__init__(target_id=target_id)


class TargetRefused(Refusal):
    """A target can't be so; ``why`` says which rule."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class BasisRefused(Refusal):
    """A suggestion can't be based on that; ``why`` says why."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class FiguresMissing(Refusal):
    """The lead unit's report of a project needs the month and what was completed in it."""


class NodesOpen(Refusal):
    """Milestones wait to be reached, or to be reviewed; ``nodes`` are their names."""

    def __init__(self, nodes: Sequence[str]) -> None:
        super().__init__(nodes=list(nodes))


class EvidenceMissing(Refusal):
    """A milestone is reached only with a paper or photograph that shows it."""

    def __init__(self, node: str) -> None:
        super().__init__(node=node)


class ConsentMissing(Refusal):
    """A milestone gets a later day only by a change that the leader consented to."""

    def __init__(self, node: str) -> None:
        super().__init__(node=node)


class MilestoneUnknown(Refusal):
    """There is no such milestone, or the actor may not know that there is."""

    def __init__(self, milestone_id: object = None) -> None:
        super().__init__(milestone_id=milestone_id)


class DecisionUnknown(Refusal):
    """There is no such decision of a meeting, or not for this reader."""

    def __init__(self, decision_id: object = None) -> None:
        super().__init__(decision_id=decision_id)


class MeetingUnknown(Refusal):
    """There is no such meeting."""

    def __init__(self, meeting_id: object = None) -> None:
        super().__init__(meeting_id=meeting_id)


# -- diagrams on their way ------------------------------------------------------------------


class DraftEnded(Refusal):
    """The draft was deployed or put aside: nobody changes it any more."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class DraftMoved(Refusal):
    """Somebody else has saved the draft since it was read."""

    def __init__(self, revision: int, saved_by: str, saved_at: datetime) -> None:
        super().__init__(revision=revision, saved_by=saved_by, saved_at=saved_at)


class DraftUnread(Refusal):
    """The draft was saved since whoever decides about it has read it."""

    def __init__(self, revision: int, saved_by: str, saved_at: datetime) -> None:
        super().__init__(revision=revision, saved_by=saved_by, saved_at=saved_at)


class DraftOpen(Refusal):
    """The process has an open draft already; there is one at a time."""

    def __init__(self, draft_id: int, saved_by: str, saved_at: datetime) -> None:
        super().__init__(draft_id=draft_id, saved_by=saved_by, saved_at=saved_at)


class ProcessTaken(Refusal):
    """A process of this id is there already."""

    def __init__(self, process_id: str) -> None:
        super().__init__(process_id=process_id)


class ProcessIdUnfit(Refusal):
    """An id has letters, digits, _ and -, and begins with a letter."""

    def __init__(self, process_id: str) -> None:
        super().__init__(process_id=process_id)


class NewerDeployed(Refusal):
    """Somebody has deployed a newer version than the one that the draft was begun on."""

    def __init__(self, version: int, by: str, at: datetime, note: str) -> None:
        super().__init__(version=version, by=by, at=at, note=note)


class NewestAlready(Refusal):
    """The draft stands on the newest version, so there is nothing to take over."""


class RouteRefused(Refusal):
    """The items of a source can't run on a process: it isn't deployed, or isn't made for them."""

    def __init__(self, source: str, process_id: str) -> None:
        super().__init__(source=source, process_id=process_id)


class RouteBroken(Refusal):
    """The items of some sources run on the process, and couldn't on this version of it."""

    def __init__(self, sources: Sequence[str]) -> None:
        super().__init__(sources=list(sources))


class NothingChanged(Refusal):
    """The draft is the newest version, sign for sign."""


class ReviewMissing(Refusal):
    """A second administrator has to approve first; ``why`` says how far that is."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class ReviewSettled(Refusal):
    """Nothing waits for a review, or it was given already."""


class OwnReview(Refusal):
    """Whoever changed a draft last, or sent it, doesn't review it."""


class VersionStays(Refusal):
    """A version is never deleted; ``why`` says what needs this one."""

    def __init__(self, why: str, running: int, ran: int) -> None:
        super().__init__(why=why, running=running, ran=ran)


class WouldBeLost(Refusal):
    """A file holds parts of another tool that the editor can't keep; the file itself is kept."""

    def __init__(self, file_id: int, parts: Sequence[str]) -> None:
        super().__init__(file_id=file_id, parts=list(parts))


# -- decision tables ------------------------------------------------------------------------


class TableWouldLose(Refusal):
    """A file holds more than its table, and nobody has said that it may be dropped."""

    def __init__(self, parts: Sequence[str]) -> None:
        super().__init__(parts=list(parts))


class TableUnknown(Refusal):
    """There is no such decision table, or no such version of it."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class TableRefused(Refusal):
    """A decision table can't be taken in like this; ``flaws`` says what is wrong with it."""

    def __init__(self, flaws: Sequence[object]) -> None:
        super().__init__(flaws=flaws)


# -- publications ---------------------------------------------------------------------------


class SerialUnknown(Refusal):
    """There is no such serial, or nothing of this kind appears in it."""

    def __init__(self, name: object = None) -> None:
        super().__init__(name=name)


class SerialRefused(Refusal):
    """A serial can't be like this; ``why`` is the code of the reason."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class PublicationUnknown(Refusal):
    """There is no such issue, or the actor may not know that there is."""

    def __init__(self, publication_id: object = None) -> None:
        super().__init__(publication_id=publication_id)


class ContentUnfit(Refusal):
    """What was sent is no document of an issue; ``why`` is the code of the reason."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class NotReady(Refusal):
    """An issue can't go on while its checks say that something is wrong."""

    def __init__(self, checks: Sequence[object]) -> None:
        super().__init__(checks=checks)


class OwnDraft(Refusal):
    """Whoever drafted an issue doesn't approve it alone."""


# -- official papers ------------------------------------------------------------------------


class GlyphsMissing(Refusal):
    """The faces of a PDF lack ``characters`` that a paper uses."""

    def __init__(self, characters: Sequence[str]) -> None:
        codes = [f"U+{ord(sign):04X}" for sign in characters]
        super().__init__(characters=list(characters), codes=codes)


class FontsMissing(Refusal):
    """The faces of a PDF aren't where the front end's build lays them; ``files`` are missing."""

    def __init__(self, files: Sequence[str], folder: str) -> None:
        super().__init__(files=list(files), folder=folder)


# -- the assessment -------------------------------------------------------------------------


class QuarterUnknown(Refusal):
    """There is no such quarter, or it hasn't begun."""

    def __init__(self, year: int, quarter: int) -> None:
        super().__init__(year=year, quarter=quarter)


class QuarterFrozen(Refusal):
    """A frozen quarter doesn't change any more: only an appeal corrects it."""

    def __init__(self, year: int, quarter: int, state: str) -> None:
        super().__init__(year=year, quarter=quarter, state=state)


class AssessmentRefused(Refusal):
    """This can't be done with a quarter, a group, an appeal or a list; ``why`` is the code."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class AppealUnknown(Refusal):
    """There is no such appeal, or the actor may not know that there is."""

    def __init__(self, appeal_id: object = None) -> None:
        super().__init__(appeal_id=appeal_id)


class DeciderInvolved(Refusal):
    """Somebody else decides an appeal: ``why`` says what the actor has to do with it."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class PraiseUnknown(Refusal):
    """There is no such praise on record."""

    def __init__(self, praise_id: object = None) -> None:
        super().__init__(praise_id=praise_id)


class TemplateUnknown(Refusal):
    """There is no such kind of template, or no such version of it."""

    def __init__(self, name: str, version: int | None = None) -> None:
        super().__init__(name=name, version=version)


class TemplateRefused(Refusal):
    """A file can't be a template of its kind; ``flaws`` says what it lacks or has too much."""

    def __init__(self, flaws: Sequence[object]) -> None:
        super().__init__(flaws=list(flaws))
