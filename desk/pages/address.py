"""My e-mail address: entered here, and changed once a link that was sent to it comes back."""

from typing import Any, cast

import structlog
from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.errors import DeskError, Invalid
from desk import mailing
from desk.actions.accounts import LONGEST_ADDRESS, ask_for_address, confirm_address
from desk.addresses import address_in, is_mail_sent
from desk.models import Mail
from desk.pages.access import page

logger = structlog.get_logger(__name__)


class AddressForm(forms.Form):
    """Asks for the new address."""

    address = forms.EmailField(
        label=gettext_lazy("New e-mail address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page()
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def address(request: HttpRequest) -> HttpResponse:
    """Show the person's address; send a link to the new one that they enter."""
    form = AddressForm(request.POST or None, label_suffix="")
    if form.is_valid() and _asked(request, form, form.cleaned_data["address"]):
        return redirect("desk:address")
    context = {"form": form, "is_mail_sent": is_mail_sent()}
    return render(request, "desk/address.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, form: AddressForm, wanted: str) -> bool:
    """Send the link and say so; where that cannot be, put the reason on the form."""
    user = cast(User, request.user)
    if not ratelimit.consume(request, action="manage_email", user=user):
        form.add_error("address", _("Too many tries. Wait a minute."))
        return False
    try:
        key = ask_for_address(actor=user, address=wanted)
        _send(wanted, _("Is this your e-mail address?"), "confirm_address.txt", user, key)
    except DeskError as refusal:
        form.add_error("address", str(refusal))
        return False
    says = _("A mail is on its way to %(address)s. Open the link in it within a day.")
    messages.success(request, says % {"address": wanted})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@page()
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Ask on GET, since programs open links in mails too; change the address on POST."""
    user = cast(User, request.user)
    before, wanted = user.email, address_in(key, user)
    if request.method == "POST":
        return _confirmed(request, user, key, before)
    status = 200 if wanted else 409
    return render(request, "desk/confirm_address.html", {"address": wanted}, status=status)


def _confirmed(request: HttpRequest, user: User, key: str, before: str) -> HttpResponse:
    try:
        changed = confirm_address(actor=user, key=key)
    except DeskError as refusal:
        messages.error(request, str(refusal))
        return render(request, "desk/confirm_address.html", {"address": ""}, status=409)
    _tell_the_old_one(before, changed)
    messages.success(request, _("Your e-mail address is changed."))
    return redirect("desk:preferences")


def _tell_the_old_one(before: str, user: User) -> None:
    """Tell whoever reads the address before, so that nobody is locked out without a word."""
    try:
        if before:
            subject = _("Your e-mail address at the desk has changed")
            _send(before, subject, "address_changed.txt", user)
    except DeskError:
        logger.warning("old_address_not_told", user_id=user.pk)


def _send(to: str, subject: str, template: str, user: User, key: str = "") -> None:
    """Send a mail now, for somebody waits for it. Raises `Invalid` when that does not succeed."""
    where = reverse("desk:confirm-address", args=[key]) if key else reverse("desk:preferences")
    context: dict[str, Any] = {"person": user, "url": settings.PUBLIC_URL + where}
    body = render_to_string(f"desk/mail/{template}", context)
    message = EmailMultiAlternatives(subject=subject, body=body, to=[to])
    try:
        outcome = mailing.hand_over(mailing.connect(), message)
    except mailing.UNREACHABLE:
        raise Invalid(address=_("The mail server does not answer. Try again later.")) from None
    if outcome.state != Mail.State.SENT:
        raise Invalid(address=_("The mail server did not take a mail to this address."))
