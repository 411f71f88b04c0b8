"""The sentences of a text as a list: what each counts as, and what may be said of it."""

import pytest

from claims.actions import dismiss_claim
from claims.models import Sentence
from claims.states import ClaimState
from tests.claims.admin.asking import cost, messages_of, page, press, signed_in, text_of
from tests.claims.living.story import (
    FOLLOW,
    LEAD,
    REPORT,
    STORY,
    claim_on,
    newest,
    revised,
    sentence,
    suggested,
)

pytestmark = pytest.mark.django_db
PATH = "claims/sentence/"


@pytest.fixture
def article(integration):
    return suggested(integration)


def test_it_shows_every_sentence_in_reading_order_with_its_kind(editor, article):
    answer = page(editor, PATH, version__id__exact=newest(article).pk)
    rows = list(answer.context["cl"].result_list)
    assert [row.text for row in rows][:2] == [LEAD, rows[1].text]
    assert [row.start for row in rows] == sorted(row.start for row in rows)
    assert "Page furniture" in text_of(answer)


def test_a_sentence_has_nothing_to_check_once_somebody_says_so(editor, article):
    one = sentence(article, REPORT)
    assert "Is there nothing to check" in text_of(page(editor, f"{PATH}{one.pk}/nothing-to-check/"))
    answer = press(editor, f"{PATH}{one.pk}/nothing-to-check/", revision=0)
    assert messages_of(answer)[0].startswith("Nothing to check in that sentence.")
    assert answer["Location"].endswith(f"?version__id__exact={newest(article).pk}")
    one.refresh_from_db()
    assert (one.kind, one.set_by) == ("nothing", editor)
    assert claim_on(article, REPORT).state == ClaimState.DISMISSED


def test_what_has_nothing_to_check_is_put_back_as_what_the_desk_took_it_for(editor, article):
    one = sentence(article, REPORT)
    press(editor, f"{PATH}{one.pk}/nothing-to-check/", revision=0)
    press(editor, f"{PATH}{one.pk}/put-back/", revision=0)
    one.refresh_from_db()
    assert one.kind == one.spotted_kind == "checkable"
    assert claim_on(article, REPORT).state == ClaimState.SUGGESTED


def test_what_is_checked_already_cannot_be_put_back(editor, article):
    answer = page(editor, f"{PATH}{sentence(article, REPORT).pk}/put-back/")
    assert answer.status_code == 403
    assert "there already, as this: checkable statement" in text_of(answer)


def test_nothing_is_said_of_the_sentences_of_an_older_text(editor, integration, article):
    one = sentence(article, REPORT)
    revised(integration, article, STORY.replace("23 per cent", "24 per cent"))
    path = f"{PATH}{one.pk}/nothing-to-check/"
    assert path not in text_of(page(editor, PATH, version__id__exact=one.version_id))
    answer = page(editor, path)
    assert answer.status_code == 403
    assert "A newer version of the text is there." in text_of(answer)


def test_a_sentence_opens_in_its_article(editor, article):
    answer = page(editor, f"{PATH}{sentence(article, FOLLOW).pk}/change/")
    assert answer["Location"] == f"/admin/claims/article/{article.pk}/change/?version=1"


def test_sentences_are_not_on_the_index_and_not_added_by_hand(superuser, article):
    assert "/admin/claims/sentence/" not in text_of(page(superuser, ""))
    assert page(superuser, f"{PATH}add/").status_code == 403


def test_who_is_no_editor_says_nothing_of_sentences(checker, article):
    one = sentence(article, REPORT)
    path = f"/admin/{PATH}{one.pk}/nothing-to-check/"
    assert signed_in(checker).post(path, {"revision": 0}, follow=True).status_code == 403
    one.refresh_from_db()
    assert one.set_by is None


def test_it_costs_as_many_queries_for_two_hundred_sentences_as_for_six(editor, article):
    dismiss_claim(actor=editor, claim=claim_on(article, LEAD), reason="Known.")
    rows, few = cost(editor, PATH)
    version = newest(article)
    Sentence.objects.bulk_create(
        Sentence(
            version=version, start=5000 + n, end=5001 + n, kind="nothing", spotted_kind="nothing"
        )
        for n in range(200 - rows)
    )
    assert cost(editor, PATH) == (200, few)
    assert few <= 10
