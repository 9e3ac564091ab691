"""Units, posts and people: the tree, who holds what, and what an administrator may do."""

from datetime import timedelta

import pytest

from engine import Database, MovableClock, Session
from tests.workflows.offices import administrator, handler
from workflows import people, settings, units
from workflows.actors import actor_of, holders, holders_of_post, leaders
from workflows.errors import (
    ChangedMeanwhile,
    NotYours,
    PasswordRefused,
    PeopleRefused,
    PersonUnknown,
    TextMissing,
)
from workflows.people import PersonForm, UnitForm
from workflows.tables import Post, Role, Unit, UnitKind

PASSWORD = "九曲黄河万里沙 2019 loess"
DEPARTMENT, COUNTY = UnitKind.DEPARTMENT, UnitKind.COUNTY


def add_unit(
    session: Session, name: str, kind: UnitKind = DEPARTMENT, parent: Unit | None = None
) -> Unit:
    """Add a unit as the administrator."""
    form = UnitForm(name, kind, parent.id if parent else None)
    return people.add_unit(session, administrator(), form)


def add_post(session: Session, role: Role = Role.HANDLER, unit: str = "市财政局") -> Post:
    """Add a post in a unit of its own."""
    return people.add_post(session, administrator(), add_unit(session, unit).id, "科长", role)


def add_person(session: Session, login: str = "yangfan", name: str = "杨帆") -> int:
    """Open an account."""
    return people.add_person(session, administrator(), PersonForm(name, login), PASSWORD).id


# -- units ------------------------------------------------------------------------------


def test_units_hang_in_a_tree(database: Database) -> None:
    def plant(session: Session) -> None:
        government = add_unit(session, "云川市人民政府", UnitKind.GOVERNMENT)
        bureau = add_unit(session, "市住建局", parent=government)
        add_unit(session, "市园林绿化处", UnitKind.LOWER, bureau)

    database.write(plant)

    with database.read() as session:
        (root,) = people.units(session)
        (bureau,) = root.below
        assert [node.unit.name for node in bureau.below] == ["市园林绿化处"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市直各单位", DEPARTMENT),
        ("各县（市、区）", COUNTY),
        ("各县(市、区)人民政府", COUNTY),
        ("各县（市、区）政府", COUNTY),
        ("各县 市 区", COUNTY),
    ],
)
def test_a_group_means_all_its_members(database: Database, name: str, kind: UnitKind) -> None:
    def plant(session: Session) -> list[str]:
        for each in ("市财政局", "市审计局"):
            add_unit(session, each)
        for each in ("东城区政府", "北山县政府"):
            add_unit(session, each, COUNTY)
        return [unit.name for unit in units.expand(session, name)]

    expected = ["市财政局", "市审计局"] if kind is DEPARTMENT else ["东城区政府", "北山县政府"]

    assert database.write(plant) == expected


def test_a_unit_is_found_by_its_aliases_in_any_width(database: Database) -> None:
    def plant(session: Session) -> str | None:
        form = UnitForm("市铁路建设办公室", DEPARTMENT, aliases=("市铁路办", "铁办ＡＢ"))
        people.add_unit(session, administrator(), form)
        found = units.find_unit(session, " 铁办AB")
        return found and found.name

    assert database.write(plant) == "市铁路建设办公室"


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (UnitForm("市财政局", DEPARTMENT), "name_taken"),
        (UnitForm("市财局", DEPARTMENT), "name_taken"),
        (UnitForm("市审计局", DEPARTMENT, aliases=("市 财政局",)), "name_taken"),
        (UnitForm("市直各单位", DEPARTMENT), "name_is_group"),
    ],
)
def test_a_name_that_is_somebody_else_s_is_refused(
    database: Database, form: UnitForm, why: str
) -> None:
    def add_twice(session: Session) -> None:
        first = UnitForm("市财政局", DEPARTMENT, aliases=("市财局",))
        people.add_unit(session, administrator(), first)
        people.add_unit(session, administrator(), form)

    with pytest.raises(PeopleRefused) as refusal:
        database.write(add_twice)

    assert refusal.value.facts["why"] == why


def test_a_unit_without_a_name_is_refused(database: Database) -> None:
    with pytest.raises(TextMissing):
        database.write(lambda session: add_unit(session, "  "))


def test_a_unit_cannot_hang_below_itself(database: Database) -> None:
    def knot(session: Session) -> None:
        upper = add_unit(session, "市住建局")
        lower = add_unit(session, "市园林绿化处", UnitKind.LOWER, upper)
        form = UnitForm("市住建局", DEPARTMENT, lower.id)
        people.change_unit(session, administrator(), upper.id, form)

    with pytest.raises(PeopleRefused) as refusal:
        database.write(knot)

    assert refusal.value.facts["why"] == "circle"


