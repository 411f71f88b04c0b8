"""MediaReview: what became of an image, a video or a recording that a claim is about."""

from claims.publishing.data import PublishedAppearance, PublishedCheck, PublishedMedia
from claims.publishing.nodes import Node, filled, moment, organization
from claims.publishing.publisher import Publisher

CATEGORIES = (
    "OriginalMediaContent",
    "DecontextualizedContent",
    "EditedOrCroppedContent",
    "TransformedContent",
    "StagedContent",
    "SatireOrParodyContent",
)
"""schema.org's six categories of media authenticity."""
_TYPES = {"image": "ImageObject", "video": "VideoObject", "audio": "AudioObject"}
_VOCABULARY = "https://schema.org/"


def media_review(check: PublishedCheck, publisher: Publisher) -> Node | None:
    """Return the MediaReview of a fact-check, without `@context`.

    None when the claim is about no image, video or audio, when that was put into none of the six
    categories, or when the fact-check is retracted.
    """
    media = check.media
    if media is None or media.category not in CATEGORIES or check.retraction is not None:
        return None
    out_of_context = media.category == "DecontextualizedContent"
    return filled(
        {
            "@type": "MediaReview",
            "@id": f"{check.url}#mediareview",
            "url": check.url,
            "name": check.headline,
            "inLanguage": check.language,
            "datePublished": moment(check.published_at),
            "dateModified": moment(check.modified_at),
            "author": organization(publisher),
            "mediaAuthenticityCategory": {"@id": f"{_VOCABULARY}{media.category}"},
            "originalMediaContextDescription": check.summary if out_of_context else "",
            "itemReviewed": _item(check, media),
        }
    )


def _item(check: PublishedCheck, media: PublishedMedia) -> Node:
    return {
        "@type": "MediaReviewItem",
        "interpretedAsClaim": {"@type": "Claim", "text": check.claim_reviewed},
        "mediaItemAppearance": _appearances(check, media),
    }


def _appearances(check: PublishedCheck, media: PublishedMedia) -> list[Node]:
    """Return where the item was seen, its own address with the first."""
    seen: tuple[PublishedAppearance | None, ...] = check.appearances or (None,)
    return [
        filled(
            {
                "@type": _TYPES[media.type],
                "contentUrl": media.url if number == 0 else "",
                "url": one.url if one else "",
                "name": one.place if one else "",
            }
        )
        for number, one in enumerate(seen)
    ]
