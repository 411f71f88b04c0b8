"""Every address × role × method, from the URL configuration; an address without a row fails."""

import re

import pytest
from django.db import transaction
from django.test import Client

from tests import cast
from tests.api import Caller
from tests.archive.reviews import archived, review
from tests.claims.living.rows import living_rows
from tests.factcheck.addresses import REST as ROOT
from tests.factcheck.addresses import Address, addresses
from tests.factories import ArticleFactory, ConflictFactory, SourceFactory, default_scale
from tests.permissions_table import (
    ADMIN,
    ADMIN_VERBS,
    ALLAUTH,
    ENTERS_ADMIN,
    GENERATED,
    PAGES,
    REST,
    ROLES,
)
from tests.publication.steps import published
from tests.steps import in_review, queued, started, with_evidence
from tests.webhooks.rows import webhook_rows

pytestmark = pytest.mark.django_db
ADMIN_ROUTES = [one.route for one in addresses() if one.route.startswith(ADMIN)]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ADDRESSES = list(addresses())
REST_ADDRESSES = [one for one in ADDRESSES if one.route.startswith(ROOT) and one.route != ROOT]


@pytest.fixture(scope="module")
def people(shared_rows):
    """Everybody of the cast by role, the same for the whole walk; nobody for the anonymous."""
    with shared_rows.unblock():
        return {role: None if role == "anonymous" else cast.person(role) for role in ROLES}


@pytest.fixture(scope="module")
def world(people, shared_rows):
    """One of everything, in the states the table speaks of; returns ids by kind of address."""
    with shared_rows.unblock():
        return made(people)


def made(people):
    lead, checker = people["lead"], people["checker"]
    default_scale()
    [imported] = archived(review())
    article = ArticleFactory(submitted_by=people["integration"])
    article.authors.add(people["reporter"])
    task = started(lead, checker, article=article)
    with_evidence(checker, task.claim)
    Caller(checker).put(f"/tasks/{task.pk}/draft/", {"hold_token": 1, "summary": "a"})
    queued(lead)
    reviewed = in_review(lead, checker, article=article, words="nine days")
    return {
        "articles": article.pk,
        "claims": task.claim_id,
        "evidence": task.claim.evidence.get().pk,
        **living_rows(task.claim, asked_by=people["integration"], lead=lead),
        **webhook_rows(people["integration"]),
        "tasks": task.pk,
        "verdicts": reviewed.pk,
        "fact-checks": published(lead, checker, people["editor"], article=article).pk,
        "staff": checker.staff.pk,
        "accounts": checker.pk,
        "imported-checks": imported.pk,
        "fact-check-imports": imported.came_with_id,
        "notices": checker.notices.latest("pk").pk,
        "conflicts": ConflictFactory(staff=checker.staff, source=SourceFactory(name="Nobody")).pk,
    }


# --- The REST interface ---------------------------------------------------------------------------


def keys_of(address: Address) -> set[str]:
    return {f"{method} {address.route.removeprefix(ROOT)}" for method in address.methods}


def test_every_rest_address_and_method_has_a_row_and_every_row_an_address():
    known = {key for address in REST_ADDRESSES for key in keys_of(address)}
    assert known - set(REST) == set(), "without a row in tests/permissions_table.py"
    assert set(REST) - known == set(), "rows for what is not there any more"


@pytest.mark.parametrize("address", REST_ADDRESSES, ids=lambda one: one.route)
def test_rest(address, people, world):
    path = path_of(address.route, world)
    for role, person in people.items():
        caller = Caller(person)
        for method in METHODS:
            want = expected(address, method, role)
            got = tried(caller, method, path, address, world)
            assert got == want, f"{method} {path} as {role}"


def expected(address: Address, method: str, role: str) -> int:
    asked = "GET" if method == "HEAD" else method
    row = REST.get(f"{asked} {address.route.removeprefix(ROOT)}")
    if row is None or (method == "HEAD" and "GET" not in address.methods):
        return 401 if role == "anonymous" else 405
    return row.expects(role)


def tried(caller, method, path, address, world) -> int:
    """Return the status of one request, whose effects are undone again."""
    row = REST.get(f"{method} {address.route.removeprefix(ROOT)}")
    body = row.body if row else None
    if isinstance(body, dict) and body.get("article") == "{article}":
        body = body | {"article": world["articles"]}
    with transaction.atomic():
        answer = getattr(caller, method.lower())(path, body, headers={"If-Match": "*"})
        transaction.set_rollback(True)
    return answer.status_code


