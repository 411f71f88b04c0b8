"""The OpenAPI document: it validates, says what is answered, and a fuzzer cannot break the desk."""

import json
import re
from functools import cache

import pytest
import schemathesis
from django.core.management import call_command
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from claims.models import Article
from tests.api import Caller
from tests.archive.reviews import archived, review
from tests.cast import person
from tests.claims.living.rows import living_rows
from tests.factcheck.addresses import REST, addresses
from tests.factories import SourceFactory, default_scale
from tests.publication.steps import published
from tests.steps import in_review, started
from tests.webhooks.rows import webhook_rows

pytestmark = pytest.mark.django_db
EXAMPLES = 8


@cache
def document() -> dict:
    return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True)))


def operations() -> list[tuple[str, str]]:
    return [
        (path, method)
        for path, item in document()["paths"].items()
        for method in item
        if method in ("get", "post", "put", "patch", "delete")
    ]


@pytest.fixture(scope="module")
def lead(shared_rows):
    with shared_rows.unblock():
        return person("lead")


@pytest.fixture(scope="module")
def checker(shared_rows):
    with shared_rows.unblock():
        return person("checker")


@pytest.fixture(scope="module")
def ids(lead, checker, shared_rows):
    """One of everything to ask for, by the kind of address; the same for all operations."""
    with shared_rows.unblock():
        return made(lead, checker, person("editor"))


def made(lead, checker, editor):
    default_scale()
    SourceFactory()
    archived(review(1), actor=lead)
    verdict = in_review(lead, checker)
    task = started(lead, checker, article=verdict.claim.article, words="nine days")
    Caller(checker).put(f"/tasks/{task.pk}/draft/", {"hold_token": 1, "summary": "a"})
    out = published(lead, checker, editor, article=verdict.claim.article, words="ten new buses")
    Article.objects.filter(pk=verdict.claim.article_id).update(cms_id="story-1")
    return {
        "articles": verdict.claim.article_id,
        "claims": verdict.claim_id,
        "fact-checks": out.pk,
        "evidence": verdict.evidence.get().pk,
        "tasks": task.pk,
        "verdicts": verdict.pk,
        "staff": checker.staff.pk,
        **living_rows(verdict.claim, asked_by=lead, lead=lead),
        **webhook_rows(lead),
    }


def filled(path, ids):
    kind = path.removeprefix("/api/v1/").partition("/")[0]
    path = path.replace("{delivery}", str(ids["deliveries"]))
    return path.replace("{id}", str(ids.get(kind, 1))).replace("{number}", "1")


def test_it_validates_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "api.yml"))


def test_every_address_and_method_stands_in_it():
    described = {(path, method.upper()) for path, method in operations()}
    there = {
        ("/" + re.sub(r"<int:(\w+)>", r"{\1}", one.route).replace("{pk}", "{id}"), method)
        for one in addresses()
        if one.route.startswith(REST) and one.route != REST
        for method in one.methods
    }
    assert described == there


@pytest.mark.parametrize(("path", "method"), operations())
def test_every_operation_says_how_it_is_refused_and_who_may_ask(path, method):
    operation = document()["paths"][path][method]
    answers = set(operation["responses"])
    assert {"400", "401", "403", "429"} <= answers
    assert operation["summary"]
    assert operation["description"]
    assert {"token": []} in operation["security"]
    headers = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "header"}
    assert ("Idempotency-Key" in headers) == (method == "post")
    assert ("If-Match" in headers) == ("428" in answers)
    if method == "patch" or path.startswith(("/api/v1/tasks/{id}/", "/api/v1/verdicts/{id}/")):
        assert ("428" in answers) == (method in ("post", "patch"))


def conforms(path, method, answer):
    """Return what of `answer` differs from its declared schema; empty when nothing does."""
    described = document()["paths"][path][method]["responses"]
    status = str(answer.status_code)
    assert status in described, f"{method} {path} answered {status}: {answer.content[:300]}"
    content = described[status].get("content")
    if content is None:
        return [answer.content] if answer.content else []
    schema = content["application/json"]["schema"] | {"components": document()["components"]}
    found = Draft202012Validator(schema).iter_errors(answer.json())
    return [f"{'.'.join(map(str, error.path))}: {error.message}" for error in found]


@pytest.mark.parametrize("path", [path for path, method in operations() if method == "get"])
def test_what_is_read_is_what_is_declared_field_by_field(path, lead, checker, ids):
    who = checker if path.endswith(("/draft/", "/notices/")) else lead
    needed = {"/diff/": "?against=1", "/articles/clearance/": "?cms_id=story-1"}
    query = [asked for end, asked in needed.items() if path.endswith(end)]
    answer = Caller(who).get(filled(path, ids) + "".join(query))
    assert answer.status_code == 200
    assert conforms(path, "get", answer) == []
    shown = answer.json()["results"][:1] if "results" in answer.json() else [answer.json()]
    assert shown, "nothing to compare"
    declared = declared_fields(document()["paths"][path]["get"])
    for row in shown:
        assert set(row) == declared


def declared_fields(operation) -> set[str]:
    """Return the fields that the answer, or a row of it, is declared to have."""
    schema = resolved(operation["responses"]["200"]["content"]["application/json"]["schema"])
    if "results" in schema["properties"]:
        schema = resolved(schema["properties"]["results"]["items"])
    assert set(schema["required"]) == set(schema["properties"])
    return set(schema["properties"])


def resolved(schema):
    name = schema.get("$ref", "").rpartition("/")[2]
    return document()["components"]["schemas"][name] if name else schema


@cache
def fuzzed(path, method):
    schema = schemathesis.openapi.from_dict(document())
    operation = schema[path][method.upper()]
    modes = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    return st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes])


@pytest.mark.parametrize(("path", "method"), operations())
def test_a_fuzzer_finds_no_500_and_no_answer_that_is_not_declared(path, method, lead, ids):
    caller = Caller(lead, raise_request_exception=False)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def fuzz(data):
        case = data.draw(fuzzed(path, method))
        there = data.draw(st.booleans())
        with transaction.atomic():
            answer = send(caller, case, filled(path, ids) if there else None)
            transaction.set_rollback(True)
        assert answer.status_code < 500, answer.content
        if answer.status_code not in (404, 405, 415):
            assert conforms(path, method, answer) == []

    fuzz()


def send(caller, case, path):
    """Send a generated case, to the address it made up or to `path` where something is."""
    headers = {str(name): latin(value) for name, value in (case.headers or {}).items()}
    query = {str(name): str(value) for name, value in (case.query or {}).items()}
    made_up = str(case.formatted_path).encode("utf-8", "replace").decode()
    unset = isinstance(case.body, schemathesis.core.NotSet)
    return caller.generic(
        case.method,
        path or made_up,
        b"" if unset else json.dumps(case.body, default=str).encode(),
        content_type="application/json",
        query_params=query,
        headers=headers,
    )


def latin(value) -> str:
    return str(value).encode("latin-1", "replace").decode("latin-1")
