"""Where a notice leads the person it is for."""

from django.contrib.auth.models import User
from django.urls import reverse

from desk.models import Notice


def link_of(notice: Notice, user: User) -> str:
    """Return the address: the check, the article, else the list of notices."""
    if notice.task_id and user.has_perm("desk.view_verificationtask"):
        return reverse("desk:check", args=[notice.task_id])
    if notice.article_id and user.has_perm("claims.view_article"):
        return reverse("desk:proof", args=[notice.article_id])
    return reverse("desk:notices")
