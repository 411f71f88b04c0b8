"""A fact-check's page: what readers see, and what nobody sees before its second."""

import json
import re
from datetime import timedelta

import extruct
import lxml.html
import pytest
from django.utils import timezone

from claims.actions import (
    annotate_fact_check,
    correct_fact_check,
)
from tests.publication.steps import checked_again
from tests.steps import with_evidence

pytestmark = pytest.mark.django_db
SECRET = "the source in the mayor's office"


def page_of(client, fact_check, end=""):
    return client.get(f"/fact-checks/{fact_check.slug}/{end}")


def text_of(answer):
    """Return what stands in the main part of a page."""
    (main,) = lxml.html.fromstring(answer.content.decode()).xpath("//main")
    return " ".join(main.text_content().split())


def test_everything_a_reader_asks_for_is_there(worded, client):
    said = worded(
        headline="Were 40 per cent of the buses late?",
        claimant_name="Mara Lind",
        claimant_kind="person",
        claimant_role="mayor of Lindenau",
        appearances=[{"url": "https://council.example/7", "place": "City council"}],
        text="The table gives **486**.",
        tags=["buses"],
    )
    answer = page_of(client, said)
    shown = text_of(answer)
    for words in (
        "Were 40 per cent of the buses late?",
        "Mara Lind, mayor of Lindenau",
        "City council",
        "Our rating False",
        "The evidence shows that it is wrong.",
        "Fabricated False",  # the scale
        "The table gives 486.",
        "Speaks against the claim",
        "Transport office",
        "Of 2,114 departures in March, 486 were late.",
        "One person gathered the evidence and proposed the rating; an editor, somebody else,",
    ):
        assert words in shown, words
    assert "<strong>486</strong>" in answer.content.decode()
    assert "History" not in shown
    assert "Corrected" not in shown


