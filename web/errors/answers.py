"""The one table from a refusal to its status and its words.

Words are English here and Chinese in the catalogue; ``%(name)s`` stands for a fact of
the refusal, worded by its kind (a day, an instant, a list, one of the domain's values).
"""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from marshmallow import ValidationError

import engine
from web.auth import SignedOut
from web.csrf import ForeignForm, SomebodyElse
from workflows import errors


@dataclass(frozen=True, slots=True)
class Answer:
    """What a refusal is answered with; a title alone says everything where no more is known."""

    status: int
    title: LazyString
    words: LazyString | None = None


NOT_FOUND = Answer(
    404, _l("There is nothing here"), _l("It doesn't exist, or it isn't open to you.")
)
FAULT = Answer(
    500,
    _l("Something went wrong on our side"),
    _l("It is written down. What you sent wasn't carried out."),
)
LATER = _l("Nothing was carried out. Please try again in a moment.")

TABLE: dict[type[Exception], Answer] = {
    # -- who
    SignedOut: Answer(401, _l("Please sign in")),
    OverflowError: NOT_FOUND,  # a number or a day beyond all that can be kept
    ForeignForm: Answer(
        400,
        _l("This form is too old"),
        _l("Please go back, load the page again and send it once more."),
    ),
    SomebodyElse: Answer(
        409,
        _l("Somebody else is signed in by now"),
        _l("This page was opened by another person. Nothing of it was sent in the new name."),
    ),
    errors.SignInRefused: Answer(401, _l("The account or the password is wrong.")),
    errors.TooManyTries: Answer(
        429,
        _l("Too many tries."),
        _l("Please wait %(minutes)s min: you can try again after %(until)s."),
    ),
    errors.PasswordRefused: Answer(422, _l("This password can't be taken")),
    errors.NotYours: Answer(
        403, _l("This isn't yours to do"), _l("It belongs to another role, unit or post.")
    ),
    # -- what isn't there
    errors.ItemUnknown: NOT_FOUND,
    errors.DrawingUnknown: NOT_FOUND,
    errors.MigrationUnknown: NOT_FOUND,
    errors.ReplayUnknown: NOT_FOUND,
    errors.NoTrial: Answer(
        404,
        _l("No trial is under way"),
        _l("It was ended, or nobody used it for an hour. Please begin another one."),
    ),
    errors.TrialBusy: Answer(
        409,
        _l("The trial is still busy"),
        _l("It is at what you asked before. Please wait a moment, then load the page again."),
    ),
    errors.TrialFull: Answer(
        409,
        _l("This trial can't go on"),
        _l("It has taken %(steps)s steps or grown too large. Please begin another one."),
    ),
    errors.NobodyThere: Answer(
        409,
        _l("Nobody in the town holds this post"),
        _l("So “%(step)s” waits here. In the house it would wait for whoever is given the post."),
    ),
    errors.NothingToMove: Answer(
        409,
        _l("None of them can move now"),
        _l("Please look at the list again: it says why each stays."),
    ),
    errors.AssignmentUnknown: NOT_FOUND,
    errors.UnitUnknown: NOT_FOUND,
    errors.PersonUnknown: NOT_FOUND,
    errors.NoticeUnknown: NOT_FOUND,
    errors.PaperUnknown: NOT_FOUND,
    errors.FigureUnknown: NOT_FOUND,
    errors.SnapshotUnknown: NOT_FOUND,
    errors.SummaryUnknown: NOT_FOUND,
    errors.RungUnknown: NOT_FOUND,
    errors.SuggestionUnknown: NOT_FOUND,
    engine.TaskUnknown: NOT_FOUND,
    engine.ProcessUnknown: NOT_FOUND,
    engine.DecisionUnknown: NOT_FOUND,
    engine.IncidentUnknown: NOT_FOUND,
    # -- what happened meanwhile
    engine.TaskClosed: Answer(
        409,
        _l("This step has just been done"),
        _l("Done by %(closed_by)s, %(closed_at)s. What you typed is kept."),
    ),
    engine.InstanceEnded: Answer(409, _l("This item has ended meanwhile")),
    engine.InstanceMoved: Answer(409, _l("This item has moved on meanwhile"), LATER),
    engine.InstanceSuspended: Answer(
        409,
        _l("This item is suspended"),
        _l("An administrator suspended it at %(suspended_at)s. What you typed is kept."),
    ),
    engine.NotMovable: Answer(
        409,
        _l("It can't be moved there"),
        _l("From there the process would never come to its end, or nothing can be put there."),
    ),
    engine.NothingRepeats: Answer(409, _l("Nothing there is done several times")),
    engine.InstanceStays: Answer(409, _l("It can't be proved to go on rightly there: it stays")),
    engine.NothingToTakeBack: Answer(
        409, _l("There is no move to take back, or it has gone on since")
    ),
    engine.NobodyWaits: Answer(409, _l("This isn't possible at the moment")),
    errors.WrongStep: Answer(409, _l("The item is at another step meanwhile")),
    errors.NotNow: Answer(409, _l("This isn't possible at the moment")),
    errors.UrgedLately: Answer(
        409,
        _l("%(unit)s was urged lately"),
        _l("%(by)s urged it on %(at)s; it may be urged again from %(again_on)s."),
    ),
    errors.AlreadyAsked: Answer(
        409,
        _l("This was asked for already"),
        _l("Since %(asked_at)s it waits for its answer."),
    ),
    errors.ChangedMeanwhile: Answer(
        409, _l("Somebody else changed this meanwhile"), _l("Please load the page again.")
    ),
    errors.WithdrawLate: Answer(
        409,
        _l("It can't be withdrawn any more"),
        _l("%(seen_by)s opened it at %(seen_at)s."),
    ),
    errors.NothingToWithdraw: Answer(409, _l("There is nothing to withdraw")),
    engine.KeyReused: Answer(409, _l("This Idempotency-Key was used for something else")),
    engine.KeyBusy: Answer(409, _l("The same request is still under way")),
    # -- what was typed
    errors.SecretRefused: Answer(
        422,
        _l("Secret matters can't be registered"),
        _l("Please handle it outside this system, by the rules for secret papers."),
    ),
    errors.ReasonMissing: Answer(422, _l("Please write the reason.")),
    errors.TextMissing: Answer(422, _l("Please fill this in.")),
    errors.DayOutside: Answer(
        422, _l("This day can't be right"), _l("It lies between %(first)s and %(last)s.")
    ),
    errors.TextTooLong: Answer(
        422, _l("The text is too long"), _l("It has %(length)s characters; at most %(most)s fit.")
    ),
    errors.PercentOutOfRange: Answer(422, _l("Please write a share from 0 to 100.")),
    errors.ChoiceUnknown: Answer(422, _l("Please choose one of those offered.")),
    errors.FormInvalid: Answer(422, _l("Some fields aren't filled in rightly")),
    engine.RenameUnknown: Answer(422, _l("No element has that id")),
    engine.OutcomeUnknown: Answer(422, _l("Please choose one of those offered.")),
    errors.UnitTwice: Answer(422, _l("A unit is chosen twice")),
    errors.LeadReleased: Answer(
        422,
        _l("The lead unit can't be released"),
        _l("Please hand its part to another unit instead."),
    ),
    errors.MilestoneUnknown: NOT_FOUND,
    errors.MeetingUnknown: NOT_FOUND,
    errors.DecisionUnknown: NOT_FOUND,
    errors.ProjectRefused: Answer(422, _l("This can't be so")),
    errors.DisclosureUnknown: NOT_FOUND,
    errors.DisclosureRefused: Answer(409, _l("This can't be made public")),
    errors.TargetUnknown: NOT_FOUND,
    errors.TargetRefused: Answer(422, _l("This target can't be so")),
    errors.BasisRefused: Answer(422, _l("A suggestion can't be based on this")),
    errors.FiguresMissing: Answer(
        422,
        _l("The project's figures are missing"),
        _l("Say which month it is about and what was completed in it."),
    ),
    errors.NodesOpen: Answer(
        422,
        _l("Milestones wait still: %(nodes)s"),
        _l("They have to be reached, shown and reviewed first."),
    ),
    errors.EvidenceMissing: Answer(
        422,
        _l("Nothing shows that it is reached"),
        _l("Add a paper or a photograph to %(node)s."),
    ),
    errors.ConsentMissing: Answer(
        409,
        _l("A later day needs the leader's consent"),
        _l("Let the lead unit ask for a change first; each consent moves %(node)s once."),
    ),
    errors.NoLetGo: Answer(
        422,
        _l("One of the three checks is missing"),
        _l("Accept a final report only when all three hold; otherwise return it."),
    ),
    errors.DetailsMissing: Answer(422, _l("The details of this kind of matter are missing")),
    errors.KindFixed: Answer(
        422,
        _l("The item stays the kind that it was registered as"),
        _l("It is %(kind)s. Please refuse it, and register it anew from the other source."),
    ),
    errors.NotEmpty: Answer(
        409,
        _l("There is somebody in this database already"),
        _l("A simulated year needs an empty one: it founds a city of its own."),
    ),
    errors.DayAhead: Answer(422, _l("%(given)s hasn't come yet")),
    errors.PartsOpen: Answer(
        409,
        _l("Some of its parts are still open"),
        _l("It is closed once these have ended: %(parts)s."),
    ),
    errors.BreakdownHoles: Answer(
        422,
        _l("The breakdown has holes"),
        _l("Every task needs its leader, unit, person and limit."),
    ),
    errors.DaysCrossed: Answer(422, _l("The last day comes before the first")),
    errors.LookAlikesOpen: Answer(
        409,
        _l("Open items look like the same matter"),
        _l("Please say of each that it differs and why, link it, or join this matter to it."),
    ),
    errors.SoundsSecret: Answer(
        422,
        _l("This sounds like a secret matter: %(words)s"),
        _l("If it is one, stop here. If it surely isn't, say so below and send it again."),
    ),
    errors.NoItem: Answer(
        422,
        _l("A paper that a leader only read is no item"),
        _l("批阅, 圈阅 and 请阅 ask for nothing to be done; only 批办 is registered."),
    ),
    errors.PostTwice: Answer(422, _l("A leader is named twice")),
    errors.TooFewParts: Answer(
        422,
        _l("Please choose at least %(fewest)s parts"),
        _l("A single part has a report of its own."),
    ),
    errors.PostRefused: Answer(422, _l("This post isn't a leader's")),
    # -- proposals
    errors.NumberTaken: Answer(
        422,
        _l("This number is taken"),
        _l("%(session)s has a proposal with the number %(number)s already."),
    ),
    errors.UnitsMissing: Answer(
        422,
        _l("A proposal needs a unit that leads"),
        _l("None is chosen for: %(numbers)s."),
    ),
    errors.HandlingUnfit: Answer(
        422,
        _l("The units don't fit how it is handled"),
        _l("Alone means one unit; with co-units or separately means several."),
    ),
    errors.ContactMissing: Answer(422, _l("Nobody has talked with the proposers")),
    errors.ClassMissing: Answer(422, _l("Please choose the class of the reply")),
    errors.PromiseUnfit: Answer(422, _l("The promise doesn't fit the class")),
    errors.RatingsOpen: Answer(
        409,
        _l("Not everybody has answered"),
        _l("%(names)s may answer until %(until)s."),
    ),
    errors.AddressUnfit: Answer(
        422,
        _l("This isn't an address"),
        _l("%(given)s is neither a mail address nor a mobile telephone's number."),
    ),
    errors.NobodyReached: Answer(
        409,
        _l("There is nobody to send a link to"),
        _l("Whoever hasn't rated yet has no mail address or mobile number, or was sent a link."),
    ),
    errors.LinkUnknown: NOT_FOUND,
    errors.LinkOver: Answer(410, _l("This link has run out")),
    # -- the clock
    errors.LimitInPast: Answer(
        422, _l("The limit lies in the past"), _l("It would be %(given)s; today is %(today)s.")
    ),
    errors.LimitTooFar: Answer(
        422,
        _l("The limit lies too far away"),
        _l("It can lie at most ten years ahead."),
    ),
    errors.ObjectionLate: Answer(
        422,
        _l("The time for objections is over"),
        _l("It ended on %(until)s. Please talk to the supervision office."),
    ),
    errors.ChangeLate: Answer(
        422,
        _l("It is too late to ask for a change"),
        _l("The limit was %(due_on)s; a change is asked for before it runs out."),
    ),
    errors.CeilingReached: Answer(422, _l("The limit can't be moved that far")),
    errors.ExtensionBackwards: Answer(
        422,
        _l("The new limit isn't later"),
        _l("The limit is %(due_on)s; please choose a later day."),
    ),
    errors.LimitMissing: Answer(422, _l("There is no limit that could be extended")),
    # -- rooms with tables of their own
    errors.CalendarRefused: Answer(422, _l("This calendar can't be taken in")),
    errors.LimitRefused: Answer(422, _l("This limit can't be taken in")),
    errors.SettingRefused: Answer(422, _l("This setting can't be taken in")),
    errors.PeopleRefused: Answer(422, _l("This can't be taken in")),
    errors.BatchUnknown: NOT_FOUND,
    errors.ViewUnknown: NOT_FOUND,
    errors.MovesUnseen: Answer(
        409,
        _l("Due dates would move"),
        _l("There are %(moves)s of them. Please look at them before it is saved."),
    ),
    errors.PreviewStale: Answer(
        409,
        _l("The file or the matching has changed since the preview"),
        _l("Please look at the preview once more."),
    ),
    errors.ViewRefused: Answer(
        422,
        _l("You keep as many views as one may"),
        _l("There can be %(most)s; please remove one first."),
    ),
    errors.SheetRefused: Answer(422, _l("This file can't be read as a ledger")),
    errors.PaperRefused: Answer(422, _l("This file can't be kept")),
    errors.TemplateUnknown: NOT_FOUND,
    errors.TemplateRefused: Answer(422, _l("This file can't be the template")),
    errors.GlyphsMissing: Answer(
        422,
        _l("The paper has characters that can't be printed"),
        _l("The faces of PDFs lack: %(characters)s (%(codes)s). Please write it otherwise."),
    ),
    errors.FontsMissing: Answer(
        503,
        _l("PDFs can't be made here yet"),
        _l("The faces %(files)s are missing in %(folder)s; the front end's build lays them there."),
    ),
    errors.RevisitUnknown: NOT_FOUND,
    errors.SampleUnknown: NOT_FOUND,
    errors.SampleRefused: Answer(422, _l("This sample can't be drawn")),
    errors.ChecklistRefused: Answer(422, _l("The checklist doesn't allow this")),
    errors.ActionUnknown: NOT_FOUND,
    errors.NobodyHeads: Answer(
        409,
        _l("%(unit)s has no principal leader today"),
        _l("Let an administrator fill that post, or write to another unit."),
    ),
    errors.QuarterUnknown: NOT_FOUND,
    errors.AppealUnknown: NOT_FOUND,
    errors.PraiseUnknown: NOT_FOUND,
    errors.QuarterFrozen: Answer(
        409,
        _l("This quarter is frozen"),
        _l("Its entries don't change any more. What is wrong is corrected by an appeal."),
    ),
    errors.AssessmentRefused: Answer(409, _l("The assessment doesn't allow this")),
    errors.DeciderInvolved: Answer(403, _l("Somebody else decides this appeal")),
    errors.VisitorDecides: Answer(
        403,
        _l("You were at this visit"),
        _l("An objection to its conclusion is decided by somebody who wasn't there."),
    ),
    engine.Refused: Answer(422, _l("This diagram can't be deployed")),
    engine.HeadsTorn: Answer(422, _l("The file isn't whole: it can't be compared")),
    ValidationError: Answer(422, _l("Some fields aren't filled in rightly")),
    # -- diagrams on their way
    errors.TableUnknown: NOT_FOUND,
    errors.TableRefused: Answer(422, _l("This decision table can't be taken in")),
    errors.DraftEnded: Answer(409, _l("This draft isn't open any more")),
    errors.DraftMoved: Answer(
        412,
        _l("Somebody else has saved this draft"),
        _l("%(saved_by)s saved it at %(saved_at)s."),
    ),
    errors.DraftUnread: Answer(
        409,
        _l("The draft isn't the one any more that you have read"),
        _l("%(saved_by)s saved it at %(saved_at)s. Look at it once more."),
    ),
    errors.DraftOpen: Answer(
        409,
        _l("There is an open draft already"),
        _l("%(saved_by)s saved it last, at %(saved_at)s. Deploy it or put it aside first."),
    ),
    errors.ProcessTaken: Answer(
        422, _l("This id is taken"), _l("There is a process called %(process_id)s already.")
    ),
    errors.ProcessIdUnfit: Answer(
        422,
        _l("This id can't be taken"),
        _l("An id has letters, digits, _ and -, and begins with a letter."),
    ),
    errors.NewerDeployed: Answer(
        409,
        _l("Somebody has deployed a newer version meanwhile"),
        _l("Version %(version)s, by %(by)s at %(at)s. Compare the two, then take it as the base."),
    ),
    errors.NewestAlready: Answer(409, _l("This is the newest version already")),
    errors.RouteRefused: Answer(
        422,
        _l("This diagram can't be chosen here"),
        _l("%(source)s: its items can't run on the process %(process_id)s."),
    ),
    errors.RouteBroken: Answer(
        409,
        _l("Items that run on it couldn't any more"),
        _l(
            "New items of %(sources)s begin on this diagram. Keep the step that registers them"
            " and the steps of their kind, or let them run on another diagram first."
        ),
    ),
    errors.NothingChanged: Answer(
        409, _l("Nothing has changed"), _l("The draft is the version that is in use.")
    ),
    errors.ReviewMissing: Answer(409, _l("A second administrator has to approve it first")),
    errors.ReviewSettled: Answer(409, _l("Nothing waits for a review here")),
    errors.OwnReview: Answer(
        403,
        _l("You changed it last, or sent it"),
        _l("A change is reviewed by another administrator."),
    ),
    errors.SameHands: Answer(
        403,
        _l("Another administrator has to say this word"),
        _l(
            "%(name)s: %(deed)s, by %(by)s at %(at)s. One person could be behind both accounts, "
            "so they don't review each other's changes until %(until)s. A new password for "
            "%(name)s at the server's terminal ends that at once."
        ),
    ),
    errors.VersionStays: Answer(409, _l("A version is never deleted")),
    errors.WouldBeLost: Answer(
        422,
        _l("The editor would lose parts of this file"),
        _l("They are another tool's: %(parts)s. The file itself is kept."),
    ),
    errors.TableWouldLose: Answer(
        422,
        _l("Only the table of this file would be taken"),
        _l("These would be dropped: %(parts)s. The file itself is kept below."),
    ),
    # -- publications
    errors.PublicationUnknown: NOT_FOUND,
    errors.SerialUnknown: NOT_FOUND,
    errors.SerialRefused: Answer(422, _l("A serial can't be like this")),
    errors.ContentUnfit: Answer(422, _l("This text can't be taken in")),
    errors.NotReady: Answer(
        422,
        _l("It can't go on yet"),
        _l("Its checks say what has to be mended first."),
    ),
    errors.OwnDraft: Answer(
        403,
        _l("You drafted it"),
        _l("It is approved by somebody else, or after somebody else has reviewed it."),
    ),
    # -- the house itself
    engine.Busy: Answer(503, _l("Too many people are working on this at once"), LATER),
    engine.DatabaseUnreachable: Answer(503, _l("The database can't be reached"), LATER),
    engine.DatabaseDamaged: Answer(503, _l("The database can't be read"), LATER),
    engine.DatabaseForeign: Answer(503, _l("The database's address can't be used")),
    engine.DatabaseNewer: Answer(503, _l("The database belongs to a newer version")),
    engine.DatabaseOlder: Answer(503, _l("The database must be brought up to date first")),
    engine.RunawayProcess: Answer(500, _l("The diagram doesn't come to rest"), LATER),
}

HTTP: dict[int, Answer] = {
    400: Answer(400, _l("The request can't be read")),
    401: Answer(401, _l("Please sign in")),
    404: NOT_FOUND,
    405: Answer(405, _l("This can't be done here")),
    412: Answer(412, _l("Somebody else changed this meanwhile"), _l("Please load it again.")),
    415: Answer(
        415,
        _l("Bodies of this kind aren't read"),
        _l("Send JSON, BPMN or DMN as application/xml, or files as multipart/form-data."),
    ),
    413: Answer(413, _l("This is too large"), _l("At most %(megabytes)s MB can be sent at once.")),
    428: Answer(428, _l("Please say which version you have read"), _l("Send If-Match.")),
}
