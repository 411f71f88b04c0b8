"""What a search finds, and in which order: the same on every database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from claims.archive import Filters, search
from claims.models import RatingScale
from tests.archive.reviews import archived, review
from tests.factories import default_scale

pytestmark = pytest.mark.django_db


def found(query="", *, limit=50, after=None, offset=0, **filters):
    """Return the claims that a search finds, in its order."""
    page = search(
        query,
        now=timezone.now(),
        filters=Filters(**filters),
        limit=limit,
        after=after,
        offset=offset,
    )
    return [entry.claim for entry in page.entries]


def claims(*texts, **given):
    """Bring in reviews of these claims, each a day older than the one before it."""
    for number, text in enumerate(texts, start=1):
        day = datetime(2026, 3, 1, tzinfo=UTC) - timedelta(days=number)
        archived(
            review(
                number,
                claimReviewed=text,
                headline="",
                datePublished=day.isoformat(),
                itemReviewed={},
                **given,
            )
        )


# --- Words ----------------------------------------------------------------------------------------


def test_case_accents_and_other_forms_are_found():
    claims("Vaccines contain microchips", "Der Bürgermeister lügt")
    assert found("VACCINE") == ["Vaccines contain microchips"]
    assert found("burgermeister lugt") == ["Der Bürgermeister lügt"]


def test_a_claim_pasted_as_a_whole_finds_what_is_nearly_the_same():
    claims(
        "Eating garlic every day cures the new virus within a week",
        "The new mayor eats garlic",
        "Ten buses ran late",
    )
    assert found("Eating raw garlic each day cures this new virus in a week")[:1] == [
        "Eating garlic every day cures the new virus within a week"
    ]


def test_two_words_are_both_wanted_and_rare_ones_come_first():
    claims("mayor of Lindenau", "mayor of Halvard", "mayor and council", "council of Lindenau")
    assert found("mayor Lindenau") == ["mayor of Lindenau"]
    assert found("mayor council") == ["mayor and council"]


def test_an_exact_word_comes_before_its_other_forms():
    claims("bridges fall", "a bridge falls", "the bridge")
    assert found("bridge")[-1] == "bridges fall"
    assert found("bridges")[0] == "bridges fall"


def test_equally_good_ones_come_newest_first():
    claims("trams are late", "trams are slow", "trams are full")
    assert found("trams") == ["trams are late", "trams are slow", "trams are full"]


def test_words_that_are_nowhere_find_nothing():
    claims("trams are late")
    assert found("unicorns") == []
    assert found("trams unicorns") == []
    assert found("?!") == []


def test_other_scripts_are_found():
    claims("新冠疫苗含有芯片", "วัคซีนมีไมโครชิป", "백신은 위험하다", "اللقاحات خطيرة")
    assert found("疫苗芯片") == ["新冠疫苗含有芯片"]
    assert found("疫") == ["新冠疫苗含有芯片"]
    assert found("ไมโครชิป") == ["วัคซีนมีไมโครชิป"]
    assert found("백신") == ["백신은 위험하다"]
    assert found("لقاحات") == ["اللقاحات خطيرة"]


def test_headline_and_claimant_are_found_too():
    archived(review(1))
    assert found("bert bridge") == [review(1)["claimReviewed"]]
    assert found("did not fall") == [review(1)["claimReviewed"]]


def test_words_that_are_everywhere_are_no_obstacle(monkeypatch):
    """With more than `MOST_COUNTED` texts, a word only puts better answers first."""
    monkeypatch.setattr("claims.searching.ranking.MOST_COUNTED", 3)
    monkeypatch.setattr("claims.archive.MOST_COUNTED", 3)
    claims("the rare tram", "the bus", "the train", "the ferry", "rare bird of the sea")
    assert found("the rare") == ["the rare tram", "rare bird of the sea"]
    assert found("tram the") == ["the rare tram"]
    assert found("the") == [
        "the rare tram",
        "the bus",
        "the train",
        "the ferry",
        "rare bird of the sea",
    ]


def test_common_words_put_better_answers_first(monkeypatch):
    monkeypatch.setattr("claims.searching.ranking.MOST_COUNTED", 3)
    monkeypatch.setattr("claims.archive.MOST_COUNTED", 3)
    claims("old tram", "tram and vaccine", "vaccine one", "vaccine two", "vaccine three")
    assert found("vaccine tram") == ["tram and vaccine", "old tram"]


# --- Pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "trams"])
def test_pages_neither_skip_nor_repeat(query):
    claims(*(f"trams of line {number}" for number in range(7)))
    now, seen, place = timezone.now(), [], None
    while True:
        page = search(query, now=now, limit=3, after=place)
        seen += [entry.claim for entry in page.entries]
        if page.next is None:
            break
        place = page.next
    assert seen == found(query) == [f"trams of line {number}" for number in range(7)]


def test_an_offset_passes_over_results():
    claims("trams are late", "trams are slow", "trams are full")
    assert found("trams", offset=2) == ["trams are full"]
    assert found(offset=1, limit=1) == ["trams are slow"]
    assert found("trams", offset=9) == []


# --- Filters --------------------------------------------------------------------------------------


def test_languages_go_by_their_base():
    for number, code in enumerate(["pt-BR", "pt", "en-GB", ""]):
        archived(review(number, inLanguage=code, claimReviewed=f"in {code}"))
    assert sorted(found(language="pt-PT")) == ["in pt", "in pt-BR"]
    assert found("in", language="en") == ["in en-GB"]


def test_publishers_go_by_their_site():
    claims("trams are late")
    archived(review(9, url="https://other.example/9", claimReviewed="buses are late"))
    assert found(site="checks.example") == ["trams are late"]
    assert found(site="www.Other.example") == ["buses are late"]
    assert found("late", site="other.example") == ["buses are late"]
    assert found(site="nobody.example") == []


def test_age_goes_by_the_newer_of_claim_and_review():
    now = timezone.now()
    old, recent = (now - timedelta(days=days) for days in (90, 5))
    for name, claimed, reviewed in (("a", old, recent), ("b", recent, old), ("c", old, old)):
        item = {"datePublished": claimed.isoformat()}
        archived(
            review(
                1,
                claimReviewed=name,
                itemReviewed=item,
                datePublished=reviewed.isoformat(),
            )
        )
    assert sorted(found(since=now - timedelta(days=30))) == ["a", "b"]


def test_claimants_ratings_review_dates_and_appearances_are_filters():
    default_scale()
    archived(
        review(1, reviewRating="False"),
        review(2, reviewRating="Who knows", datePublished="2020-05-05", itemReviewed={}),
    )
    first, second = (review(number)["claimReviewed"] for number in (1, 2))
    false = RatingScale.objects.get(is_default=True).ratings.get(slug="false")
    assert found(claimant="bert  BRIDGE") == [first]
    assert found(rating=false.pk) == [first]
    assert found(address="http://talk.example/1.jpg") == [first]
    year = datetime(2021, 1, 1, tzinfo=UTC)
    assert found(reviewed_before=year) == [second]
    assert found(reviewed_from=year) == [first]
