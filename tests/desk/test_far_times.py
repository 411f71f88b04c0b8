"""Times stored before there was a rule: no page breaks on one, and a command lists them."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.models import Appearance, Article, ImportedCheck, ReplyRequest, Verdict
from claims.moments import Zone
from desk.models import Notice, Shift, StaffProfile, VerificationTask
from tests.archive.reviews import archived, review
from tests.claims.admin.asking import signed_in
from tests.steps import in_review, queued, started

pytestmark = pytest.mark.django_db
LAST = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
FIRST = datetime(1, 1, 1, tzinfo=UTC)
PLACES = ("Pacific/Kiritimati", "America/New_York")
LISTS = ("article", "claim", "importedcheck", "verdict", "event", "checkimport")


@pytest.fixture
def far(lead, checker):
    """Let every time that may change be `when`; return the check to look at."""

    def put(when):
        task = started(lead, checker)
        in_review(lead, checker, words="nine days")
        queued(lead)
        archived(review(1))
        Article.objects.update(publish_at=when, embargo_until=when)
        ImportedCheck.objects.update(claimed_at=when, reviewed_at=when)
        for model, name in ((VerificationTask, "due_at"), (Verdict, "due_at")):
            model.objects.update(**{name: when})
        Notice.objects.update(created_at=when)
        for model, name in ((Appearance, "said_at"), (ReplyRequest, "due_at")):
            model.objects.update(**{name: when})
        Shift.objects.filter(ends_at__lt=when).update(ends_at=when)
        return task

    return put


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("when", [FIRST, LAST])
def test_no_page_breaks_on_one(lead, checker, far, when, place):
    task = far(when)
    StaffProfile.objects.update(time_zone=place)
    pages = ["/", "/notices/", f"/tasks/{task.pk}/", f"/articles/{task.claim.article_id}/proof/"]
    for path in [*pages, "/queue/", f"/tasks/{task.pk}/state/"]:
        assert signed_in(checker).get(path).status_code == 200, path
    admin = [f"/admin/claims/{name}/" for name in LISTS]
    admin += ["/admin/desk/verificationtask/", f"/admin/desk/verificationtask/{task.pk}/change/"]
    admin += [f"/admin/claims/article/{task.claim.article_id}/change/", "/admin/desk/shift/"]
    for path in [*pages[:2], *pages[3:], "/board/", *admin]:
        assert signed_in(lead).get(path).status_code == 200, path


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("when", [FIRST, LAST])
def test_it_is_shown_as_near_as_can_be(place, when):
    shown = timezone.localtime(when, Zone(place))
    assert abs(shown.replace(tzinfo=UTC) - when).total_seconds() <= 14 * 3600


def test_a_zone_shows_every_other_time_as_it_is():
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    shown = timezone.localtime(noon, Zone("Europe/Berlin"))
    assert shown.isoformat() == "2026-07-01T14:00:00+02:00"


def test_the_command_lists_them(far):
    task = far(LAST)
    out = StringIO()
    with pytest.raises(CommandError, match="are not between 1000 and 2999"):
        call_command("check_times", stdout=out)
    said = out.getvalue()
    assert f"article {task.claim.article_id}: embargo until is 9999-12-31T23:59:00+00:00" in said
    assert f"verification task {task.pk}: due at is 9999" in said


def test_the_command_is_content_where_all_can_be_shown(lead):
    queued(lead)
    out = StringIO()
    call_command("check_times", stdout=out)
    assert out.getvalue() == "All times can be shown.\n"