def test_a_unit_with_units_below_stays_open(database: Database) -> None:
    def close(session: Session) -> None:
        upper = add_unit(session, "市住建局")
        add_unit(session, "市园林绿化处", UnitKind.LOWER, upper)
        people.close_unit(session, administrator(), upper.id)

    with pytest.raises(PeopleRefused) as refusal:
        database.write(close)

    assert refusal.value.facts["why"] == "unit_has_units"


def test_a_closed_unit_is_in_no_group_and_can_come_back(database: Database) -> None:
    unit_id = database.write(lambda session: add_unit(session, "市审计局").id)

    database.write(lambda session: people.close_unit(session, administrator(), unit_id))

    with database.read() as session:
        assert not units.members(session, DEPARTMENT)
        assert not people.units(session)
    database.write(lambda session: people.reopen_unit(session, administrator(), unit_id))
    with database.read() as session:
        assert len(units.members(session, DEPARTMENT)) == 1


def test_a_change_to_what_somebody_else_changed_is_refused(database: Database) -> None:
    unit_id, seen = database.write(lambda session: _numbers(add_unit(session, "市审计局")))
    form = UnitForm("市审计局（新）", DEPARTMENT)
    database.write(lambda s: people.change_unit(s, administrator(), unit_id, form, seen))

    with pytest.raises(ChangedMeanwhile):
        database.write(lambda s: people.change_unit(s, administrator(), unit_id, form, seen))


def _numbers(unit: Unit) -> tuple[int, int]:
    return unit.id, unit.version


# -- posts and people -------------------------------------------------------------------


def test_somebody_who_is_given_a_post_acts_in_it(database: Database) -> None:
    def give(session: Session) -> int:
        post, person_id = add_post(session), add_person(session)
        people.give_post(session, administrator(), person_id, post.id)
        return person_id

    person_id = database.write(give)

    with database.read() as session:
        actor = actor_of(session, person_id)
        (held,) = actor.posts
        assert (actor.name, held.unit_name, held.role) == ("杨帆", "市财政局", Role.HANDLER)
        assert actor.by == f"person:{person_id}"
        assert actor.unit_ids(Role.HANDLER) == {held.unit_id}
        assert actor.post_for(Role.HANDLER, held.unit_id) == held
        assert actor.post_for(Role.LEADER) is None


def test_a_post_outlives_its_holder(database: Database, clock: MovableClock) -> None:
    def first(session: Session) -> tuple[int, int, int]:
        post, person_id = add_post(session), add_person(session)
        holding = people.give_post(session, administrator(), person_id, post.id)
        return post.id, person_id, holding.id

    post_id, leaver, holding_id = database.write(first)
    clock.move(timedelta(days=30))

    def second(session: Session) -> int:
        people.end_holding(session, administrator(), holding_id)
        newcomer = add_person(session, "luojing", "罗静")
        people.give_post(session, administrator(), newcomer, post_id)
        return newcomer

    newcomer = database.write(second)

    with database.read() as session:
        assert [person.id for person in holders_of_post(session, post_id)] == [newcomer]
        assert not actor_of(session, leaver).posts
        (kept,) = people.holdings_of(session, leaver)
        assert kept.until is not None
        assert (kept.until - kept.since).days == 30


def test_holders_and_leaders_are_those_of_today(database: Database) -> None:
    def give(session: Session) -> tuple[int, int]:
        post, person_id = add_post(session, Role.LEADER, "市政府"), add_person(session)
        people.give_post(session, administrator(), person_id, post.id)
        return post.id, person_id

    post_id, person_id = database.write(give)

    with database.read() as session:
        assert [post.id for post in leaders(session)] == [post_id]
        assert [person.id for person in holders(session, Role.LEADER)] == [person_id]
        assert not holders(session, Role.HANDLER)


@pytest.mark.parametrize("verb", ["twice", "disabled"])
def test_a_post_is_not_given_twice_or_to_a_closed_account(database: Database, verb: str) -> None:
    def give(session: Session) -> None:
        post, person_id = add_post(session), add_person(session)
        if verb == "twice":
            people.give_post(session, administrator(), person_id, post.id)
        else:
            people.disable_person(session, _other_administrator(), person_id)
        people.give_post(session, administrator(), person_id, post.id)

    with pytest.raises(PeopleRefused):
        database.write(give)


def _other_administrator() -> people.Actor:
    return people.Actor(0, "何敏", administrator().posts)


