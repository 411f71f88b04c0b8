"""Sources, beats, rating scales and ratings in the admin."""

import pytest

from claims.actions.catalogue import save_rating
from claims.errors import Conflict, NotAllowed
from claims.models import Beat, RatingScale, Source
from tests.claims.admin.asking import page, press, text_of
from tests.factories import BeatFactory, default_scale, rating
from tests.record import last_event, verbs_of
from tests.steps import in_review

pytestmark = pytest.mark.django_db


def meaning(one, **given):
    usual = {name: getattr(one, name) for name in ("slug", "label", "definition", "position")}
    own = {"scale": one.scale_id, "value": "", "quorum": one.quorum, "stands": one.stands}
    return {**usual, **own} | given


def test_an_editor_names_a_source_and_says_more_of_it(editor):
    data = {"name": "Harbour board", "kind": "organisation"}
    assert press(editor, "claims/source/add/", **data).status_code == 302
    source = Source.objects.get()
    path = f"claims/source/{source.pk}/change/"
    press(editor, path, **data, description="runs the port")
    assert Source.objects.get().description == "runs the port"
    assert verbs_of(source) == ["name", "change"]


def test_a_lead_adds_a_beat_and_an_editor_cannot(lead, editor):
    data = {"name": "Sport", "slug": "sport"}
    assert press(editor, "claims/beat/add/", **data).status_code == 403
    assert press(lead, "claims/beat/add/", **data).status_code == 302
    assert verbs_of(Beat.objects.get(slug="sport")) == ["add"]


def test_a_beat_s_new_name_is_put_on_record_with_the_old_one(lead):
    beat = BeatFactory(slug="sport", name="Sport")
    press(lead, f"claims/beat/{beat.pk}/change/", name="Sports", slug="sport")
    assert last_event(beat).detail == {"before": {"name": "Sport"}, "after": {"name": "Sports"}}


def test_a_slug_that_is_taken_is_refused_in_words(lead):
    BeatFactory(slug="sport")
    answer = press(lead, "claims/beat/add/", name="Other", slug="sport")
    assert "already exists" in text_of(answer)


def test_making_a_scale_the_default_takes_it_from_the_other(lead):
    old = default_scale()
    data = {"name": "House scale", "slug": "house", "is_default": "on"}
    assert press(lead, "claims/ratingscale/add/", **data).status_code == 302
    old.refresh_from_db()
    assert not old.is_default
    assert RatingScale.objects.get(is_default=True).slug == "house"


def test_the_default_cannot_simply_be_dropped(lead):
    scale = default_scale()
    data = {"name": scale.name, "slug": scale.slug}
    answer = press(lead, f"claims/ratingscale/{scale.pk}/change/", **data)
    assert "Make another one the default instead." in text_of(answer)
    scale.refresh_from_db()
    assert scale.is_default


def test_a_rating_that_nothing_uses_can_be_reworded(lead):
    one = rating("half-true")
    data = meaning(one, definition="Partly so.")
    assert press(lead, f"claims/rating/{one.pk}/change/", **data).status_code == 302
    one.refresh_from_db()
    assert one.definition == "Partly so."


def test_a_rating_that_verdicts_use_shows_its_meaning_and_says_why_it_is_frozen(lead, checker):
    verdict = in_review(lead, checker)
    said = text_of(page(lead, f"claims/rating/{verdict.rating_id}/change/"))
    assert "Verdicts use this rating, so what it means stays" in said
    assert 'name="definition"' not in said
    assert 'name="quorum"' in said


def test_a_meaning_sent_by_hand_does_not_get_through(lead, checker):
    used = in_review(lead, checker).rating
    data = meaning(used, definition="Something else.", quorum=2)
    assert press(lead, f"claims/rating/{used.pk}/change/", **data).status_code == 302
    stored = type(used).objects.get(pk=used.pk)
    assert (stored.definition, stored.quorum) == (used.definition, 2)
    with pytest.raises(Conflict, match="its meaning stays"):
        save_rating(actor=lead, rating=stored, changes={"definition": "Something else."})


def test_an_editor_may_read_ratings_and_not_change_them(editor):
    one = rating()
    assert page(editor, f"claims/rating/{one.pk}/change/").status_code == 200
    assert press(editor, f"claims/rating/{one.pk}/change/", **meaning(one)).status_code == 403
    with pytest.raises(NotAllowed):
        save_rating(actor=editor, rating=one, changes={"label": "x"})


def test_a_lead_says_whether_an_article_may_stand_that_says_it_also_once_it_is_used(
    lead, checker, editor
):
    used = in_review(lead, checker).rating
    path = f"claims/rating/{used.pk}/change/"
    assert press(lead, path, **meaning(used, stands="with_change")).status_code == 302
    used.refresh_from_db()
    assert used.stands == "with_change"
    assert last_event(used).detail["after"] == {"stands": "with_change"}
