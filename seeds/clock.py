"""Letting the sample newsroom have a past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Have everything inside happen at `moment`.

    The actions ask `timezone.now()` and stamp rows that never change afterwards. So the sample's
    past is lived through in order instead of being written into the rows later.
    """
    with mock.patch.object(timezone, "now", lambda: moment):
        yield
