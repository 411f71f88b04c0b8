"""Where a notice leads the person it is for."""

from django.contrib.auth.models import User
from django.urls import reverse

from desk.models import Notice
from factcheck.admin_site import may_enter


def link_of(notice: Notice, user: User) -> str:
    """Return the address: the check, the article, else the list of notices."""
    if notice.task_id and user.has_perm("desk.view_verificationtask"):
        return reverse("desk:check", args=[notice.task_id])
    if notice.article_id and may_enter(user):
        return reverse("admin:claims_article_change", args=[notice.article_id])
    return reverse("desk:notices")
