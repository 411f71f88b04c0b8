"""Addresses that people and crawlers make up are answered, never with a failure of ours."""

import pytest

from tests.claims.admin.asking import page, signed_in
from tests.steps import assigned, in_review

pytestmark = pytest.mark.django_db
LARGE, HUGE = "9" * 30, "9" * 5000


@pytest.mark.parametrize("number", [LARGE, HUGE, "0" * 12 + LARGE, "²", "٣", "-1", "x"])
def test_a_number_that_no_row_has(lead, checker, number):
    verdict = in_review(lead, checker)
    article = verdict.claim.article_id
    assert page(lead, f"claims/article/{article}/change/", version=number).status_code == 200
    for path in (f"claims/verdict/{number}/change/", f"claims/factcheck/{number}/change/"):
        assert page(lead, path).status_code == 404
    for path in ("claims/verdict/", "claims/factcheck/"):
        assert page(lead, path, rating=number).status_code == 200
    assert signed_in(lead).get(f"/articles/{article}/proof/?version={number}").status_code == 404


@pytest.mark.parametrize("number", [LARGE, HUGE, "²", "x"])
def test_a_text_that_no_article_has_on_the_page_of_a_check(lead, checker, number):
    task = assigned(lead, checker)
    answer = signed_in(checker).get(f"/tasks/{task.pk}/?version={number}")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("claims/sentence/", "version", LARGE),
        ("claims/event/", "at__gte", "9999-12-31 23:59:59-05:00"),
        ("claims/event/", "at__year", LARGE),
        ("claims/event/", "at__year", "x"),
    ],
)
def test_a_filter_with_a_value_that_no_row_can_have(lead, path, name, value):
    answer = page(lead, path, **{name: value})
    # PostgreSQL knows the year 10000 and compares what SQLite cannot: then the list is empty.
    if answer.status_code == 302:
        assert answer["Location"] == f"/admin/{path}?e=1"
        answer = page(lead, path, e=1)
    else:
        assert list(answer.context["cl"].result_list) == []
    assert answer.status_code == 200
