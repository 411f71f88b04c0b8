"""What the world may see of a fact-check, and what it may not."""

from dataclasses import asdict

import pytest
from django.conf import settings
from django.utils import timezone

from claims.actions import (
    amend_evidence,
    approve_verdict,
    correct_fact_check,
    go_out_fact_check,
    prepare_fact_check,
    publish_fact_check,
)
from claims.models import Evidence, FactCheck
from claims.published import preview, published
from tests.factories import SourceFactory
from tests.steps import evidence_content, in_review, with_evidence

pytestmark = pytest.mark.django_db


def seen(now=None):
    return published(FactCheck.objects.public(now or timezone.now()).order_by("pk"))


def test_it_says_what_a_page_needs(make):
    out = make("published")
    [check] = seen()
    assert (check.headline, check.state, check.edition) == (out.edition.headline, "published", 1)
    assert check.url == f"{settings.PUBLIC_URL}/fact-checks/{out.slug}/"
    assert (check.rating.slug, check.rating.scale_slug) == ("false", "truth-six")
    assert (check.topic, check.editors) == ("Politics", 1)
    assert [one.source_name for one in check.evidence] == ["Transport office"]
    assert [one.number for one in check.editions] == [1]
    assert check.editions[0].published_at == check.published_at == out.goes_out_at


def test_the_bounds_are_those_of_the_scale_whatever_the_step(make):
    out = make("published")
    scale = out.edition.verdict.rating.scale
    values = list(scale.ratings.exclude(value=None).values_list("value", flat=True))
    [check] = seen()
    bounds = (min(values), max(values)) if values else (None, None)
    assert (check.rating.worst, check.rating.best) == bounds


def test_confidential_evidence_and_its_source_are_not_in_it(lead, checker, editor):
    verdict = in_review(lead, checker, "false")
    secret = {"source": SourceFactory(name="Nurse Okafor"), "confidential": True}
    hint = with_evidence(checker, verdict.claim, excerpt="Unmistakable words.", **secret)
    # Cited although it came later: the verdict in review cites what the test says it does.
    verdict.citations.create(evidence=hint)
    approve_verdict(actor=editor, verdict=verdict)
    draft = prepare_fact_check(actor=editor, claim=verdict.claim)
    publish_fact_check(actor=editor, fact_check=draft)
    [check] = seen()
    assert len(check.evidence) == 1
    for secret_word in ("Okafor", "Unmistakable"):
        assert secret_word not in str(asdict(check))


def test_withdrawn_evidence_is_left_out_and_amended_evidence_shown_as_amended(make, lead):
    out = make("published")
    piece = Evidence.objects.get(citations__verdict=out.edition.verdict)
    amended = amend_evidence(
        actor=lead,
        evidence=piece,
        content=evidence_content(excerpt="Of 2,114, 487."),
        reason="A digit.",
    )
    [check] = seen()
    assert [one.excerpt for one in check.evidence] == ["Of 2,114, 487."]
    hidden = evidence_content(excerpt="Of 2,114, 488.", confidential=True)
    hidden = amend_evidence(actor=lead, evidence=amended, content=hidden, reason="Protect them.")
    assert seen()[0].evidence == ()
    shown = evidence_content(excerpt="Of 2,114, 489.")
    amend_evidence(actor=lead, evidence=hidden, content=shown, reason="A slip.")
    assert seen()[0].evidence == ()


def test_nobody_of_the_newsroom_is_named(make):
    make("corrected")
    said = str([asdict(check) for check in seen()])
    assert not [name for name in ("alice", "edda", "lena") if name in said]


def test_a_correction_shows_before_and_after(make):
    make("corrected")
    [check] = seen()
    [correction] = check.corrections
    assert (correction.kind, check.state, check.edition) == ("major", "corrected", 2)
    assert (correction.before.rating.slug, correction.after.rating.slug) == ("false", "true")
    assert [one.number for one in check.editions] == [1, 2]
    assert check.modified_at == correction.made_at
    # The edition is a breath older than the correction: its words were written first.
    assert check.editions[1].published_at <= correction.made_at


def test_of_a_retracted_one_only_headline_claim_and_reason_are_left(make, lead, checker, editor):
    make("retracted")
    [check] = seen()
    assert check.retraction.because == "The document was forged."
    assert (check.summary, check.text, check.evidence, check.editions) == ("", "", (), ())


def test_what_a_reader_sees_is_the_same_before_and_after_the_sweep(make, clock):
    fact_check = make("scheduled")
    clock(fact_check.goes_out_at)
    before = seen()
    go_out_fact_check(fact_check_id=fact_check.pk)
    assert before == seen()
    assert len(before) == 1


def test_many_cost_as_many_queries_as_one(make, django_assert_num_queries):
    make("corrected")
    with django_assert_num_queries(7):
        assert len(seen()) == 1
    for _ in range(3):
        make("published")
    with django_assert_num_queries(7):
        assert len(seen()) == 4


def test_the_desk_sees_a_draft_as_the_world_would(make):
    draft = make("draft")
    assert preview(draft, timezone.now()).headline == draft.edition.headline
    assert seen() == []


def test_a_second_correction_is_on_top(make, editor):
    out = make("published")
    for text in ("One.", "Two."):
        correct_fact_check(
            actor=editor, fact_check=out, kind="minor", says=text, words={"text": text}
        )
    assert [one.says for one in seen()[0].corrections] == ["Two.", "One."]
