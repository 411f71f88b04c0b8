"""The admin for editors and leads: what is checked. Every save goes through an action."""

from claims.admin import (
    articles,
    catalogue,
    claims,
    events,
    importing,
    intake,
    publication,
    reading,
    sentences,
    verdicts,
    webhooks,
)

__all__ = [
    "articles",
    "catalogue",
    "claims",
    "events",
    "importing",
    "intake",
    "publication",
    "reading",
    "sentences",
    "verdicts",
    "webhooks",
]
