"""What is done on the check page, with script and without: every verb, and every refusal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import post_message, request_reply
from claims.models import Claim, Evidence, Message, ReplyRequest, Sentence, Verdict
from desk.actions import reassign_task, release_task, save_draft
from desk.models import Assignment, Draft
from tests.factories import SourceFactory, default_scale, rating
from tests.pages.checks import EVIDENCE, Desk, plain
from tests.steps import assigned, started, with_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scale(db):
    return default_scale()


@pytest.fixture
def task(lead, checker):
    return started(lead, checker)


@pytest.fixture
def page(task, checker):
    return Desk(checker, task)


def words(task, **given):
    return {
        "token": task.hold.token,
        "rating": rating().pk,
        "summary": "It was 23 per cent.",
        "explanation": "See the *table*.",
        "revision": 0,
    } | given


# --- Starting, saving, submitting, releasing ------------------------------------------------------


def test_the_holder_starts(lead, checker):
    task = assigned(lead, checker)
    Desk(checker, task).send("start/")
    task.refresh_from_db()
    assert task.state == "in_progress"


def test_somebody_else_does_not(lead, checker, another_checker):
    task = assigned(lead, checker)
    page = Desk(another_checker, task)
    page.send("start/")
    assert "This task is not yours" in page.look()
    task.refresh_from_db()
    assert task.state == "assigned"


def test_saving_without_script_starts_the_check_and_keeps_the_words(lead, checker):
    task = assigned(lead, checker)
    page = Desk(checker, task)
    page.send("draft/", **words(task))
    task.refresh_from_db()
    assert (task.state, Draft.objects.get().summary) == ("in_progress", "It was 23 per cent.")
    assert "Your draft has been saved." in page.look()


def test_a_verdict_is_submitted(task, checker, page):
    with_evidence(checker, task.claim)
    page.send("submit/", **words(task))
    verdict = Verdict.objects.get()
    assert (verdict.author, verdict.explanation) == (checker, "See the *table*.")
    assert "Submitted. An editor decides now" in page.look()


def test_what_is_missing_is_said_and_what_was_typed_stays(task, page):
    answer = page.send("submit/", 422, **words(task, rating="", explanation=""))
    says = plain(answer)
    assert "Choose a rating." in says and "It was 23 per cent." in says
    assert Draft.objects.get().summary == "It was 23 per cent."
    answer = page.send("submit/", 422, **words(task, revision=1))
    assert "Add at least one piece of evidence" in plain(answer)
    assert not Verdict.objects.exists()


def test_the_newsroom_may_ask_for_more(task, checker, page, settings):
    with_evidence(checker, task.claim, tier="secondary")
    assert "Find a primary document" in page.look()
    settings.DESK_VERDICT_NEEDS = ["primary_source"]
    answer = page.send("submit/", 422, **words(task))
    assert "Find a primary document" in plain(answer)
    settings.DESK_VERDICT_NEEDS = []
    page.send("submit/", **words(task, revision=1))
    assert Verdict.objects.exists()


def test_who_lost_the_hold_is_told_and_keeps_the_text(task, page, lead, another_checker):
    reassign_task(actor=lead, task=task, person=another_checker, reason="Ill.")
    answer = page.send("submit/", 409, **words(task, summary="An hour's work"))
    assert "What you typed has been kept." in plain(answer)
    assert "An hour's work" in plain(answer)
    assert Draft.objects.get().summary == "An hour's work"


def test_two_windows_without_script_both_texts_are_shown(task, checker, page):
    save_draft(
        actor=checker, task=task, token=None, rating=None, summary="From one.", explanation=""
    )
    answer = page.send("draft/", 409, **words(task, summary="From the other."))
    says = plain(answer)
    assert "From one." in says and "From the other." in says
    assert Draft.objects.get().summary == "From one."
    page.send("draft/", **words(task, summary="From both.", revision=1))
    assert Draft.objects.get().summary == "From both."


def test_two_windows_with_script_are_told_what_the_first_one_changed(task, checker, page):
    save_draft(
        actor=checker, task=task, token=None, rating=None, summary="It was 24.", explanation=""
    )
    sent = {"base_summary": "It was 23.", "mine_summary": "It was 23 or so."}
    html = page.by_script("draft/compare/", **sent).content.decode()
    assert "<del>23</del>" in html and "<ins>24</ins>" in html
    assert "It was 23 or so." in html


def test_signing_in_again_leads_back_to_the_check(task, page):
    assert page.get(f"{page.at}submit/")["Location"] == page.at


def test_who_signs_in_again_after_sending_a_form_comes_back_to_its_page(task, page):
    page.logout()
    sent = page.post(f"{page.at}release/", headers={"Referer": f"http://testserver{page.at}"})
    assert sent["Location"] == f"/accounts/login/?next={page.at}"
    elsewhere = page.post(f"{page.at}release/", headers={"Referer": "https://evil.example/x"})
    assert elsewhere["Location"] == f"/accounts/login/?next={page.at}release/"


def test_the_check_goes_back_into_the_queue(task, page):
    page.send("release/", reason="I know the mayor.")
    task.refresh_from_db()
    assert task.state == "queued"
    assert task.claim.events.get(verb="release").reason == "I know the mayor."


def test_the_explanation_is_shown_as_it_will_look(page):
    html = page.by_script("preview/", explanation="See the *table*.<script>").content.decode()
    assert "<em>table</em>" in html and "<script>" not in html
    assert "Nothing to show yet." in plain(page.by_script("preview/", explanation=""))


# --- Somebody else's draft -----------------------------------------------------------------------


@pytest.fixture
def beside(task, lead, checker, another_checker):
    """Alice typed, then Bob got the check and typed as well; Bob's page."""
    both = {"actor": checker, "task": task, "token": None, "rating": rating("true")}
    save_draft(**both, summary="Alice's find.", explanation="Alice's why.")
    reassign_task(actor=lead, task=task, person=another_checker, reason="Ill.")
    task.refresh_from_db()
    bobs = {"actor": another_checker, "task": task, "token": task.hold.token}
    save_draft(**bobs, rating=rating("false"), summary="Bob's find.", explanation="Bob's why.")
    return Desk(another_checker, task)


