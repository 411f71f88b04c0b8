"""What the desk works with: beats, sources, rating scales and their ratings."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext

from claims.errors import Conflict, Invalid
from claims.history import record
from claims.models import Beat, Rating, RatingScale, Source
from claims.permissions import require

MEANING = ("scale", "slug", "label", "definition", "value")
"""What a rating means; it stays once a verdict uses it (`claims.triggers` forbids more)."""


@transaction.atomic
def save_beat(*, actor: User, beat: Beat, changes: dict[str, Any]) -> Beat:
    """Add `beat` (when it is new) or change it; return it. Raises `NotAllowed` and `Invalid`."""
    require(actor, _permission(beat), gettext("change beats"))
    _write(actor, beat, changes)
    return beat


@transaction.atomic
def change_source(*, actor: User, source: Source, changes: dict[str, Any]) -> Source:
    """Change what is known of a source; return it. Raises `NotAllowed` and `Invalid`."""
    require(actor, "claims.change_claim", gettext("change sources"))
    _write(actor, source, changes)
    return source


@transaction.atomic
def save_scale(*, actor: User, scale: RatingScale, changes: dict[str, Any]) -> RatingScale:
    """Add or change a rating scale; return it. The default moves here when it is made the default.

    Raises `NotAllowed`, and `Invalid`, also when no scale would be the default any more.
    """
    require(actor, _permission(scale), gettext("change rating scales"))
    others = RatingScale.objects.exclude(pk=scale.pk).filter(is_default=True)
    if changes.get("is_default"):
        others.update(is_default=False)
    elif scale.pk and "is_default" in changes and not others.exists():
        raise Invalid(
            is_default=gettext("One scale is the default. Make another one the default instead.")
        )
    _write(actor, scale, changes)
    return scale


@transaction.atomic
def save_rating(*, actor: User, rating: Rating, changes: dict[str, Any]) -> Rating:
    """Add or change a rating; return it.

    Where it changes whether an article may stand that says it, the clearances of those articles
    are looked at again (see `announcing`), so that whoever listens is told.

    Raises `NotAllowed`, `Invalid`, and `Conflict` when a verdict has used the rating and its
    meaning would change: the verdict would then say what nobody approved.
    """
    require(actor, _permission(rating), gettext("change ratings"))
    if rating.pk and is_used(rating):
        stored = Rating.objects.get(pk=rating.pk)
        if any(changes.get(name, old) != old for name, old in _values(stored, MEANING)):
            raise Conflict(
                gettext(
                    "Verdicts use this rating, so its meaning stays. Retire it and add another one."
                )
            )
    _write(actor, rating, changes)
    return rating


def is_used(rating: Rating) -> bool:
    """Return whether a verdict speaks of `rating`, so that its meaning must stay."""
    return rating.verdicts.exists()


def _values(row: models.Model, names: Iterable[str]) -> list[tuple[str, Any]]:
    return [(name, getattr(row, name)) for name in names]


def _permission(row: models.Model) -> str:
    return f"claims.{'change' if row.pk else 'add'}_{row._meta.model_name}"


def _write(actor: User, row: models.Model, changes: dict[str, Any]) -> None:
    """Save `changes` on `row`, and put what differs on record; nothing when nothing does."""
    new = row.pk is None
    stored = type(row)._default_manager.select_for_update(no_key=True).filter(pk=row.pk).first()
    before = {
        name: str(getattr(stored, name))
        for name, value in changes.items()
        if stored is not None and getattr(stored, name) != value
    }
    if not (new or before):
        return
    for name, value in changes.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(update_fields=None if new else list(before))
    except IntegrityError:
        raise Invalid(name=gettext("There is one like this already.")) from None
    after = {name: str(value) for name, value in changes.items() if new or name in before}
    verb = "add" if new else "change"
    record(actor=actor, verb=verb, subject=row, detail={"before": before, "after": after})
