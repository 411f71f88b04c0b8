"""Pages follow each other without gap or double, whatever ties and whatever comes in."""

import pytest

from claims.models import Claim
from tests.api import Caller
from tests.factories import ArticleFactory, ClaimFactory
from tests.steps import queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def edda(editor):
    return Caller(editor)


@pytest.fixture
def claims():
    """Seven claims, of which five tie on priority."""
    article = ArticleFactory()
    priorities = [1, 2, 2, 2, 2, 2, 3]
    return [ClaimFactory(article=article, priority=one) for one in priorities]


def walk(caller, path, way="next"):
    """Return the pages of ids from `path` on."""
    pages = []
    while path:
        answer = caller.get(path).json()
        pages.append([row["id"] for row in answer["results"]])
        path = answer[way]
    return pages


@pytest.mark.parametrize("ordering", ["-id", "id", "-priority", "priority"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_hold_every_row_once_and_in_order(edda, claims, ordering, size):
    pages = walk(edda, f"/claims/?ordering={ordering}&page_size={size}")
    fields = (
        [ordering] if ordering.endswith("id") else [ordering, ordering.replace("priority", "id")]
    )
    expected = list(Claim.objects.order_by(*fields).values_list("pk", flat=True))
    assert [pk for page in pages for pk in page] == expected
    assert all(len(page) == size for page in pages[:-1])


def test_one_can_turn_back_to_where_one_came_from(edda, claims):
    path, seen = "/claims/?ordering=-priority&page_size=3", []
    while path:
        answer = edda.get(path).json()
        seen.append([row["id"] for row in answer["results"]])
        path = answer["next"]
    back = walk(edda, answer["previous"], "previous")
    assert back == seen[-2::-1]


def test_the_first_page_has_nothing_before_it_and_the_last_nothing_after(edda, claims):
    first = edda.get("/claims/?page_size=4").json()
    last = edda.get(first["next"]).json()
    assert (first["previous"], last["next"]) == (None, None)
    assert edda.get(last["previous"]).json()["next"] is not None


def test_what_comes_in_meanwhile_moves_nothing(edda, claims):
    first = edda.get("/claims/?page_size=4").json()
    ClaimFactory(article=claims[0].article)
    second = edda.get(first["next"]).json()["results"]
    assert [row["id"] for row in second] == [claim.pk for claim in claims[2::-1]]


def test_filters_and_size_go_along_from_page_to_page(edda, claims):
    pages = walk(edda, "/claims/?priority=high&page_size=2")
    assert [len(page) for page in pages] == [2, 2, 1]


def test_an_empty_list_is_one_empty_page(edda):
    assert edda.get("/claims/").json() == {"next": None, "previous": None, "results": []}


def test_tasks_that_are_equally_urgent_are_all_shown(lead):
    tasks = [queued(lead, article=ArticleFactory()) for _ in range(5)]
    pages = walk(Caller(lead), "/tasks/?ordering=urgency&page_size=2")
    assert [pk for page in pages for pk in page] == [task.pk for task in tasks]


def test_two_hundred_rows_fit_on_a_page_and_fifty_are_usual(edda):
    article = ArticleFactory()
    passage = ClaimFactory(article=article).passage
    Claim.objects.bulk_create(
        Claim(
            article=article,
            passage=passage,
            quote="q",
            language="en",
            beat=article.beat,
            created_by=article.submitted_by,
        )
        for _ in range(209)
    )
    assert len(edda.get("/claims/").json()["results"]) == 50
    assert [len(page) for page in walk(edda, "/claims/?page_size=200")] == [200, 10]
