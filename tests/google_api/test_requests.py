"""What is asked, and refused, in Google's shape; by plain requests, for what its client hides."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.archive.reviews import archived, review

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
SEARCH = "/v1alpha1/claims:search"
IMAGES = "/v1alpha1/claims:imageSearch"
PAGES = "/v1alpha1/pages"


def ask(path, method="get", **query):
    return getattr(Client(raise_request_exception=False), method)(path, query)


def texts(**query):
    return [claim["text"] for claim in ask(SEARCH, **query).json().get("claims", [])]


def refusal(answer):
    """Return code, status, and the fields at fault, having checked the shape."""
    error = answer.json()["error"]
    assert error["code"] == answer.status_code
    assert error["message"]
    assert set(error) <= {"code", "message", "status", "details"}
    found = [one["field"] for detail in error.get("details", []) for one in fields_of(detail)]
    return error["code"], error["status"], found


def fields_of(detail):
    assert detail["@type"] == "type.googleapis.com/google.rpc.BadRequest"
    return detail["fieldViolations"]


# --- Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "query"),
        ({"query": "  "}, "query"),
        ({"query": "a", "pageSize": "ten"}, "page_size"),
        ({"query": "a", "pageSize": "-1"}, "page_size"),
        ({"query": "a", "offset": "2147483648"}, "offset"),
        ({"query": "a", "maxAgeDays": "1.5"}, "max_age_days"),
        ({"query": "a", "pageToken": "nonsense"}, "page_token"),
        ({"query": "a", "pageToken": "é"}, "page_token"),
        ({"query": "a", "pageToken": "W10"}, "page_token"),
        ({"query": "x" * 2001}, "query"),
        ({"query": "a\x00"}, "query"),
        ({"query": "a", "mood": "grim"}, "mood"),
        ({"query": "a", "fields": "claims("}, "fields"),
        ({"query": "a", "fields": "claims;text"}, "fields"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(query, field):
    assert refusal(ask(SEARCH, **query)) == (400, "INVALID_ARGUMENT", [field])


@pytest.mark.parametrize("query", [{}, {"imageUri": "picture"}, {"imageUri": "ftp://a.example"}])
def test_an_image_is_an_address(query):
    assert refusal(ask(IMAGES, **query)) == (400, "INVALID_ARGUMENT", ["image_uri"])


@pytest.mark.parametrize("query", [{}, {"url": "https://a.example", "organization": "b.example"}])
def test_pages_are_those_of_one_site_or_one_address(query):
    assert refusal(ask(PAGES, **query)) == (400, "INVALID_ARGUMENT", ["url"])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", PAGES),
        ("put", f"{PAGES}/0123456789abcdef"),
        ("patch", f"{PAGES}/0123456789abcdef"),
        ("delete", f"{PAGES}/0123456789abcdef"),
    ],
)
def test_pages_are_only_read(method, path):
    assert refusal(ask(path, method)) == (403, "PERMISSION_DENIED", [])


@pytest.mark.parametrize(
    "path", ["/v1alpha1/nothing", f"{PAGES}/x", f"{PAGES}/0123456789abcdef", "/v1alpha1/claims:x"]
)
def test_what_is_not_there_is_said_in_the_same_shape(path):
    assert refusal(ask(path)) == (404, "NOT_FOUND", [])


def test_another_method_or_form_is_refused():
    assert refusal(ask(SEARCH, "post"))[:2] == (405, "UNIMPLEMENTED")
    assert refusal(ask(SEARCH, query="a", alt="proto"))[:2] == (400, "INVALID_ARGUMENT")


def test_whoever_asks_too_often_is_told_when_to_come_back(settings):
    settings.THROTTLE_ANON_PER_MINUTE = 2
    answers = [ask(SEARCH, query="a") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert refusal(answers[2])[:2] == (429, "RESOURCE_EXHAUSTED")
    assert 1 <= int(answers[2]["Retry-After"]) <= 60


def test_a_failure_of_ours_gives_nothing_away(monkeypatch):
    def fail(*_args, **_kwargs):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("claims.google.views.search", fail)
    answer = ask(SEARCH, query="a")
    assert refusal(answer)[:2] == (500, "INTERNAL")
    assert b"secret" not in answer.content


# --- Answers --------------------------------------------------------------------------------------


def test_parameters_are_taken_in_both_spellings_and_a_key_is_not_needed():
    archived(review(1), review(2, inLanguage="de"))
    asked = {"query": "bridge", "languageCode": "de-AT", "pageSize": 1, "key": "x"}
    assert ask(SEARCH, **asked, prettyPrint="false", alt="json").status_code == 200
    snake = texts(query="bridge", language_code="de-AT", page_size=1)
    assert texts(**asked) == snake == [review(2)["claimReviewed"]]


def test_pages_of_other_sites_may_read_it():
    answer = ask(SEARCH, query="bridge")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-cache"


def test_a_page_token_belongs_to_its_question():
    archived(*map(review, range(4)))
    token = ask(SEARCH, query="bridge", pageSize=1).json()["nextPageToken"]
    rest = texts(query="bridge", pageToken=token, pageSize=9, offset=3)
    assert len(rest) == 3
    wrong = ask(SEARCH, query="storm", pageToken=token)
    assert refusal(wrong) == (400, "INVALID_ARGUMENT", ["page_token"])


def test_age_in_days_goes_by_the_newer_date():
    today = timezone.now().date().isoformat()
    archived(review(1, datePublished="2001-01-01", itemReviewed={"datePublished": today}))
    archived(review(2, datePublished="2001-01-01", itemReviewed={}))
    assert texts(query="bridge", maxAgeDays=3) == [review(1)["claimReviewed"]]
    assert len(texts(query="bridge", maxAgeDays=0)) == 2
    assert len(texts(query="bridge", maxAgeDays=2147483647)) == 2


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ("nextPageToken", {}),
        ("claims/text", {"claims": [{"text": "T"}]}),
        (
            "claims(text, claimReview/publisher/site),nextPageToken",
            {"claims": [{"text": "T", "claimReview": [{"publisher": {"site": "checks.example"}}]}]},
        ),
        ("claims(claimReview(url))", {"claims": [{"claimReview": [{"url": review(1)["url"]}]}]}),
        ("*/claimant", {"claims": [{"claimant": "Bert Bridge"}]}),
    ],
)
def test_only_the_fields_that_are_asked_for_are_answered(fields, left):
    archived(review(1, claimReviewed="T"))
    assert ask(SEARCH, query="T", fields=fields).json() == left


def test_the_discovery_document_names_this_desk():
    for path in ("/$discovery/rest", "/discovery/v1/apis/factchecktools/v1alpha1/rest"):
        document = ask(path, version="v1alpha1").json()
        assert document["rootUrl"] == "http://testserver/"
        assert document["id"] == "factchecktools:v1alpha1"
    assert refusal(ask("/$discovery/rest", version="v2"))[0] == 404


@pytest.mark.parametrize(
    ("path", "query", "most"),
    [
        (SEARCH, {"query": "bridge storm"}, 8),
        (SEARCH, {"reviewPublisherSiteFilter": "checks.example"}, 3),
        (IMAGES, {"imageUri": "https://talk.example/all.jpg"}, 3),
        (PAGES, {"organization": "checks.example"}, 14),
    ],
)
def test_an_answer_costs_the_same_however_much_there_is(make, settings, path, query, most):
    settings.PUBLIC_URL = "https://checks.example"
    make("published")
    places = {"appearance": "https://talk.example/all.jpg"}
    costs = []
    for numbers in (range(2), range(2, 60)):
        archived(*(review(number, itemReviewed=places) for number in numbers))
        with CaptureQueriesContext(connection) as asked:
            answer = ask(path, **query, pageSize=50)
        assert answer.json() != {}
        costs.append(len(asked))
    assert costs[0] == costs[1] <= most


# --- Pages ----------------------------------------------------------------------------------------


def test_a_page_holds_every_check_on_it():
    page_url = "https://www.checks.example/both"
    archived(
        review(1, url=f"{page_url}#a", itemReviewed={}, reviewRating="Mixed"),
        review(2, url=page_url),
    )
    [page] = ask(PAGES, url=f"{page_url}?utm_source=x").json()["claimReviewMarkupPages"]
    assert page["pageUrl"] == page_url
    assert page["publishDate"] == "2026-03-02"
    assert page["claimReviewAuthor"] == {"name": "Checks & Co"}
    assert page["claimReviewMarkups"] == [
        {
            "url": f"{page_url}#a",
            "claimReviewed": review(1)["claimReviewed"],
            "rating": {"textualRating": "Mixed"},
        },
        {
            "url": page_url,
            "claimReviewed": review(2)["claimReviewed"],
            "claimDate": "2026-02-28",
            "claimFirstAppearance": "https://talk.example/2.jpg",
            "claimAuthor": {"name": "Bert Bridge"},
            "rating": {
                "textualRating": "Made up",
                "ratingValue": 1,
                "worstRating": 1,
                "bestRating": 5,
            },
        },
    ]
    listed = ask(PAGES, organization="checks.example").json()
    assert listed["claimReviewMarkupPages"] == [page]
    assert ask(f"/v1alpha1/{page['name']}").json() == page


def test_the_pages_of_a_site_come_page_by_page():
    archived(*map(review, range(3)))
    first = ask(PAGES, organization="checks.example", pageSize=2).json()
    rest = ask(
        PAGES, organization="checks.example", pageSize=2, pageToken=first["nextPageToken"]
    ).json()
    both = first["claimReviewMarkupPages"] + rest["claimReviewMarkupPages"]
    assert [page["pageUrl"][-1] for page in both] == ["2", "1", "0"]
    assert "nextPageToken" not in rest


def test_an_unknown_page_is_an_empty_list():
    assert ask(PAGES, url="https://a.example/").json() == {}


def test_a_page_of_ours_says_what_its_claimreview_says(make, settings):
    settings.PUBLIC_URL = "https://lindenau.example"
    check = make("published")
    url = f"https://lindenau.example/fact-checks/{check.slug}/"
    [page] = ask(PAGES, url=url).json()["claimReviewMarkupPages"]
    assert page["pageUrl"] == url
    assert page["versionId"] == "1"
    [markup] = page["claimReviewMarkups"]
    assert markup["claimReviewed"] == check.edition.claim_reviewed
    assert markup["rating"]["textualRating"] == "False"
    assert ask(PAGES, organization="lindenau.example").json() == {"claimReviewMarkupPages": [page]}
    assert ask(f"/v1alpha1/{page['name']}").json() == page


def test_nothing_of_an_embargoed_check_is_answered(make, clock, settings):
    settings.PUBLIC_URL = "https://lindenau.example"
    check = make("scheduled")
    name = None
    for moment, there in ((check.goes_out_at - SECOND, False), (check.goes_out_at, True)):
        clock(moment)
        answers = [
            ask(SEARCH, query="buses"),
            ask(SEARCH, reviewPublisherSiteFilter="lindenau.example"),
            ask(PAGES, organization="lindenau.example"),
            ask(PAGES, url=f"https://lindenau.example/fact-checks/{check.slug}/"),
        ]
        assert [answer.json() != {} for answer in answers] == [there] * 4
        if there:
            name = answers[3].json()["claimReviewMarkupPages"][0]["name"]
    assert ask(f"/v1alpha1/{name}").status_code == 200
    clock(check.goes_out_at - SECOND)
    assert ask(f"/v1alpha1/{name}").status_code == 404
