"""Reads from the database what a clearance is decided by: a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max
from django.utils import timezone

from claims.clearance import earlier_texts
from claims.clearance.facts import (
    ChangeFact,
    ClaimFact,
    Finding,
    OverrideFact,
    Place,
    RulingFact,
    SentenceFact,
    TextFacts,
)
from claims.clearance.rule import Clearance, cleared
from claims.models import (
    ArticleVersion,
    Attribution,
    Claim,
    ClearanceOverride,
    RequiredChange,
    Ruling,
    Verdict,
    VersionReading,
)
from claims.states import VerdictState
from claims.work import desk

Row = dict[str, Any]
_SPAN = ("start", "end", "exact", "prefix", "suffix")
PASSAGE = tuple(f"passage__{name}" for name in (*_SPAN, "version_id"))
_RATING = (
    "rating__slug",
    "rating__label",
    "rating__scale__slug",
    "rating__stands",
    "summary",
    "decided_at",
)
_SPEAKING = (Attribution.Role.CLAIMANT, Attribution.Role.VIA)


def clearance_of(version: ArticleVersion, *, seen_by: User | None = None) -> Clearance:
    """Return whether `version` may go out now.

    `seen_by` decides how much is said of unfinished work, never what the answer is; None stands for
    the desk itself. About a dozen statements, whatever the length of the text.
    """
    return cleared(facts_of(version, seen_by=seen_by), timezone.now())


def facts_of(version: ArticleVersion, *, seen_by: User | None = None) -> TextFacts:
    """Return what is known of `version`, whose article should be loaded."""
    article = version.article
    newest = article.versions.aggregate(newest=Max("number"))["newest"]
    reading = VersionReading.objects.filter(pk=version.pk).values("state", "note").first()
    claims = _claims(version, newest, seen_by)
    return TextFacts(
        article_id=article.pk,
        number=version.number,
        headline=version.headline,
        body=version.body,
        body_sha256=version.body_sha256,
        created_at=version.created_at,
        is_newest=version.number == newest,
        newest=newest,
        reading=reading["state"] if reading else VersionReading.State.WAITING,
        note=reading["note"] if reading else "",
        embargo_until=article.embargo_until,
        sentences=_sentences(version),
        claims=claims,
        changes=_changes(version, is_newest=version.number == newest),
        rulings=_rulings(version, claims, is_newest=version.number == newest),
        override=_override(version),
    )


def place_of(row: Row, before: str = "passage__") -> Place:
    """Return the place that a row of values holds under names that begin with `before`."""
    return Place(*(row[f"{before}{name}"] for name in _SPAN))


def _name(row: Row, who: str) -> str:
    """Return a person's full name out of a row of values, or their user name; "" for nobody."""
    full = f"{row[f'{who}__first_name'] or ''} {row[f'{who}__last_name'] or ''}".strip()
    return full or row[f"{who}__username"] or ""


def _names(*people: str) -> list[str]:
    parts = ("first_name", "last_name", "username")
    return [f"{who}__{part}" for who in people for part in parts]


def _sentences(version: ArticleVersion) -> list[SentenceFact]:
    rows = version.sentences.order_by("start").values_list(
        "id", "start", "end", "kind", "reason", "set_by__username"
    )
    return [SentenceFact(*row[:5], set_by=row[5] or "") for row in rows]


# --- Claims ---------------------------------------------------------------------------------------


def _claims(version: ArticleVersion, newest: int, seen_by: User | None) -> list[ClaimFact]:
    """Return the claims that `version` makes, in reading order."""
    rows = Claim.objects.filter(article=version.article_id)
    if version.number == newest:
        rows = rows.filter(in_text=True, passage__version=version)
    columns = ("id", "statement", "kind", "state", "standing_id", *PASSAGE)
    found = list(rows.order_by("passage__start", "passage__end", "pk").values(*columns))
    ids = [row["id"] for row in found]
    verdicts = _verdicts(version, seen_by)
    places = {row["id"]: place_of(row) for row in found}
    if version.number != newest:
        places, verdicts = earlier_texts.as_of(version, found, verdicts)
    speakers = speakers_of(ids)
    work = desk().work_states(ids, seen_by=seen_by) if seen_by and version.number == newest else {}
    facts = [
        _claim(row, places[row["id"]], verdicts[row["id"]], speakers[row["id"]], work)
        for row in found
        if row["id"] in places
    ]
    return sorted(facts, key=lambda one: (one.place.start, one.place.end, one.id))