def test_the_last_administrator_keeps_the_post(database: Database) -> None:
    def give_and_take(session: Session) -> None:
        post, person_id = add_post(session, Role.ADMINISTRATOR), add_person(session)
        holding = people.give_post(session, administrator(), person_id, post.id)
        people.end_holding(session, administrator(), holding.id)

    with pytest.raises(PeopleRefused) as refusal:
        database.write(give_and_take)

    assert refusal.value.facts["why"] == "last_administrator"


@pytest.mark.parametrize("reviewed", [settings.YES, settings.NO])
@pytest.mark.parametrize("way", ["closed", "taken back"])
def test_the_second_administrator_stays_while_changes_are_reviewed(
    database: Database, way: str, reviewed: str
) -> None:
    def let_go(session: Session) -> None:
        settings.change(session, administrator(), settings.REVIEWED, reviewed)
        post = add_post(session, Role.ADMINISTRATOR)
        first_id = add_person(session, "hemin", "何敏")
        second_id = add_person(session)
        people.give_post(session, administrator(), first_id, post.id)
        held = people.give_post(session, administrator(), second_id, post.id)
        if way == "closed":
            people.disable_person(session, people.actor_of(session, first_id), second_id)
        else:
            people.end_holding(session, people.actor_of(session, first_id), held.id)

    if reviewed == settings.NO:
        database.write(let_go)
        return
    with pytest.raises(PeopleRefused) as refusal:
        database.write(let_go)
    assert refusal.value.facts["why"] == "second_administrator"


def test_nobody_closes_the_account_that_is_used_for_it(database: Database) -> None:
    def close(session: Session) -> None:
        person_id = add_person(session)
        myself = people.Actor(person_id, "杨帆", administrator().posts)
        people.disable_person(session, myself, person_id)

    with pytest.raises(PeopleRefused) as refusal:
        database.write(close)

    assert refusal.value.facts["why"] == "yourself"


def test_a_disabled_person_is_no_actor(database: Database) -> None:
    def disable(session: Session) -> int:
        person_id = add_person(session)
        people.disable_person(session, _other_administrator(), person_id)
        return person_id

    person_id = database.write(disable)

    with database.read() as session, pytest.raises(PersonUnknown):
        actor_of(session, person_id)


@pytest.mark.parametrize(
    "form", [PersonForm("杨帆", "YangFan "), PersonForm("罗静", "luojing", "a@b\nBcc: c@d")]
)
def test_a_taken_login_or_a_forged_address_is_refused(database: Database, form: PersonForm) -> None:
    def add(session: Session) -> None:
        add_person(session)
        people.add_person(session, administrator(), form, PASSWORD)

    with pytest.raises(PeopleRefused):
        database.write(add)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "fourteen signs",
        "aaaaaaaaaaaaaaaaaa",
        "123456789012345678",
        "abcabcabcabcabcabc",
        "qwertyuiopasdfghjkl",
        "passwordpassword123",
        "yangfanyangfan12345",
        "PasswordPassword2026",
        "x" * 300,
    ],
)
def test_easy_passwords_are_refused(database: Database, password: str) -> None:
    form = PersonForm("杨帆", "yangfan")

    with pytest.raises(PasswordRefused):
        database.write(lambda s: people.add_person(s, administrator(), form, password))


def test_every_verb_is_the_administrator_s(database: Database) -> None:
    def prepare(session: Session) -> tuple[int, int, int, int]:
        post, person_id = add_post(session), add_person(session)
        holding = people.give_post(session, administrator(), person_id, post.id)
        return post.unit_id, post.id, person_id, holding.id

    unit_id, post_id, person_id, holding_id = database.write(prepare)
    stranger, form = handler(), PersonForm("某", "mou")
    unit_form = UnitForm("某局", DEPARTMENT)
    verbs = [
        lambda s: people.add_unit(s, stranger, unit_form),
        lambda s: people.change_unit(s, stranger, unit_id, unit_form),
        lambda s: people.close_unit(s, stranger, unit_id),
        lambda s: people.reopen_unit(s, stranger, unit_id),
        lambda s: people.add_post(s, stranger, unit_id, "科长", Role.HANDLER),
        lambda s: people.change_post(s, stranger, post_id, "科长"),
        lambda s: people.add_person(s, stranger, form, PASSWORD),
        lambda s: people.change_person(s, stranger, person_id, form),
        lambda s: people.disable_person(s, stranger, person_id),
        lambda s: people.enable_person(s, stranger, person_id),
        lambda s: people.give_post(s, stranger, person_id, post_id),
        lambda s: people.end_holding(s, stranger, holding_id),
        lambda s: people.reset_password(s, stranger, person_id),
        lambda s: people.issue_token(s, stranger, person_id + 1),
        lambda s: people.revoke_token(s, stranger, person_id + 1),
    ]

    for verb in verbs:
        with pytest.raises(NotYours):
            database.write(verb)
