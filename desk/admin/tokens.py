"""Tokens of programs: seen and revoked here, made by `issue_token` alone, which shows them once."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from knox import admin as _  # noqa: F401  # it registers before it is unregistered
from knox.models import AuthToken

if TYPE_CHECKING:
    Tokens = admin.ModelAdmin[AuthToken]
else:
    Tokens = admin.ModelAdmin

# knox registers an admin in which a superuser makes tokens for anybody.
admin.site.unregister(AuthToken)


@admin.register(AuthToken)
class TokenAdmin(Tokens):
    """Whose tokens there are and until when. Superusers only, as for accounts."""

    list_display = ("user", "token_key", "created", "expiry")
    list_select_related = ("user",)
    fields = readonly_fields = ("user", "token_key", "created", "expiry")
    search_fields = ("user__username", "token_key")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False
