import re

from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from web.api.openapi import PROBLEM

OPERATIONS = ("get", "post", "put", "patch", "delete")


def operations(client: FlaskClient) -> list[tuple[str, str, dict]]:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    return [
        (path, method, operation)
        for path, told in paths.items()
        for method, operation in told.items()
        if method in OPERATIONS
    ]


def test_the_description_is_valid_openapi_3_1(client: FlaskClient) -> None:
    description = client.get("/api/v1/openapi.json").get_json()

    validate(description)
    assert description["openapi"].startswith("3.1")


def test_every_operation_is_described_with_its_problems_and_asks_for_a_token(
    client: FlaskClient,
) -> None:
    for path, method, operation in operations(client):
        place = f"{method} {path}"
        assert operation["summary"].endswith("."), place
        assert operation["security"] == [{"token": []}], place
        assert {"401", "403", "404"} <= set(operation["responses"]), place
        if method == "post":
            assert {"409", "413", "422"} <= set(operation["responses"]), place


def test_every_operation_has_an_id_of_its_own(client: FlaskClient) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(client)]

    assert len(ids) == len(set(ids))


def test_every_verb_takes_a_key_by_which_it_may_be_repeated(client: FlaskClient) -> None:
    for path, method, operation in operations(client):
        headers = {each["name"] for each in operation["parameters"] if each["in"] == "header"}

        assert ("Idempotency-Key" in headers) == (method == "post"), path


def test_every_problem_is_told_as_problem_details(client: FlaskClient) -> None:
    components = client.get("/api/v1/openapi.json").get_json()["components"]

    assert components["responses"]
    for name, answer in components["responses"].items():
        assert list(answer["content"]) == [PROBLEM], name


def test_every_route_of_the_api_is_described(app: Flask, client: FlaskClient) -> None:
    told = {path for path, _, _ in operations(client)}
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and not rule.endpoint.startswith("api-docs")
    }

    assert routes == told
