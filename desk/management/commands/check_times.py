"""`manage.py check_times`: which stored times are too far off for every calendar to show them."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models
from django.db.models import Q

from claims.moments import FIRST_YEAR, LAST_YEAR
from desk.models.tasks import NO_PUBLISH_TIME

_MOST = 100
"""Rows that are named for one column."""


class Command(BaseCommand):
    """Lists the rows; changes none. Exit code 1 when there are any."""

    help = "List rows with times that are too far off; they are kept from before there was a rule."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each time that is too far off; raises `CommandError` for any."""
        found = list(_lines())
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} times are not between {FIRST_YEAR} and {LAST_YEAR}.")
        self.stdout.write("All times can be shown.")


def _lines() -> Iterator[str]:
    for name in ("claims", "desk"):
        for model in apps.get_app_config(name).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.DateField):
                    yield from _far(model, field)


def _far(model: type[models.Model], field: "models.Field[Any, Any]") -> Iterator[str]:
    far = Q(**{f"{field.name}__year__lt": FIRST_YEAR}) | Q(**{f"{field.name}__year__gt": LAST_YEAR})
    # Of a check without a publication time this is how the queue says so.
    rows = model._default_manager.filter(far).exclude(**{field.name: NO_PUBLISH_TIME})
    for pk, value in rows.order_by("pk").values_list("pk", field.name)[:_MOST]:
        yield f"{model._meta.verbose_name} {pk}: {field.verbose_name} is {value.isoformat()}"
