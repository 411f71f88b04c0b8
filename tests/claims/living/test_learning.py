"""The desk learns from what its people accept and dismiss, and only when that is better."""

import pytest
from django.conf import settings

from claims.actions import accept_claim, dismiss_claim, learn_from_decisions
from claims.actions.reading import _as_text
from claims.actions.suggesting import suggest
from claims.models import LearnedModel, SpottingSettings
from claims.spotted import suggestion_of
from claims.spotting import rescored, spot
from claims.tasks import learn
from tests.claims.living.story import newest, received, suggested
from tests.record import last_event

pytestmark = pytest.mark.django_db


def _paper(places: int) -> str:
    """Return a text in which dull figures and grave accusations come in turn."""
    return "\n\n".join(
        f"Place{n} counted {n + 10} ducks, {n + 20} swans and {n + 30} geese in 2023.\n\n"
        f"Mayor Ann Place{n} broke the law, the court of Place{n} found."
        for n in range(places)
    )


@pytest.fixture
def taste(integration, editor):
    """A desk that dismisses whatever is about birds, however many figures there are."""
    article = suggested(integration, _paper(60))
    for claim in article.claims.in_reading_order():
        if "ducks" in claim.quote or "swans" in claim.quote:
            dismiss_claim(actor=editor, claim=claim, reason="Birds.")
        else:
            accept_claim(actor=editor, claim=claim)
    return article


def test_a_better_model_is_kept_with_both_scores(taste):
    learned = learn_from_decisions()
    assert learned.kept
    assert learned.model_score > learned.factors_score
    assert learned.decisions == taste.claims.count()
    assert 0 < learned.held_back < learned.decisions
    assert last_event(learned).detail == {"kept": True}


def test_the_kept_model_ranks_the_next_article(taste, integration):
    learn_from_decisions()
    article = suggested(integration, _paper(3), headline="More birds")
    birds = article.claims.filter(quote__contains="ducks").values_list(
        "check_worthiness", flat=True
    )
    courts = article.claims.filter(quote__contains="law").values_list("check_worthiness", flat=True)
    assert min(courts) > max(birds)
    for claim in article.claims.all():
        shares = sum(factor["share"] for factor in claim.factors)
        assert shares == pytest.approx(claim.check_worthiness, abs=0.002)


def test_a_model_that_was_not_kept_ranks_nothing(taste, integration):
    learned = learn_from_decisions()
    LearnedModel.objects.filter(pk=learned.pk).update(kept=False)
    article = suggested(integration, _paper(3), headline="More birds")
    claim = article.claims.first()
    [plain] = rescored([suggestion_of(claim)])
    assert claim.check_worthiness == pytest.approx(plain.check_worthiness)


def test_too_few_decisions_say_how_many_are_needed(integration, editor):
    article = suggested(integration)
    for claim in article.claims.all():
        accept_claim(actor=editor, claim=claim)
    learned = learn_from_decisions()
    assert (learned.kept, learned.model_score) == (False, None)
    assert "are needed" in learned.reason


def test_without_new_decisions_nothing_is_learned(taste):
    assert learn_from_decisions()
    assert learn_from_decisions() is None
    assert LearnedModel.objects.count() == 1


def test_what_the_desk_accepted_by_itself_is_no_decision(integration):
    SpottingSettings.objects.create(accept_above=0.0)
    suggested(integration)
    assert learn_from_decisions() is None


def test_it_is_done_once_a_night():
    entry = settings.CELERY_BEAT_SCHEDULE["learn"]
    assert entry["task"] == learn.name
    assert entry["schedule"].hour == {3}
    assert entry["schedule"].minute == {0}


def test_a_row_gives_back_what_was_spotted(integration):
    article = received(integration)
    version = newest(article)
    found = spot(_as_text(version))
    for claim, one in zip(suggest(article, version, found), found, strict=True):
        kept = suggestion_of(claim)
        assert (kept.start, kept.end, kept.kind) == (one.start, one.end, one.kind)
        assert kept.factors == one.factors
        assert (kept.dates, kept.quantities, kept.misfits) == (
            one.dates,
            one.quantities,
            one.misfits,
        )
