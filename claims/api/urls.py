"""The addresses of what is checked, under /api/v1/."""

from django.urls import path

from claims.api import articles, catalogue, claims, evidence, history, verdicts

urlpatterns = [
    path("articles/", articles.Articles.as_view(), name="articles"),
    path("articles/<int:pk>/", articles.OneArticle.as_view(), name="article"),
    path("articles/<int:pk>/versions/", articles.Versions.as_view(), name="versions"),
    path("articles/<int:pk>/versions/<int:number>/", articles.OneVersion.as_view(), name="version"),
    path("articles/<int:pk>/claims/", articles.ClaimsOfArticle.as_view(), name="article-claims"),
    path("articles/<int:pk>/history/", history.HistoryOfArticle.as_view(), name="article-history"),
    path("claims/", claims.Claims.as_view(), name="claims"),
    path("claims/<int:pk>/", claims.OneClaim.as_view(), name="claim"),
    path("claims/<int:pk>/accept/", claims.Accept.as_view(), name="claim-accept"),
    path("claims/<int:pk>/dismiss/", claims.Dismiss.as_view(), name="claim-dismiss"),
    path("claims/<int:pk>/history/", history.HistoryOfClaim.as_view(), name="claim-history"),
    path("claims/<int:pk>/evidence/", evidence.EvidenceOfClaim.as_view(), name="claim-evidence"),
    path("evidence/<int:pk>/withdraw/", evidence.Withdraw.as_view(), name="evidence-withdraw"),
    path("evidence/<int:pk>/amend/", evidence.Amend.as_view(), name="evidence-amend"),
    path("verdicts/", verdicts.Verdicts.as_view(), name="verdicts"),
    path("verdicts/<int:pk>/", verdicts.OneVerdict.as_view(), name="verdict"),
    path("verdicts/<int:pk>/approve/", verdicts.Approve.as_view(), name="verdict-approve"),
    path("verdicts/<int:pk>/return/", verdicts.Return.as_view(), name="verdict-return"),
    path("rating-scales/", catalogue.Scales.as_view(), name="rating-scales"),
    path("beats/", catalogue.Beats.as_view(), name="beats"),
    path("sources/", catalogue.Sources.as_view(), name="sources"),
]
