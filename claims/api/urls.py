"""The addresses of what is checked, under /api/v1/."""

from django.urls import include, path

from claims.api import (
    articles,
    catalogue,
    claims,
    clearance,
    comparing,
    conversation,
    evidence,
    history,
    importing,
    living,
    proof,
    publication,
    sending,
    suggesting,
    verdicts,
    webhooks,
)

ARTICLES = [
    path("", articles.Articles.as_view(), name="articles"),
    path("documents/", sending.Documents.as_view(), name="documents"),
    path("from-url/", sending.FromUrl.as_view(), name="from-url"),
    path("<int:pk>/", articles.OneArticle.as_view(), name="article"),
    path("<int:pk>/versions/", articles.Versions.as_view(), name="versions"),
    path("<int:pk>/versions/<int:number>/", articles.OneVersion.as_view(), name="version"),
    path("<int:pk>/versions/<int:number>/reading/", living.Reading.as_view(), name="reading"),
    path("<int:pk>/versions/<int:number>/sentences/", living.Sentences.as_view(), name="sentences"),
    path("<int:pk>/versions/<int:number>/changes/", comparing.Changes.as_view(), name="changes"),
    path("<int:pk>/versions/<int:number>/diff/", comparing.Diff.as_view(), name="diff"),
    path("<int:pk>/suggestions/", living.Suggestions.as_view(), name="suggestions"),
    path(
        "<int:pk>/suggestions/accept/",
        living.AcceptSuggestions.as_view(),
        name="suggestions-accept",
    ),
    path("clearance/", clearance.ByCmsId.as_view(), name="clearance-by-cms-id"),
    path("<int:pk>/clearance/", clearance.OfArticle.as_view(), name="clearance"),
    path("<int:pk>/clearance/override/", clearance.Override.as_view(), name="clearance-override"),
    path("<int:pk>/required-changes/", proof.RequiredChanges.as_view(), name="required-changes"),
    path("<int:pk>/rulings/", proof.Rulings.as_view(), name="rulings"),
    path("<int:pk>/coverage/", comparing.CoverageOfArticle.as_view(), name="coverage"),
    path("<int:pk>/claims/", articles.ClaimsOfArticle.as_view(), name="article-claims"),
    path("<int:pk>/history/", history.HistoryOfArticle.as_view(), name="article-history"),
]
CLAIMS = [
    path("", claims.Claims.as_view(), name="claims"),
    path("merge/", living.Merge.as_view(), name="claims-merge"),
    path("<int:pk>/split/", living.Split.as_view(), name="claim-split"),
    path("<int:pk>/requote/", living.Requote.as_view(), name="claim-requote"),
    path("<int:pk>/", claims.OneClaim.as_view(), name="claim"),
    path("<int:pk>/accept/", claims.Accept.as_view(), name="claim-accept"),
    path("<int:pk>/dismiss/", claims.Dismiss.as_view(), name="claim-dismiss"),
    path("<int:pk>/history/", history.HistoryOfClaim.as_view(), name="claim-history"),
    path("<int:pk>/evidence/", evidence.EvidenceOfClaim.as_view(), name="claim-evidence"),
    path("<int:pk>/messages/", conversation.MessagesOfClaim.as_view(), name="claim-messages"),
    path(
        "<int:pk>/reply-requests/",
        conversation.ReplyRequestsOfClaim.as_view(),
        name="claim-reply-requests",
    ),
    path("<int:pk>/leave-to-author/", proof.LeaveClaim.as_view(), name="claim-leave-to-author"),
    path("<int:pk>/let-stand/", proof.LetStand.as_view(), name="claim-let-stand"),
    path("<int:pk>/publish/", publication.PublishClaim.as_view(), name="claim-publish"),
]
REQUIRED_CHANGES = [
    path("<int:pk>/", proof.OneChange.as_view(), name="required-change"),
    path("<int:pk>/waive/", proof.Waive.as_view(), name="required-change-waive"),
    path("<int:pk>/settle/", proof.Settle.as_view(), name="required-change-settle"),
]
SENTENCES = [
    path("<int:pk>/", living.OneSentence.as_view(), name="sentence"),
    path(
        "<int:pk>/leave-to-author/",
        proof.LeaveSentence.as_view(),
        name="sentence-leave-to-author",
    ),
]
EVIDENCE = [
    path("<int:pk>/withdraw/", evidence.Withdraw.as_view(), name="evidence-withdraw"),
    path("<int:pk>/amend/", evidence.Amend.as_view(), name="evidence-amend"),
]
SPOTTING = [
    path("settings/", suggesting.Settings.as_view(), name="spotting-settings"),
    path("models/", suggesting.Models.as_view(), name="spotting-models"),
]
FEEDS = [
    path("", sending.Feeds.as_view(), name="feeds"),
    path("<int:pk>/", sending.OneFeed.as_view(), name="feed"),
]
VERDICTS = [
    path("", verdicts.Verdicts.as_view(), name="verdicts"),
    path("<int:pk>/", verdicts.OneVerdict.as_view(), name="verdict"),
    path("<int:pk>/approve/", verdicts.Approve.as_view(), name="verdict-approve"),
    path("<int:pk>/return/", verdicts.Return.as_view(), name="verdict-return"),
    path(
        "<int:pk>/review-date/",
        publication.ReviewDateOfVerdict.as_view(),
        name="verdict-review-date",
    ),
]
FACT_CHECKS = [
    path("", publication.FactChecks.as_view(), name="fact-checks"),
    path("<int:pk>/", publication.OneFactCheck.as_view(), name="fact-check"),
    path("<int:pk>/publish/", publication.Publish.as_view(), name="fact-check-publish"),
    path("<int:pk>/unschedule/", publication.Unschedule.as_view(), name="fact-check-unschedule"),
    path("<int:pk>/redraft/", publication.Redraft.as_view(), name="fact-check-redraft"),
    path("<int:pk>/correct/", publication.Correct.as_view(), name="fact-check-correct"),
    path("<int:pk>/retract/", publication.Retract.as_view(), name="fact-check-retract"),
    path("<int:pk>/withhold/", publication.Withhold.as_view(), name="fact-check-withhold"),
    path("<int:pk>/history/", publication.HistoryOfFactCheck.as_view(), name="fact-check-history"),
]
WEBHOOKS = [
    path("", webhooks.Webhooks.as_view(), name="webhooks"),
    path("<int:pk>/", webhooks.OneWebhook.as_view(), name="webhook"),
    path("<int:pk>/enable/", webhooks.Enable.as_view(), name="webhook-enable"),
    path("<int:pk>/rotate-secret/", webhooks.RotateSecret.as_view(), name="webhook-rotate-secret"),
    path("<int:pk>/test/", webhooks.Ping.as_view(), name="webhook-test"),
    path("<int:pk>/replay/", webhooks.Replay.as_view(), name="webhook-replay"),
    path("<int:pk>/deliveries/", webhooks.Deliveries.as_view(), name="webhook-deliveries"),
    path(
        "<int:pk>/deliveries/<int:delivery>/",
        webhooks.OneDelivery.as_view(),
        name="webhook-delivery",
    ),
    path(
        "<int:pk>/deliveries/<int:delivery>/attempts/",
        webhooks.Attempts.as_view(),
        name="webhook-attempts",
    ),
]

