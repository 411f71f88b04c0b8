"""The page of an article that lives: read, suggested, cleared, changed, set apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from claims.actions import accept_claim, dismiss_claim, set_sentence_kind
from claims.models import Claim, VersionReading
from claims.states import ClaimState
from tests.claims.admin.asking import messages_of, page, press, signed_in, text_of
from tests.claims.living.story import (
    FOLLOW,
    HOPE,
    LEAD,
    REPORT,
    SAID,
    STORY,
    claim_on,
    newest,
    received,
    revised,
    sentence,
    suggested,
)
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def shown(user, article, **query):
    return page(user, f"claims/article/{article.pk}/change/", **query)


@pytest.fixture
def article(integration):
    return suggested(integration)


# --- Read and checked -----------------------------------------------------------------------------


def test_the_page_counts_what_is_cleared_of_what_there_is_to_check(editor, article):
    dismiss_claim(actor=editor, claim=claim_on(article, LEAD), reason="Known.")
    coverage = shown(editor, article).context["living"].coverage
    to_check = newest(article).sentences.filter(kind__in=("checkable", "quotation")).count()
    assert (coverage.cleared, coverage.to_check) == (1, to_check)
    assert f"<strong>1 of {to_check}</strong> sentences" in text_of(shown(editor, article))


def test_before_the_desk_has_read_the_text_nothing_counts_as_cleared(editor, integration):
    said = text_of(shown(editor, received(integration)))
    assert "Waiting to be read" in said
    assert "Not known before the text is read" in said


def test_a_text_in_quarantine_shows_its_note_and_what_was_wrong_with_the_document(editor, article):
    VersionReading.objects.update(
        state="quarantined", note="Reading it failed: <b>.", warnings=["A picture was left out."]
    )
    said = text_of(shown(editor, article))
    assert "Quarantined" in said
    assert "Reading it failed: &lt;b&gt;." in said
    assert "A picture was left out." in said


def test_an_article_that_was_never_to_be_read_says_so(editor):
    assert "has not been asked to read" in text_of(shown(editor, ArticleFactory()))


def test_a_text_is_read_again_out_of_quarantine(editor, article):
    VersionReading.objects.update(state="quarantined")
    answer = press(editor, f"claims/article/{article.pk}/read-again/", revision=0)
    assert messages_of(answer)[0].startswith("Version 1 waits to be read again.")
    assert VersionReading.objects.get().state == "waiting"


def test_a_text_that_waits_is_not_to_be_read_again(editor, integration):
    article = received(integration)
    path = f"claims/article/{article.pk}/read-again/"
    assert press(editor, path, revision=0).status_code == 409
    assert path not in text_of(shown(editor, article))


# --- Suggestions ----------------------------------------------------------------------------------


def test_suggestions_wait_in_reading_order_or_the_best_first(editor, article):
    in_order = list(article.claims.in_reading_order())
    assert shown(editor, article).context["living"].waiting == in_order
    best = shown(editor, article, order="score").context["living"].waiting
    scores = [claim.check_worthiness for claim in best]
    assert scores == sorted(scores, reverse=True)
    assert best != in_order


def test_each_suggestion_says_why_it_scores_and_in_which_words(editor, article):
    said = text_of(shown(editor, article))
    claim = claim_on(article, REPORT)
    [figures] = [factor for factor in claim.factors if factor["name"] == "figures"]
    assert f"<strong>{claim.check_worthiness:.2f}</strong>" in said
    assert f'figures {figures["share"]:.2f}: <q dir="auto">23 per cent</q>' in said


def test_what_was_decided_waits_no_more(editor, article):
    accept_claim(actor=editor, claim=claim_on(article, LEAD))
    waiting = shown(editor, article).context["living"].waiting
    assert LEAD not in {claim.quote for claim in waiting}


def test_asking_from_which_score_on_says_which_there_are_and_changes_nothing(editor, article):
    answer = page(editor, f"claims/article/{article.pk}/accept-suggestions/")
    scores = sorted(article.claims.values_list("check_worthiness", flat=True))
    assert f"{len(scores)} wait, scoring from {scores[0]:.2f} to {scores[-1]:.2f}" in text_of(
        answer
    )
    assert set(article.claims.values_list("state", flat=True)) == {"suggested"}


def test_suggestions_are_accepted_from_a_score_on(editor, article):
    scores = sorted(article.claims.values_list("check_worthiness", flat=True))
    path = f"claims/article/{article.pk}/accept-suggestions/"
    answer = press(editor, path, at_least=scores[-2], revision=0)
    assert messages_of(answer)[0].startswith("2 suggestions accepted;")
    accepted = article.claims.filter(state=ClaimState.ACCEPTED)
    assert sorted(accepted.values_list("check_worthiness", flat=True)) == scores[-2:]


@pytest.mark.parametrize("score", ["", "2", "-1", "nan", "many"])
def test_what_is_no_score_is_refused(editor, article, score):
    path = f"claims/article/{article.pk}/accept-suggestions/"
    assert press(editor, path, at_least=score, revision=0).status_code == 400
    assert not article.claims.filter(state=ClaimState.ACCEPTED).exists()


def test_who_is_no_editor_accepts_nothing(client, checker, article):
    path = f"/admin/claims/article/{article.pk}/accept-suggestions/"
    data = {"at_least": 0, "revision": 0}
    assert client.post(path, data)["Location"].startswith("/admin/login/")
    assert signed_in(checker).post(path, data, follow=True).status_code == 403
    assert not article.claims.filter(state=ClaimState.ACCEPTED).exists()


# --- Versions -------------------------------------------------------------------------------------


def test_a_version_shows_what_it_changed_word_by_word_and_why(editor, integration, article):
    revised(integration, article, STORY.replace("23 per cent", "24 per cent"))
    living = shown(editor, article).context["living"]
    [became] = living.changed
    assert (became.label, became.why) == ("Changed", "a figure")
    said = text_of(shown(editor, article))
    assert '<p class="diff" dir="auto">' in said
    assert "<del>23</del><ins>24</ins>" in said
    assert LEAD in {one.claim.quote for one in living.same}


def test_a_version_shows_what_it_no_longer_says(editor, integration, article):
    revised(integration, article, STORY.replace(REPORT + "\n\n", ""))
    [became] = shown(editor, article).context["living"].changed
    assert (became.status, became.claim.quote) == ("gone", REPORT)


def test_what_moved_is_the_same_and_says_so(editor, integration, article):
    revised(integration, article, "\n\n".join((REPORT, LEAD, SAID, HOPE)))
    same = {one.claim.quote: one.label for one in shown(editor, article).context["living"].same}
    assert "moved" in " ".join(same.values())


def test_an_older_version_counts_no_coverage_for_its_claims_have_moved_on(
    editor, integration, article
):
    revised(integration, article, STORY.replace("23 per cent", "24 per cent"))
    older = shown(editor, article, version=1).context["living"]
    assert older.coverage is None
    assert older.changed == []


# --- Page furniture -------------------------------------------------------------------------------


def test_page_furniture_is_greyed_in_the_text_and_listed_with_its_reason(editor, article):
    answer = shown(editor, article)
    [apart] = answer.context["living"].apart
    assert apart.text == FOLLOW
    said = text_of(answer)
    assert f'<span class="apart" title="{escape(apart.why)}">{FOLLOW}</span>' in said
    assert "".join(part.text for part in answer.context["text"]) == newest(article).body


def test_page_furniture_is_put_back_with_one_press(editor, article):
    one = sentence(article, FOLLOW)
    answer = press(editor, f"claims/sentence/{one.pk}/put-back/", revision=0)
    assert answer["Location"] == f"/admin/claims/article/{article.pk}/change/?version=1"
    assert claim_on(article, FOLLOW).state == ClaimState.SUGGESTED
    assert shown(editor, article).context["living"].apart == []


def test_furniture_of_an_older_version_cannot_be_put_back(editor, integration, article):
    one = sentence(article, FOLLOW)
    revised(integration, article, STORY.replace("23 per cent", "24 per cent"))
    assert "Put back" not in text_of(shown(editor, article, version=1))
    answer = press(editor, f"claims/sentence/{one.pk}/put-back/", revision=0)
    assert answer.status_code == 409
    assert "Say it of that one." in text_of(answer)


def test_what_somebody_set_apart_names_them(editor, article):
    one = sentence(article, HOPE)
    set_sentence_kind(actor=editor, sentence=one, kind="furniture")
    reasons = [apart.why for apart in shown(editor, article).context["living"].apart]
    assert "Set apart by edda" in reasons


# --- What it costs --------------------------------------------------------------------------------


def queries_for(user, article):
    client = signed_in(user)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/admin/claims/article/{article.pk}/change/")
    return len(queries)


def test_the_page_costs_as_many_queries_for_two_hundred_suggestions_as_for_four(
    editor, integration, article
):
    revised(integration, article, STORY.replace("23 per cent", "24 per cent"))
    paper = "\n\n".join(f"Place{n} paid {n + 10} million euros in 2023." for n in range(200))
    big = suggested(integration, paper + "\n\n" + STORY, headline="Paper")
    revised(integration, big, paper.replace("million", "billion") + "\n\n" + STORY)
    assert Claim.objects.filter(article=big).count() > 200
    assert queries_for(editor, big) == queries_for(editor, article)


def test_the_page_has_no_script_and_no_style_of_its_own(editor, article):
    said = text_of(shown(editor, article))
    assert "<script>" not in said
    assert "style=" not in said
    assert " onclick=" not in said
