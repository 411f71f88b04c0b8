"""The desk reads a version and suggests what to check in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from claims.actions import add_version, change_article, enter_claim, read_again, read_version
from claims.attempts import count_attempt
from claims.errors import Conflict, NotAllowed
from claims.intake.documents import Span
from claims.models import Claim, VersionReading
from claims.states import ClaimState
from tests.claims.living.story import (
    FOLLOW,
    HEADLINE,
    LEAD,
    QUOTE,
    REPORT,
    SAID,
    STORY,
    claim_on,
    newest,
    quotes,
    read,
    received,
    revised,
    sentence,
    suggested,
)
from tests.record import last_event, refused, verbs_of

pytestmark = pytest.mark.django_db


def test_statements_are_suggested_in_reading_order_and_none_twice(integration):
    article = suggested(integration)
    words = quotes(article)
    assert len(words) == len(set(words)) >= 4
    assert [STORY.index(one) for one in words] == sorted(STORY.index(one) for one in words)
    assert set(article.claims.values_list("state", flat=True)) == {ClaimState.SUGGESTED}


def test_what_was_read_is_not_read_again(integration):
    article = received(integration)
    version = newest(article)
    assert read_version(version_id=version.pk)
    count = article.claims.count()
    assert read_version(version_id=version.pk) is None
    assert article.claims.count() == count


def test_every_suggestion_says_why_with_shares_that_add_up_and_the_words_behind_them(integration):
    for claim in suggested(integration).claims.exclude(check_worthiness=0):
        assert sum(one["share"] for one in claim.factors) == pytest.approx(
            claim.check_worthiness, abs=0.001
        )
        for words in (w for factor in claim.factors for w in factor["words"]):
            start = claim.passage.start + words["start"]
            assert STORY[start : start + len(words["text"])] == words["text"] != ""


def test_the_speaker_is_named_with_the_words_that_say_so(integration):
    article = suggested(integration)
    [link] = claim_on(article, SAID).attributions.all()
    assert (link.role, link.source.name) == ("claimant", "Ruth Adler")
    assert link.words
    assert link.words in STORY


def test_she_is_the_person_who_spoke_before(integration):
    [link] = claim_on(suggested(integration), QUOTE).attributions.all()
    assert link.source.name == "Ruth Adler"


def test_dates_are_resolved_against_the_day_of_publication(integration):
    body = f"{LEAD}\n\nThe council voted for 12 new buses on Friday."
    article = suggested(integration, body, publish_at=datetime(2026, 3, 4, 9, tzinfo=UTC))
    [day] = claim_on(article, "12 new buses").particulars["dates"]
    assert (day["first"], day["text"]) == ("2026-02-27", "Friday")


def test_quantities_are_kept_with_their_words(integration):
    [share] = claim_on(suggested(integration), REPORT).particulars["quantities"]
    assert share["value"] == 23
    assert "23 per cent" in share["text"]


def test_each_suggestion_is_on_record_and_so_is_the_reading(integration):
    article = suggested(integration)
    claim = claim_on(article, SAID)
    assert verbs_of(claim) == ["spot"]
    assert last_event(claim).actor is None
    event = last_event(newest(article))
    assert (event.verb, event.detail["suggested"]) == ("read", article.claims.count())


def test_an_existing_claim_is_not_suggested_again(integration, editor):
    article = received(integration)
    mine = enter_claim(actor=editor, article=article, quote="40 per cent of the buses ran late")
    read(article)
    assert claim_on(article, "40 per cent of the buses") == mine


def test_page_furniture_is_no_claim_and_keeps_its_reason(integration):
    article = suggested(integration)
    kept_out = sentence(article, FOLLOW)
    assert (kept_out.kind, bool(kept_out.reason)) == ("furniture", True)
    assert not any(FOLLOW in words for words in quotes(article))


def test_what_the_document_itself_set_apart_is_furniture_for_its_reason(integration):
    start = STORY.index(REPORT)
    span = Span(start, start + len(REPORT), "caption")
    article = suggested(integration, furniture=[span])
    assert (sentence(article, REPORT).kind, sentence(article, REPORT).reason) == (
        "furniture",
        "caption",
    )
    assert REPORT not in quotes(article)


def test_a_few_words_set_apart_do_not_cost_the_sentence(integration):
    start = STORY.index("23 per cent")
    article = suggested(integration, furniture=[Span(start, start + 11, "struck out")])
    assert sentence(article, REPORT).kind == "checkable"
    assert claim_on(article, REPORT)


def test_a_version_that_was_overtaken_gets_sentences_but_no_suggestions(integration):
    article = received(integration)
    old = newest(article)
    add_version(actor=integration, article=article, headline=HEADLINE, body=f"{STORY}\n\nEnd.")
    assert read_version(version_id=old.pk) == []
    assert old.sentences.exists()
    assert read(article)


def test_a_claim_whose_words_changed_is_weighed_anew(integration):
    article = suggested(integration)
    claim = claim_on(article, REPORT)
    revised(integration, article, STORY.replace("23 per cent", "27 per cent"))
    claim.refresh_from_db()
    assert claim.particulars["quantities"][0]["value"] == 27
    assert "weigh" in verbs_of(claim)
    assert article.claims.count() == len(set(quotes(article)))


# --- Languages ------------------------------------------------------------------------------------

FRENCH = (
    "La ville de Lindenau a payé 4,2 millions d'euros pour dix autobus électriques en 2024.\n\n"
    "La maire a déclaré que 40 pour cent des autobus étaient en retard au mois de mars."
)


def test_the_language_is_detected_when_the_sender_gives_none(integration):
    assert received(integration, language="").language == "en"
    assert received(integration, FRENCH, language="").language == "fr"


def test_a_language_that_nothing_can_tell_is_undetermined_and_not_english(integration):
    assert received(integration, "12 34 56.", language="").language == "und"


def test_an_undetermined_language_is_looked_for_again_in_the_next_text(integration):
    article = received(integration, "12 34 56.", language="")
    add_version(actor=integration, article=article, headline=HEADLINE, body=STORY)
    article.refresh_from_db()
    assert article.language == "en"


def test_a_language_without_rules_is_split_into_sentences_and_says_so(integration):
    article = suggested(integration, FRENCH, language="")
    reading = newest(article).reading
    assert not article.claims.exists()
    assert newest(article).sentences.count() == 2
    assert "no rules for the language “fr”" in reading.note


def test_named_later_the_language_has_the_text_read_by_its_rules(integration, editor):
    article = suggested(integration, STORY, language="fr")
    assert not article.claims.exists()
    change_article(actor=editor, article=article, changes={"language": "en"})
    assert read(article)
    assert newest(article).reading.note == ""


# --- When it goes wrong ---------------------------------------------------------------------------


def _let_time_pass(version):
    long_ago = timezone.now() - timedelta(hours=1)
    VersionReading.objects.filter(pk=version.pk).update(attempted_at=long_ago)


def test_five_broken_attempts_put_a_version_into_quarantine(integration):
    version = newest(received(integration))
    for _ in range(5):
        assert count_attempt(VersionReading.objects.filter(pk=version.pk), seconds=60)
        _let_time_pass(version)
    assert read_version(version_id=version.pk) is None
    assert version.reading.state == "quarantined"
    event = last_event(version)
    assert (event.verb, event.reason) == ("quarantine", "Reading it broke off 5 times.")
    assert not Claim.objects.exists()


def test_a_broken_attempt_is_tried_again_only_after_its_time(integration):
    version = newest(received(integration))
    assert count_attempt(VersionReading.objects.filter(pk=version.pk), seconds=60)
    assert read_version(version_id=version.pk) is None
    _let_time_pass(version)
    assert read_version(version_id=version.pk)


def test_a_long_text_is_given_the_time_it_takes(integration):
    long = "\n\n".join(f"The town of Place{n} bought {n} buses." for n in range(8000))
    version = newest(received(integration, long))
    assert count_attempt(VersionReading.objects.filter(pk=version.pk), seconds=60)
    two_minutes_ago = timezone.now() - timedelta(minutes=2)
    VersionReading.objects.filter(pk=version.pk).update(attempted_at=two_minutes_ago)
    assert read_version(version_id=version.pk) is None
    version.reading.refresh_from_db()
    assert version.reading.attempts == 1, "somebody may still be at it"


def test_an_error_leaves_nothing_behind_and_says_what_it_was(integration, monkeypatch):
    version = newest(received(integration))
    with monkeypatch.context() as broken:
        broken.setattr("claims.actions.reading.suggest", lambda *_: 1 / 0)
        assert read_version(version_id=version.pk) is None
    version.reading.refresh_from_db()
    assert version.reading.state == "waiting"
    assert version.reading.note == "Reading it failed: ZeroDivisionError."
    assert not version.sentences.exists()


def test_a_lead_has_it_read_again_after_quarantine(integration, lead):
    version = newest(received(integration))
    VersionReading.objects.filter(pk=version.pk).update(state="quarantined", attempts=6)
    reading = read_again(actor=lead, version=version)
    assert (reading.state, reading.attempts) == ("waiting", 0)
    assert last_event(version).verb == "reread"
    assert read_version(version_id=version.pk)


def test_read_again_suggests_nothing_twice(integration, lead):
    article = suggested(integration)
    before = quotes(article)
    read_again(actor=lead, version=newest(article))
    assert read(article) == []
    assert quotes(article) == before


def test_only_the_desk_has_texts_read_again_and_only_the_newest(integration, lead):
    article = suggested(integration)
    old = newest(article)
    with refused(NotAllowed):
        read_again(actor=integration, version=old)
    revised(integration, article, f"{STORY}\n\nIt rained.")
    with refused(Conflict, "newer version"):
        read_again(actor=lead, version=old)