def test_a_stranger_reads_claim_review_out_of_the_page(make, client, settings):
    settings.PUBLIC_URL = "https://courier.example"
    fact_check = make("published")
    html = page_of(client, fact_check).content.decode()
    (read,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    alone = page_of(client, fact_check, "claimreview.json")
    assert alone["Content-Type"] == "application/ld+json"
    assert read == json.loads(alone.content)
    assert read["url"] == f"https://courier.example/fact-checks/{fact_check.slug}/"


def test_social_cards_and_canonical_address(worded, client, settings):
    settings.PUBLIC_URL = "https://courier.example"
    fact_check = worded(image_url="https://img.example/bus.jpg", image_alt="A bus")
    html = page_of(client, fact_check).content.decode()
    url = f"https://courier.example/fact-checks/{fact_check.slug}/"
    found = extruct.extract(html, syntaxes=["opengraph"])["opengraph"][0]["properties"]
    card = dict(found)
    assert f'<link rel="canonical" href="{url}">' in html
    assert card["og:url"] == url
    assert card["og:image"] == "https://img.example/bus.jpg"
    assert card["og:description"].startswith("False: The transport office")
    assert '<meta name="twitter:card" content="summary_large_image">' in html


def test_no_text_becomes_markup(worded, client):
    attack = "</script><script>alert(1)</script>"
    said = worded(headline=attack, claim_reviewed=attack, text=attack, tags=[attack])
    html = page_of(client, said).content.decode()
    assert "<script>alert" not in html
    assert html.count("</script>") == html.count('<script type="application/ld+json">') == 1


def test_an_arabic_claim_is_read_from_the_right_and_named_arabic(worded, client):
    claim = "قال المتحدث إن الحافلات متأخرة"
    fact_check = worded(claim_reviewed=claim, language="ar")
    html = page_of(client, fact_check).content.decode()
    assert f'<blockquote lang="ar" dir="auto"><p>{claim}</p>' in html


def test_confidential_evidence_never_shows(make, client, checker, lead, editor):
    fact_check = make("published")
    for end in ("", "claimreview.json"):
        assert SECRET not in page_of(client, fact_check, end).content.decode()
    with_evidence(checker, fact_check.claim, excerpt=SECRET, confidential=True)
    newer = checked_again(lead, checker, editor, fact_check.claim, "true")
    correct_fact_check(
        actor=editor, fact_check=fact_check, kind="major", says="New figures.", verdict=newer
    )
    for path in ("", "claimreview.json"):
        assert SECRET not in page_of(client, fact_check, path).content.decode()


# --- Corrections and retractions ------------------------------------------------------------------


def test_a_correction_stands_at_the_top_and_the_history_shows_what_changed(make, client):
    fact_check = make("corrected")
    shown = text_of(page_of(client, fact_check))
    says = "We said that 23 per cent of the buses were late. It was 41 per cent."
    assert shown.index(says) < shown.index("The claim")
    assert "the rating was “False” and is now “True”." in shown
    assert "Edition 2" in shown
    assert "As first published." in shown
    html = page_of(client, fact_check).content.decode()
    assert "Rating: <del>False</del> <ins>True</ins>" in html
    assert re.search(r"<del>[^<]*486", html)


def test_a_note_is_no_correction(make, client, editor):
    fact_check = make("published")
    annotate_fact_check(actor=editor, fact_check=fact_check, says="A new table is due in May.")
    shown = text_of(page_of(client, fact_check))
    assert "A new table is due in May." in shown
    assert "Corrected" not in shown


def test_of_a_retracted_one_the_reason_stays_and_no_rating(make, client):
    fact_check = make("retracted")
    answer = page_of(client, fact_check)
    assert answer.status_code == 200
    shown = text_of(answer)
    assert "We no longer stand by this fact-check" in shown
    assert "The document was forged." in shown
    assert "False" not in shown
    assert "ld+json" not in answer.content.decode()
    review = page_of(client, fact_check, "claimreview.json")
    assert (review.status_code, review.content) == (410, b"")


def test_of_a_withheld_one_nothing_stays(make, client):
    fact_check = make("retracted", withheld=True)
    for end in ("", "claimreview.json"):
        answer = page_of(client, fact_check, end)
        assert (answer.status_code, answer.content) == (410, b"")
        assert "ETag" not in answer


# --- Not before its second ------------------------------------------------------------------------


def test_it_is_there_from_its_very_second_and_until_then_like_nothing_at_all(make, client, clock):
    at = timezone.now() + timedelta(hours=1)
    fact_check = make("scheduled", at=at)
    clock(at - timedelta(seconds=1))
    before, nothing = page_of(client, fact_check), client.get("/fact-checks/nothing/")
    assert before.status_code == 404
    assert before.content == nothing.content
    headers = {name for name, _ in before.items()}
    assert headers == {name for name, _ in nothing.items()}
    clock(at)
    assert page_of(client, fact_check).status_code == 200


def test_who_has_the_page_already_is_told_so(make, client):
    fact_check = make("published")
    answer = page_of(client, fact_check)
    assert answer["Cache-Control"] == "public, no-cache"
    assert "Last-Modified" not in answer, "names and evidence change without the fact-check"
    path = f"/fact-checks/{fact_check.slug}/"
    again = client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_who_has_the_claim_review_already_is_told_so(make, client):
    fact_check = make("published")
    answer = page_of(client, fact_check, "claimreview.json")
    path = f"/fact-checks/{fact_check.slug}/claimreview.json"
    for known in (
        {"If-None-Match": answer["ETag"]},
        {"If-Modified-Since": answer["Last-Modified"]},
    ):
        again = client.get(path, headers=known)
        assert (again.status_code, again.content) == (304, b"")


def test_a_correction_changes_the_tag(make, client, editor):
    fact_check = make("published")
    before = page_of(client, fact_check)["ETag"]
    annotate_fact_check(actor=editor, fact_check=fact_check, says="Mind the gap.")
    after = client.get(f"/fact-checks/{fact_check.slug}/", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after["ETag"] != before


def test_everybody_gets_the_same_page(make, client, editor):
    fact_check = make("published")
    signed_out = page_of(client, fact_check)
    client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    signed_in = page_of(client, fact_check)
    assert signed_in.content == signed_out.content
    assert signed_in["ETag"] == signed_out["ETag"]
    assert "Cookie" not in signed_in["Vary"]


def test_a_page_costs_the_same_whatever_is_on_it(make, client, editor, django_assert_num_queries):
    fact_check = make("published")
    with django_assert_num_queries(8):
        page_of(client, fact_check)
    for number in range(5):
        annotate_fact_check(actor=editor, fact_check=fact_check, says=f"Note {number}.")
    with django_assert_num_queries(8):
        page_of(client, fact_check)


@pytest.mark.parametrize("state", ["published", "corrected", "retracted"])
def test_every_reader_gets_the_same_page_whatever_language_their_browser_asks_for(
    make, client, state
):
    address = f"/fact-checks/{make(state).slug}/"
    for page in (address, "/fact-checks/", "/corrections/", "/methodology/"):
        english, german = (
            client.get(page, headers={"Accept-Language": language}) for language in ("en", "de")
        )
        assert german.content == english.content, page
        assert german["ETag"] == english["ETag"]
