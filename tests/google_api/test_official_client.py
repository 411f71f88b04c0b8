"""Google's own client, unmodified, against the running desk."""

import httplib2
import pytest
from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.archive.reviews import archived, review
from tests.publication.steps import published

pytestmark = pytest.mark.django_db(transaction=True)
_IMAGE = "https://talk.example/2.jpg"


@pytest.fixture
def desk(start_desk, lead, checker, editor):
    """The running desk with three fact-checks: two taken over, one of its own."""
    archived(review(1), review(2, inLanguage="de"))
    published(lead, checker, editor)
    return start_desk(extra={"PUBLISHER_NAME": "Lindenau Desk"})


def by_static_document(desk):
    """The client as everybody makes it, with the document that it brings along."""
    return build(
        "factchecktools",
        "v1alpha1",
        developerKey="any-key",
        client_options={"api_endpoint": desk.url},
        static_discovery=True,
    )


def by_fetched_document(desk, where):
    """The client made from the desk's own discovery document."""
    return build(
        "factchecktools",
        "v1alpha1",
        http=httplib2.Http(),
        discoveryServiceUrl=f"{desk.url}{where}",
        static_discovery=False,
    )


def test_the_official_client_searches_the_archive(desk):
    client = by_static_document(desk)
    searches(client)
    pages_through(client)
    finds_by_image(client)
    reads_pages(client)
    says_what_is_wrong(client)
    for where in (
        "/$discovery/rest?version={apiVersion}",
        "/discovery/v1/apis/{api}/{apiVersion}/rest",
    ):
        fetched = by_fetched_document(desk, where)
        assert found_by(fetched, query="bridge") == found_by(client, query="bridge")
    with_credentials = build(
        "factchecktools",
        "v1alpha1",
        credentials=AnonymousCredentials(),
        client_options={"api_endpoint": desk.url},
    )
    assert found_by(with_credentials, query="bridge") == found_by(client, query="bridge")


def found_by(client, **asked):
    answer = client.claims().search(**asked).execute()
    return [claim["text"] for claim in answer.get("claims", [])]


def searches(client):
    [claim] = client.claims().search(query="bridge", languageCode="en-US").execute()["claims"]
    assert claim == {
        "text": "The bridge at Lindenau fell down in the storm, part 1",
        "claimant": "Bert Bridge",
        "claimDate": "2026-02-28T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "Checks & Co", "site": "checks.example"},
                "url": "https://www.checks.example/1",
                "title": "No, the bridge did not fall (1)",
                "reviewDate": "2026-03-02T00:00:00Z",
                "textualRating": "Made up",
                "languageCode": "en-GB",
            }
        ],
    }
    assert client.claims().search(query="unicorns").execute() == {}
    [own] = client.claims().search(query="buses late Lindenau").execute()["claims"]
    assert own["claimReview"][0]["publisher"] == {"name": "Lindenau Desk", "site": "127.0.0.1"}
    assert own["claimReview"][0]["textualRating"] == "False"
    assert found_by(client, reviewPublisherSiteFilter="127.0.0.1") == [own["text"]]
    assert len(found_by(client, reviewPublisherSiteFilter="checks.example")) == 2


def pages_through(client):
    request = client.claims().search(query="bridge", pageSize=1)
    answer = request.execute()
    second = client.claims().search_next(request, answer).execute()
    assert "nextPageToken" not in second
    both = [*answer["claims"], *second["claims"]]
    assert [claim["text"] for claim in both] == found_by(client, query="bridge")
    assert found_by(client, query="bridge", offset=1) == [both[1]["text"]]


def finds_by_image(client):
    answer = client.claims().imageSearch(imageUri=_IMAGE).execute()
    assert [one["claim"]["text"][-1] for one in answer["results"]] == ["2"]


def reads_pages(client):
    listed = client.pages().list(organization="checks.example").execute()
    pages = listed["claimReviewMarkupPages"]
    assert [page["pageUrl"] for page in pages] == [
        "https://www.checks.example/2",
        "https://www.checks.example/1",
    ]
    assert client.pages().get(name=pages[0]["name"]).execute() == pages[0]
    found = client.pages().list(url="https://www.checks.example/2").execute()
    assert found == {"claimReviewMarkupPages": [pages[0]]}


def says_what_is_wrong(client):
    with pytest.raises(HttpError) as refused:
        client.claims().search().execute()
    assert refused.value.status_code == 400
    assert "'query' or 'reviewPublisherSiteFilter'" in refused.value.reason
    assert refused.value.error_details[0]["fieldViolations"][0]["field"] == "query"
    with pytest.raises(HttpError) as refused:
        client.pages().create(body={}).execute()
    assert refused.value.status_code == 403
