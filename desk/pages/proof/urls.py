"""The addresses of the article proof."""

from django.urls import path

from desk.pages.proof import acts, listing, page

_PROOF = "articles/<int:pk>/proof/"

urlpatterns = [
    path("articles/", listing.articles, name="articles"),
    path(_PROOF, page.proof, name="proof"),
    path(f"{_PROOF}override/", acts.override, name="proof-override"),
    path(f"{_PROOF}require/", acts.require, name="proof-require"),
    path(f"{_PROOF}waive/", acts.waive, name="proof-waive"),
    path(f"{_PROOF}settle/", acts.settle, name="proof-settle"),
    path(f"{_PROOF}leave/", acts.leave, name="proof-leave"),
    path(f"{_PROOF}stand/", acts.stand, name="proof-stand"),
    path(f"{_PROOF}end/", acts.end, name="proof-end"),
    path(f"{_PROOF}kind/", acts.kind, name="proof-kind"),
    path(f"{_PROOF}ask/", acts.ask, name="proof-ask"),
    path(f"{_PROOF}answer/", acts.answer, name="proof-answer"),
]
