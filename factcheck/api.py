"""The root of the REST interface: what lies under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView


@extend_schema(exclude=True)
class NothingHere(APIView):
    """Every other address: answered as everything else here is, not with a page."""

    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Say that there is nothing, whoever asks and by whatever method."""
        super().initial(request, *args, **kwargs)
        raise NotFound("There is nothing at this address. Every address here ends with a slash.")


app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("claims.api.urls")),
    path("", include("desk.api.urls")),
    re_path(r"", NothingHere.as_view(), name="nothing"),
]
