"""Forty payloads in every text that somebody can fill in: no page ever runs one of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import BrowserContext, Dialog, Page

from engine import Session
from tests.bpmn.test_changed_copy import changed_instruction, changed_unit_handling
from tests.browser import plays
from tests.browser.conftest import SignIn
from tests.browser.stage import Stage
from tests.browser.test_changed_diagram import drawn
from tests.deploying import put_in_use
from tests.web.places import CHECKS
from workflows import calendar, changes, ledger, papers, people, reports, reviews, urges
from workflows.assignments import UnitTask, acknowledge, assign_item
from workflows.blanks import BLANK
from workflows.imports import batches
from workflows.items import Registration, approve_item, register_item
from workflows.people import Actor, PersonForm, UnitForm
from workflows.tables import Assignment, Post, Role, Source, UnitKind, Urgency, Verdict
from workflows.workbooks import workbook

KEYS = ("message", "inputDataItem", "outputDataItem")
"""What a diagram names by keys, not by words."""
DUBAN = "{urn:duban:bpmn:1}"
PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(2)</sCrIpT>",
    '"><script>alert(3)</script>',
    "'><script>alert(4)</script>",
    "</title><script>alert(5)</script>",
    "</textarea><script>alert(6)</script>",
    "</script><script>alert(7)</script>",
    "--><script>alert(8)</script>",
    "]]><script>alert(9)</script>",
    "<img src=x onerror=alert(10)>",
    '"><img src=x onerror=alert(11)>',
    "'\"><img src=x onerror=alert(12)>",
    "<svg onload=alert(13)>",
    '"><svg/onload=alert(14)>',
    "<svg><script>alert(15)</script></svg>",
    "<body onload=alert(16)>",
    "<iframe srcdoc='<script>alert(17)</script>'>",
    "<iframe src=javascript:alert(18)>",
    "<a href=javascript:alert(19)>19</a>",
    "<input onfocus=alert(20) autofocus>",
    "<select onfocus=alert(21) autofocus>",
    "<details open ontoggle=alert(22)>",
    "<video><source onerror=alert(23)></video>",
    "<audio src=x onerror=alert(24)>",
    "<marquee onstart=alert(25)>",
    "<object data=javascript:alert(26)>",
    "<embed src=javascript:alert(27)>",
    "<math href=javascript:alert(28)>28</math>",
    "<base href=javascript:alert(29)//>",
    "<style>@import'javascript:alert(30)'</style>",
    "<link rel=stylesheet href=//x.invalid/alert31>",
    "<meta http-equiv=refresh content=0;url=/alert32>",
    "<form action=javascript:alert(33)><button>33</button>",
    '" onmouseover=alert(34) autofocus onfocus=alert(34) x="',
    "' onfocus=alert(35) autofocus x='",
    "javascript:alert(36)",
    "{{alert(37)}}${alert(37)}<%=alert(37)%>",
    "<div hx-on:load=alert(38) hx-trigger=load hx-get=/alert>",
    "&lt;script&gt;alert(39)&lt;/script&gt;",
    "<template><script>alert(40)</script></template>",
)
NEW_YEAR = date(2030, 1, 1)
ALL = "\n".join(PAYLOADS)
ONE = "<img src=x onerror=alert(0)>"
UNIT, HANDLER, OFFICE, DIRECTOR, ADMINISTRATOR = (
    "市交通运输局",
    "qianjin",
    "liwen",
    "zhangming",
    "hemin",
)


@pytest.fixture
def dialogs(context: BrowserContext) -> Iterator[list[str]]:
    """Collect what pages open; the context itself fails on what they complain about."""
    opened: list[str] = []

    def close(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    context.on("dialog", close)
    yield opened
    assert opened == []


# -- everything that can be filled in ---------------------------------------------------


def name_everything(session: Session) -> None:
    """Give units, people, posts, days and diagrams hostile names."""
    administrator = plays.actor(session, ADMINISTRATOR)
    for number, payload in enumerate(PAYLOADS):
        unit = UnitForm(payload, UnitKind.DEPARTMENT, aliases=(f"又{payload}",))
        unit_id = people.add_unit(session, administrator, unit).id
        people.add_post(session, administrator, unit_id, payload, Role.HANDLER)
        name_person(session, administrator, number, payload)
    days = [
        calendar.SpecialDay(NEW_YEAR + timedelta(days=number), working=False, name=payload)
        for number, payload in enumerate(PAYLOADS)
    ]
    calendar.import_year(session, administrator, 2030, days, ONE)
    for xml in (changed_unit_handling(), changed_instruction()):
        put_in_use(session, administrator, hostile(xml))


def name_person(session: Session, administrator: Actor, number: int, payload: str) -> None:
    """Add somebody with a hostile name, and a hostile telephone."""
    form = PersonForm(payload, f"nobody{number}", phone=payload[:40])
    people.add_person(session, administrator, form, "shui-di-shi-chuan-2019")


def hostile(xml: bytes) -> bytes:
    """Put payloads into every name, label and option of a diagram."""
    root = etree.fromstring(drawn(xml))
    payloads = iter(PAYLOADS * 20)
    for node in root.iter("*"):
        for key in ("name", f"{DUBAN}name_en", "label", "label_en"):
            if node.get(key) and not str(node.tag).endswith(KEYS):
                node.set(key, next(payloads))
        if node.get("options"):
            node.set("options", "|".join(PAYLOADS[:3]))
    return etree.tostring(root)


def registration(title: str) -> Registration:
    """Return a registration that is hostile everywhere."""
    return Registration(
        source=Source.CITY_INSTRUCTION,
        basis=ALL,
        title=title,
        urgency=Urgency.NORMAL,
        secret=False,
        target=ALL,
        responsible_person=ONE,
        contact=ONE,
        remarks=ALL,
    )


def play_items(session: Session) -> list[int]:
    """Bring two items to their units, who say hostile things: up to a signature, and to a form.

    What the one unit asks for has come to the leader.
    """
    office, handler, head = (plays.actor(session, login) for login in (OFFICE, HANDLER, "zhouju"))
    said = reports.ReportText(final=True, progress=ALL, problems=ALL, next_steps=ALL, percent=9)
    signing, forming = (hand_over(session) for _ in range(2))
    for item_id, times in ((signing, 1), (forming, 2)):
        for _ in range(times):  # the changed diagram has two steps of reporting
            reports.submit_report(session, handler, plays.task_of(session, handler, item_id), said)
    supplement = plays.task_of(session, handler, signing)
    reports.submit_report(session, handler, supplement, said)
    reports.confirm_report(
        session, head, plays.task_of(session, head, forming, "confirm"), sign=True
    )
    asked = plays.task_of(session, head, signing, "endorse_change")
    changes.endorse_change(session, head, asked, endorse=True)
    asked = plays.task_of(session, office, signing, "advise_change")
    changes.advise_change(session, office, asked, pass_on=True, opinion=ALL)
    sound = reviews.Judgement(Verdict.ACCEPTED, **dict.fromkeys(CHECKS, True), reason=ALL)
    reviews.review_report(session, office, plays.task_of(session, office, forming), sound)
    return [signing, forming]


def hand_over(session: Session) -> int:
    """Bring an item to its unit, urge it, and let it ask for more time."""
    office, director, handler = (
        plays.actor(session, login) for login in (OFFICE, DIRECTOR, HANDLER)
    )
    item_id = register_item(session, office, registration(ONE)).id
    task = plays.task_of(session, director, item_id)
    approve_item(session, director, task, "approve", ALL)
    unit_id = next(n.unit.id for n in people.units(session) if n.unit.name == UNIT)
    assign_item(session, office, plays.task_of(session, office, item_id), UnitTask(unit_id))
    acknowledge(session, handler, plays.task_of(session, handler, item_id), ONE)
    part = session.query(Assignment).filter_by(item_id=item_id).one()
    urges.urge(session, office, [part.id], "telephone", ALL)
    wish = changes.Wish("adjust", ALL, ALL, None, ALL)
    changes.ask_change(session, handler, part.id, wish)
    return item_id


def fill_the_ledger(session: Session) -> list[int]:
    """Register items, keep views, and send two ledgers; return the imports' numbers."""
    office = plays.actor(session, OFFICE)
    for payload in PAYLOADS:
        register_item(session, office, registration(payload))
    for payload in PAYLOADS[:30]:
        ledger.keep_view(session, office, payload, "")
    heads = ["编号", "督查事项", "责任单位", "交办日期", "完成时限", "进展情况", "存在问题", ONE]
    bad = [[payload] * len(heads) for payload in PAYLOADS]
    good = [
        ["", f"{payload}事", "市城管局", "2020-03-02", "2020-12-01", ALL, ALL, payload]
        for payload in PAYLOADS
    ]
    return [
        batches.upload(session, office, f"{ONE}.xlsx", batches.read(workbook("表", heads, rows))).id
        for rows in (bad, good)
    ]