# An address is found noun by noun: trying all of them in turn would cost more than a read does.
urlpatterns = [
    path("articles/", include(ARTICLES)),
    path("claims/", include(CLAIMS)),
    path(
        "reply-requests/<int:pk>/outcome/",
        conversation.Outcome.as_view(),
        name="reply-request-outcome",
    ),
    path("evidence/", include(EVIDENCE)),
    path("required-changes/", include(REQUIRED_CHANGES)),
    path("rulings/<int:pk>/end/", proof.EndRuling.as_view(), name="ruling-end"),
    path("sentences/", include(SENTENCES)),
    path("spotting/", include(SPOTTING)),
    path("intake-requests/<int:pk>/", sending.OneRequest.as_view(), name="intake-request"),
    path("feeds/", include(FEEDS)),
    path("verdicts/", include(VERDICTS)),
    path("fact-checks/", include(FACT_CHECKS)),
    path("fact-check-imports/", importing.Imports.as_view(), name="fact-check-imports"),
    path(
        "fact-check-imports/<int:pk>/take-out/",
        importing.TakeOut.as_view(),
        name="fact-check-import-take-out",
    ),
    path("rating-scales/", catalogue.Scales.as_view(), name="rating-scales"),
    path("beats/", catalogue.Beats.as_view(), name="beats"),
    path("sources/", catalogue.Sources.as_view(), name="sources"),
    path("webhooks/", include(WEBHOOKS)),
]
