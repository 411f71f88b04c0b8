"""How rows are written in answers: plain dictionaries, shaped as `claims.api.outputs` says.

Lists come from rows that hold only what is shown (`for_list` of the querysets); what stands by
itself comes from the instance that an action or a view has loaded anyway.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import CharField, Value

from claims.actions.verdicts import why_not_review
from claims.allowed import claim_actions, verdict_actions
from claims.api.fields import PRIORITY_WORDS
from claims.models import (
    Appearance,
    Approval,
    Article,
    ArticleVersion,
    Attribution,
    Claim,
    Evidence,
    RatingScale,
    Source,
    Verdict,
)
from claims.prepared import kept
from claims.querysets import SEES_ALL, ClaimQuerySet, Rows
from claims.work import desk

Row = dict[str, Any]
_WHERE = (
    "passage__version__number",
    "passage__prefix",
    "passage__suffix",
    "passage__start",
    "passage__end",
)
"""Where the words of a claim stand."""


def article_row(row: Row) -> Row:
    """Write a row of `Article.objects.for_list()`."""
    row["beat"] = row.pop("beat__slug")
    row["submitted_by"] = row.pop("submitted_by__username")
    row["priority"] = PRIORITY_WORDS[row["priority"]]
    return row


def article_detail(article: Article) -> Row:
    """Write an article with its authors and the number of its newest text: 2 queries."""
    newest = article.versions.order_by("-number").values_list("number", flat=True)[0]
    return {
        "id": article.pk,
        "cms_id": article.cms_id,
        "headline": article.headline,
        "byline": article.byline,
        "language": article.language,
        "place": article.place,
        "publisher": article.publisher,
        "source_url": article.source_url,
        "beat": article.beat.slug,
        "priority": PRIORITY_WORDS[article.priority],
        "publish_at": article.publish_at,
        "embargo_until": article.embargo_until,
        "submitted_by": article.submitted_by.username,
        "created_at": article.created_at,
        "revision": article.revision,
        "authors": sorted(article.authors.values_list("username", flat=True)),
        "version": newest,
    }


def version_row(version: ArticleVersion) -> Row:
    """Write a version without its text."""
    return {
        "number": version.number,
        "headline": version.headline,
        "body_sha256": version.body_sha256,
        "created_by": version.created_by.username,
        "created_at": version.created_at,
    }


def version_detail(version: ArticleVersion) -> Row:
    """Write a version with its text."""
    return {**version_row(version), "article": version.article_id, "body": version.body}


_NOTHING = Value(None, output_field=CharField())


def listed(claims: ClaimQuerySet[Any], user: User, *more: str) -> Rows:
    """Return what `claim_rows` writes of `claims`, and the columns named in `more`."""
    work = desk().work_state() if desk().shows_work_to(user) else _NOTHING
    review = Verdict.objects.visible_to(user).newest_state()
    return claims.for_list(*more, work=work, review=review)


_EVERY_CLAIM = kept(
    lambda: Claim.objects.for_list(
        work=desk().work_state(), review=Verdict.objects.all().newest_state()
    )
)


def claims_listed_for(user: User) -> Rows:
    """Return the claims that `user` may see, `listed`; built once for all who see everything."""
    if user.has_perm(SEES_ALL) and desk().shows_work_to(user):
        everything: Rows = _EVERY_CLAIM()
        return everything
    return listed(Claim.objects.visible_to(user), user)


def claim_rows(rows: list[Row], user: User) -> list[Row]:
    """Write rows of claims that are `listed`."""
    actions = {state: claim_actions(user, state) for state in {row["state"] for row in rows}}
    return [
        {
            "id": row["id"],
            "article": {"id": row["article_id"], "headline": row["article__headline"]},
            "quote": row["quote"],
            "statement": row["statement"],
            "kind": row["kind"],
            "claimant": row["claimant"],
            "language": row["language"],
            "beat": row["beat__slug"],
            "priority": PRIORITY_WORDS[row["priority"]],
            "check_worthiness": row["check_worthiness"],
            "in_text": row["in_text"],
            "triage": row["state"],
            "work": row["work"],
            "review": row["review"],
            "verdict": _standing(row),
            "created_by": row["created_by__username"],
            "created_at": row["created_at"],
            "revision": row["revision"],
            "allowed_actions": actions[row["state"]],
        }
        for row in rows
    ]


def _standing(row: Row) -> Row | None:
    if row["standing_id"] is None:
        return None
    return {
        "slug": row["standing__rating__slug"],
        "label": row["standing__rating__label"],
        "scale": row["standing__rating__scale__slug"],
    }


def claim_detail(claim_id: int, user: User) -> Row:
    """Write a claim with chain and appearances: 3 queries. Raises `Claim.DoesNotExist`."""
    row = listed(Claim.objects.visible_to(user), user, *_WHERE).get(pk=claim_id)
    chain = Attribution.objects.filter(claim=claim_id).select_related("source")
    said = Appearance.objects.filter(claim=claim_id)
    return {
        **claim_rows([row], user)[0],
        "passage": {
            "version": row["passage__version__number"],
            "prefix": row["passage__prefix"],
            "suffix": row["passage__suffix"],
            "start": row["passage__start"],
            "end": row["passage__end"],
        },
        "attribution": [attribution(link) for link in chain],
        "appearances": list(said.values("url", "place", "said_at")),
    }


def attribution(link: Attribution) -> Row:
    """Write one link of a chain."""
    return {"role": link.role, "source": source(link.source), "words": link.words}


def source(row: Source) -> Row:
    """Write a source."""
    return {
        "id": row.pk,
        "name": row.name,
        "kind": row.kind,
        "description": row.description,
        "url": row.url,
    }


def evidence(piece: Evidence) -> Row:
    """Write a piece of evidence; source and people should be loaded with it."""
    return {
        "id": piece.pk,
        "claim": piece.claim_id,
        "source": source(piece.source),
        "tier": piece.tier,
        "stance": piece.stance,
        "method": piece.method,
        "locator": piece.locator,
        "excerpt": piece.excerpt,
        "note": piece.note,
        "url": piece.url,
        "archived_url": piece.archived_url,
        "consulted_on": piece.consulted_on,
        "confidential": piece.confidential,
        "replaces": piece.replaces_id,
        "added_by": piece.added_by.username,
        "added_at": piece.added_at,
        "withdrawn_by": piece.withdrawn_by.username if piece.withdrawn_by else None,
        "withdrawn_at": piece.withdrawn_at,
        "withdrawn_because": piece.withdrawn_because,
    }


def evidence_row(row: Row) -> Row:
    """Write a row of `Evidence.objects.for_list()`."""
    names = ("id", "name", "kind", "description", "url")
    row["source"] = {name: row.pop(f"source__{name}") for name in names}
    row["claim"] = row.pop("claim_id")
    row["replaces"] = row.pop("replaces_id")
    row["added_by"] = row.pop("added_by__username")
    row["withdrawn_by"] = row.pop("withdrawn_by__username")
    return row


def verdict_row(row: Row) -> Row:
    """Write a row of `Verdict.objects.for_list()`."""
    return {
        "id": row["id"],
        "claim": claim_ref(row),
        "number": row["number"],
        "rating": {
            "slug": row["rating__slug"],
            "label": row["rating__label"],
            "scale": row["rating__scale__slug"],
        },
        "summary": row["summary"],
        "author": row["author__username"],
        "state": row["state"],
        "quorum": row["quorum"],
        "due_at": row["due_at"],
        "submitted_at": row["submitted_at"],
        "decided_at": row["decided_at"],
        "revision": row["revision"],
    }


def claim_ref(row: Row) -> Row:
    """Write the claim of a row that is about something else."""
    return {
        "id": row["claim_id"],
        "quote": row["claim__quote"],
        "statement": row["claim__statement"],
        "article": {"id": row["claim__article_id"], "headline": row["claim__article__headline"]},
    }


def claim_ref_of(claim: Claim) -> Row:
    """Write the claim of an instance that is about something else."""
    article = {"id": claim.article_id, "headline": claim.article.headline}
    return {
        "id": claim.pk,
        "quote": claim.quote,
        "statement": claim.statement,
        "article": article,
    }


def verdict(row: Verdict) -> Row:
    """Write a verdict that an action has returned, with claim, rating and author loaded."""
    rating = row.rating
    return {
        "id": row.pk,
        "claim": claim_ref_of(row.claim),
        "number": row.number,
        "rating": {"slug": rating.slug, "label": rating.label, "scale": rating.scale.slug},
        "summary": row.summary,
        "author": row.author.username,
        "state": row.state,
        "quorum": row.quorum,
        "due_at": row.due_at,
        "submitted_at": row.submitted_at,
        "decided_at": row.decided_at,
        "revision": row.revision,
    }


def verdict_detail(row: Verdict, user: User) -> Row:
    """Write a verdict with what it rests on and what `user` may do to it: 3 queries."""
    cited = Evidence.objects.visible_to(user).filter(citations__verdict=row).for_list()
    votes = Approval.objects.filter(verdict=row).select_related("editor")
    why_not = why_not_review(user, row)
    return {
        **verdict(row),
        "version": row.version.number,
        "explanation": row.explanation,
        "evidence": [evidence_row(piece) for piece in cited.order_by("id")],
        "approvals": [approval(vote) for vote in votes],
        "allowed_actions": [] if why_not else verdict_actions(user, row.state),
        "why_not": why_not,
    }


def approval(vote: Approval) -> Row:
    """Write one editor's vote."""
    return {
        "editor": vote.editor.username,
        "decision": vote.decision,
        "comment": vote.comment,
        "decided_at": vote.decided_at,
    }


def event_row(row: Row) -> Row:
    """Write a row of `Event.objects.for_list()`."""
    row["actor"] = row.pop("actor__username")
    row["version"] = row.pop("version__number")
    return row


def scale(row: RatingScale) -> Row:
    """Write a scale with its ratings, which should be prefetched."""
    fields = ("slug", "label", "definition", "value", "quorum", "stands", "retired")
    return {
        "slug": row.slug,
        "name": row.name,
        "description": row.description,
        "is_default": row.is_default,
        "ratings": [{name: getattr(step, name) for name in fields} for step in row.ratings.all()],
    }
