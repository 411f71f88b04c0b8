"""Nothing of what is under embargo is anywhere before its second: every address, every stranger.

A canary is scheduled: an article, a claim and an approved verdict with unmistakable words. Every
address that the URL configuration knows is asked by everybody who has no business with it, one
second before, at and after its time; once more with no canary in the database at all, which must
make no difference while it waits: not to a count, a filter, a tag of a cache or an error message.
What the desk itself sees of it in its own rooms is its work.
"""

from datetime import timedelta
from itertools import product

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from claims.actions import (
    approve_verdict,
    prepare_fact_check,
    publish_fact_check,
    retract_fact_check,
)
from claims.models import FactCheck
from claims.published import address_of
from claims.tasks import sweep_publication
from tests.factories import ArticleFactory, SourceFactory, UserFactory
from tests.publication import surfaces
from tests.publication.steps import corrected
from tests.steps import in_review, with_evidence

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
CANARY, SECRET, WITHHELD, DRAFT = "qzxcanary", "qzxsecret", "qzxwithheld", "qzxdraft"
DECOY = "qzxdecoy"
SAID = f"{CANARY} headline"
"""What no question asks for, so that an answer which repeats the question does not hold it."""
PUBLIC = settings.PUBLIC_URL
CURIOUS = ("signed out", "integration that did not send it")
QUIET = ("stranger", "reporter of other articles")
"""The curious follow every link and fill in every form; the quiet only try every address."""


def canary_words(mark: str) -> dict[str, object]:
    """Public text in which every field is marked."""
    return {
        "headline": f"{mark} headline",
        "claim_reviewed": f"{mark} claim",
        "summary": f"{mark} summary",
        "text": f"{mark} text",
        "claimant_name": f"{mark} claimant",
        "claimant_role": f"{mark} role",
        "claimant_url": f"https://{mark}.example/claimant",
        "appearances": [{"url": f"https://{mark}.example/said", "place": mark, "said_at": None}],
        "image_url": f"https://{mark}.example/image.jpg",
        "image_alt": f"{mark} image",
        "media_type": "image",
        "media_category": "TransformedContent",
        "media_url": f"https://{mark}.example/media.jpg",
        "tags": [mark],
    }


def verdict_of(mark, lead, checker, editor):
    """An approved verdict on a claim of somebody's article, marked in every field."""
    body = f"The {mark} said that 40 per cent of the buses were late."
    article = ArticleFactory(
        headline=f"{mark} article",
        submitted_by=UserFactory(username="another-cms"),
        body=body,
        source_url=f"https://{mark}.example/article",
    )
    article.authors.add(UserFactory(username="another-reporter"))
    verdict = in_review(
        lead, checker, article=article, words=body[:-1], statement=f"{mark} statement"
    )
    source = SourceFactory(name=f"{mark} source", url=f"https://{mark}.example/source")
    cited = with_evidence(
        checker, verdict.claim, source=source, excerpt=mark, url=f"https://{mark}.example/e"
    )
    hidden = with_evidence(
        checker,
        verdict.claim,
        source=SourceFactory(name=f"{SECRET} source", url=f"https://{SECRET}.example"),
        excerpt=f"{SECRET} said so",
        url=f"https://{SECRET}.example/leak",
        note=SECRET,
        confidential=True,
    )
    for piece in (cited, hidden):
        verdict.citations.create(evidence=piece)
    return approve_verdict(actor=editor, verdict=verdict)


def prepared(mark, lead, checker, editor):
    verdict = verdict_of(mark, lead, checker, editor)
    words = canary_words(mark)
    return prepare_fact_check(actor=editor, claim=verdict.claim, words=words)


@pytest.fixture
def strangers(reporter, integration, stranger):
    """Everybody who has no business with the article, each with a browser of their own."""
    people = {
        "signed out": None,
        "stranger": stranger,
        "reporter of other articles": reporter,
        "integration that did not send it": integration,
    }
    return {role: browser_of(person) for role, person in people.items()}


def browser_of(person) -> Client:
    browser = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.7")
    if person is not None:
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def everything(strangers, canary: FactCheck):
    """Return what everybody gets while the canary is out: nothing can hide behind it.

    Every address is tried, every link followed, every form filled in. Left out are doors that are
    shut in their face even then.
    """
    walked = surfaces.paths(ids_of(canary), [canary.slug])
    found = open_doors(strangers, product(CURIOUS, walked))
    found |= open_doors(strangers, product(QUIET, [one for one in walked if "/admin/" not in one]))
    linked = surfaces.links(of_the_curious(found), [PUBLIC, "http://testserver"])
    found |= open_doors(strangers, product(CURIOUS, linked))
    asked = surfaces.questions(of_the_curious(found), CANARY, address_of(canary.slug))
    return found | open_doors(strangers, product(CURIOUS, asked))


def of_the_curious(found):
    return [(path, answer) for (role, path), answer in found.items() if role in CURIOUS]


def open_doors(strangers, pairs):
    return {
        key: answer for key, answer in answers(strangers, pairs).items() if not answer.is_closed
    }


