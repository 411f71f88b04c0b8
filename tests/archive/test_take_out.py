"""Taking out of the archive what was imported by mistake, and putting it back."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions import put_back_check, take_out_check, take_out_import
from claims.actions.archiving import index_archive
from claims.archive import Filters, search
from claims.errors import Conflict, Invalid, NotAllowed, Stale
from claims.models import CheckImport, ImportedCheck
from tests.archive.reviews import archived, brought_in, review, write
from tests.archive.test_import_command import told
from tests.claims.admin.asking import messages_of, page, press, text_of
from tests.record import last_event

pytestmark = pytest.mark.django_db
WHY = "It is satire."


@pytest.fixture(autouse=True)
def our_old_site(settings):
    """Let what is imported be the newsroom's own, so that readers find it on its pages, too."""
    settings.PUBLISHER_URL = "https://www.checks.example"


def places(check):
    """Return the places where a reader or a program finds `check`."""
    get = Client().get
    image = f"https://talk.example/{check.url.rpartition('/')[2]}.jpg"
    answers = {
        "archive": get("/fact-checks/"),
        "search": get("/fact-checks/", {"q": check.claim_reviewed}),
        "Google": get("/v1alpha1/claims:search", {"query": check.claim_reviewed}),
        "Google's publisher": get(
            "/v1alpha1/claims:search", {"reviewPublisherSiteFilter": "checks.example"}
        ),
        "Google's images": get("/v1alpha1/claims:imageSearch", {"imageUri": image}),
        "Google's pages": get("/v1alpha1/pages", {"url": check.url}),
        "CSV": get("/fact-checks/archive.csv"),
        "feed": get("/fact-checks/feed.json"),
        "RSS": get("/fact-checks/rss.xml"),
    }
    return {name for name, answer in answers.items() if check.url in _said(answer)}


def _said(answer):
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode().replace("\\/", "/")


def test_what_is_taken_out_is_nowhere_and_its_neighbour_stays(lead):
    check, neighbour = archived(review(1), review(2))
    assert places(check) == places(neighbour) >= {"archive", "search", "Google", "Google's pages"}
    take_out_check(actor=lead, check=check, reason=WHY)
    assert places(check) == set()
    assert places(neighbour) != set()
    event = last_event(check)
    assert (event.verb, event.actor, event.reason) == ("take_out", lead, WHY)


def test_an_index_made_anew_leaves_it_out(lead):
    [check] = archived(review(1))
    take_out_check(actor=lead, check=check, reason=WHY)
    assert index_archive() == 0
    assert places(check) == set()


@pytest.mark.parametrize("given", [{}, {"headline": "Changed since"}])
def test_importing_it_again_does_not_bring_it_back_and_says_so(lead, given):
    [check] = archived(review(1))
    take_out_check(actor=lead, check=check, reason=WHY)
    for dry_run in (True, False):
        [outcome] = brought_in(review(1, **given), dry_run=dry_run)
        assert outcome.becomes == "left_out"
        assert outcome.why.endswith(f"and stays out: {WHY}")
    assert places(check) == set()
    assert ImportedCheck.objects.get().title == check.title
    assert CheckImport.objects.first().left_out == 1


def test_the_command_names_what_it_left_out(lead, tmp_path):
    [check] = archived(review(1))
    take_out_check(actor=lead, check=check, reason=WHY)
    lines = "\n".join(json.dumps(one) for one in (review(1), review(2)))
    said, code = told(write(tmp_path, "checks.jsonl", lines))
    assert (said.splitlines()[-1], code) == (
        "Done: 1 new, 0 changed, 0 same, 0 bad, 1 left out.",
        0,
    )
    assert "left_out" in said and WHY in said


def test_another_claim_of_the_same_page_is_another_check(lead):
    [check] = archived(review(1))
    take_out_check(actor=lead, check=check, reason=WHY)
    [outcome] = brought_in(review(1, claimReviewed="The bridge at Lindenau is made of cheese"))
    assert outcome.becomes == "new"


