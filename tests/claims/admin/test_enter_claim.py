"""Entering a claim by hand in the admin: the quote is found, or the nearest passage is shown."""

import pytest

from claims.models import Attribution, Claim, Source
from tests.claims.admin.asking import page, press, signed_in, text_of
from tests.factories import ArticleFactory, SourceFactory

pytestmark = pytest.mark.django_db
PATH = "claims/claim/add/"
NO_LINKS = {"attributions-TOTAL_FORMS": "0", "attributions-INITIAL_FORMS": "0"}


def enter(user, article, quote="It rained for nine days", **given):
    data = {"article": article.pk, "quote": quote, **NO_LINKS, **given}
    return press(user, PATH, **data)


def link(number, role, name, words=""):
    prefix = f"attributions-{number}"
    return {f"{prefix}-role": role, f"{prefix}-source_name": name, f"{prefix}-words": words}


def test_the_form_comes_with_the_article_it_was_opened_from(editor):
    article = ArticleFactory()
    answer = page(editor, PATH, article=article.pk)
    assert answer.context["adminform"].form.initial["article"] == str(article.pk)


def test_the_words_of_the_article_become_a_claim_in_its_beat_and_priority(editor):
    article = ArticleFactory(priority=3)
    assert enter(editor, article, statement="Nine days of rain").status_code == 302
    claim = Claim.objects.get()
    assert (claim.quote, claim.statement) == ("It rained for nine days", "Nine days of rain")
    assert (claim.beat, claim.priority, claim.state) == (article.beat, 3, "suggested")
    assert claim.created_by == editor


def test_a_quote_that_is_not_there_is_refused_with_the_nearest_passage_and_stays_typed(editor):
    answer = enter(editor, ArticleFactory(), quote="It rained for ten days", statement="Ten days")
    assert answer.status_code == 200
    said = text_of(answer)
    assert "These words are not in the article. The nearest passage is: “It rained for nine" in said
    assert "It rained for ten days" in said
    assert 'value="Ten days"' in said
    assert not Claim.objects.exists()


def test_the_same_words_twice_are_refused(editor):
    article = ArticleFactory()
    enter(editor, article)
    assert "These words are a claim already" in text_of(enter(editor, article))
    assert Claim.objects.count() == 1


def test_a_chain_is_entered_with_it_and_sources_are_known_by_name(editor):
    known = SourceFactory(name="Transport office")
    links = {
        **link(0, "origin", "transport OFFICE"),
        **link(1, "claimant", "The mayor", "she told the council"),
        "attributions-TOTAL_FORMS": "2",
        "attributions-INITIAL_FORMS": "0",
    }
    assert enter(editor, ArticleFactory(), **links).status_code == 302
    chain = list(Attribution.objects.order_by("position"))
    assert [(one.role, one.source.name) for one in chain] == [
        ("origin", "Transport office"),
        ("claimant", "The mayor"),
    ]
    assert chain[0].source == known
    assert chain[1].words == "she told the council"


def test_two_claimants_are_refused_and_no_source_is_left_behind(editor):
    links = {
        **link(0, "claimant", "The mayor"),
        **link(1, "claimant", "The opposition"),
        "attributions-TOTAL_FORMS": "2",
        "attributions-INITIAL_FORMS": "0",
    }
    assert "A claim has one claimant" in text_of(enter(editor, ArticleFactory(), **links))
    assert not Claim.objects.exists()
    assert not Source.objects.exists()


def test_who_is_no_editor_cannot_send_the_form(another_checker):
    data = {"article": ArticleFactory().pk, "quote": "It rained", **NO_LINKS}
    answer = signed_in(another_checker).post(f"/admin/{PATH}", data, follow=True)
    assert answer.status_code == 403
    assert not Claim.objects.exists()
