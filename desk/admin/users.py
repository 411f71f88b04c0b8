"""Accounts: for superusers only, so that no lead can make anybody one."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from desk.admin.staff import roles_of
from desk.models import StaffProfile

if TYPE_CHECKING:
    Accounts = UserAdmin[User]
else:
    Accounts = UserAdmin

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(Accounts):
    """Django's own list of accounts, with each person's roles."""

    list_display = ("username", "first_name", "last_name", "email", "is_active", "roles")
    list_select_related = ("staff",)
    readonly_fields = ("roles", "last_login", "date_joined")
    show_full_result_count = False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the roles first for an account that exists."""
        usual = list(super().get_fieldsets(request, obj))
        return [*usual, ("At the desk", {"fields": ("roles",)})] if obj else usual

    @admin.display(description="roles")
    def roles(self, user: User) -> SafeString | str:
        """Return the roles, as a link to the staff profile where they are changed."""
        try:
            staff = user.staff
        except StaffProfile.DoesNotExist:
            return "No staff profile"
        url = reverse("admin:desk_staffprofile_change", args=[staff.pk])
        return format_html('<a href="{}">{}</a>', url, roles_of(staff) or "No role")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Superusers only."""
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers only."""
        return bool(request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Superusers only."""
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers only."""
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what somebody did stays theirs. An account is made inactive."""
        return False
