"""What was done to living articles, in words for people."""

import re
from pathlib import Path

import pytest

from claims.actions import (
    add_version,
    change_spotting_settings,
    follow_feed,
    merge_claims,
    read_again,
    request_article,
    set_sentence_kind,
    split_claim,
    stop_feed,
)
from claims.admin.events import SUBJECTS
from claims.admin.history import PHRASES, entry_of, phrase
from claims.models import Event
from tests.claims.admin.asking import page, text_of
from tests.claims.living.story import (
    FOLLOW,
    LEAD,
    QUOTE,
    REPORT,
    SAID,
    STORY,
    claim_on,
    newest,
    read,
    revised,
    sentence,
    suggested,
)
from tests.factories import BeatFactory

pytestmark = pytest.mark.django_db
HALVES = ["paid 4.2 million euros", "ten electric buses in 2024"]


@pytest.fixture
def busy(integration, lead):
    """An article with which nearly everything was done that can be done."""
    article = suggested(integration)
    set_sentence_kind(actor=lead, sentence=sentence(article, FOLLOW), kind="checkable")
    split_claim(actor=lead, claim=claim_on(article, LEAD), quotes=HALVES)
    merge_claims(actor=lead, claims=[claim_on(article, SAID), claim_on(article, QUOTE)])
    revised(integration, article, STORY.replace("23 per cent", "24 per cent"))
    revised(integration, article, STORY.replace(REPORT, "Nobody counted."))
    add_version(actor=integration, article=article, headline=article.headline, body=STORY)
    read(article)
    read_again(actor=lead, version=newest(article))
    change_spotting_settings(actor=lead, changes={"budget": 5, "weights": {"figures": 1.0}})
    feed = follow_feed(actor=lead, url="https://post.example/feed", beat=BeatFactory())
    stop_feed(actor=lead, feed=feed)
    request_article(actor=lead, url="https://post.example/buses", beat=BeatFactory())
    return article


def test_everything_done_to_a_living_article_has_its_words(busy):
    without = {(event.subject, event.verb) for event in Event.objects.all()} - set(PHRASES)
    assert without == set()
    assert {"lose", "touch", "split", "merge", "reclassify"} <= {
        e.verb for e in Event.objects.all()
    }


def test_every_verb_that_an_action_records_has_words_for_some_subject():
    known = {verb for _, verb in PHRASES}
    written = {
        verb
        for folder in ("claims/actions", "desk")
        for file in Path(folder).rglob("*.py")
        for verb in re.findall(r'verb="(\w+)"', file.read_text())
    }
    assert written - known == set()


def test_the_desk_read_the_text_and_says_how_much_it_found(busy):
    event = Event.objects.filter(subject="articleversion", verb="read").first()
    assert (entry_of(event).who, phrase(event)) == ("The desk", "read the text")
    assert "sentences: 6" in entry_of(event).details


def test_a_score_that_was_weighed_anew_says_what_it_was():
    event = Event(verb="weigh", subject="claim", detail={"before": 0.0, "after": 0.456})
    assert entry_of(event).details == ["check-worthiness: 0.00 → 0.46"]


def test_weights_and_whether_a_model_was_kept_are_told_in_words():
    after = {"weights": {"figures": 1.0}}
    event = Event(verb="change", subject="spottingsettings", detail={"after": after})
    assert entry_of(event).details == ["weights: figures 1.00"]
    event = Event(verb="learn", subject="learnedmodel", detail={"kept": False})
    assert entry_of(event).details == ["kept: no"]


def test_the_filter_by_subject_speaks_of_texts_and_not_of_tables(editor, busy):
    said = text_of(page(editor, "claims/event/"))
    assert ">Text</a>" in said
    assert set(SUBJECTS) <= {subject for subject, _ in PHRASES}
    assert "Articleversion" not in said