def test_the_other_draft_follows_ones_own(beside, checker, another_checker):
    other = Draft.objects.get(person=checker)
    beside.send(f"draft/{other.pk}/merge/", how="append")
    mine = Draft.objects.get(person=another_checker)
    assert (mine.rating, mine.summary) == (rating("false"), "Bob's find. Alice's find.")
    assert mine.explanation == "Bob's why.\n\nAlice's why."
    other.refresh_from_db()
    assert other.summary == "Alice's find."


def test_or_stands_instead(beside, checker, another_checker):
    other = Draft.objects.get(person=checker)
    beside.send(f"draft/{other.pk}/merge/", how="take")
    mine = Draft.objects.get(person=another_checker)
    assert (mine.rating, mine.summary) == (rating("true"), "Alice's find.")


def test_a_summary_too_long_for_both_goes_into_the_explanation(beside, checker, another_checker):
    other = Draft.objects.get(person=checker)
    Draft.objects.filter(pk=other.pk).update(summary="a" * 495)
    beside.send(f"draft/{other.pk}/merge/", how="append")
    mine = Draft.objects.get(person=another_checker)
    assert mine.summary == "Bob's find."
    assert mine.explanation == f"Bob's why.\n\n{'a' * 495}\n\nAlice's why."


def test_it_is_not_merged_in_ways_there_are_not(beside, checker):
    other = Draft.objects.get(person=checker)
    beside.send(f"draft/{other.pk}/merge/", how="shuffle")
    assert "Choose whether their words follow yours" in beside.look()


# --- Evidence ------------------------------------------------------------------------------------