def answers(strangers, pairs):
    """Return what each gets for each path now."""
    return {(role, path): surfaces.ask(strangers[role], path) for role, path in pairs}


def ids_of(fact_check: FactCheck) -> list[int]:
    """Return the ids of the rows about it, without saying which address takes which."""
    verdict = fact_check.edition.verdict
    rows = (fact_check, fact_check.claim, verdict, fact_check.claim.article, verdict.task)
    return sorted({row.pk for row in rows})


def hits(got, mark):
    """Return where the mark stands, but for answers that may repeat what was asked for."""
    return {key for key, answer in got.items() if mark not in key[1] and answer.holds(mark)}


def changed(before, after):
    return [key for key in before if before[key] != after[key]]


@pytest.fixture
def seen(strangers, lead, checker, editor, clock, settings):
    """What everybody gets at the canary's second, around it, and with no canary at all.

    Beside it stand what is out, what was corrected, a draft, and what was retracted for somebody's
    safety.
    """
    settings.PUBLIC_URL = PUBLIC
    corrected(lead, checker, editor, article__submitted_by=UserFactory(username="another-cms"))
    publish_fact_check(actor=editor, fact_check=prepared(DECOY, lead, checker, editor))
    withhold(prepared(WITHHELD, lead, checker, editor), editor)
    out_at = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    got = {}
    with transaction.atomic():
        canary = prepared(CANARY, lead, checker, editor)
        publish_fact_check(actor=editor, fact_check=canary, at=out_at)
        prepared(DRAFT, lead, checker, editor)
        clock(out_at)
        got["at"] = everything(strangers, canary)
        with transaction.atomic():
            sweep_publication()
            got["swept"] = answers(strangers, got["at"])
            clock(out_at + SECOND)
            got["after"] = answers(strangers, hits(got["at"], CANARY))
            transaction.set_rollback(True)
        clock(out_at - SECOND)
        got["before"] = answers(strangers, got["at"])
        transaction.set_rollback(True)
    got["without"] = answers(strangers, got["at"])
    return got


def withhold(fact_check, editor):
    out = publish_fact_check(actor=editor, fact_check=fact_check)
    retract_fact_check(actor=editor, fact_check=out, reason="They are in danger.", withheld=True)


def test_nothing_of_it_is_anywhere_before_its_second_and_all_of_it_from_then_on(seen):
    assert hits(seen["before"], CANARY) == set()
    assert changed(seen["before"], seen["without"]) == []

    # Wherever what is out is shown, it is shown as well from its second on, sweep or no sweep.
    shown = hits(seen["at"], CANARY)
    others = {key for key in hits(seen["without"], DECOY) if CANARY not in key[1]}
    assert others - shown == set()
    assert changed(seen["at"], seen["swept"]) == []
    assert hits(seen["after"], CANARY) == shown
    found_by_asking = {path for path, answer in of_the_curious(seen["at"]) if answer.holds(SAID)}
    assert {"/fact-checks/", f"/fact-checks/?q={CANARY}"} <= found_by_asking

    # What must not be seen at any time.
    for got in seen.values():
        assert [hits(got, mark) for mark in (SECRET, DRAFT, WITHHELD)] == [set(), set(), set()]

    # Everybody got in somewhere, and nothing broke; no worker runs beside this test.
    assert len({role for role, _ in seen["at"]}) == 4
    assert len(seen["at"]) > 200
    broken = {path for (_, path), answer in seen["at"].items() if answer.status >= 500}
    assert broken - {"/readyz"} == set()


OPEN = ("/fact-checks/", "/corrections/", "/methodology/", "/oembed", "/sitemap", "/v1alpha1/")
"""Where readers and programs look; what else the desk's own people have are their own rooms."""


def test_in_public_the_desks_own_people_see_what_everybody_sees(
    lead, checker, editor, superuser, clock, settings
):
    """Whoever may see it in their own rooms cannot let it slip from a page, feed or answer."""
    settings.PUBLIC_URL = PUBLIC
    publish_fact_check(actor=editor, fact_check=prepared(DECOY, lead, checker, editor))
    out_at = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    canary = prepared(CANARY, lead, checker, editor)
    publish_fact_check(actor=editor, fact_check=canary, at=out_at)
    people = {"signed out": None, "checker": checker, "editor": editor, "lead": lead}
    browsers = {role: browser_of(person) for role, person in people.items()}
    browsers["superuser"] = browser_of(superuser)
    paths = [one for one in surfaces.paths([], [canary.slug]) if one.startswith(OPEN)]
    asked = [f"/fact-checks/?q={CANARY}", f"/v1alpha1/claims:search?query={CANARY}"]
    clock(out_at - SECOND)
    before = answers(browsers, product(browsers, [*paths, *asked]))
    assert hits(before, CANARY) == set()
    assert [key for key in before if before[key] != before["signed out", key[1]]] == []
    clock(out_at)
    shown = hits(answers(browsers, product(browsers, [*paths, *asked])), CANARY)
    assert {role for role, _ in shown} == set(browsers)
