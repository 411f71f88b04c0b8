"""What people say of a sentence holds: put back, nothing to check, and in later versions too."""

import pytest

from claims.actions import accept_claim, add_version, set_sentence_kind
from claims.errors import Conflict, Invalid, NotAllowed
from claims.intake.documents import Span
from claims.states import ClaimState
from tests.claims.living.story import (
    FOLLOW,
    HOPE,
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


def _with_caption(integration, words=REPORT):
    """Return the story of which the document marked one sentence as a caption."""
    start = STORY.index(words)
    return suggested(integration, furniture=[Span(start, start + len(words), "caption")])


def test_put_back_a_sentence_is_suggested_as_a_claim_with_its_factors(integration, checker):
    article = _with_caption(integration, SAID)
    put_back = set_sentence_kind(actor=checker, sentence=sentence(article, SAID), kind="checkable")
    assert (put_back.kind, put_back.spotted_kind, put_back.set_by) == (
        "checkable",
        "furniture",
        checker,
    )
    claim = claim_on(article, SAID)
    assert claim.state == ClaimState.SUGGESTED
    assert "figures" in {factor["name"] for factor in claim.factors}
    [quantity] = claim.particulars["quantities"]
    start = claim.passage.start + quantity["start"]
    assert STORY[start:].startswith("40 per cent")
    assert [link.source.name for link in claim.attributions.all()] == ["Ruth Adler"]


def test_put_back_what_the_desk_finds_nothing_in_is_suggested_as_it_is(integration, checker):
    article = suggested(integration)
    set_sentence_kind(actor=checker, sentence=sentence(article, FOLLOW), kind="checkable")
    claim = claim_on(article, FOLLOW)
    assert (claim.state, claim.created_by, claim.factors) == (ClaimState.SUGGESTED, checker, [])


def test_it_stands_on_record(integration, checker):
    article = suggested(integration)
    one = set_sentence_kind(actor=checker, sentence=sentence(article, FOLLOW), kind="checkable")
    event = last_event(one)
    assert (event.verb, event.actor, event.version) == ("reclassify", checker, newest(article))
    assert (event.detail["before"], event.detail["after"]) == ("furniture", "checkable")


def test_nothing_to_check_dismisses_the_suggestion_in_it(integration, checker):
    article = suggested(integration)
    set_sentence_kind(actor=checker, sentence=sentence(article, SAID), kind="nothing")
    claim = claim_on(article, SAID)
    assert claim.state == ClaimState.DISMISSED
    assert last_event(claim).reason == "There is nothing to check in its sentence."


def test_nothing_to_check_leaves_alone_what_was_accepted(integration, checker):
    article = suggested(integration)
    accept_claim(actor=checker, claim=claim_on(article, SAID))
    set_sentence_kind(actor=checker, sentence=sentence(article, SAID), kind="nothing")
    assert claim_on(article, SAID).state == ClaimState.ACCEPTED


def test_changing_ones_mind_brings_the_same_suggestion_back(integration, checker):
    article = suggested(integration)
    claim = claim_on(article, SAID)
    for kind in ("nothing", "checkable"):
        set_sentence_kind(actor=checker, sentence=sentence(article, SAID), kind=kind)
    assert claim_on(article, SAID) == claim
    assert claim_on(article, SAID).state == ClaimState.SUGGESTED
    assert verbs_of(claim) == ["spot", "dismiss", "suggest"]


def test_it_holds_in_the_next_version_that_says_the_same(integration, checker):
    article = _with_caption(integration)
    set_sentence_kind(actor=checker, sentence=sentence(article, REPORT), kind="checkable")
    set_sentence_kind(actor=checker, sentence=sentence(article, SAID), kind="nothing")
    start = len("It rained.\n\n") + STORY.index(REPORT)
    add_version(
        actor=integration,
        article=article,
        headline="Late",
        body=f"It rained.\n\n{STORY}",
        furniture=[Span(start, start + len(REPORT), "caption")],
    )
    read(article)
    again = sentence(article, REPORT)
    assert (again.kind, again.spotted_kind, again.set_by) == ("checkable", "furniture", checker)
    assert sentence(article, SAID).kind == "nothing"
    assert quotes(article).count(REPORT) == 1


def test_a_sentence_whose_words_changed_is_looked_at_afresh(integration, checker):
    article = suggested(integration)
    set_sentence_kind(actor=checker, sentence=sentence(article, REPORT), kind="nothing")
    revised(integration, article, STORY.replace("23 per cent", "27 per cent"))
    assert sentence(article, "A report by").kind == "checkable"
    assert claim_on(article, "27 per cent").state == ClaimState.SUGGESTED


def test_an_old_version_is_left_as_it_was(integration, checker):
    article = suggested(integration)
    old = sentence(article, HOPE)
    revised(integration, article, f"{STORY}\n\nIt rained.")
    with refused(Conflict, "newer version"):
        set_sentence_kind(actor=checker, sentence=old, kind="checkable")


@pytest.mark.parametrize("who", ["reporter", "integration", "stranger"])
def test_outside_the_desk_nobody_says_what_a_sentence_is(who, request, integration):
    article = suggested(integration)
    actor, one = request.getfixturevalue(who), sentence(article, FOLLOW)
    with refused(NotAllowed):
        set_sentence_kind(actor=actor, sentence=one, kind="checkable")


def test_a_kind_that_is_none_is_refused_with_those_there_are(integration, checker):
    one = sentence(suggested(integration), FOLLOW)
    with refused(Invalid, "checkable, quotation, opinion, nothing, furniture"):
        set_sentence_kind(actor=checker, sentence=one, kind="nonsense")


def test_before_it_is_read_there_are_no_sentences(integration):
    assert not newest(received(integration)).sentences.exists()