def order(session: Session, batch_id: int) -> None:
    """Have an import run."""
    office = plays.actor(session, OFFICE)
    seen = batches.preview(session, office, batch_id)
    batches.order(session, office, batch_id, seen.seal, seen.sheets)


def rename_the_cast(session: Session) -> None:
    """Give the unit that plays, its people and their posts hostile names too."""
    for person in people.persons(session):
        person.name = f"{person.name[:8]}{ONE}"
    for post in session.query(Post):
        post.name = f"{post.name[:8]}{ONE}"
    next(n.unit for n in people.units(session) if n.unit.name == UNIT).name = f"{UNIT}{ONE}"


# -- everywhere that it is shown --------------------------------------------------------


DRAWN = """() => [...document.querySelectorAll("[data-diagram]")].every(
  (place) => place.offsetWidth === 0 || place.closest("section").classList.contains("drawn"))"""
"""All that a page still loads by itself, once it has loaded: its diagrams."""


def visit(page: Page, *paths: str) -> None:
    """Open pages that show what was filled in, and let their diagrams be drawn."""
    for path in paths:
        page.goto(path)
        page.wait_for_function(DRAWN)
        assert "alert" in page.content(), path


def test_no_page_runs_what_somebody_has_written(
    context: BrowserContext, dialogs: list[str], stage: Stage, sign_in: SignIn
) -> None:
    write: Any = stage.database.write
    write(name_everything)
    item_id, formed_id = write(play_items)
    checked = papers.check(stage.database, f"{ONE}.pdf".replace("/", ""), BytesIO(BLANK))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUBAN_DATA", str(stage.folder))
        write(lambda s: papers.keep_paper(s, plays.actor(s, HANDLER), item_id, checked))
    asked, imported = write(fill_the_ledger)
    write(lambda session: order(session, imported))
    stage.work()
    write(rename_the_cast)

    page = context.new_page()
    sign_in(page, OFFICE)
    visit(page, "/", "/ledger?scope=all", f"/ledger?scope=all&q={ONE}", f"/items/{item_id}?all")
    visit(page, "/board/", f"/search/?q={ONE}")
    form = write(lambda s: plays.task_of(s, plays.actor(s, OFFICE), formed_id))
    visit(page, f"/items/{item_id}/urge", "/items/new", f"/items/{formed_id}", f"/tasks/{form}")
    visit(page, "/imports", f"/imports/{asked}", f"/imports/{imported}")
    for login in ("zhouju", "luyuan", DIRECTOR):
        context.clear_cookies()
        sign_in(page, login)
        visit(page, "/")
        page.locator(".todo a.title").first.click()
        page.wait_for_url("**/tasks/*")
    context.clear_cookies()
    sign_in(page, HANDLER)
    visit(page, "/notices/", f"/items/{item_id}")
    context.clear_cookies()
    sign_in(page, ADMINISTRATOR)
    visit(page, "/admin/people", "/admin/people?tab=people", "/admin/units/3", "/admin/people/6")
    visit(page, "/admin/calendar/?year=2030", "/admin/diagrams", "/admin/diagrams/4")

    assert dialogs == []
