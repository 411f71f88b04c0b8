"""What cannot be used is refused in one shape, naming the field; never with a 500."""

import pytest
from django.db import IntegrityError, OperationalError
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from tests.api import BODY, EVIDENCE, QUOTE, Caller, problems, said
from tests.factories import PASSWORD, ArticleFactory, BeatFactory, ClaimFactory
from tests.steps import queued

pytestmark = pytest.mark.django_db
HUGE = 10**30


@pytest.fixture
def edda(editor):
    BeatFactory()
    return Caller(editor)


def test_every_refusal_has_the_same_shape(edda):
    answer = edda.get("/claims/999/")
    assert answer.json() == {
        "type": "client_error",
        "errors": [{"code": "not_found", "detail": "Not found.", "attr": None}],
    }


def test_nobody_gets_401_and_is_told_how_to_sign_in():
    answer = Caller().get("/claims/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")


@pytest.mark.parametrize("header", ["Token", "Token a b", "Token no", "Token ü", "Token \u0000"])
def test_a_token_that_is_none_gets_401(header):
    caller = APIClient(raise_request_exception=False)
    answer = caller.get("/api/v1/me/", headers={"Authorization": header.encode().decode("latin-1")})
    assert answer.status_code == 401


def test_an_expired_token_is_no_good_and_is_removed(checker):
    alice = Caller(checker)
    AuthToken.objects.update(expiry=timezone.now())
    assert alice.get("/me/").status_code == 401
    assert not AuthToken.objects.exists()


def test_the_token_of_somebody_who_left_is_no_good(checker):
    alice = Caller(checker)
    checker.is_active = False
    checker.save()
    assert alice.get("/me/").status_code == 401


def test_a_single_grant_counts_beside_the_role(reporter):
    from django.contrib.auth.models import Permission

    rosa = Caller(reporter)
    assert rosa.get("/tasks/").status_code == 403
    reporter.user_permissions.add(Permission.objects.get(codename="view_verificationtask"))
    assert rosa.get("/tasks/").status_code == 200


def test_a_session_works_as_well_and_its_writes_need_the_csrf_key(editor):
    browser = APIClient(enforce_csrf_checks=True)
    browser.login(username="edda", password=PASSWORD)
    assert browser.get("/api/v1/me/").json()["username"] == "edda"
    path = f"/api/v1/claims/{ClaimFactory().pk}/accept/"
    answer = browser.post(path, headers={"If-Match": "*"})
    assert (answer.status_code, said(answer).startswith("CSRF Failed")) == (403, True)


def test_an_unknown_field_is_refused_by_name(edda):
    answer = edda.post("/articles/", {"headline": "B", "body": "B", "beat": "politics", "titel": 1})
    assert answer.status_code == 400
    assert problems(answer)["titel"].startswith("There is no such field here. Known: ")


def test_an_unknown_field_deep_inside_is_refused_with_its_path(edda, lead):
    path = f"/claims/{queued(lead).claim_id}/evidence/"
    answer = edda.post(path, EVIDENCE | {"source": {"name": "A", "sort": "b"}})
    assert list(problems(answer)) == ["source.sort"]


@pytest.mark.parametrize("path", ["/claims/", "/tasks/", "/beats/", "/me/", "/staff/"])
def test_an_unknown_query_parameter_is_refused_by_name(lead, path):
    answer = Caller(lead).get(path + "?stat=x")
    assert (answer.status_code, list(problems(answer))) == (400, ["stat"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", 5),
        ("headline", ["a"]),
        ("headline", None),
        ("headline", "x" * 501),
        ("headline", "a\x00b"),
        ("body", {"a": 1}),
        ("body", "\x00"),
        ("cms_id", "a\x00"),
        ("byline", "x" * 301),
        ("language", "not a language"),
        ("source_url", "javascript:alert(1)"),
        ("priority", 3),
        ("priority", "soon"),
        ("beat", 1),
        ("beat", ["politics"]),
        ("beat", "p\x00"),
        ("publish_at", "tomorrow"),
        ("publish_at", 5),
        ("publish_at", "9999-99-99T00:00:00Z"),
        ("publish_at", "9999-12-31T23:59:59Z"),
        ("publish_at", "0001-01-01T00:00:00Z"),
        ("embargo_until", "9999-12-31T23:59:59Z"),
        ("authors", "rosa"),
        ("authors", [1]),
        ("authors", ["a\x00"]),
        ("authors", ["x" * 151]),
    ],
)
def test_wrong_types_and_impossible_values_name_their_field(edda, field, value):
    body = {"headline": "Buses", "body": BODY, "beat": "politics"}
    answer = edda.post("/articles/", body | {field: value})
    assert answer.status_code == 400, answer.content
    assert {str(name).partition(".")[0] for name in problems(answer)} == {field}


