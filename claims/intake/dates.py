"""Dates as documents write them."""

from datetime import UTC, datetime

from django.utils.dateparse import parse_date, parse_datetime

from claims.moments import is_within_reach


def read_date(written: str) -> datetime | None:
    """Return an ISO 8601 date or time as an aware datetime, None when it is no such thing.

    A date alone is midnight UTC; a time without a zone is taken as UTC. What no calendar can show
    everywhere (the year 1 of a program that knows no date, say) is none either.
    """
    written = written.strip()
    try:
        found = parse_datetime(written)
        if found is None and (day := parse_date(written[:10])):
            found = datetime(day.year, day.month, day.day, tzinfo=UTC)
    except ValueError:
        return None
    if found is None:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if is_within_reach(found) else None
