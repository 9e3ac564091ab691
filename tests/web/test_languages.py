"""Chinese first, English complete."""

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Enter, token
from web.shapes.actions import Problem, StationPlan
from web.shapes.visits import Sample


def test_the_browser_chooses_at_first(client: FlaskClient) -> None:
    def title(accepted: str) -> str:
        page = client.get("/sign-in", headers={"Accept-Language": accepted}).text
        return page.partition("<h1>")[2].partition("</h1>")[0]

    assert title("zh-CN,zh;q=0.9,en;q=0.8") == "登录"
    assert title("en-GB,en;q=0.9") == "Sign in"
    assert title("de-DE,de;q=0.9") == "登录"


def test_the_switch_wins_over_the_browser(client: FlaskClient) -> None:
    form = {"csrf_token": token(client), "language": "en", "back": "/sign-in?next=/me"}
    answer = client.post("/preferences", data=form)

    page = client.get(answer.location, headers={"Accept-Language": "zh-CN"})

    assert answer.location == "/sign-in?next=/me"
    assert '<html lang="en"' in page.text


def test_the_account_remembers_the_language(enter: Enter) -> None:
    client = enter("liwen")
    form = {"csrf_token": token(client, "/me"), "language": "en"}
    client.post("/preferences", data=form)

    elsewhere = enter("liwen").get("/me", headers={"Accept-Language": "zh-CN"})

    assert '<html lang="en"' in elsewhere.text


def test_a_language_that_nobody_offered_changes_nothing(client: FlaskClient) -> None:
    form = {"csrf_token": token(client), "language": "../../etc", "theme": "hot"}
    answer = client.post("/preferences", data=form)

    assert "Set-Cookie" not in answer.headers
    assert client.get("/sign-in").status_code == 200


def test_both_languages_say_the_same_days(app: Flask) -> None:
    from datetime import date  # noqa: PLC0415

    from flask_babel import force_locale  # noqa: PLC0415

    from web.moments import day_words, distance, long_day, text_day  # noqa: PLC0415

    day, other_year = date(2020, 9, 25), date(2021, 2, 14)
    with app.test_request_context():
        with force_locale("zh_CN"):
            chinese = [day_words(day), day_words(other_year), long_day(day), text_day(day)]
            left = [distance(n) for n in (-12, -1, 0, 2)]
        with force_locale("en"):
            english = [day_words(day), day_words(other_year), long_day(day), text_day(day)]
            left_english = [distance(n) for n in (-12, -1, 0, 2)]

    assert chinese == [
        "9月25日 周五",
        "2021年2月14日 周日",
        "2020年9月25日 星期五",
        "9月25日（周五）",
    ]
    assert english == [
        "25 Sep, Fri",
        "14 Feb 2021, Sun",
        "Friday, 25 September 2020",
        "25 Sep (Fri)",
    ]
    assert left == ["逾期12个工作日", "逾期1个工作日", "今天", "还有2个工作日"]
    assert left_english[:2] == ["12 working days overdue", "1 working day overdue"]


def test_an_answer_beyond_its_bound_is_said_in_the_readers_language(app: Flask) -> None:
    said = {"owner_person": "吏" * 81, "team": list(range(1, 300)), "size": 0}
    shapes = {"owner_person": Problem, "team": StationPlan, "size": Sample}

    def told(language: str) -> list[object]:
        with app.test_request_context(headers={"Accept-Language": language}):
            return [shapes[name]().validate({name: said[name]})[name] for name in said]

    assert told("zh-CN") == [["最多80个字。"], ["最多200个。"], ["请填1到1000之间的数。"]]
    assert told("en") == [
        ["At most 80 characters."],
        ["At most 200 of them."],
        ["Please write a number from 1 to 1000."],
    ]
