"""A fact-check's page, and its ClaimReview."""

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from claims.models import FactCheck
from claims.prose import prose
from claims.public.addresses import canonical
from claims.public.answers import JSON_LD, answer, language_of, not_found, open_to_all, page
from claims.public.showing import (
    CORRECTIONS,
    MEDIA,
    evidence_of,
    history_of,
    methods_of,
    scale_of,
    tone_of,
)
from claims.published import published, publisher
from claims.publishing.claim_review import blocks, claim_review
from claims.publishing.data import PublishedCheck
from claims.publishing.embedding import data_block
from claims.publishing.findings import host_of


@require_safe
def fact_check(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show a fact-check; of a retracted one only that it is, and why."""
    check = _seen(slug)
    if check is None:
        return _absent(request, slug)
    template = "public/retracted.html" if check.retraction else "public/fact_check.html"
    # Its words too are in the language of the page, not in that of who asks.
    with translation.override(language_of(check.language)):
        context = _retracted(check) if check.retraction else _shown(check)
    return page(request, template, context, language=check.language)


@require_safe
def review(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with the ClaimReview alone; 410 when the fact-check is retracted."""
    check = _seen(slug)
    if check is None:
        return _absent(request, slug)
    document = claim_review(check, publisher())
    if document is None:
        return _gone()
    body = orjson.dumps(document, option=orjson.OPT_INDENT_2)
    return open_to_all(answer(request, body, content_type=JSON_LD, modified_at=check.modified_at))


def _seen(slug: str) -> PublishedCheck | None:
    """Return the fact-check as the world may see it now."""
    rows = FactCheck.objects.public(timezone.now()).filter(slug=slug)
    return next(iter(published(rows)), None)


def _absent(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer for what cannot be seen: 410 and nothing where it was taken away, else 404."""
    if FactCheck.objects.gone(timezone.now()).filter(slug=slug).exists():
        return _gone()
    return not_found(request)


def _gone() -> HttpResponse:
    return HttpResponse(status=410, headers={"Cache-Control": "no-store"})


def _retracted(check: PublishedCheck) -> dict[str, object]:
    return {"check": check}


def _shown(check: PublishedCheck) -> dict[str, object]:
    return {
        "check": check,
        "text": prose(check.text),
        "tone": tone_of(check.rating),
        "scale": scale_of(check),
        "evidence": evidence_of(check),
        "methods": methods_of(check),
        "changed": _changed(check),
        "corrections": [(one, CORRECTIONS[one.kind]) for one in check.corrections],
        "history": history_of(check) if len(check.editions) > 1 else [],
        "media_category": MEDIA.get(check.media.category) if check.media else None,
        "image_is_ours": host_of(check.image_url) == host_of(settings.PUBLIC_URL),
        "review_url": canonical("claim-review", slug=check.slug),
        "blocks": [_safe(data_block(one)) for one in blocks(check, publisher())],
    }


def _changed(check: PublishedCheck) -> str:
    """Return what to call what was added after publication; a note corrects nothing."""
    if check.corrections and all(one.kind == "note" for one in check.corrections):
        return gettext("Editor’s note")
    return gettext("Corrected")


def _safe(block: str) -> SafeString:
    return mark_safe(block)  # noqa: S308  # data_block has escaped what could end it
