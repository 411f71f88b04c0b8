"""What must never happen to the archive's index; see `claims.triggers`."""

from claims.rules import Rule

_IS_OUT = (
    "EXISTS (SELECT 1 FROM claims_importedcheck c"
    " WHERE c.id = NEW.imported_id AND c.taken_out_at IS NOT NULL)"
)
_NOT_FOUND = "What was taken out of the archive is not found in it"

ARCHIVE_RULES = (
    Rule(
        "claims_archiveentry_of_what_is_in",
        "claims_archiveentry",
        "INSERT",
        _NOT_FOUND,
        _IS_OUT,
        locks="1 FROM claims_importedcheck c WHERE c.id = NEW.imported_id FOR SHARE",
    ),
    Rule(
        "claims_importedcheck_out_is_not_found",
        "claims_importedcheck",
        "UPDATE",
        _NOT_FOUND,
        "NEW.taken_out_at IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM claims_archiveentry e WHERE e.imported_id = NEW.id)",
    ),
)
