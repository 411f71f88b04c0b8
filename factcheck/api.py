"""The root of the REST interface: what lies under /api/v1/."""

from django.urls import URLPattern, URLResolver

# The apps' own routes (claims.api.urls, desk.api.urls) are included here.
urlpatterns: list[URLPattern | URLResolver] = []
