"""The addresses of Google's Fact Check Tools API, at the paths that its clients know."""

from django.urls import path

from claims.google import views

app_name = "google"
urlpatterns = [
    path("v1alpha1/claims:search", views.ClaimSearch.as_view(), name="search"),
    path("v1alpha1/claims:imageSearch", views.ImageSearch.as_view(), name="image-search"),
    path("v1alpha1/pages", views.Pages.as_view(), name="pages"),
    path("v1alpha1/pages/<str:name>", views.OnePage.as_view(), name="page"),
    path("v1alpha1/<path:rest>", views.NothingHere.as_view(), name="nothing"),
    path("$discovery/rest", views.Discovery.as_view(), name="discovery"),
    path(
        "discovery/v1/apis/factchecktools/v1alpha1/rest",
        views.Discovery.as_view(),
        name="discovery-v1",
    ),
]
