"""The article proof: what stands on it, what is done on it, and who sees which of it."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import (
    add_version,
    leave_claim_to_author,
    override_clearance,
    post_message,
    require_change,
)
from claims.models import (
    ArticleVersion,
    Claim,
    ClearanceOverride,
    Message,
    Passage,
    RequiredChange,
    Ruling,
    Sentence,
    VersionReading,
)
from tests.claims.clearance.steps import approved, dismiss_the_rest, submitted
from tests.claims.living.story import (
    FOLLOW,
    HEADLINE,
    REPORT,
    SAID,
    STORY,
    claim_on,
    newest,
    received,
    revised,
    sentence,
    suggested,
)
from tests.pages.visitor import Visitor
from tests.steps import started, with_evidence

pytestmark = pytest.mark.django_db
NOW, USE = "23 per cent", "21 per cent"


@pytest.fixture
def article(integration, reporter):
    article = suggested(integration)
    article.authors.add(reporter)
    return article


def proof(article, tail=""):
    return f"/articles/{article.pk}/proof/{tail}"


def start_of(article, words=REPORT):
    return newest(article).body.index(words)


def html(user, path, **query):
    return Visitor(user).get(path, query).content.decode()


def mark_of(page, words):
    """Return the letter in the mark before the sentence that begins with `words`."""
    found = re.search(rf">([^<]*)</a><span class=\"words [^>]*>{re.escape(words[:30])}", page)
    return found[1] if found else None


def required(actor, article, **given):
    usual = {"wording_now": NOW, "wording_to_use": USE, "note": "Table 3."}
    return require_change(actor=actor, article=article, **(usual | given))


# --- What stands on it ----------------------------------------------------------------------------


def test_each_sentence_has_its_mark(checker, lead, editor, article):
    approved(lead, checker, editor, article, slug="true")
    page = html(checker, proof(article))
    assert [mark_of(page, words) for words in (REPORT, SAID, FOLLOW)] == ["R", "O", "–"]
    approved(lead, checker, editor, article, words=SAID)
    leave_claim_to_author(
        actor=checker, claim=claim_on(article, "4.2 million"), reason="She has seen the contract."
    )
    page = html(checker, proof(article))
    assert mark_of(page, SAID) == "W"
    assert mark_of(page, "The city of Lindenau") == "A"


def test_the_clearance_is_on_top_with_a_link_to_each_place(checker, lead, editor, article):
    approved(lead, checker, editor, article)
    page = html(checker, proof(article))
    assert "Kill" in page and "This text must not go out as it is." in page
    number = re.search(r'href="#(s\d+)"><span class="at">\d+</span> <q dir="auto">A report', page)[
        1
    ]
    assert f'id="{number}"' in page
    assert "sentences with something to check are cleared" in page


def test_a_text_with_nothing_left_to_do_says_so(checker, lead, editor, article):
    approved(lead, checker, editor, article, slug="true")
    dismiss_the_rest(editor, article, REPORT)
    page = Visitor(checker).reads(proof(article))
    assert "Go" in page
    assert "Everything there is to check in this text is checked and may stand." in page


def test_a_text_that_nobody_has_read_is_shown_and_says_why_it_has_no_marks(checker, integration):
    article = received(integration)
    page = Visitor(checker).reads(proof(article))
    assert "The desk has not read this text yet" in page
    assert REPORT in page
    VersionReading.objects.update(state="quarantined")
    assert "An editor can have it read again" in Visitor(checker).reads(proof(article))


def test_a_reason_in_a_text_that_is_not_read_yet_leads_there_by_its_words_alone(lead, checker):
    task = started(lead, checker)
    page = html(lead, proof(task.claim.article))
    assert task.claim.quote in unescape(page)
    assert 'class="at">0<' not in page


def test_a_text_without_claims_says_so(checker, integration):
    article = suggested(integration, "Good morning. How are you?")
    assert "found no claim in this text" in Visitor(checker).reads(proof(article))


def test_required_changes_stand_with_both_wordings(checker, integration, article):
    required(checker, article)
    page = Visitor(checker).reads(proof(article))
    assert f"To do {NOW} → {USE}" in page
    assert "Table 3. Required by alice" in page
    revised(integration, article, STORY.replace(NOW, USE))
    assert f"Made {NOW} → {USE}" in Visitor(checker).reads(proof(article))


def test_what_the_text_says_instead_is_shown(checker, integration, article):
    required(checker, article)
    revised(integration, article, STORY.replace(NOW, "27 per cent"))
    assert "The text now says something else: 27 per cent" in Visitor(checker).reads(proof(article))


def test_the_sources_are_numbered_notes(checker, lead, editor, article):
    approved(lead, checker, editor, article)
    page = html(checker, proof(article))
    assert re.search(rf'{REPORT}</span><sup class="note-numbers"><a href="#note-1"', page)
    assert 'id="note-1"' in page
    assert "Transport office" in page


def test_an_earlier_version_is_shown_as_it_was_and_what_changed(checker, integration, article):
    revised(integration, article, STORY.replace(NOW, "27 per cent"))
    old = html(checker, proof(article), version=1)
    assert NOW in old and "27 per cent" not in old
    assert "A newer text of this article is at the desk." in old
    changed = html(checker, proof(article), version=2, against=1)
    assert "<del>23</del>" in changed and "<ins>27</ins>" in changed
    assert Visitor(checker).get(proof(article), {"version": 9}).status_code == 404
    assert Visitor(checker).get(proof(article), {"version": "x"}).status_code == 404


def test_an_override_is_shown_to_everybody(lead, reporter, article):
    override_clearance(
        actor=lead, version=newest(article), decision="go", reason="The chief answers for it."
    )
    page = Visitor(reporter).reads(proof(article))
    assert "Go" in page and "lena says Go" in page and "The desk itself says Hold" in page
    assert "The chief answers for it." in page


def test_text_from_right_to_left_keeps_its_direction(checker, integration):
    body = "قالت الوزارة إن 40 في المئة من الحافلات تأخرت في مارس."
    article = suggested(integration, body, language="ar", headline="حافلات")
    page = html(checker, proof(article))
    # The letter of the mark has a direction of its own, so the paragraph takes that of its words.
    assert re.search(r'<p dir="auto"><a class="sign is-open" id="s1" dir="ltr"', page)
    assert body in page


def test_what_comes_from_outside_is_never_markup(checker, integration):
    body = "The <b>mayor</b> said that 40 per cent of <script>x</script> buses ran late in March."
    article = suggested(integration, body)
    page = html(checker, proof(article), sentence=0)
    assert "<b>mayor" not in page and "<script>x" not in page


# --- One sentence ---------------------------------------------------------------------------------


def test_the_panel_says_what_stands_behind_a_mark(checker, lead, editor, article):
    approved(lead, checker, editor, article)
    page = Visitor(checker).reads(proof(article), sentence=start_of(article))
    assert "Wrong, or to be changed" in page
    assert "False The office's own table says so." in page
    assert "To the check" in page


def test_a_script_gets_the_panel_alone(checker, article):
    answer = Visitor(checker).get(
        proof(article), {"sentence": start_of(article)}, headers={"HX-Request": "true"}
    )
    assert answer.content.decode().lstrip().startswith('<section id="panel"')


def test_of_several_claims_one_is_acted_on(checker, article):
    claim = claim_on(article, REPORT)
    other = Claim.objects.get(pk=claim.pk)
    passage = Passage.objects.get(pk=claim.passage_id)
    passage.pk, passage.exact = None, NOW
    passage.start += REPORT.index(NOW)
    passage.end = passage.start + len(NOW)
    passage.save()
    other.pk, other.passage, other.quote = None, passage, NOW
    other.save()
    page = html(checker, proof(article), sentence=start_of(article), claim=other.pk)
    assert f'name="claim" value="{other.pk}"' in page


# --- What is done on it ---------------------------------------------------------------------------


def test_a_checker_requires_a_change_where_they_are(checker, article):
    fields = {"at": start_of(article), "claim": claim_on(article, REPORT).pk}
    page = Visitor(checker).presses(
        proof(article, "require/"), wording_now=NOW, wording_to_use=USE, note="", **fields
    )
    assert "The change is required." in page
    assert RequiredChange.objects.get().wording_to_use == USE
    assert "Sentence 5" in page


def test_words_that_are_not_there_are_said_and_nothing_typed_is_lost(checker, article):
    fields = {"at": start_of(article), "wording_now": "66 per cent", "wording_to_use": "67"}
    answer = Visitor(checker).post(proof(article, "require/"), fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These words are not in the newest text." in page
    assert ">\n67</textarea>" in page


def test_an_editor_waives_and_lets_stand(checker, lead, editor, article):
    change = required(checker, article)
    fields = {"change": change.pk, "revision": change.revision, "reason": "As printed."}
    page = Visitor(editor).presses(proof(article, "waive/"), **fields)
    assert "The change is waived." in page and "Waived" in page
    approved(lead, checker, editor, article, words=SAID)
    claim = claim_on(article, SAID)
    Visitor(editor).presses(
        proof(article, "stand/"), claim=claim.pk, at=start_of(article, SAID), reason="It says so."
    )
    assert Ruling.objects.get().claim == claim


def test_a_checker_counts_other_words_as_made(checker, integration, article):
    change = required(checker, article)
    revised(integration, article, STORY.replace(NOW, "a fifth"))
    change.refresh_from_db()
    fields = {"change": change.pk, "revision": change.revision, "reason": "A fifth will do."}
    Visitor(checker).presses(proof(article, "settle/"), **fields)
    change.refresh_from_db()
    assert change.state == "made"


def test_a_change_that_somebody_else_closed_is_refused_in_words(checker, editor, article):
    change = required(checker, article)
    fields = {"change": change.pk, "revision": change.revision, "reason": "As printed."}
    Visitor(editor).presses(proof(article, "waive/"), **fields)
    answer = Visitor(editor).post(proof(article, "waive/"), fields)
    assert (answer.status_code, "has changed since" in answer.content.decode()) == (409, True)


def test_a_claim_or_a_sentence_is_left_to_the_author_and_taken_back(checker, article):
    fields = {"at": start_of(article), "claim": claim_on(article, REPORT).pk, "reason": "Hers."}
    Visitor(checker).presses(proof(article, "leave/"), **fields)
    ruling = Ruling.objects.get()
    page = Visitor(checker).presses(
        proof(article, "end/"), ruling=ruling.pk, at=start_of(article), reason="There is a paper."
    )
    assert "It is taken back." in page
    one = sentence(article, FOLLOW)
    fields = {"at": one.start, "sentence": one.pk, "reason": "Hers."}
    Visitor(checker).presses(proof(article, "leave/"), **fields)
    assert Ruling.objects.filter(ended_at=None).get().claim is None


def test_a_sentence_is_marked_as_nothing_to_check(checker, article):
    one = sentence(article, REPORT)
    fields = {"at": one.start, "sentence": one.pk, "kind": "nothing"}
    Visitor(checker).presses(proof(article, "kind/"), **fields)
    assert Sentence.objects.get(pk=one.pk).kind == "nothing"
    assert mark_of(html(checker, proof(article)), REPORT) == "–"


def test_what_is_not_there_any_more_is_said(checker, article):
    page = Visitor(checker).post(
        proof(article, "kind/"), {"at": 0, "sentence": 999_999, "kind": "nothing"}
    )
    assert page.status_code == 422
    assert "not there any more" in page.content.decode()


def test_a_lead_overrides_after_seeing_what_holds(lead, article):
    before = Visitor(lead).reads(proof(article, "override/"))
    assert "The answer now: Hold" in before
    assert "Nobody has decided yet whether this claim is to be checked." in before
    page = Visitor(lead).presses(
        proof(article, "override/"), version=1, decision="go", reason="The chief answers for it."
    )
    assert "Your word is recorded" in page
    assert ClearanceOverride.objects.get().made_by == lead


def test_of_a_text_that_has_changed_meanwhile_they_are_told(lead, integration, article):
    revised(integration, article, STORY.replace(NOW, USE))
    fields = {"version": 1, "decision": "go", "reason": "Seen."}
    answer = Visitor(lead).post(proof(article, "override/"), fields)
    assert (answer.status_code, "A newer text is there." in answer.content.decode()) == (409, True)
    answer = Visitor(lead).post(proof(article, "override/"), fields | {"reason": ""})
    assert answer.status_code == 422


# --- Who sees which of it -------------------------------------------------------------------------


def test_a_reporter_sees_the_proof_of_their_own_article_and_no_other(
    reporter, integration, article
):
    assert REPORT in Visitor(reporter).reads(proof(article))
    other = suggested(integration)
    assert Visitor(reporter).get(proof(other)).status_code == 404
    assert Visitor(reporter).get("/articles/9223372036854775808/proof/").status_code == 404


def test_and_nothing_that_is_not_theirs_to_see_or_do(reporter, lead, checker, article):
    verdict = submitted(lead, checker, article)
    with_evidence(checker, verdict.claim, confidential=True, excerpt="The driver's own log.")
    page = html(reporter, proof(article), sentence=start_of(article))
    inside = html(checker, proof(article), sentence=start_of(article))
    assert "The driver&#x27;s own log." in inside or "The driver's own log." in inside
    for hidden in ("own log.", "waits for approval", "To the check", "Require a change", "Waive"):
        assert hidden in inside or hidden == "Waive"
        assert hidden not in page, hidden


def test_a_confidential_source_is_never_named_on_paper(checker, lead, article):
    verdict = submitted(lead, checker, article)
    with_evidence(checker, verdict.claim, confidential=True, excerpt="The driver's own log.")
    note = re.search(r'<li id="note-2">(.*?)</li>', html(checker, proof(article)), re.S)[1]
    on_screen, on_paper = note.split('<span class="on-paper">')
    assert "own log." in on_screen and 'class="on-screen"' in on_screen
    assert "A confidential source, known to the desk." in on_paper
    assert "own log." not in on_paper and "Transport" not in on_paper


@pytest.mark.parametrize("verb", ["require", "leave", "stand", "waive", "kind", "override", "ask"])
def test_outside_the_desk_nothing_is_done_to_it(reporter, article, verb):
    answer = Visitor(reporter).post(proof(article, f"{verb}/"), {"at": 0, "reason": "Mine."})
    assert answer.status_code == 403


def test_a_checker_does_not_waive_let_stand_or_override(checker, article):
    for verb in ("waive", "stand", "override"):
        assert Visitor(checker).post(proof(article, f"{verb}/"), {}).status_code == 403


# --- Questions ------------------------------------------------------------------------------------


def test_the_author_is_asked_on_the_proof_and_answers_there(checker, reporter, article):
    fields = {"at": start_of(article), "claim": claim_on(article, REPORT).pk}
    page = Visitor(checker).presses(proof(article, "ask/"), body="Which report?", **fields)
    assert "The author is asked." in page
    question = Message.objects.get()
    page = Visitor(reporter).reads(proof(article))
    assert "Which report?" in page
    page = Visitor(reporter).presses(
        proof(article, "answer/"), message=question.pk, body="The one of May."
    )
    assert "Your answer is with the desk." in page
    assert "The one of May." in Visitor(checker).reads(proof(article))


def test_what_the_desk_says_among_itself_is_not_on_it(checker, reporter, article):
    claim = claim_on(article, REPORT)
    post_message(actor=checker, claim=claim, body="He never calls back.", kind="question")
    for user in (checker, reporter):
        assert "He never calls back." not in html(user, proof(article))
    answer = Visitor(reporter).post(
        proof(article, "answer/"), {"message": Message.objects.get().pk, "body": "Eh?"}
    )
    assert answer.status_code == 422


# --- The list -------------------------------------------------------------------------------------


def test_the_list_shows_whether_each_may_go_out(checker, lead, editor, integration, article):
    approved(lead, checker, editor, article)
    suggested(integration, headline="Trams")
    page = Visitor(checker).reads("/articles/")
    assert page.index("Hold Trams") < page.index(f"Kill {HEADLINE}")


def test_it_is_searched_and_filtered(checker, integration, article):
    suggested(integration, headline="Trams", cms_id="story/7")
    for query in ({"q": "tram"}, {"q": "story/7"}):
        page = Visitor(checker).reads("/articles/", **query)
        assert "Trams" in page and HEADLINE not in page
    assert "No article is like this." in Visitor(checker).reads("/articles/", beat="sport")
    assert "No article is like this." in Visitor(checker).reads("/articles/", q="a\0b")


def test_a_reporter_finds_their_own_and_what_they_are_asked(
    checker, reporter, integration, article
):
    suggested(integration, headline="Trams")
    post_message(
        actor=checker,
        claim=claim_on(article, REPORT),
        body="Which?",
        kind="question",
        for_reporter=True,
    )
    page = Visitor(reporter).reads("/articles/")
    assert "Trams" not in page and "1 question to the author" in page


def test_older_ones_are_on_further_pages(checker, integration):
    for number in range(22):
        received(integration, headline=f"Story {number:02}")
    first = html(checker, "/articles/")
    assert "Story 21" in first and "Story 01" not in first
    older = re.search(r'href="(/articles/[^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = html(checker, older)
    assert "Story 01" in second and "Story 21" not in second


def test_before_anything_came_in_it_says_what_to_do(checker):
    assert "No article has come in yet." in Visitor(checker).reads("/articles/")


# --- What it costs --------------------------------------------------------------------------------

PROOF, PANEL, LIST = 21, 22, 19


def cost(user, path, **query):
    visitor = Visitor(user)
    visitor.get(path, query)
    with CaptureQueriesContext(connection) as asked:
        answer = visitor.get(path, query)
    assert answer.status_code == 200
    return len(asked), answer


def long_article(integration, sentences=300, claims=150):
    """Return an article of about 5,000 words with this many claims on its sentences."""
    words = "said that the number of late buses in district {0} rose to {0} per cent in March 2026"
    lines = [f"The office of district {n} {words.format(n)}." for n in range(sentences)]
    article = received(integration, "\n\n".join(lines))
    version = newest(article)
    VersionReading.objects.update(state="read")
    spans = [(version.body.index(line), len(line)) for line in lines]
    Sentence.objects.bulk_create(
        Sentence(version=version, start=at, end=at + n, kind="checkable", spotted_kind="checkable")
        for at, n in spans
    )
    passages = Passage.objects.bulk_create(
        Passage(version=version, exact=version.body[at : at + n], start=at, end=at + n)
        for at, n in spans[:claims]
    )
    Claim.objects.bulk_create(
        Claim(
            article=article,
            passage=one,
            quote=one.exact,
            language="en",
            beat_id=article.beat_id,
            state="accepted",
        )
        for one in passages
    )
    return article


def test_a_proof_costs_the_same_however_long_and_stays_light(
    integration, checker, lead, editor, article
):
    approved(lead, checker, editor, article)
    required(checker, article)
    spent, _ = cost(checker, proof(article))
    assert spent == PROOF
    assert cost(checker, proof(article), sentence=start_of(article))[0] == PANEL
    long = long_article(integration)
    assert cost(checker, proof(long))[0] <= PROOF
    answer = Visitor(checker).get(proof(long), headers={"Accept-Encoding": "gzip"})
    assert len(answer.content) < 100_000
    assert ArticleVersion.objects.get(article=long).body.count(" ") > 5_000


def test_so_does_the_list(checker, integration, article):
    few, _ = cost(checker, "/articles/")
    for _ in range(19):
        suggested(integration, "The city paid 4 million euros for ten buses in 2024.")
    assert cost(checker, "/articles/")[0] == few == LIST


def test_a_new_version_brings_the_proof_along(checker, integration, article):
    required(checker, article)
    add_version(actor=integration, article=article, headline=HEADLINE, body=STORY.replace(NOW, USE))
    assert "Made" in Visitor(checker).reads(proof(article))
