"""Publishing: at once, later, and never before the embargo ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    add_version,
    amend_evidence,
    approve_verdict,
    change_article,
    edit_fact_check,
    go_out_fact_check,
    prepare_fact_check,
    publish_fact_check,
    redraft_fact_check,
    unschedule_fact_check,
)
from claims.errors import Conflict, Invalid, NotAllowed, Stale
from claims.models import Appearance, Event, FactCheck
from tests.factories import BODY, SourceFactory
from tests.publication.steps import checked_again
from tests.steps import evidence_content, in_review, with_evidence

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def public(now=None):
    return list(FactCheck.objects.public(now or timezone.now()))


def last_event(fact_check):
    return Event.objects.filter(subject="factcheck", subject_id=fact_check.pk).last()


def test_a_draft_is_written_from_claim_chain_appearances_and_verdict(make, editor):
    verdict = make("approved")
    claim, said_at = verdict.claim, timezone.now() - HOUR
    mayor = SourceFactory(name="The mayor", kind="person", description="Mayor of Lindenau")
    claim.attributions.create(source=mayor, role="claimant", position=1)
    Appearance.objects.create(claim=claim, url="https://talk.example/1", said_at=said_at)
    claim.article.source_url = "https://post.example/buses"
    claim.article.save()
    edition = prepare_fact_check(actor=editor, claim=claim).edition
    assert edition.headline == edition.claim_reviewed == claim.statement
    assert (edition.summary, edition.text) == (verdict.summary, verdict.explanation)
    assert (edition.claimant_name, edition.claimant_role) == ("The mayor", "Mayor of Lindenau")
    assert [one["url"] for one in edition.appearances] == [
        "https://talk.example/1",
        "https://post.example/buses",
    ]
    assert (edition.claimed_on, edition.language) == (said_at.date(), "en")


def test_a_draft_is_not_public(make):
    make("draft")
    assert public(timezone.now() + 1000 * HOUR) == []


def test_a_claim_without_an_approved_verdict_gets_no_draft(editor, lead, checker):
    with pytest.raises(Conflict, match="No approved verdict"):
        prepare_fact_check(actor=editor, claim=in_review(lead, checker).claim)


def test_a_claim_has_one_fact_check(make, editor):
    claim = make("draft").claim
    with pytest.raises(Conflict, match="already"):
        prepare_fact_check(actor=editor, claim=claim)


def test_two_fact_checks_of_the_same_words_have_two_addresses(make):
    assert make("draft").slug != make("draft").slug


def test_published_at_once_it_is_public(make):
    before = timezone.now()
    fact_check = make("published")
    assert fact_check.state == "published"
    assert before <= fact_check.goes_out_at == fact_check.modified_at <= timezone.now()
    assert public() == [fact_check]


def test_a_chosen_time_schedules_it(make):
    fact_check = make("scheduled", at=timezone.now() + HOUR)
    assert fact_check.state == "scheduled"
    assert public() == []


def test_it_waits_for_the_embargo_even_when_published_at_once(make, editor):
    draft = make("draft", article__embargo_until=timezone.now() + HOUR)
    fact_check = publish_fact_check(actor=editor, fact_check=draft)
    assert fact_check.state == "scheduled"
    assert fact_check.goes_out_at == draft.claim.article.embargo_until


def test_of_chosen_time_and_embargo_the_later_one_holds(make):
    now = timezone.now()
    early = make("scheduled", at=now + HOUR, article__embargo_until=now + 2 * HOUR)
    late = make("scheduled", at=now + 3 * HOUR, article__embargo_until=now + 2 * HOUR)
    assert early.goes_out_at == now + 2 * HOUR
    assert late.goes_out_at == now + 3 * HOUR


def test_a_time_that_is_past_is_refused(make, editor):
    draft = make("draft")
    with pytest.raises(Invalid, match="past"):
        publish_fact_check(actor=editor, fact_check=draft, at=timezone.now() - HOUR)


def test_it_is_out_at_its_second_without_any_sweep(make, clock):
    fact_check = make("scheduled")
    assert public(fact_check.goes_out_at - timedelta(microseconds=1)) == []
    assert public(fact_check.goes_out_at) == [fact_check]


def test_the_sweep_changes_the_state_and_nothing_that_a_reader_sees(make, clock):
    fact_check = make("scheduled")
    clock(fact_check.goes_out_at)
    out = go_out_fact_check(fact_check_id=fact_check.pk)
    after = FactCheck.objects.get(pk=fact_check.pk)
    assert (after.state, after.revision) == ("published", fact_check.revision)
    assert after.modified_at == fact_check.modified_at
    event = last_event(out)
    assert (event.verb, event.actor, event.at) == ("go_out", None, fact_check.goes_out_at)


def test_the_sweep_lets_nothing_out_early_and_nothing_twice(make, clock):
    fact_check = make("scheduled")
    assert go_out_fact_check(fact_check_id=fact_check.pk) is None
    clock(fact_check.goes_out_at)
    assert go_out_fact_check(fact_check_id=fact_check.pk) is not None
    assert go_out_fact_check(fact_check_id=fact_check.pk) is None


def test_unscheduled_it_is_a_draft_again(make, editor):
    back = unschedule_fact_check(actor=editor, fact_check=make("scheduled"))
    assert (back.state, back.goes_out_at) == ("unpublished", None)
    assert public(timezone.now() + 1000 * HOUR) == []


def test_what_is_out_by_the_clock_is_not_unscheduled_or_edited(make, clock, editor):
    fact_check = make("scheduled")
    clock(fact_check.goes_out_at)
    with pytest.raises(Conflict, match="published"):
        unschedule_fact_check(actor=editor, fact_check=fact_check)
    with pytest.raises(Conflict, match="published"):
        edit_fact_check(actor=editor, fact_check=fact_check, words={"headline": "New"})


def test_a_draft_is_edited_and_the_history_keeps_what_it_said(make, editor):
    draft = make("draft")
    was = draft.edition.headline
    edited = edit_fact_check(
        actor=editor, fact_check=draft, words={"headline": " Buses ran on time "}, slug="buses"
    )
    assert (edited.edition.headline, edited.slug) == ("Buses ran on time", "buses")
    assert last_event(draft).detail["before"]["headline"] == was


def test_an_edit_that_changes_nothing_leaves_no_trace(make, editor):
    draft = make("draft")
    same = {"headline": draft.edition.headline}
    again = edit_fact_check(actor=editor, fact_check=draft, words=same, slug=draft.slug)
    assert (again.revision, last_event(draft).verb) == (draft.revision, "prepare")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", " "),
        ("text", ""),
        ("image_url", "https://post.example/bus.jpg"),  # without saying what it shows
        ("claimant_url", "javascript:alert(1)"),
        ("appearances", [{"url": "ftp://post.example", "place": "", "said_at": None}]),
        ("media_category", "TransformedContent"),  # of nothing
        ("state", "published"),
    ],
)
def test_what_cannot_stand_in_public_is_refused(make, editor, field, value):
    with pytest.raises(Invalid):
        edit_fact_check(actor=editor, fact_check=make("draft"), words={field: value})


def test_a_taken_address_is_refused_with_a_free_one(make, editor):
    taken = make("draft").slug
    with pytest.raises(Invalid, match=f"{taken}-2"):
        edit_fact_check(actor=editor, fact_check=make("draft"), words={}, slug=taken)


def test_who_looked_at_an_older_state_is_told_so(make, editor):
    draft = make("draft")
    edit_fact_check(actor=editor, fact_check=draft, words={"headline": "One"})
    with pytest.raises(Stale):
        publish_fact_check(actor=editor, fact_check=draft, expected_revision=draft.revision)


def test_a_checker_does_not_publish(make, checker):
    with pytest.raises(NotAllowed):
        publish_fact_check(actor=checker, fact_check=make("draft"))


# --- What happens to it while it waits -----------------------------------------------------------


def test_it_moves_with_the_embargo_in_both_directions(make, editor):
    now = timezone.now()
    draft = make("draft", article__embargo_until=now + 2 * HOUR)
    fact_check = publish_fact_check(actor=editor, fact_check=draft)
    article = fact_check.claim.article
    for hours in (5, 1):
        changes = {"embargo_until": now + hours * HOUR}
        change_article(actor=editor, article=article, changes=changes)
        fact_check.refresh_from_db()
        assert fact_check.goes_out_at == fact_check.modified_at == now + hours * HOUR
    assert last_event(fact_check).verb == "move"


def test_without_an_embargo_any_more_it_goes_out_at_once(make, editor):
    draft = make("draft", article__embargo_until=timezone.now() + HOUR)
    fact_check = publish_fact_check(actor=editor, fact_check=draft)
    change_article(actor=editor, article=fact_check.claim.article, changes={"embargo_until": None})
    assert public() == [fact_check]


def test_a_chosen_time_stays_when_the_embargo_moves_before_it(make, editor):
    now = timezone.now()
    fact_check = make("scheduled", at=now + 3 * HOUR, article__embargo_until=now + HOUR)
    article = fact_check.claim.article
    change_article(actor=editor, article=article, changes={"embargo_until": now + 2 * HOUR})
    fact_check.refresh_from_db()
    assert fact_check.goes_out_at == now + 3 * HOUR


def test_what_was_out_stays_out_when_the_embargo_moves(make, editor, clock):
    fact_check = make("scheduled")
    clock(fact_check.goes_out_at)
    change_article(
        actor=editor,
        article=fact_check.claim.article,
        changes={"embargo_until": fact_check.goes_out_at + HOUR},
    )
    assert public() == [fact_check]


def test_it_is_held_back_when_its_words_change_in_the_article(make, editor):
    fact_check = make("scheduled")
    changed = BODY.replace("40 per cent", "50 per cent")
    add_version(actor=editor, article=fact_check.claim.article, headline="Buses", body=changed)
    fact_check.refresh_from_db()
    assert fact_check.state == "unpublished"
    assert last_event(fact_check).verb == "hold_back"
    with pytest.raises(Conflict, match="No approved verdict"):
        publish_fact_check(actor=editor, fact_check=fact_check)


def test_it_is_held_back_when_a_newer_verdict_is_approved(make, editor, lead, checker):
    fact_check = make("scheduled")
    newer = checked_again(lead, checker, editor, fact_check.claim, "true")
    fact_check.refresh_from_db()
    assert fact_check.state == "unpublished"
    with pytest.raises(Conflict, match="Another verdict"):
        publish_fact_check(actor=editor, fact_check=fact_check)
    redraft = redraft_fact_check(actor=editor, fact_check=fact_check)
    assert redraft.edition.text == newer.explanation
    assert publish_fact_check(actor=editor, fact_check=redraft).state == "published"


def test_a_new_version_that_leaves_its_words_alone_leaves_it_scheduled(make, editor):
    fact_check = make("scheduled")
    article = fact_check.claim.article
    add_version(actor=editor, article=article, headline="Buses", body=f"{BODY}\n\nIt rained.")
    fact_check.refresh_from_db()
    assert fact_check.state == "scheduled"


# --- Protected sources ---------------------------------------------------------------------------


def secret_draft(lead, checker, editor, explanation="Nothing."):
    verdict = in_review(lead, checker)
    nurse = SourceFactory(name="Nurse Okafor", kind="person")
    with_evidence(checker, verdict.claim, source=nurse, confidential=True)
    return approve_verdict(actor=editor, verdict=verdict)


def test_nothing_goes_out_that_names_a_protected_source(lead, checker, editor):
    verdict = secret_draft(lead, checker, editor)
    draft = prepare_fact_check(
        actor=editor, claim=verdict.claim, words={"text": "As nurse\nOKAFOR told us."}
    )
    with pytest.raises(Invalid, match="protected") as refusal:
        publish_fact_check(actor=editor, fact_check=draft)
    assert list(refusal.value.fields) == ["text"]
    assert "kafor" not in str(refusal.value).lower()


def test_a_source_that_was_marked_as_protected_afterwards_is_not_named(lead, checker, editor):
    verdict = in_review(lead, checker)
    nurse = SourceFactory(name="Nurse Okafor", kind="person")
    open_piece = with_evidence(checker, verdict.claim, source=nurse)
    content = evidence_content(source=nurse, confidential=True)
    amend_evidence(actor=checker, evidence=open_piece, content=content, reason="She asked for it.")
    verdict = approve_verdict(actor=editor, verdict=verdict)
    draft = prepare_fact_check(
        actor=editor, claim=verdict.claim, words={"text": "Nurse Okafor told us."}
    )
    with pytest.raises(Invalid, match="protected"):
        publish_fact_check(actor=editor, fact_check=draft)


def test_a_source_that_is_public_in_the_claim_may_be_named(lead, checker, editor):
    verdict = in_review(lead, checker)
    with_evidence(checker, verdict.claim, confidential=True, excerpt="A hint.")  # same source
    verdict = approve_verdict(actor=editor, verdict=verdict)
    words = {"text": "The transport office says so."}
    draft = prepare_fact_check(actor=editor, claim=verdict.claim, words=words)
    assert publish_fact_check(actor=editor, fact_check=draft).state == "published"
