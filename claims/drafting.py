"""The public text that a fact-check begins with, and what an editor should know of it.

Drafts take nothing from evidence: what is public of it is read when it is shown, by
`claims.published`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

from claims.models import Appearance, Attribution, Claim, Edition, Evidence, FactCheck, Verdict

BEST_CLAIM_LENGTH = 75
"""Characters of a claim as reviewed that search results show whole."""
_SLUG_LENGTH = 90
_HEADLINE, _WORDS = 300, 500
_SHORTEST_SECRET = 20
"""An excerpt shorter than this may well stand in a text by chance."""


def draft_of(claim: Claim, verdict: Verdict) -> dict[str, Any]:
    """Return the fields of a first edition: claim, chain and appearances, and what was found.

    3 queries; `claim.article` should be loaded.
    """
    said = str(claim)
    return {
        "headline": _cut(said, _HEADLINE),
        "claim_reviewed": _cut(said, _WORDS),
        "language": claim.language,
        **_claimant(claim),
        **_where(claim),
        **findings_of(verdict),
    }


def findings_of(verdict: Verdict) -> dict[str, Any]:
    """Return the fields of an edition that say what was found."""
    return {"verdict": verdict, "summary": verdict.summary, "text": verdict.explanation}


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _claimant(claim: Claim) -> dict[str, str]:
    links = claim.attributions.filter(role=Attribution.Role.CLAIMANT).select_related("source")
    link = links.first()
    if link is None:
        return {}
    source = link.source
    return {
        "claimant_name": source.name,
        "claimant_kind": source.kind,
        "claimant_role": source.description,
        "claimant_url": source.url,
    }


def _where(claim: Claim) -> dict[str, Any]:
    """Return where it was said, the first time first, and the day of that."""
    article = claim.article
    said = list(Appearance.objects.filter(claim=claim))
    places = [_place(one.url, one.place, one.said_at) for one in said]
    if article.source_url and article.source_url not in {one.url for one in said}:
        places.append(_place(article.source_url, article.publisher, article.publish_at))
    days = [one.said_at.date() for one in said if one.said_at]
    return {"appearances": places, "claimed_on": min(days, default=None)}


def _place(url: str, place: str, said_at: Any) -> dict[str, str | None]:
    return {"url": url, "place": place, "said_at": said_at.isoformat() if said_at else None}


def free_slug(words: str, *, besides: int | None = None) -> str:
    """Return an address for `words` that no fact-check has, other than `besides`."""
    stem = slugify(words, allow_unicode=True)[:_SLUG_LENGTH].strip("-") or "check"
    taken = FactCheck.objects.filter(slug__startswith=stem).exclude(pk=besides or 0)
    known = set(taken.values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(known) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in known)


def warnings_of(edition: Edition) -> list[str]:
    """Return what an editor should think about before this goes out, as sentences: 1 query."""
    length = len(edition.claim_reviewed)
    found = [
        (
            length > BEST_CLAIM_LENGTH,
            f"The claim as reviewed has {length} characters; search results cut it after"
            f" {BEST_CLAIM_LENGTH}.",
        ),
        (not edition.claimant_name, "It does not say who made the claim."),
        (not edition.appearances, "It does not say where the claim was made."),
        (not edition.claimed_on, "It does not say when the claim was made."),
        (not edition.summary, "It has no summary: lists and search results show nothing of it."),
        (edition.language == "und", "Its language is not known."),
        (
            bool(edition.media_type) and not edition.media_category,
            "It does not say what is wrong with the image, video or audio.",
        ),
        (not _may_be_shown(edition), "None of its evidence can be shown."),
    ]
    return [sentence for applies, sentence in found if applies]


def _may_be_shown(edition: Edition) -> bool:
    cited = Evidence.objects.filter(citations__verdict=edition.verdict_id, confidential=False)
    return cited.standing().exists()


def leaks(claim_id: int, words: Mapping[str, str]) -> list[str]:
    """Return the names of the fields in `words` that give a protected source away: 2 queries.

    Looked for are names, addresses and longer excerpts of the claim's confidential evidence; not
    the names of sources that are public in this claim anyway, as withdrawn evidence is not.
    """
    secrets = [secret for secret in _secrets(claim_id) if secret]
    return [name for name, text in words.items() if _gives_away(text, secrets)]


def _secrets(claim_id: int) -> Iterable[str]:
    rows = Evidence.objects.filter(claim=claim_id).select_related("source")
    standing = (row for row in rows if row.withdrawn_at is None)
    known = {row.source.name for row in standing if not row.confidential} | set(
        Attribution.objects.filter(claim=claim_id).values_list("source__name", flat=True)
    )
    for row in rows:
        if row.confidential:
            yield from (row.url, row.archived_url)
            yield "" if row.source.name in known else row.source.name
            yield row.excerpt if len(row.excerpt) >= _SHORTEST_SECRET else ""


def _gives_away(text: str, secrets: Iterable[str]) -> bool:
    spoken = _folded(text)
    return any(re.search(rf"(?<!\w){re.escape(_folded(one))}(?!\w)", spoken) for one in secrets)


def _folded(text: str) -> str:
    """Return `text` as it is compared: case and line breaks make no difference."""
    return " ".join(text.casefold().split())