def path_of(route: str, world) -> str:
    kind = route.removeprefix(ROOT).partition("/")[0]
    path = route.replace("<int:pk>", str(world.get(kind, 1))).replace("<int:number>", "1")
    path = path.replace("<int:delivery>", str(world["deliveries"]))
    return f"/{path}"


# --- Pages, accounts and the admin ----------------------------------------------------------------


def is_generated(route: str) -> bool:
    """Return whether Django's admin makes this view for every model, or for itself."""
    parts = route.removeprefix(ADMIN).split("<path:object_id>/")
    tail = parts[1] if len(parts) > 1 else re.sub(r"^\w+/\w+/", "", parts[0])
    return tail in GENERATED or route.count("/") <= 2 or "^" in route or "<" in tail


def verb_of(route: str) -> str:
    return re.sub(r"<[^>]+>/", "", route.removeprefix(ADMIN))


def test_every_other_address_has_a_row_or_a_rule():
    rest = [one.route for one in ADDRESSES if not one.route.startswith(ROOT)]
    pages = [route for route in rest if not route.startswith((ALLAUTH, ADMIN))]
    assert set(pages) == set(PAGES)
    verbs = {
        verb_of(route) for route in rest if route.startswith(ADMIN) and not is_generated(route)
    }
    assert verbs - set(ADMIN_VERBS) == set(), "without a row in tests/permissions_table.py"
    assert set(ADMIN_VERBS) - verbs == set(), "rows for what is not there any more"


def browser_of(person) -> Client:
    browser = Client(raise_request_exception=False)
    if person is not None:
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


@pytest.mark.parametrize("route", list(PAGES), ids=lambda route: route or "start")
def test_page(route, people, world):
    path = page_path(route, world)
    got = {role: browser_of(person).get(path).status_code for role, person in people.items()}
    assert got == PAGES[route]


def page_path(route: str, world) -> str:
    """Return the address of a page about one of the rows of `world`."""
    kinds = {"people": "staff", "replies": "reply-requests"}

    def named(found: re.Match[str]) -> str:
        return f"{found[1]}/{world.get(kinds.get(found[1], found[1]), 1)}"

    return "/" + re.sub(r"([\w-]+)/<int:\w+>", named, route)


def filled(route: str) -> str:
    path = route.replace("<path:object_id>", "1").replace("<path:content_type_id>", "1")
    return "/" + re.sub(r"<[^>]+>|\^.*|\(\?P.*", "1", path)


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_enter_gets_nothing_of_the_admin_but_the_way_to_sign_in(method, people, world):
    outside = [role for role in ROLES if role not in ENTERS_ADMIN]
    for role in outside:
        browser = browser_of(people[role])
        for route in ADMIN_ROUTES:
            if route in ("admin/login/", "admin/logout/"):
                continue
            answer = getattr(browser, method)(filled(route))
            assert answer.status_code in (302, 403, 404, 405), (role, route)
            if answer.status_code == 302:
                assert "login" in answer["Location"], (role, route, answer["Location"])


def test_a_verb_of_the_admin_opens_for_those_of_its_row_alone(people, world):
    """Nobody else gets past 403; these get the form, or a page that says why not just now."""
    routes = {verb_of(route): route for route in ADMIN_ROUTES if not is_generated(route)}
    for verb, who in ADMIN_VERBS.items():
        for role in ENTERS_ADMIN:
            answer = browser_of(people[role]).get(filled_verb(routes[verb], world))
            assert answer.status_code < 500, (verb, role)
            if role not in who:
                assert answer.status_code == 403, (verb, role)


KINDS = {
    "importedcheck": "imported-checks",
    "checkimport": "fact-check-imports",
    "user": "accounts",
    "article": "articles",
    "claim": "claims",
    "verdict": "verdicts",
    "staffprofile": "staff",
    "conflictofinterest": "conflicts",
    "sentence": "sentences",
    "feed": "feeds",
    "webhook": "webhooks",
    "webhookdelivery": "deliveries",
    "factcheck": "fact-checks",
}


def filled_verb(route: str, world) -> str:
    model = route.split("/")[2]
    pk = world.get(KINDS.get(model, "tasks"), 1)
    return "/" + route.replace("<path:object_id>", str(pk))


def test_no_address_of_allauth_breaks(people):
    for person in (people["anonymous"], people["stranger"]):
        browser = browser_of(person)
        for address in ADDRESSES:
            if address.route.startswith(ALLAUTH):
                assert browser.get(filled(address.route)).status_code < 500, address.route
