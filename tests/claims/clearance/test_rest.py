"""A CMS asks whether an article may go out, and a lead has the last word."""

import pytest

from claims.actions import accept_claim
from claims.models import Rating
from tests.api import Caller, problems, said
from tests.claims.clearance.steps import approved, dismiss_the_rest
from tests.claims.living.story import (
    REPORT,
    SAID,
    STORY,
    claim_on,
    newest,
    received,
    revised,
    suggested,
)
from tests.factories import default_scale
from tests.record import events_of, last_event

pytestmark = pytest.mark.django_db
CHANGED = STORY.replace("23 per cent", "27 per cent")


@pytest.fixture
def article(integration):
    return suggested(integration, cms_id="desk/2026/buses")


def asks(user, article, **query):
    return Caller(user).get(f"/articles/{article.pk}/clearance/", query)


def all_right(lead, checker, editor, article):
    """Bring the article to where everything in it is checked and right."""
    approved(lead, checker, editor, article, slug="true")
    dismiss_the_rest(editor, article, REPORT)


def test_an_article_nobody_has_read_is_on_hold(integration):
    answer = asks(integration, received(integration)).json()
    assert (answer["decision"], answer["coverage"]["is_read"]) == ("hold", False)
    [reason] = answer["reasons"]
    assert (reason["kind"], reason["place"], reason["who"]) == ("not_read", None, ["desk"])


def test_each_claim_holds_it_with_its_place_and_what_would_resolve_it(integration, article):
    answer = asks(integration, article).json()
    claim = claim_on(article, REPORT)
    [reason] = [one for one in answer["reasons"] if one["claim"] == claim.pk]
    place = reason["place"]
    assert newest(article).body[place["start"] : place["end"]] == reason["quote"] == claim.quote
    assert (reason["weight"], reason["kind"]) == ("hold", "suggested")
    assert reason["says"] and reason["resolve"] == "Accept or dismiss the claim."


def test_it_may_go_once_everything_is_checked(integration, lead, checker, editor, article):
    all_right(lead, checker, editor, article)
    answer = asks(integration, article).json()
    assert (answer["decision"], answer["reasons"]) == ("go", [])
    assert answer["coverage"]["cleared"] == answer["coverage"]["to_check"] > 0


def test_what_is_false_in_its_own_words_kills_it(integration, lead, checker, editor, article):
    verdict = approved(lead, checker, editor, article)
    answer = asks(integration, article).json()
    assert answer["decision"] == "kill"
    assert answer["reasons"][0]["verdict"] == verdict.pk


def test_what_a_rating_means_is_the_newsrooms_to_say(integration, lead, checker, editor, article):
    approved(lead, checker, editor, article)
    Rating.objects.filter(scale=default_scale(), slug="false").update(stands="with_change")
    answer = asks(integration, article).json()
    assert answer["decision"] == "hold"
    assert "needs_change" in [one["kind"] for one in answer["reasons"]]


def test_the_answer_names_the_text_it_speaks_of(integration, article):
    answer = asks(integration, article).json()
    version = newest(article)
    assert (answer["version"], answer["is_newest"]) == (1, True)
    assert (answer["headline"], answer["body_sha256"]) == (version.headline, version.body_sha256)
    assert (answer["cms_id"], answer["proof"]) == (
        "desk/2026/buses",
        f"/articles/{article.pk}/proof/",
    )


# --- Which text -----------------------------------------------------------------------------------


def test_a_cms_cannot_clear_one_text_and_print_another(integration, lead, checker, editor, article):
    all_right(lead, checker, editor, article)
    first = newest(article)
    revised(integration, article, CHANGED)
    now, then = asks(integration, article).json(), asks(integration, article, version=1).json()
    assert (now["version"], now["decision"]) == (2, "hold")
    assert "text_changed" in [one["kind"] for one in now["reasons"]]
    assert (then["version"], then["is_newest"], then["newest_version"]) == (1, False, 2)
    assert (then["decision"], [one["kind"] for one in then["reasons"]]) == ("go", ["superseded"])
    by_digest = asks(integration, article, body_sha256=first.body_sha256).json()
    assert by_digest == then


def test_a_verdict_for_the_new_words_does_not_clear_the_old(
    integration, lead, checker, editor, article
):
    dismiss_the_rest(editor, article, REPORT)
    revised(integration, article, CHANGED)
    approved(lead, checker, editor, article, slug="true", words="27 per cent")
    then = asks(integration, article, version=1).json()
    assert asks(integration, article).json()["decision"] == "go"
    assert (then["decision"], then["reasons"][0]["kind"]) == ("hold", "not_checked")


def test_words_that_are_gone_now_are_still_asked_after_in_the_old_text(
    integration, lead, checker, editor, article
):
    dismiss_the_rest(editor, article, REPORT, SAID)
    revised(integration, article, STORY.replace(f"{SAID}\n\n", ""))
    quoted = [one["quote"] for one in asks(integration, article, version=1).json()["reasons"]]
    assert any(words in SAID for words in quoted if words)
    quoted = [one["quote"] for one in asks(integration, article).json()["reasons"]]
    assert not any(words in SAID for words in quoted if words)


