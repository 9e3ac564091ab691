"""Who may see where items wait, and who may mend what is stuck, by page and in the domain.

The figures are for whoever oversees; the rows behind them for those only who see every item,
and for a unit its own.
What is stuck is tried at an incident that isn't there.
"""

from collections.abc import Mapping

from tests.web.project_rights import told
from tests.web.rights import ADMINISTRATOR, OVERSEERS, SEERS, UNIT, Answer, Right
from workflows.heat import Asked, Figure

WHERE: Mapping[str, object] = {"element_id": "report"}
WHY = {"reason": "查"}
NO_INCIDENT = Right(ADMINISTRATOR, done=Answer.UNKNOWN)
WATCHED = OVERSEERS | ADMINISTRATOR
ASKED = Asked("instruction")

API: Mapping[str, Right] = {
    "Diagrams.heat": Right(WATCHED),
    "Incidents.skip": Right(ADMINISTRATOR, sent=WHY, done=Answer.UNKNOWN),
    "Incidents.move": Right(
        ADMINISTRATOR, sent={**WHY, "element_id": "assign"}, done=Answer.UNKNOWN
    ),
    "Incidents.retry_all": Right(ADMINISTRATOR),
    "Incidents.suspensions": Right(ADMINISTRATOR),
    "Incidents.suspend": Right(
        ADMINISTRATOR, sent={"number": "督字〔1990〕1号", **WHY}, done=Answer.UNKNOWN
    ),
    "Incidents.resume": Right(ADMINISTRATOR, "acknowledge", WHY, named=False, done=Answer.NOT_NOW),
    "Incidents.resume_all": Right(ADMINISTRATOR, sent=WHY),
}

PAGES: Mapping[str, Right] = {
    "heat.index": Right(WATCHED),
    "heat.show": Right(WATCHED),
    "heat.export": Right(WATCHED),
    "heat.visits": Right(SEERS),
    "heat.export_visits": Right(SEERS),
    "incidents.one": NO_INCIDENT,
    "incidents.foresee": Right(ADMINISTRATOR, sent={"deed": "retry"}, done=Answer.UNKNOWN),
    "incidents.do": Right(ADMINISTRATOR, sent={"deed": "retry"}, done=Answer.UNKNOWN),
    "incidents.retry_all": Right(ADMINISTRATOR),
    "incidents.suspend": Right(
        ADMINISTRATOR, sent={"number": "督字〔1990〕1号", **WHY}, done=Answer.UNKNOWN
    ),
    "incidents.resume": Right(ADMINISTRATOR, "acknowledge", WHY, named=False, done=Answer.NOT_NOW),
    "incidents.resume_all": Right(ADMINISTRATOR, sent=WHY),
}

VERBS: Mapping[str, Right] = {
    "heat.counting.figures": Right(WATCHED, sent=told(asked=ASKED)),
    "heat.pictures.heat_map": Right(WATCHED, sent=told(asked=ASKED)),
    "heat.counting.own_figures": Right(UNIT, sent=told(asked=ASKED)),
    "heat.pictures.own_spots": Right(UNIT, sent=told(asked=ASKED)),
    "heat.visits.visits": Right(
        SEERS, sent=told(asked=ASKED, element_id="units", figure=Figure.NOW)
    ),
    "incidents.one": Right(ADMINISTRATOR, sent=told(incident_id=1)),
    "incidents.still": Right(ADMINISTRATOR),
    "incidents.suspended": Right(ADMINISTRATOR),
    "mending.retry": Right(ADMINISTRATOR, sent=told(incident_id=1)),
    "mending.skip": Right(ADMINISTRATOR, sent=told(incident_id=1, **WHY)),
    "mending.move": Right(ADMINISTRATOR, sent=told(incident_id=1, element_id="assign", **WHY)),
    "mending.suspend_item": Right(
        ADMINISTRATOR, sent=told(number="督字〔1990〕1号", **WHY), done=Answer.UNKNOWN
    ),
    "mending.resume_item": Right(ADMINISTRATOR, "acknowledge", told("item_id", **WHY), named=False),
}
