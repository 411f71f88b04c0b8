"""Accounts: for superusers only, so that no lead can make anybody one."""

from typing import TYPE_CHECKING, Any

from allauth.account import admin as _  # noqa: F401  # it registers before it is unregistered
from allauth.account.models import EmailAddress
from allauth.mfa import admin as __  # noqa: F401  # as above
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import actor_of
from claims.admin.history import entries
from claims.admin.verbs import ButtonsAdmin, ReasonForm, Verb
from claims.models import Event
from desk.actions.accounts import change_address, turn_off_second_factor
from desk.addresses import is_somebody_elses
from desk.admin.staff import roles_of
from desk.models import StaffProfile

if TYPE_CHECKING:
    Accounts = UserAdmin[User]
    AccountForm = UserChangeForm[User]
else:
    Accounts, AccountForm = UserAdmin, UserChangeForm

admin.site.unregister(User)
# allauth registers an admin in which addresses and second factors are made, moved and removed past
# the history. The address of an account is the account's; the second factor is turned off below.
admin.site.unregister([EmailAddress, Authenticator])


class OneAddressForm(AccountForm):
    """Django's form, which also minds that an address names one account: people sign in by it."""

    def clean_email(self) -> str:
        """Return the address; refuse one that another account has."""
        address: str = self.cleaned_data["email"]
        if address and is_somebody_elses(address, self.instance):
            raise forms.ValidationError("Another account has this address.")
        return address


def _why_not_turn_off(actor: User, user: User) -> str:
    if not actor.is_superuser:
        return "Only who runs the desk changes other people's accounts."
    has_one = Authenticator.objects.filter(user=user).exists()
    return "" if has_one else "They sign in by the password alone already."


def _turn_off(actor: User, user: User, data: dict[str, Any]) -> str:
    turn_off_second_factor(actor=actor, user=user, reason=data["reason"])
    return f"{user} signs in by the password alone now, and can turn two steps on again."


TURN_OFF: Verb[User] = Verb(
    name="one-step",
    label="Turn off two-step sign-in",
    why_not=_why_not_turn_off,
    act=_turn_off,
    form=ReasonForm,
    asks="Let this person sign in by the password alone? App and recovery codes are forgotten.",
    css="bad",
)


@admin.register(User)
class AccountAdmin(ButtonsAdmin, Accounts):
    """Django's own list of accounts, with each person's roles."""

    form = OneAddressForm
    verbs = (TURN_OFF,)
    change_form_template = "admin/auth/user/account.html"
    list_display = ("username", "first_name", "last_name", "email", "is_active", "roles")
    list_select_related = ("staff",)
    readonly_fields = ("roles", "last_login", "date_joined")
    # Django's log has what its own form changes here: no action of the desk puts that on record.
    log_addition = Accounts.log_addition
    log_change = Accounts.log_change
    history_view = Accounts.history_view

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the roles first for an account that exists."""
        usual = list(super().get_fieldsets(request, obj))
        return [*usual, ("At the desk", {"fields": ("roles",)})] if obj else usual

    def beside(self, row: User) -> dict[str, Any]:
        """Return what was done with the account."""
        done = Event.objects.filter(subject="user", subject_id=row.pk)
        return {"history": entries(done.select_related("actor", "version").order_by("id"))}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save as Django does, and the address of an account that exists through its action."""
        address = obj.email
        if change and "email" in form.changed_data:
            obj.email = form.initial["email"]
        super().save_model(request, obj, form, change)
        if obj.email != address:
            obj.email = change_address(actor=actor_of(request), user=obj, address=address).email

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