def test_a_text_that_the_desk_does_not_have_is_not_found(integration, article):
    for query in ({"version": 9}, {"body_sha256": "f" * 64}):
        answer = asks(integration, article, **query)
        assert answer.status_code == 404
        assert said(answer).endswith("Push it, then ask again.")


def test_nonsense_is_refused_in_words(integration, article):
    answer = asks(integration, article, version="two", body_sha256="abc")
    assert problems(answer) == {
        "version": "Give the number of a version.",
        "body_sha256": "Give 64 hexadecimal digits.",
    }


def test_by_its_own_id_slashes_and_all(integration, reporter, article):
    found = Caller(integration).get("/articles/clearance/", {"cms_id": "desk/2026/buses"})
    assert found.json() == asks(integration, article).json()
    assert (
        Caller(reporter).get("/articles/clearance/", {"cms_id": "desk/2026/buses"}).status_code
        == 404
    )
    assert Caller(integration).get("/articles/clearance/", {"cms_id": "a\0b"}).status_code == 404
    answer = Caller(integration).get("/articles/clearance/")
    assert problems(answer) == {"cms_id": "Give the story's id in your CMS."}


# --- Who sees what --------------------------------------------------------------------------------


def test_it_is_seen_by_whom_the_article_is_seen(integration, reporter, checker, stranger, article):
    assert asks(reporter, article).status_code == 404
    article.authors.add(reporter)
    assert asks(reporter, article).status_code == 200
    assert asks(checker, article).status_code == 200
    assert asks(stranger, article).status_code == 403


def test_outside_the_desk_nothing_is_said_of_work_and_review(integration, lead, editor, article):
    dismiss_the_rest(editor, article, REPORT)
    accept_claim(actor=editor, claim=claim_on(article, REPORT))
    [inside], [outside] = (asks(user, article).json()["reasons"] for user in (lead, integration))
    assert inside["kind"] in ("not_checked", "in_check")
    assert outside["kind"] == "not_checked"


def test_an_unchanged_answer_is_not_sent_again(integration, editor, article):
    tag = asks(integration, article)["ETag"]
    again = Caller(integration).get(
        f"/articles/{article.pk}/clearance/", headers={"If-None-Match": tag}
    )
    assert again.status_code == 304
    dismiss_the_rest(editor, article)
    assert asks(integration, article)["ETag"] != tag


# --- Override -------------------------------------------------------------------------------------


def overrides(user, article, **given):
    body = {"version": 1, "decision": "go", "reason": "The editor-in-chief answers for it."}
    return Caller(user).post(f"/articles/{article.pk}/clearance/override/", body | given)


def test_a_lead_lets_it_out_with_a_reason_that_everybody_reads(integration, lead, article):
    answer = overrides(lead, article)
    assert answer.status_code == 201
    seen = asks(integration, article).json()
    assert (seen["decision"], seen["found"]) == ("go", "hold")
    assert seen["override"]["reason"] == "The editor-in-chief answers for it."
    assert (seen["override"]["by"], seen["override"]["in_force"]) == ("lena", True)
    event = last_event(article)
    assert (event.verb, event.from_state, event.to_state) == ("override", "hold", "go")


def test_it_ends_with_the_next_text(integration, lead, article):
    overrides(lead, article)
    revised(integration, article, CHANGED)
    assert asks(integration, article).json()["override"] is None
    assert asks(integration, article, version=1).json()["decision"] == "go"


def test_it_does_not_cover_a_reason_to_kill_that_comes_later(
    integration, lead, checker, editor, article
):
    overrides(lead, article)
    approved(lead, checker, editor, article)
    answer = asks(integration, article).json()
    assert (answer["decision"], answer["override"]["in_force"]) == ("kill", False)
    assert overrides(lead, article).json()["decision"] == "go"


def test_it_is_lifted_again(lead, article):
    overrides(lead, article)
    assert overrides(lead, article, decision="lifted").json()["override"] is None
    assert [event.verb for event in events_of(article)][-2:] == ["override", "lift_override"]
    assert said(overrides(lead, article, decision="lifted")) == "Nothing is overridden."


def test_an_override_that_changes_nothing_or_of_an_old_text_is_refused(integration, lead, article):
    assert overrides(lead, article, decision="hold").status_code == 409
    revised(integration, article, CHANGED)
    answer = overrides(lead, article)
    assert (answer.status_code, said(answer)) == (
        409,
        "A newer text is there. Look at its clearance first.",
    )


def test_nobody_but_a_lead_overrides_and_never_without_a_reason(lead, editor, checker, article):
    for user in (editor, checker):
        assert overrides(user, article).status_code == 403
    assert "reason" in problems(overrides(lead, article, reason=" "))
    assert "decision" in problems(overrides(lead, article, decision="maybe"))