def test_evidence_is_added_by_pasting_a_link(task, page):
    page.send("evidence/", **EVIDENCE)
    piece = Evidence.objects.get()
    assert (piece.source.name, piece.url) == ("office.example", EVIDENCE["url"])
    assert "The evidence has been added." in page.look()


def test_adding_evidence_begins_the_check(lead, checker):
    task = assigned(lead, checker)
    Desk(checker, task).send("evidence/", **EVIDENCE)
    task.refresh_from_db()
    assert task.state == "in_progress"


def test_a_script_gets_the_part_alone_and_is_told_that_something_changed(page):
    answer = page.by_script("evidence/", **EVIDENCE | {"source": "The office"})
    assert answer["HX-Trigger"] == "desk:changed"
    assert '<section id="evidence"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "The office" in plain(answer) and "The evidence has been added." in plain(answer)


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(page):
    bad = EVIDENCE | {"url": "", "excerpt": "Half a sentence", "consulted_on": "2999-01-01"}
    answer = page.by_script("evidence/", 422, **bad)
    assert answer["HX-Retarget"] == "#evidence-form"
    says = plain(answer)
    assert "Name the source, or give a link." in says and "Half a sentence" in says
    answer = page.send("evidence/", 422, **bad | {"source": "The office"})
    assert "cannot have been consulted in the future" in plain(answer)
    assert not Evidence.objects.exists()


def test_evidence_is_replaced_and_what_it_replaces_is_kept(task, checker, page):
    old = with_evidence(checker, task.claim)
    form = page.look(f"evidence/{old.pk}/amend/")
    assert "486 were late" in form
    sent = EVIDENCE | {"source": "Transport office", "excerpt": "487 were late.", "reason": "Typo"}
    page.send(f"evidence/{old.pk}/amend/", **sent)
    says = page.look()
    assert "487 were late." in says and "It replaces an earlier one" in says
    assert "486 were late." in says and "Typo" in says


def test_evidence_is_withdrawn_with_a_reason(task, checker, page):
    piece = with_evidence(checker, task.claim)
    page.by_script(f"evidence/{piece.pk}/withdraw/", 422, reason=" ")
    page.by_script(f"evidence/{piece.pk}/withdraw/", reason="A blog.")
    assert "1 piece was withdrawn" in page.look()


def test_evidence_of_another_check_is_not_found_here(lead, checker, page):
    other = started(lead, checker, words="It rained")
    piece = with_evidence(checker, other.claim)
    assert page.get(f"{page.at}evidence/{piece.pk}/amend/").status_code == 404


# --- Right of reply ------------------------------------------------------------------------------


def asking(**given):
    until = timezone.now() + timedelta(hours=3)
    usual = {
        "source": "The mayor",
        "kind": "person",
        "channel": "phone",
        "question": "Is it so?",
        "due_at": f"{until:%Y-%m-%dT%H:%M}",
    }
    return usual | given


def test_somebody_is_asked_and_what_came_back_is_written_down(page):
    page.send("replies/", **asking())
    asked = ReplyRequest.objects.get()
    says = page.look()
    assert "The mayor" in says and "Asked, waiting" in says
    assert "Wait for the reply of The mayor" in says
    page.send(f"replies/{asked.pk}/", outcome="reply", words="It was a slip.")
    assert "It was a slip." in page.look()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"outcome": "reply", "words": ""}, "Write down what came back."),
        ({"outcome": "withdraw", "words": ""}, "Say why you no longer ask."),
        ({"outcome": "put_off"}, "Say until when."),
        ({"outcome": "put_off", "due_at": "2020-01-01T10:00"}, "this moment has passed"),
    ],
)
def test_what_an_outcome_lacks_is_said_at_its_field(page, sent, says):
    page.send("replies/", **asking())
    asked = ReplyRequest.objects.get()
    answer = page.by_script(f"replies/{asked.pk}/", 422, **sent)
    assert says in plain(answer)


