"""Changed clearances: compare what the world was told with what holds now."""

from django.db import transaction

from claims.clearance.reading import clearance_of
from claims.models import ArticleVersion, KnownClearance, OutboxEntry


def note_clearance(*, article_id: int) -> bool:
    """Look at an article's clearance; return whether there was something new to tell.

    New is another decision, or one about a newer text. It never changes by itself: something has
    to happen to the article. When that happens meanwhile, nothing is written and the next look
    has it.
    """
    seen = KnownClearance.objects.get(pk=article_id)
    version = ArticleVersion.objects.select_related("article").filter(article=article_id)
    newest = version.order_by("-number")[0]
    decision = clearance_of(newest).decision
    with transaction.atomic():
        unchanged = KnownClearance.objects.filter(pk=article_id, look_at=seen.look_at)
        written = unchanged.update(decision=decision, version=newest, look_at=None)
        is_new = (seen.decision, seen.version_id) != (decision, newest.pk)
        if not written or not is_new:
            return False
        OutboxEntry.objects.create(clearance=_told(newest))
    return True


def _told(version: ArticleVersion) -> dict[str, int | str]:
    ids: dict[str, int | str] = {"article": version.article_id, "version": version.number}
    if version.article.cms_id:
        ids["cms_id"] = version.article.cms_id
    return ids
