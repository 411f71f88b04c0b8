"""Raw SQL against the rules of the archive's index; see `test_triggers`."""

from django.utils import timezone

from claims.models import ArchiveEntry, ImportedCheck
from tests.database.sql import changing, copying


def what_is_out_is_found_again(world):
    """Take the imported check out as its action does; return SQL that lets it be found."""
    other, entry = ArchiveEntry.objects.exclude(imported=None), ArchiveEntry.objects
    check = other.get().imported_id
    other.delete()
    out = {"taken_out_at": timezone.now(), "taken_out_because": "By mistake."}
    ImportedCheck.objects.filter(pk=check).update(**out)
    row = entry.first().pk
    return copying("claims_archiveentry", row, fact_check_id="NULL", imported_id=str(check))


def what_is_found_is_said_to_be_out(world):
    check = ImportedCheck.objects.get()
    out = {"taken_out_at": "imported_at", "taken_out_because": "'By mistake.'"}
    return changing("claims_importedcheck", check.pk, **out)


TRIES = {
    "claims_archiveentry_of_what_is_in": [what_is_out_is_found_again],
    "claims_importedcheck_out_is_not_found": [what_is_found_is_said_to_be_out],
}
