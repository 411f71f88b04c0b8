"""My settings: language, time zone, keys, and which notices reach me by which way."""

from functools import cache
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import override as speaking
from django.views.decorators.http import require_http_methods

from claims.errors import DeskError
from desk.actions import change_preferences
from desk.channels import way_of
from desk.models import Notice, Preferences, StaffProfile
from desk.pages.access import page

LEADS_ALONE = (
    Notice.Kind.QUARANTINED,
    Notice.Kind.READING_QUARANTINED,
    Notice.Kind.WEBHOOK_DISABLED,
)
"""What only leads are told of: others are not asked how."""


class PreferencesForm(forms.Form):
    """What somebody may set for themselves."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    single_keys = forms.BooleanField(
        label=gettext_lazy("Keys work alone (otherwise only together with Alt)"), required=False
    )
    digest_hour = forms.TypedChoiceField(
        label=gettext_lazy("Digest by e-mail at (in your time zone)"), coerce=int
    )

    def __init__(self, user: User, own: Preferences, data: Any = None) -> None:
        zone = _zone(user)
        initial = {
            "language": own.language,
            "time_zone": zone,
            "single_keys": own.single_keys,
            "digest_hour": own.digest_hour,
        }
        super().__init__(data, initial=initial, label_suffix="")
        self._choose("language", [("", _("As the browser asks")), *settings.LANGUAGES])
        self._choose("time_zone", _zones())
        self._choose("digest_hour", [(hour, f"{hour}:00") for hour in range(24)])
        if not zone:
            del self.fields["time_zone"]
        self.kinds = [(kind, kind.label, way_of(own, kind)) for kind in _kinds(user)]

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def changes(self) -> dict[str, Any]:
        """Return what was sent, as the action takes it."""
        channels = {
            kind.value: {
                "page": f"page-{kind.value}" in self.data,
                "mail": self.data.get(f"mail-{kind.value}", ""),
            }
            for kind, _label, _way in self.kinds
        }
        return {**self.cleaned_data, "channels": channels}


@require_http_methods(["GET", "HEAD", "POST"])
@page()
def preferences(request: HttpRequest) -> HttpResponse:
    """Show the person's settings, and keep what they change."""
    user = cast(User, request.user)
    form = PreferencesForm(user, Preferences.of(user), request.POST or None)
    if form.is_valid() and _kept(request, user, form.changes()):
        return redirect("desk:preferences")
    context = {"form": form, "mail_ways": Notice.MailHow.choices}
    return render(request, "desk/preferences.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, user: User, changes: dict[str, Any]) -> bool:
    try:
        own = change_preferences(actor=user, changes=changes)
    except DeskError as refusal:
        messages.error(request, str(refusal))
        return False
    # In the language that was just chosen.
    with speaking(own.language or request.LANGUAGE_CODE):
        messages.success(request, _("Your settings are saved."))
    return True


@cache
def _zones() -> list[tuple[str, str]]:
    """Return every time zone as a choice; they lie in hundreds of files, so they are read once."""
    return [(name, name) for name in sorted(available_timezones())]


def _zone(user: User) -> str:
    try:
        return user.staff.time_zone
    except StaffProfile.DoesNotExist:
        return ""


def _kinds(user: User) -> list[Notice.Kind]:
    leads = user.has_perm("desk.assign_task")
    return [kind for kind in Notice.Kind if leads or kind not in LEADS_ALONE]
