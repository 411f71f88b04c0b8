"""Taking imported fact-checks out of the archive again, and putting them back.

A check that was taken out stays on record, with the reason, and is found nowhere: it has no entry
in the archive's index, from which every list, search and answer is made. Importing it again leaves
it out. The database forbids an entry for it.
"""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from claims.actions.archiving import BATCH, index_imported
from claims.errors import Conflict
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import ArchiveEntry, CheckImport, ImportedCheck
from claims.permissions import require, require_reason

PERMISSION = "claims.import_checks"
"""Whoever may bring something in may take it out."""


@transaction.atomic
def take_out_check(
    *, actor: User, check: ImportedCheck, reason: str, expected_revision: int | None = None
) -> ImportedCheck:
    """Take one imported check out of the archive; return it.

    Raises `NotAllowed`, `Stale`, `Invalid` without a reason, and `Conflict` when it is out already.
    """
    require(actor, PERMISSION, gettext("take fact-checks out of the archive"))
    reason = require_reason(reason, "reason", gettext("Say why."))
    locked = lock_row(ImportedCheck.objects.all(), check.pk, expected_revision=expected_revision)
    if locked.taken_out_at is not None:
        raise Conflict(gettext("It is not in the archive any more."))
    ArchiveEntry.objects.filter(imported=locked).delete()
    locked.taken_out_at, locked.taken_out_because = timezone.now(), reason
    save_row(locked, "taken_out_at", "taken_out_because")
    record(actor=actor, verb="take_out", subject=locked, reason=reason)
    return locked


@transaction.atomic
def put_back_check(
    *, actor: User, check: ImportedCheck, expected_revision: int | None = None
) -> ImportedCheck:
    """Let the archive find a check again that was taken out, as it was imported last; return it.

    Raises `NotAllowed`, `Stale`, and `Conflict` when it is in the archive.
    """
    require(actor, PERMISSION, gettext("put fact-checks back into the archive"))
    locked = lock_row(ImportedCheck.objects.all(), check.pk, expected_revision=expected_revision)
    if locked.taken_out_at is None:
        raise Conflict(gettext("It is in the archive."))
    locked.taken_out_at, locked.taken_out_because = None, ""
    save_row(locked, "taken_out_at", "taken_out_because")
    index_imported([locked])
    record(actor=actor, verb="put_back", subject=locked)
    return locked


def take_out_import(*, actor: User, run: CheckImport, reason: str) -> int:
    """Take all out of the archive that `run` was the first to bring; return how many those were.

    What was in the archive before and only came anew with it stays. In batches, each in its own
    transaction: one that broke off is simply done again. Raises `NotAllowed`, `Invalid` without a
    reason, and `Conflict` when nothing is left to take out.
    """
    require(actor, PERMISSION, gettext("take fact-checks out of the archive"))
    reason = require_reason(reason, "reason", gettext("Say why."))
    number = 0
    while done := _take_out_some(actor, run, reason):
        number += done
    if not number:
        raise Conflict(gettext("Nothing that it brought is in the archive."))
    return number


@transaction.atomic
def _take_out_some(actor: User, run: CheckImport, reason: str) -> int:
    rows = ImportedCheck.objects.brought_by(run).in_the_archive().order_by("pk")
    locked = rows.select_for_update(no_key=True)
    ids = list(locked.values_list("pk", flat=True)[:BATCH])
    if not ids:
        return 0
    ArchiveEntry.objects.filter(imported__in=ids).delete()
    ImportedCheck.objects.filter(pk__in=ids).update(
        taken_out_at=timezone.now(), taken_out_because=reason, revision=F("revision") + 1
    )
    record(
        actor=actor, verb="take_out", subject=run, reason=reason, detail={"fact_checks": len(ids)}
    )
    return len(ids)
