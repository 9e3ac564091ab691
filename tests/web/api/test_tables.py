"""Decision tables over the API: read, drafted by what was read, tried, reviewed, taken back."""

from datetime import date

from werkzeug.test import TestResponse

from engine import Database, Session
from tests.web.callers import As, Caller
from workflows.tables import Holding, Person, Post, Role, Unit


def second(session: Session) -> None:
    """Make the supervisor an administrator, too."""
    unit = session.query(Unit).filter_by(name="市政府督查室").one()
    person = session.query(Person).filter_by(login="liwen").one()
    post = Post(unit_id=unit.id, name="系统管理员乙", role=Role.ADMINISTRATOR)
    session.add(post)
    session.flush()
    session.add(Holding(post_id=post.id, person_id=person.id, since=date(2019, 1, 1)))


def save(caller: Caller, xml: bytes, seen: str) -> TestResponse:
    """Save the draft of limits as it was read."""
    return caller.app.test_client().post(
        "/api/v1/tables/limits/draft/save",
        data=xml,
        content_type="application/xml",
        headers={"Authorization": f"Bearer {caller.token}", "If-Match": seen},
    )


def test_a_table_goes_from_its_draft_to_a_version_and_back(called: As, database: Database) -> None:
    database.write(second)
    first, other = called("hemin"), called("liwen")
    listed = first.get("/tables").get_json()["tables"]
    rows = first.get("/tables/limits").get_json()["rows"]
    draft = first.post("/tables/limits/draft").get_json()
    seen = first.get("/tables/limits/draft").headers["ETag"]
    xml = first.get("/tables/limits/draft/dmn").data.replace(b">15</text>", b">16</text>", 1)
    saved, late = save(first, xml, seen), save(first, xml, seen)
    path = f"/table-drafts/{draft['id']}"
    release = first.get(path).get_json()
    tried = first.get(f"{path}/trial")
    refused = first.post(f"{path}/deploy", {"note": "放宽"})
    first.post(f"{path}/review", {"note": "放宽一天"})
    read = saved.get_json()["revision"]
    own = first.post(f"{path}/verdict", {"approve": True, "revision": read})
    agreed = other.post(f"{path}/verdict", {"approve": True, "revision": read}).get_json()
    made = first.post(f"{path}/deploy", {}).get_json()
    versions = first.get("/tables/limits/versions").get_json()["versions"]
    old, new = versions[1]["id"], versions[0]["id"]
    differing = first.get(f"/tables/limits/compare?old={old}&new={new}").get_json()["changes"]
    back = first.post(f"/tables/limits/versions/{old}/roll-back")

    assert {each["name"] for each in listed} >= {"limits", "ladder"}
    assert rows[0]["words"]["limit"]
    assert (saved.status_code, late.status_code) == (200, 412)
    assert [each["what"] for each in release["changes"]] == ["changed"]
    assert (release["review_needed"], release["flaws"], tried.status_code) == (True, [], 200)
    assert (refused.status_code, own.status_code, agreed["approved"]) == (409, 403, True)
    assert (made["number"], made["note"], made["reviewed_by"]) == (2, "放宽一天", "李文")
    assert differing == release["changes"]
    assert (back.status_code, back.get_json()["older_id"]) == (201, old)