def test_a_request_whose_time_is_up_is_shown_as_overdue(task, checker, page):
    soon = timezone.now() + timedelta(seconds=5)
    asked = request_reply(
        actor=checker,
        claim=task.claim,
        source=SourceFactory(),
        channel="email",
        question="Is it so?",
        due_at=soon,
    )
    ReplyRequest.objects.filter(pk=asked.pk).update(due_at=soon - timedelta(hours=1))
    assert "Overdue" in page.look()


# --- The thread ----------------------------------------------------------------------------------


def test_a_question_is_asked_and_answered(task, checker, editor, page):
    page.send("messages/new/", body="Which table, @edda?", kind="question")
    message = Message.objects.get()
    assert list(message.mentions.all()) == [editor]
    assert "Waits for an answer" in page.look()
    Desk(editor, task).send(f"messages/{message.pk}/answer/", body="Table 2.")
    says = page.look("messages/")
    assert "Table 2." in says and "Waits for an answer" not in says


def test_who_is_called_in_vain_is_named(task, reporter, page):
    answer = page.by_script("messages/new/", 422, body="@rosa?", kind="note")
    assert "rosa cannot read this message" in plain(answer)


def test_the_leads_are_called_for_help(lead, page):
    page.by_script("help/", body="I do not read Korean.")
    message = Message.objects.get()
    assert (message.kind, list(message.mentions.all())) == ("help", [lead])


def test_where_there_is_no_lead_nobody_is_called(task, lead, page):
    lead.staff.roles = ["editor"]
    lead.staff.save()
    answer = page.by_script("help/", 422, body="Help!")
    assert "There is no lead whom you could call." in plain(answer)
    assert answer["HX-Retarget"] == "#help-form"


def test_a_message_to_an_earlier_answer_is_not_found_on_another_check(lead, checker, page):
    other = started(lead, checker, words="It rained")
    message = post_message(actor=checker, claim=other.claim, body="Here.")
    assert page.get(f"{page.at}messages/{message.pk}/answer/").status_code == 404


def test_the_history_says_what_happened_in_words(page):
    page.send("evidence/", **EVIDENCE)
    says = page.look("history/")
    assert "started the check" in says and "added evidence" in says


# --- Words of the article ------------------------------------------------------------------------


def test_selected_words_become_a_claim(page):
    around = {"before": "23 per cent. ", "after": "."}
    answer = page.by_script("claims/", quote="It rained for nine days", **around)
    assert "It rained for nine days</mark>" in answer.content.decode()
    assert Claim.objects.get(quote="It rained for nine days").state == "suggested"


def test_words_that_are_not_there_are_refused_with_the_nearest(page):
    answer = page.by_script("claims/", 422, quote="It rained for eight days")
    assert "It rained for nine days" in plain(answer)


def test_a_sentence_is_marked_as_holding_nothing_to_check(task, page):
    version = task.claim.passage.version
    start = version.body.index("It rained")
    sentence = Sentence.objects.create(
        version=version, start=start, end=len(version.body), kind="checkable"
    )
    answer = page.by_script("nothing/", quote="It rained")
    sentence.refresh_from_db()
    assert sentence.kind == "nothing"
    assert "1 sentence is marked as holding nothing to check." in plain(answer)


def test_before_the_text_was_read_nothing_can_be_marked(page):
    answer = page.by_script("nothing/", 422, quote="It rained")
    assert "has not read this text yet" in plain(answer)


def test_a_hold_that_ran_out_lets_nobody_submit_and_keeps_the_text(task, checker, page):
    with_evidence(checker, task.claim)
    Assignment.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    answer = page.send("submit/", 409, **words(task))
    assert "ran out" in plain(answer)
    assert Draft.objects.get().summary == "It was 23 per cent."


def test_who_comes_back_to_a_released_check_reads_their_own_words(task, checker, lead):
    save_draft(
        actor=checker, task=task, token=None, rating=rating(), summary="Mine.", explanation="Why."
    )
    release_task(actor=lead, task=task)
    says = Desk(checker, task).look()
    assert "Mine." in says and "waits in the queue" in says
