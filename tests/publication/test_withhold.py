"""A retraction whose page is a danger to somebody goes from everywhere, with its reason."""

import pytest
from django.utils import timezone

from claims.actions import publish_fact_check, retract_fact_check, withhold_fact_check
from claims.errors import Conflict, Invalid
from claims.models import Event, FactCheck
from tests.api import Caller
from tests.claims.admin.asking import messages_of, page, press, text_of
from tests.publication.test_embargo import (
    CANARY,
    PUBLIC,
    answers,
    everything,
    hits,
    prepared,
    strangers,
)

pytestmark = pytest.mark.django_db
__all__ = ["strangers"]  # a fixture
REASON = "The witness can be told from the reason."


def at(row, verb="change"):
    return f"claims/factcheck/{row.pk}/{verb}/"


def withheld(editor, row):
    return withhold_fact_check(actor=editor, fact_check=row, reason=REASON)


def test_a_lead_withholds_it_and_that_is_on_record(lead, make):
    row = make("retracted")
    assert f"/admin/{at(row, 'withhold')}" in text_of(page(lead, at(row)))
    answer = press(lead, at(row, "withhold"), revision=row.revision, reason=REASON)
    assert messages_of(answer) == ["Withheld. Nothing of it is shown any more."]
    shown = text_of(page(lead, at(row)))
    assert "What readers see: nothing" in shown
    assert "withheld the fact-check for somebody’s safety" in shown
    assert REASON in shown
    assert f"/admin/{at(row, 'withhold')}" not in shown
    last = Event.objects.filter(subject="factcheck").latest("pk")
    assert (last.actor, last.verb, last.reason) == (lead, "withhold", REASON)


def test_the_same_over_rest_where_nothing_more_can_be_done_then(editor, integration, make):
    row = make("retracted")
    path = f"/fact-checks/{row.pk}/"
    assert Caller(editor).get(path).json()["allowed_actions"] == ["withhold"]
    body = Caller(editor).does(f"{path}withhold/", {"reason": REASON}).json()
    assert (body["withheld"], body["allowed_actions"]) == (True, [])
    assert Caller(integration).get(path).status_code == 404
    assert Caller(integration).get(f"{path}history/").status_code == 404


def test_it_needs_a_reason_and_is_done_once_to_what_is_retracted(editor, make):
    with pytest.raises(Conflict):
        withheld(editor, make("published"))
    row = make("retracted")
    with pytest.raises(Invalid, match="whose safety"):
        withhold_fact_check(actor=editor, fact_check=row, reason=" ")
    withheld(editor, row)
    with pytest.raises(Conflict, match="any more already"):
        withheld(editor, row)


def test_nothing_of_it_is_anywhere_any_more(strangers, lead, checker, editor, settings):
    settings.PUBLIC_URL = PUBLIC
    row = publish_fact_check(actor=editor, fact_check=prepared(CANARY, lead, checker, editor))
    while_out = everything(strangers, row)
    assert hits(while_out, CANARY)
    row = retract_fact_check(actor=editor, fact_check=row, reason=f"{CANARY} was forged.")
    retracted = everything(strangers, row)
    assert hits(retracted, CANARY)
    withheld(editor, row)
    assert hits(answers(strangers, while_out | retracted), CANARY) == set()


def test_its_page_and_claimreview_are_gone_without_a_word(client, editor, make):
    row = make("retracted")
    withheld(editor, row)
    for path in (f"/fact-checks/{row.slug}/", f"/fact-checks/{row.slug}/claimreview.json"):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (410, b"")


def test_who_follows_the_changes_gets_the_feed_anew_without_it(client, editor, make):
    """Also when another was retracted since, by which the feed is dated."""
    row, later = make("retracted"), make("retracted")
    path = f"/fact-checks/feed.json?since={row.goes_out_at:%Y-%m-%dT%H:%M:%SZ}"
    before = client.get(path)
    assert row.slug.encode() in before.getvalue()
    withheld(editor, row)
    after = client.get(path, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    content = after.getvalue()
    assert f"/{later.slug}/".encode() in content
    assert f"/{row.slug}/".encode() not in content


def test_when_it_was_withheld_is_its_last_change(editor, make):
    row = make("retracted")
    began = timezone.now()
    withheld(editor, row)
    now = FactCheck.objects.get(pk=row.pk)
    assert now.modified_at >= began > now.retracted_at
    assert now.retracted_because == row.retracted_because