def _claim(
    row: Row, place: Place, verdicts: list[Row], speakers: list[str], work: Mapping[int, str]
) -> ClaimFact:
    standing = next((one for one in verdicts if one["id"] == row["standing_id"]), None)
    newest = verdicts[-1]["state"] if verdicts else ""
    return ClaimFact(
        id=row["id"],
        place=place,
        statement=row["statement"],
        kind=row["kind"],
        triage=row["state"],
        speakers=tuple(dict.fromkeys(speakers)),
        finding=_finding(standing) if standing else None,
        review=newest if newest in (VerdictState.IN_REVIEW, VerdictState.RETURNED) else "",
        work=work.get(row["id"], ""),
        checked_before=any(one["state"] == VerdictState.APPROVED for one in verdicts),
    )


def _finding(row: Row) -> Finding:
    return Finding(row["id"], *(row[name] for name in _RATING))


def _verdicts(version: ArticleVersion, seen_by: User | None) -> dict[int, list[Row]]:
    """Return the verdicts on each claim of the article, the newest last, as far as seen."""
    seen = Verdict.objects.visible_to(seen_by) if seen_by else Verdict.objects.all()
    rows = seen.filter(claim__article=version.article_id)
    columns = ("id", "claim_id", "number", "state", "version__number", *_RATING)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows.order_by("number").values(*columns):
        found[row["claim_id"]].append(row)
    return found


def speakers_of(claim_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return for each claim whom the text names as saying it."""
    rows = Attribution.objects.filter(claim__in=claim_ids, role__in=_SPEAKING)
    found: dict[int, list[str]] = defaultdict(list)
    for claim_id, name in rows.order_by("claim", "position").values_list("claim", "source__name"):
        found[claim_id].append(name)
    return found


# --- What people said -----------------------------------------------------------------------------


def _rulings(
    version: ArticleVersion, claims: Iterable[ClaimFact], *, is_newest: bool
) -> list[RulingFact]:
    rows = Ruling.objects.filter(article=version.article_id)
    if is_newest:
        rows = rows.filter(ended_at__isnull=True, passage__version=version)
    else:
        # What the text itself ended may still hold for the text before; what people ended may not.
        rows = rows.filter(ended_by__isnull=True)
    columns = ("id", "kind", "claim_id", "reason", "made_at", *PASSAGE, *_names("made_by"))
    facts = [
        RulingFact(
            row["id"],
            row["kind"],
            row["claim_id"],
            place_of(row),
            row["reason"],
            _name(row, "made_by"),
            row["made_at"],
        )
        for row in rows.order_by("pk").values(*columns)
    ]
    return facts if is_newest else earlier_texts.rulings_in(version, facts, claims)


def _changes(version: ArticleVersion, *, is_newest: bool) -> list[ChangeFact]:
    columns = (
        "id",
        "claim_id",
        "wording_now",
        "wording_to_use",
        "state",
        "note",
        "reads_now",
        "closed_because",
        "closed_at",
        "revision",
        *PASSAGE,
        *_names("set_by", "closed_by"),
    )
    rows = RequiredChange.objects.filter(article=version.article_id).order_by("pk")
    facts = [_change(row, version.pk) for row in rows.values(*columns)]
    return facts if is_newest else earlier_texts.changes_in(version, facts)


def _change(row: Row, version_id: int) -> ChangeFact:
    here = row["passage__version_id"] == version_id
    return ChangeFact(
        id=row["id"],
        claim_id=row["claim_id"],
        place=place_of(row) if here else None,
        wording_now=row["wording_now"],
        wording_to_use=row["wording_to_use"],
        state=row["state"],
        note=row["note"],
        reads_now=row["reads_now"],
        set_by=_name(row, "set_by"),
        closed_by=_name(row, "closed_by"),
        closed_because=row["closed_because"],
        closed_at=row["closed_at"],
        revision=row["revision"],
    )


def _override(version: ArticleVersion) -> OverrideFact | None:
    columns = ("decision", "reason", "made_at", "found", "killed", *_names("made_by"))
    row = ClearanceOverride.objects.filter(version=version).values(*columns).first()
    if row is None:
        return None
    return OverrideFact(
        decision=row["decision"],
        reason=row["reason"],
        made_by=_name(row, "made_by"),
        made_at=row["made_at"],
        found=row["found"],
        killed=frozenset(row["killed"]),
    )