@pytest.mark.parametrize(
    "sent",
    ["", "{", "[1]", '"a"', "5", "null", "NaN", '{"a": NaN}', "[" * 100_000, '{"a":"\\ud800"}'],
)
def test_what_is_no_object_of_json_is_refused(edda, sent):
    answer = edda.generic("POST", "/articles/", sent, content_type="application/json")
    assert answer.status_code == 400, answer.content


def test_bytes_that_are_not_utf8_are_refused(edda):
    answer = edda.generic("POST", "/articles/", b'{"a": "\xff"}', content_type="application/json")
    assert answer.status_code == 400


def test_another_media_type_is_refused(edda):
    answer = edda.generic("POST", "/articles/", b"a=b", content_type="text/plain")
    assert answer.status_code == 415


@pytest.mark.parametrize("article", [0, -1, HUGE, 2**63, 1.5, "1", True, None, [1]])
def test_an_article_id_that_cannot_be_one_is_refused(edda, article):
    answer = edda.post("/claims/", {"article": article, "quote": QUOTE})
    assert (answer.status_code, list(problems(answer))) == (400, ["article"])


@pytest.mark.parametrize("value", [-0.1, 1.1, "a", True, 1e308, float("1e400")])
def test_a_check_worthiness_outside_0_and_1_is_refused(edda, value):
    body = {"article": ArticleFactory().pk, "quote": QUOTE}
    if value == float("inf"):
        sent = '{"article": 1, "quote": "q", "check_worthiness": 1e400}'
        answer = edda.generic("POST", "/claims/", sent, content_type="application/json")
    else:
        answer = edda.post("/claims/", body | {"check_worthiness": value})
    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["articles", "claims", "tasks", "verdicts", "staff"])
@pytest.mark.parametrize("pk", [0, 2**63 - 1, 2**63, HUGE])
def test_an_id_that_nothing_has_is_404(lead, kind, pk):
    assert Caller(lead).get(f"/{kind}/{pk}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/nothing/", "/claims", "/claims/x/", "/claims/-1/", "/", "/claims/1"]
)
def test_an_address_that_is_none_is_answered_as_everything_else(edda, path):
    answer = edda.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")


def test_a_method_that_is_none_of_its_own_is_405(edda):
    answer = edda.delete("/claims/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize(
    "query",
    [
        f"article={HUGE}",
        "article=x",
        "article=-1",
        "article=%00",
        "triage=maybe",
        "triage=%00",
        "priority=3",
        "q=%00",
        "q=" + "x" * 201,
        "beat=" + "x" * 51,
        "page_size=0",
        "page_size=201",
        "page_size=x",
        "page_size=٣",
        "ordering=quote",
        "ordering=-",
        "cursor=x",
        "cursor=%00",
        "cursor=W10",
        "cursor=WyItaWQiLGZhbHNlXQ",
        "cursor=WyItaWQiLGZhbHNlLCJ4Il0",
        "cursor=WyItaWQiLGZhbHNlLG51bGxd",
        "cursor=WyJpZCIsZmFsc2UsMV0",
    ],
)
def test_a_query_that_cannot_be_answered_names_its_parameter(edda, query):
    answer = edda.get(f"/claims/?{query}")
    assert answer.status_code == 400
    assert list(problems(answer)) == [query.partition("=")[0]]


def test_unknown_choices_of_a_filter_are_answered_with_those_there_are(edda):
    answer = edda.get("/claims/?triage=maybe")
    assert said(answer) == "“maybe” is none of: suggested, accepted, dismissed."


@pytest.mark.parametrize(
    ("error", "status"), [(IntegrityError("unique"), 409), (OperationalError("locked"), 503)]
)
def test_what_the_database_refuses_is_no_500(edda, monkeypatch, error, status):
    def fail(**_):
        raise error

    monkeypatch.setattr("claims.api.claims.accept_claim", fail)
    edda.raise_request_exception = False
    answer = edda.does(f"/claims/{ClaimFactory().pk}/accept/")
    assert answer.status_code == status
    assert said(answer)


def test_what_the_desk_says_is_not_kept_by_caches(edda):
    assert edda.get("/claims/")["Cache-Control"] == "private, no-cache"


def test_the_text_of_an_article_may_be_long_but_not_endless(edda):
    body = {"headline": "Long", "beat": "politics", "body": "word " * 500_000}
    answer = edda.post("/articles/", body)
    assert "The text has" in problems(answer)["body"]
