"""The addresses of what is checked, under /api/v1/."""

from django.urls import path

from claims.api import (
    articles,
    catalogue,
    claims,
    comparing,
    evidence,
    history,
    living,
    sending,
    suggesting,
    verdicts,
)

VERSION = "articles/<int:pk>/versions/<int:number>/"

urlpatterns = [
    path("articles/", articles.Articles.as_view(), name="articles"),
    path("articles/documents/", sending.Documents.as_view(), name="documents"),
    path("articles/from-url/", sending.FromUrl.as_view(), name="from-url"),
    path("articles/<int:pk>/", articles.OneArticle.as_view(), name="article"),
    path("articles/<int:pk>/versions/", articles.Versions.as_view(), name="versions"),
    path("articles/<int:pk>/versions/<int:number>/", articles.OneVersion.as_view(), name="version"),
    path(f"{VERSION}reading/", living.Reading.as_view(), name="reading"),
    path(f"{VERSION}sentences/", living.Sentences.as_view(), name="sentences"),
    path(f"{VERSION}changes/", comparing.Changes.as_view(), name="changes"),
    path(f"{VERSION}diff/", comparing.Diff.as_view(), name="diff"),
    path("articles/<int:pk>/suggestions/", living.Suggestions.as_view(), name="suggestions"),
    path(
        "articles/<int:pk>/suggestions/accept/",
        living.AcceptSuggestions.as_view(),
        name="suggestions-accept",
    ),
    path("articles/<int:pk>/coverage/", comparing.CoverageOfArticle.as_view(), name="coverage"),
    path("articles/<int:pk>/claims/", articles.ClaimsOfArticle.as_view(), name="article-claims"),
    path("articles/<int:pk>/history/", history.HistoryOfArticle.as_view(), name="article-history"),
    path("claims/", claims.Claims.as_view(), name="claims"),
    path("claims/merge/", living.Merge.as_view(), name="claims-merge"),
    path("claims/<int:pk>/split/", living.Split.as_view(), name="claim-split"),
    path("claims/<int:pk>/requote/", living.Requote.as_view(), name="claim-requote"),
    path("claims/<int:pk>/", claims.OneClaim.as_view(), name="claim"),
    path("claims/<int:pk>/accept/", claims.Accept.as_view(), name="claim-accept"),
    path("claims/<int:pk>/dismiss/", claims.Dismiss.as_view(), name="claim-dismiss"),
    path("claims/<int:pk>/history/", history.HistoryOfClaim.as_view(), name="claim-history"),
    path("claims/<int:pk>/evidence/", evidence.EvidenceOfClaim.as_view(), name="claim-evidence"),
    path("evidence/<int:pk>/withdraw/", evidence.Withdraw.as_view(), name="evidence-withdraw"),
    path("evidence/<int:pk>/amend/", evidence.Amend.as_view(), name="evidence-amend"),
    path("sentences/<int:pk>/", living.OneSentence.as_view(), name="sentence"),
    path("spotting/settings/", suggesting.Settings.as_view(), name="spotting-settings"),
    path("spotting/models/", suggesting.Models.as_view(), name="spotting-models"),
    path("intake-requests/<int:pk>/", sending.OneRequest.as_view(), name="intake-request"),
    path("feeds/", sending.Feeds.as_view(), name="feeds"),
    path("feeds/<int:pk>/", sending.OneFeed.as_view(), name="feed"),
    path("verdicts/", verdicts.Verdicts.as_view(), name="verdicts"),
    path("verdicts/<int:pk>/", verdicts.OneVerdict.as_view(), name="verdict"),
    path("verdicts/<int:pk>/approve/", verdicts.Approve.as_view(), name="verdict-approve"),
    path("verdicts/<int:pk>/return/", verdicts.Return.as_view(), name="verdict-return"),
    path("rating-scales/", catalogue.Scales.as_view(), name="rating-scales"),
    path("beats/", catalogue.Beats.as_view(), name="beats"),
    path("sources/", catalogue.Sources.as_view(), name="sources"),
]
