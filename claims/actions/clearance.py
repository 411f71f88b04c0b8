"""A lead's word against the desk's own answer to "may it go out?"."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.clearance import Clearance, Weight
from claims.clearance.reading import clearance_of
from claims.errors import Conflict, Invalid
from claims.history import record
from claims.locking import lock_row
from claims.models import Article, ArticleVersion, ClearanceOverride
from claims.permissions import require, require_reason

LIFTED = ClearanceOverride.Decision.LIFTED


@transaction.atomic
def override_clearance(
    *, actor: User, version: ArticleVersion, decision: str, reason: str
) -> ClearanceOverride:
    """Set the desk's own answer for `version` aside, or give the word back to it; return the row.

    It holds for this version alone, and not against a reason to kill that comes later. Raises
    `NotAllowed`, `Invalid` without a reason or for another decision, and `Conflict` when a newer
    version is there or nothing would change.
    """
    require(actor, "claims.override_clearance", gettext("override a clearance"))
    if decision not in ClearanceOverride.Decision.values:
        known = ", ".join(ClearanceOverride.Decision.values)
        raise Invalid(decision=f"Choose one of: {known}.")
    reason = require_reason(
        reason, "reason", gettext("Say why. Everybody who sees the answer reads it.")
    )
    article = lock_row(Article.objects.all(), version.article_id)
    if article.versions.filter(number__gt=version.number).exists():
        raise Conflict(gettext("A newer text is there. Look at its clearance first."))
    before = clearance_of(ArticleVersion.objects.select_related("article").get(pk=version.pk))
    _refuse_what_changes_nothing(before, decision)
    override = ClearanceOverride.objects.create(
        version=version,
        decision=decision,
        reason=reason,
        found=before.found,
        killed=[one.key for one in before.of(Weight.KILL)],
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        actor=actor,
        verb="lift_override" if decision == LIFTED else "override",
        subject=article,
        article_id=article.pk,
        version_id=version.pk,
        from_state=before.decision,
        to_state=before.found if decision == LIFTED else decision,
        reason=reason,
    )
    return override


def _refuse_what_changes_nothing(before: Clearance, decision: str) -> None:
    if decision == LIFTED:
        if before.override is None:
            raise Conflict(gettext("Nothing is overridden."), state=before.decision)
    elif decision == before.decision:
        raise Conflict(gettext("That is the answer already."), state=before.decision)
