"""What stands on record after an action, and that a refused one has left nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from claims.errors import DeskError
from claims.models import Event

NOUNS = {"verificationtask": "task", "staffprofile": "staff"}


def events_of(row: models.Model) -> list[Event]:
    """Return what happened to `row`, in order."""
    name = row._meta.model_name
    return list(Event.objects.filter(subject=NOUNS.get(name, name), subject_id=row.pk))


def verbs_of(row: models.Model) -> list[str]:
    """Return the verbs that stand on record for `row`, in order."""
    return [event.verb for event in events_of(row)]


def last_event(row: models.Model) -> Event:
    """Return the newest event of `row`."""
    return events_of(row)[-1]


def moved(event: Event) -> tuple[str, str, str]:
    """Return verb, from and to."""
    return event.verb, event.from_state, event.to_state


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of the two apps."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for app in ("claims", "desk")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


@contextmanager
def refused(
    error: type[DeskError], match: str | None = None
) -> Iterator[pytest.ExceptionInfo[DeskError]]:
    """Expect `error` from the block, in words that match, and nothing written by it."""
    before = everything()
    with pytest.raises(error, match=match) as caught:
        yield caught
    assert everything() == before