def test_what_was_taken_out_can_be_put_back(lead):
    [check] = archived(review(1))
    before = places(check)
    take_out_check(actor=lead, check=check, reason=WHY)
    put_back_check(actor=lead, check=check)
    assert places(check) == before
    assert last_event(check).verb == "put_back"
    [outcome] = brought_in(review(1, headline="Changed since"))
    assert outcome.becomes == "changed"


def test_it_takes_a_lead_and_a_reason_and_is_done_once(lead, editor):
    [check] = archived(review(1))
    with pytest.raises(NotAllowed, match="take fact-checks out of the archive"):
        take_out_check(actor=editor, check=check, reason=WHY)
    with pytest.raises(Invalid, match="Say why"):
        take_out_check(actor=lead, check=check, reason=" ")
    with pytest.raises(Stale):
        take_out_check(actor=lead, check=check, reason=WHY, expected_revision=7)
    with pytest.raises(Conflict, match="It is in the archive"):
        put_back_check(actor=lead, check=check)
    take_out_check(actor=lead, check=check, reason=WHY)
    with pytest.raises(Conflict, match="not in the archive any more"):
        take_out_check(actor=lead, check=check, reason=WHY)
    with pytest.raises(NotAllowed):
        put_back_check(actor=editor, check=check)


# --- A whole import -------------------------------------------------------------------------------


def test_all_that_an_import_brought_is_taken_out_and_what_was_there_before_stays(lead):
    [old] = archived(review(1))
    archived(review(1, headline="Changed since"), review(2), review(3))
    run = CheckImport.objects.first()
    assert take_out_import(actor=lead, run=run, reason="The wrong file.") == 2
    found = search("", now=timezone.now(), filters=Filters()).entries
    assert [entry.imported_id for entry in found] == [old.pk]
    assert last_event(run).reason == "The wrong file."
    with pytest.raises(Conflict):
        take_out_import(actor=lead, run=run, reason="The wrong file.")


def test_a_whole_import_takes_a_lead_and_a_reason(lead, editor):
    archived(review(1))
    run = CheckImport.objects.get()
    with pytest.raises(NotAllowed):
        take_out_import(actor=editor, run=run, reason=WHY)
    with pytest.raises(Invalid):
        take_out_import(actor=lead, run=run, reason="")
    assert ImportedCheck.objects.in_the_archive().count() == 1


# --- In the admin ---------------------------------------------------------------------------------


def test_a_lead_takes_a_check_out_and_puts_it_back_in_the_admin(lead):
    [check] = archived(review(1))
    path = f"claims/importedcheck/{check.pk}/"
    assert "Take out of the archive" in text_of(page(lead, f"{path}change/"))
    assert "Why should nobody find" in text_of(page(lead, f"{path}take-out/"))
    assert press(lead, f"{path}take-out/", revision=1).status_code == 400
    answer = press(lead, f"{path}take-out/", revision=1, reason=WHY)
    assert "stays out when it is imported again" in messages_of(answer)[0]
    assert places(check) == set()
    shown = text_of(page(lead, f"{path}change/"))
    assert WHY in shown and "Put back into the archive" in shown
    assert check.claim_reviewed in text_of(page(lead, "claims/importedcheck/", where="out"))
    assert check.claim_reviewed not in text_of(page(lead, "claims/importedcheck/", where="in"))
    assert press(lead, f"{path}put-back/", revision=2).status_code == 302
    assert places(check) != set()


def test_a_lead_takes_out_a_whole_import_in_the_admin(lead):
    archived(review(1), review(2))
    path = f"claims/checkimport/{CheckImport.objects.get().pk}/"
    answer = press(lead, f"{path}take-out/", revision=0, reason="The wrong file.")
    assert messages_of(answer) == ["2 fact-checks are not in the archive any more."]
    assert "Take all it brought" not in text_of(page(lead, f"{path}change/"))


def test_an_editor_reads_and_has_no_button(editor):
    [check] = archived(review(1))
    path = f"claims/importedcheck/{check.pk}/"
    assert "Take out of the archive" not in text_of(page(editor, f"{path}change/"))
    assert press(editor, f"{path}take-out/", revision=1, reason=WHY).status_code == 403
    assert places(check) != set()
