"""What is checked: articles, claims, evidence, verdicts, and the history of all of them."""

from claims.models.archive import ArchiveEntry, ArchiveWord, CheckImport, ImportedCheck
from claims.models.articles import Article, ArticleVersion, Beat, Passage
from claims.models.claims import Appearance, Attribution, Claim, Source
from claims.models.conversation import Mention, Message, ReplyRequest
from claims.models.evidence import Evidence
from claims.models.history import Event
from claims.models.idempotency import IdempotentRequest
from claims.models.intake import Feed, IntakeRequest
from claims.models.proof import ClearanceOverride, RequiredChange, Ruling
from claims.models.publication import Correction, Edition, FactCheck, ReviewDate
from claims.models.reading import (
    LearnedModel,
    Reanchoring,
    Sentence,
    SpottingSettings,
    VersionReading,
)
from claims.models.verdicts import Approval, CitedEvidence, Rating, RatingScale, Verdict
from claims.models.webhooks import (
    KnownClearance,
    OutboxEntry,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEvent,
)

__all__ = [
    "Appearance",
    "Approval",
    "ArchiveEntry",
    "ArchiveWord",
    "Article",
    "ArticleVersion",
    "Attribution",
    "Beat",
    "CheckImport",
    "CitedEvidence",
    "Claim",
    "ClearanceOverride",
    "Correction",
    "Edition",
    "Event",
    "Evidence",
    "FactCheck",
    "Feed",
    "IdempotentRequest",
    "ImportedCheck",
    "IntakeRequest",
    "KnownClearance",
    "LearnedModel",
    "Mention",
    "Message",
    "OutboxEntry",
    "Passage",
    "Rating",
    "RatingScale",
    "Reanchoring",
    "ReplyRequest",
    "RequiredChange",
    "ReviewDate",
    "Ruling",
    "Sentence",
    "Source",
    "SpottingSettings",
    "Verdict",
    "VersionReading",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEvent",
]
