"""How the desk reads, in the admin: settings, what it learned, what waits or broke it."""

import pytest
from django.utils import timezone

from claims.actions import change_spotting_settings
from claims.admin.reading import FIELD_OF
from claims.models import Article, ArticleVersion, LearnedModel, SpottingSettings, VersionReading
from tests.claims.admin.asking import cost, page, press, signed_in, text_of
from tests.claims.living.story import received, suggested
from tests.record import last_event

pytestmark = pytest.mark.django_db
SETTINGS = "claims/spottingsettings/1/change/"


def settings_data(**given):
    return {"budget": "", "share": "", "accept_above": "", "seen": 1} | given


# --- Settings -------------------------------------------------------------------------------------


def test_the_list_of_settings_is_the_settings(lead):
    answer = page(lead, "claims/spottingsettings/")
    assert answer["Location"] == f"/admin/{SETTINGS}"
    assert "as usual" in text_of(page(lead, SETTINGS))
    assert not SpottingSettings.objects.exists()


def test_a_lead_changes_limits_and_weights(lead):
    data = settings_data(budget=12, accept_above="0.8", **{FIELD_OF["figures"]: "1.5"})
    assert press(lead, SETTINGS, **data).status_code == 302
    given = SpottingSettings.objects.get()
    assert (given.budget, given.share, given.accept_above) == (12, None, 0.8)
    assert given.weights == {"figures": 1.5}
    assert last_event(given).actor == lead


def test_an_emptied_weight_is_the_usual_one_again(lead):
    press(lead, SETTINGS, **settings_data(**{FIELD_OF["cause"]: "0"}))
    assert SpottingSettings.objects.get().weights == {"cause": 0.0}
    assert f'name="{FIELD_OF["cause"]}" value="0.0"' in text_of(page(lead, SETTINGS))
    seen = SpottingSettings.objects.get().revision
    press(lead, SETTINGS, **settings_data(seen=seen))
    assert SpottingSettings.objects.get().weights == {}


@pytest.mark.parametrize(
    "wrong", [{"budget": -1}, {"share": 2}, {"accept_above": "x"}, {FIELD_OF["date"]: 6}]
)
def test_what_is_out_of_range_is_refused_at_its_field(lead, wrong):
    answer = press(lead, SETTINGS, **settings_data(**wrong))
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == set(wrong)
    assert not SpottingSettings.objects.exists()


def test_settings_changed_on_a_stale_page_are_refused_and_stay_typed(lead):
    change_spotting_settings(actor=lead, changes={"budget": 3})
    answer = press(lead, SETTINGS, **settings_data(budget=77))
    assert "has changed since you opened it" in text_of(answer)
    assert 'value="77"' in text_of(answer)
    assert SpottingSettings.objects.get().budget == 3


def test_an_editor_reads_the_settings_and_changes_nothing(editor):
    said = text_of(page(editor, SETTINGS))
    assert "figures 0.55" in said
    assert 'name="_save"' not in said
    assert press(editor, SETTINGS, **settings_data(budget=1)).status_code == 403
    assert not SpottingSettings.objects.exists()


def test_there_is_one_row_of_settings_and_no_other(superuser):
    assert page(superuser, "claims/spottingsettings/add/").status_code == 403
    assert page(superuser, "claims/spottingsettings/2/change/").status_code == 302


def test_who_may_not_enter_changes_no_settings(checker):
    answer = signed_in(checker).post(f"/admin/{SETTINGS}", settings_data(budget=1), follow=True)
    assert answer.status_code == 403
    assert not SpottingSettings.objects.exists()


# --- What was learned -----------------------------------------------------------------------------


def learned(**given):
    usual = {
        "fitted_at": timezone.now(),
        "decisions": 100,
        "held_back": 30,
        "factors_score": 0.71234,
        "model_score": 0.8,
        "kept": True,
        "reason": "It orders better.",
        "parameters": {"features": ["figures"], "weights": [1.25], "intercept": 0.0},
    }
    return LearnedModel(**(usual | given))


def test_both_scores_stand_side_by_side_with_whether_it_was_kept(editor):
    model = learned()
    model.save()
    learned(kept=False, factors_score=None, model_score=None, parameters={}).save()
    said = text_of(page(editor, "claims/learnedmodel/"))
    for words in ("0.712", "0.800", "Not judged", "It orders better."):
        assert words in said
    one = text_of(page(editor, f"claims/learnedmodel/{model.pk}/change/"))
    assert "figures +1.25" in one


def test_what_was_learned_is_not_changed_by_hand(superuser):
    learned().save()
    path = f"claims/learnedmodel/{LearnedModel.objects.get().pk}/change/"
    assert press(superuser, path, kept="").status_code == 403
    assert page(superuser, "claims/learnedmodel/add/").status_code == 403


def test_the_list_of_models_costs_as_many_queries_for_two_hundred_as_for_one(editor):
    learned().save()
    _, for_one = cost(editor, "claims/learnedmodel/")
    LearnedModel.objects.bulk_create(learned() for _ in range(199))
    assert cost(editor, "claims/learnedmodel/") == (200, for_one)
    assert for_one <= 10


# --- Reading of texts -----------------------------------------------------------------------------


def test_readings_are_narrowed_to_what_is_in_quarantine(lead, integration):
    suggested(integration)
    broken = received(integration, headline="Broken")
    reading = VersionReading.objects.get(version__article=broken)
    VersionReading.objects.filter(pk=reading.pk).update(state="quarantined", note="It broke.")
    answer = page(lead, "claims/versionreading/", state__exact="quarantined")
    assert list(answer.context["cl"].result_list) == [reading]
    assert "It broke." in text_of(answer)
    assert f"/admin/claims/article/{broken.pk}/change/?version=1" in text_of(answer)


def test_a_reading_opens_in_its_article(lead, integration):
    article = suggested(integration)
    pk = article.versions.get().pk
    answer = page(lead, f"claims/versionreading/{pk}/change/")
    assert answer["Location"] == f"/admin/claims/article/{article.pk}/change/?version=1"


def test_the_list_of_readings_costs_as_many_queries_for_two_hundred_as_for_one(editor, integration):
    article = suggested(integration)
    _, for_one = cost(editor, "claims/versionreading/")
    articles = Article.objects.bulk_create(
        Article(headline=f"Story {n}", beat=article.beat, submitted_by=integration)
        for n in range(199)
    )
    versions = ArticleVersion.objects.bulk_create(
        ArticleVersion(article=one, number=1, headline="x", body="x", created_by=integration)
        for one in articles
    )
    VersionReading.objects.bulk_create(VersionReading(version=one) for one in versions)
    assert cost(editor, "claims/versionreading/") == (200, for_one)
    assert for_one <= 10


def test_the_index_has_a_room_for_where_articles_come_from_and_how_they_are_read(lead):
    rooms = {room["name"]: room for room in page(lead, "").context["app_list"]}
    assert len(rooms["Where articles come from"]["models"]) == 2
    assert len(rooms["How the desk reads"]["models"]) == 3


def test_the_index_calls_lists_by_the_names_they_have_themselves(lead):
    said = text_of(page(lead, ""))
    for title in ("Articles from an address", "Reading of texts", "What the desk learned"):
        assert f">{title}</a>" in said
