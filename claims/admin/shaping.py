"""What was spotted in a claim, in words; and giving suggestions other words: split, merge."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html

from claims.actions import merge_claims, requote_claim, split_claim
from claims.admin.base import actor_of
from claims.admin.verbs import Verb, VerbForm
from claims.errors import DeskError
from claims.models import Claim
from claims.states import ClaimState

if TYPE_CHECKING:
    from claims.admin.claims import ClaimAdmin

_RULES = {
    "sum": "The sum",
    "share": "The share",
    "change": "The rate of change",
    "multiple": "The multiple",
}


@dataclass(frozen=True)
class Meant:
    """Words of a claim and what the desk takes them to mean."""

    words: str
    means: str


@dataclass(frozen=True)
class Particulars:
    """Dates, quantities and misfits that were spotted in a claim."""

    dates: list[Meant]
    quantities: list[Meant]
    misfits: list[Meant]


def particulars_of(claim: Claim) -> Particulars:
    """Return what was spotted in `claim`, in words."""
    kept: Mapping[str, Any] = claim.particulars
    return Particulars(
        dates=_meant(kept.get("dates", ()), _days),
        quantities=_meant(kept.get("quantities", ()), _range),
        misfits=_meant(kept.get("misfits", ()), _misfit),
    )


def _meant(rows: Iterable[Mapping[str, Any]], in_words: Any) -> list[Meant]:
    return [Meant(row["text"], in_words(row)) for row in rows]


def _days(row: Mapping[str, Any]) -> str:
    first, last = (_day(row[name]) for name in ("first", "last"))
    span = first if first == last else f"{first} to {last}"
    return f"roughly {span}" if row.get("approximate") else span


def _day(iso: str) -> str:
    return formats.date_format(date.fromisoformat(iso), "j M Y")


def _range(row: Mapping[str, Any]) -> str:
    low, high, unit = row["low"], row["high"], row["unit"]
    if low is None and high is None:
        figure = _figure(row["value"])
    elif low is None:
        figure = f"up to {_figure(high)}"
    elif high is None:
        figure = f"{_figure(low)} or more"
    else:
        figure = _figure(low) if low == high else f"{_figure(low)} to {_figure(high)}"
    return f"{figure} {unit}".strip()


def _misfit(row: Mapping[str, Any]) -> str:
    stated, computed = _figure(row["stated"]), _figure(row["computed"])
    what = _RULES.get(row["rule"], "The figure")
    return f"{what} is given as {stated}; the figures beside it make {computed}."


def _figure(value: float) -> str:
    return f"{value:,.15g}"


# --- Other words, and several for one -------------------------------------------------------------

_WORDS = forms.Textarea(attrs={"rows": 4, "cols": 80, "dir": "auto"})


class QuoteForm(VerbForm):
    """Other words of the same text."""

    quote = forms.CharField(
        label="The words",
        strip=False,
        widget=_WORDS,
        help_text="As the article has them; longer or shorter than now.",
    )


class SplitForm(VerbForm):
    """The words of each part."""

    quotes = forms.CharField(
        label="The words of each part, one part a line",
        strip=False,
        widget=_WORDS,
        help_text="As the article has them. Parts may share words and leave some out.",
    )


def _why_not(actor: User, claim: Claim, permission: str, doing: str) -> str:
    if not actor.has_perm(permission):
        return f"Your role does not let you {doing}."
    if claim.state != ClaimState.SUGGESTED:
        return f"This claim is {claim.state}; only suggestions can be reshaped."
    return "" if claim.in_text else "The newest version of the article no longer says this."


def _requote(actor: User, claim: Claim, data: dict[str, Any]) -> str:
    changed = requote_claim(
        actor=actor, claim=claim, quote=data["quote"], expected_revision=data["revision"]
    )
    return f"The claim is now: “{changed.quote}”."


def _split(actor: User, claim: Claim, data: dict[str, Any]) -> str:
    quotes = [line.strip() for line in data["quotes"].splitlines() if line.strip()]
    parts = split_claim(actor=actor, claim=claim, quotes=quotes, expected_revision=data["revision"])
    return f"Split into {len(parts)}: " + " · ".join(f"“{part.quote}”" for part in parts)


REQUOTE: Verb[Claim] = Verb(
    name="requote",
    label="Other words",
    why_not=lambda actor, claim: _why_not(actor, claim, "claims.change_claim", "change claims"),
    act=_requote,
    form=QuoteForm,
    asks="Which words of the article should it hold?",
    initial=lambda claim: {"quote": claim.quote},
)
SPLIT: Verb[Claim] = Verb(
    name="split",
    label="Split",
    why_not=lambda actor, claim: _why_not(actor, claim, "claims.triage_claim", "split claims"),
    act=_split,
    form=SplitForm,
    asks="Split this suggestion into which claims?",
    initial=lambda claim: {"quotes": claim.quote},
)


@admin.action(description="Merge the selected suggestions into one", permissions=["triage"])
def merge_selected(
    model_admin: "ClaimAdmin", request: HttpRequest, queryset: QuerySet[Claim]
) -> None:
    """Merge suggestions of one article; say why when that is refused."""
    try:
        merged = merge_claims(actor=actor_of(request), claims=list(queryset))
    except DeskError as refusal:
        messages.error(request, f"Nothing was merged. {refusal}")
        return
    url = reverse("admin:claims_claim_change", args=[merged.pk])
    said = format_html('Merged into <a href="{}" dir="auto">{}</a>.', url, merged)
    messages.success(request, said)
