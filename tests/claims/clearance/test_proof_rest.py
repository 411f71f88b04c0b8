"""What the article proof's page does, over REST: changes that the text needs, and rulings."""

import pytest

from claims.models import RequiredChange, Ruling
from tests.api import Caller, problems, said
from tests.claims.clearance.steps import approved
from tests.claims.living.story import (
    FOLLOW,
    REPORT,
    SAID,
    STORY,
    claim_on,
    newest,
    revised,
    sentence,
    suggested,
)

pytestmark = pytest.mark.django_db
ASKED = {"wording_now": "23 per cent", "wording_to_use": "21 per cent", "note": "See table 3."}
WHY = {"reason": "She read it at the office."}


@pytest.fixture
def article(integration):
    return suggested(integration)


def required(user, article, **given):
    return Caller(user).does(f"/articles/{article.pk}/required-changes/", ASKED | given, seen=None)


# --- Required changes -----------------------------------------------------------------------------


def test_a_checker_requires_a_change_and_everybody_reads_it(checker, reporter, article):
    article.authors.add(reporter)
    answer = required(checker, article)
    body = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/required-changes/{body['id']}/")
    assert {name: body[name] for name in ASKED} == ASKED
    place = body["place"]
    text = newest(article)
    assert text.body[place["start"] : place["end"]] == "23 per cent"
    assert place["version"] == text.number
    assert (body["claim"], body["set_by"]) == (claim_on(article, REPORT).pk, checker.username)
    listed = Caller(reporter).get(f"/articles/{article.pk}/required-changes/").json()["results"]
    assert [one["id"] for one in listed] == [body["id"]]
    assert listed[0]["allowed_actions"] == []
    read = Caller(reporter).get(f"/required-changes/{body['id']}/")
    assert read.json() == listed[0]


def test_words_that_are_not_there_are_refused_at_their_field(checker, article):
    answer = required(checker, article, wording_now="A report by the Transport Office put it")
    assert answer.status_code == 400
    assert "nearest passage is" in problems(answer)["wording_now"]


def test_of_equal_words_the_claim_says_which_are_meant(checker, integration, article):
    again = STORY + "\n\nThe council, too, spoke of 23 per cent."
    article = revised(integration, article, again)
    assert "2 times" in problems(required(checker, article))["wording_now"]
    claim = claim_on(article, REPORT)
    body = required(checker, article, claim=claim.pk).json()
    assert body["place"]["start"] == newest(article).body.index("23 per cent")
    answer = required(checker, article, claim=10**9)
    assert "makes no claim" in problems(answer)["claim"]


def test_the_same_key_requires_it_once(checker, article):
    caller = Caller(checker)
    for _ in range(2):
        answer = caller.does(
            f"/articles/{article.pk}/required-changes/",
            ASKED,
            seen=None,
            **{"Idempotency-Key": "one"},
        )
        assert answer.status_code == 201
    assert RequiredChange.objects.count() == 1
    assert required(checker, article).status_code == 409


def test_an_editor_waives_the_change_as_they_have_seen_it(checker, editor, article):
    change = required(checker, article).json()
    at, caller = f"/required-changes/{change['id']}/", Caller(editor)
    read = caller.get(at)
    assert read.json()["allowed_actions"] == ["waive"]
    assert caller.get(at, headers={"If-None-Match": read.headers["ETag"]}).status_code == 304
    assert caller.does(f"{at}waive/", WHY, seen=None).status_code == 428
    assert caller.does(f"{at}waive/", WHY, seen='"7"').status_code == 412
    assert caller.does(f"{at}waive/", {"reason": " "}).status_code == 400
    waived = caller.does(f"{at}waive/", WHY, seen=read.headers["ETag"]).json()
    assert (waived["state"], waived["closed_because"]) == ("waived", WHY["reason"])
    assert (waived["closed_by"], waived["allowed_actions"]) == (editor.username, [])
    again = caller.does(f"{at}waive/", WHY)
    assert again.status_code == 409
    assert "settled already" in said(again)


def test_a_change_made_in_other_words_is_counted_as_made(checker, integration, article):
    change = required(checker, article).json()
    at, caller = f"/required-changes/{change['id']}/", Caller(checker)
    assert caller.does(f"{at}settle/", WHY).status_code == 409
    revised(integration, article, STORY.replace("23 per cent", "about a fifth"))
    read = caller.get(at).json()
    assert (read["reads_now"], read["allowed_actions"]) == ("about a fifth", ["settle"])
    assert caller.does(f"{at}settle/", WHY).json()["state"] == "made"


def test_what_one_may_not_see_is_not_there(checker, reporter, integration, article):
    change = required(checker, article).json()
    assert Caller(reporter).get(f"/required-changes/{change['id']}/").status_code == 404
    assert Caller(reporter).get(f"/articles/{article.pk}/rulings/").status_code == 404


# --- Rulings --------------------------------------------------------------------------------------


def test_a_claim_is_left_to_the_author_and_that_is_taken_back(checker, integration, article):
    claim, caller = claim_on(article, REPORT), Caller(checker)
    at = f"/claims/{claim.pk}/leave-to-author/"
    assert caller.does(at, WHY, seen=None).status_code == 428
    assert caller.does(at, WHY, seen='"99"').status_code == 412
    answer = caller.does(at, WHY, seen=caller.get(f"/claims/{claim.pk}/").headers["ETag"])
    ruling = answer.json()
    assert answer.status_code == 201
    assert (ruling["kind"], ruling["claim"]) == ("on_author", claim.pk)
    assert ruling["allowed_actions"] == ["end"]
    ended = caller.does(f"/rulings/{ruling['id']}/end/", WHY, seen=None).json()
    assert (ended["ended_by"], ended["allowed_actions"]) == (checker.username, [])
    assert caller.does(f"/rulings/{ruling['id']}/end/", WHY, seen=None).status_code == 409
    listed = Caller(integration).get(f"/articles/{article.pk}/rulings/").json()["results"]
    assert [one["ended_because"] for one in listed] == [WHY["reason"]]


def test_so_is_a_sentence_without_a_claim(checker, article):
    one = sentence(article, FOLLOW)
    answer = Caller(checker).does(f"/sentences/{one.pk}/leave-to-author/", WHY, seen=None)
    assert answer.status_code == 201
    assert answer.json()["claim"] is None
    assert Ruling.objects.get().passage.exact == FOLLOW


def test_an_editor_lets_stand_what_somebody_else_says(lead, checker, editor, article):
    approved(lead, checker, editor, article, slug="false", words=SAID)
    claim = claim_on(article, SAID)
    at = f"/claims/{claim.pk}/let-stand/"
    assert Caller(checker).does(at, WHY).status_code == 403
    ruling = Caller(editor).does(at, WHY).json()
    assert ruling["kind"] == "stands"
    # Who may not make such a ruling may not end it either.
    assert Caller(checker).does(f"/rulings/{ruling['id']}/end/", WHY, seen=None).status_code == 403
    assert Caller(editor).does(f"/rulings/{ruling['id']}/end/", WHY, seen=None).status_code == 200
