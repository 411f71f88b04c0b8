"""Every address of the desk."""

from django.contrib import admin
from django.urls import include, path, reverse_lazy
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from factcheck import health, metrics, pages

OWN_ADDRESS = reverse_lazy("desk:address")

urlpatterns = [
    # First, because programs ask most often and addresses are tried in turn.
    path("api/v1/", include("factcheck.api")),
    path("", pages.start, name="start"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("", include("desk.pages.urls")),
    path("", include("claims.public.urls")),
    path("", include("claims.google.urls")),
    # The desk's own page for it, which puts on record what it changes.
    path("accounts/email/", RedirectView.as_view(url=OWN_ADDRESS)),
    path("accounts/confirm-email/<path:key>", RedirectView.as_view(url=OWN_ADDRESS)),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
]

handler400 = "factcheck.pages.bad_request"
handler403 = "factcheck.pages.forbidden"
handler404 = "factcheck.pages.not_found"
handler500 = "factcheck.pages.server_error"
