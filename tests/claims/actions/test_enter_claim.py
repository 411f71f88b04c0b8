"""Entering a claim by hand: the words must stand in the article."""

import pytest

from claims.actions import add_version, enter_claim
from claims.actions.claims import AttributionLink
from claims.errors import Invalid, NotAllowed
from claims.models import Attribution, Claim
from claims.states import ClaimState
from tests.factories import BODY, ArticleFactory, BeatFactory, SourceFactory
from tests.record import last_event, moved, refused

pytestmark = pytest.mark.django_db

QUOTE = "A report by the transport office puts the share at 23 per cent."


@pytest.mark.parametrize("who", ["checker", "editor", "lead", "integration", "superuser"])
def test_desk_and_cms_enter_claims(who, request):
    actor = request.getfixturevalue(who)
    claim = enter_claim(actor=actor, article=ArticleFactory(), quote=QUOTE)
    assert (claim.state, claim.created_by) == (ClaimState.SUGGESTED, actor)


@pytest.mark.parametrize("who", ["reporter", "stranger"])
def test_others_do_not(who, request):
    actor, article = request.getfixturevalue(who), ArticleFactory()
    with refused(NotAllowed, "enter claims"):
        enter_claim(actor=actor, article=article, quote=QUOTE)


def test_its_passage_is_where_the_words_stand(editor):
    claim = enter_claim(actor=editor, article=ArticleFactory(), quote=QUOTE)
    passage = claim.passage
    assert BODY[passage.start : passage.end] == passage.exact == claim.quote == QUOTE


def test_a_quote_that_is_not_there_is_refused_with_the_nearest_passage(editor):
    article = ArticleFactory()
    with refused(Invalid, "nearest passage is: “.*23 per cent") as caught:
        enter_claim(
            actor=editor,
            article=article,
            quote="A report by the traffic office puts that share at 29 per cent.",
        )
    assert list(caught.value.fields) == ["quote"]


@pytest.mark.parametrize("quote", ["", " \n"])
def test_an_empty_quote_is_refused(editor, quote):
    article = ArticleFactory()
    with refused(Invalid, "Give the words of the article"):
        enter_claim(actor=editor, article=article, quote=quote)


def test_the_same_words_are_a_claim_once(editor):
    article = ArticleFactory()
    claim = enter_claim(actor=editor, article=article, quote=QUOTE)
    with refused(Invalid, f"a claim already: number {claim.pk}"):
        enter_claim(actor=editor, article=article, quote=QUOTE)


def test_the_words_around_tell_equal_passages_apart(editor):
    article = ArticleFactory(body="It rose. Then it fell. It rose.")
    claim = enter_claim(actor=editor, article=article, quote="It rose.", prefix="Then it fell. ")
    assert claim.passage.start == 23


def test_the_newest_text_is_the_one_that_counts(editor):
    article = ArticleFactory()
    version = add_version(
        actor=editor, article=article, headline="Late", body=f"{BODY}\n\nThe fare is two crowns."
    )
    claim = enter_claim(actor=editor, article=article, quote="The fare is two crowns.")
    assert claim.passage.version == version


def test_it_takes_beat_language_and_priority_from_its_article(editor):
    article = ArticleFactory(beat=BeatFactory(slug="traffic"), language="de", priority=2)
    claim = enter_claim(actor=editor, article=article, quote=QUOTE)
    assert (claim.beat, claim.language, claim.priority) == (article.beat, "de", 2)


def test_or_from_whoever_enters_it(editor):
    sport = BeatFactory(slug="sport")
    claim = enter_claim(
        actor=editor,
        article=ArticleFactory(),
        quote=QUOTE,
        statement=" 23 per cent were late ",
        beat=sport,
        priority=3,
        check_worthiness=0.8,
    )
    assert (claim.beat, claim.priority, claim.check_worthiness) == (sport, 3, 0.8)
    assert claim.statement == "23 per cent were late"


def test_the_chain_it_came_through_keeps_its_order(editor):
    office, paper = SourceFactory(), SourceFactory(name="Lindenau Courier", kind="publication")
    chain = [
        AttributionLink(office, Attribution.Role.CLAIMANT, "a report by the transport office"),
        AttributionLink(paper, Attribution.Role.VIA),
    ]
    claim = enter_claim(actor=editor, article=ArticleFactory(), quote=QUOTE, attribution=chain)
    links = claim.attributions.values_list("position", "source__name", "role")
    assert list(links) == [(1, office.name, "claimant"), (2, paper.name, "via")]


def test_two_claimants_are_one_too_many(editor):
    article = ArticleFactory()
    chain = [
        AttributionLink(SourceFactory(), "claimant"),
        AttributionLink(SourceFactory(name="The mayor"), "claimant"),
    ]
    with refused(Invalid, "A claim has one claimant"):
        enter_claim(actor=editor, article=article, quote=QUOTE, attribution=chain)
    assert not Claim.objects.exists()


def test_it_is_on_record_with_its_words_and_version(editor):
    claim = enter_claim(actor=editor, article=ArticleFactory(), quote=QUOTE)
    event = last_event(claim)
    assert moved(event) == ("enter", "", "suggested")
    assert (event.actor, event.version) == (editor, claim.passage.version)
    assert event.detail["quote"] == QUOTE
