"""Accounts: the address that mail goes to and that people sign in by, and the second factor."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext

from claims.errors import Conflict, Invalid, NotAllowed
from claims.history import record
from claims.locking import lock_row, often_locked
from claims.permissions import require_reason
from desk.addresses import address_in, is_mail_sent, is_somebody_elses, key_for

LONGEST_ADDRESS = 254
_ACCOUNTS = often_locked(User.objects.all())


def ask_for_address(*, actor: User, address: str) -> str:
    """Return the key that goes to `address` by mail; nothing changes before it comes back.

    Raises `Conflict` where no mail is sent, and `Invalid` for what is no address, the actor's own
    already, or somebody else's.
    """
    if not is_mail_sent():
        raise Conflict(gettext("This desk sends no mail, so it cannot ask whether it is yours."))
    address = address.strip()
    if sentence := _what_is_wrong(actor, address):
        raise Invalid(address=sentence)
    return key_for(actor, address)


def _what_is_wrong(actor: User, address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return gettext("This is not an e-mail address.")
    if len(address) > LONGEST_ADDRESS:
        return gettext("This is not an e-mail address.")
    if address == actor.email:
        return gettext("This is your address already.")
    taken = is_somebody_elses(address, actor)
    return gettext("Another account has this address.") if taken else ""


@transaction.atomic
def confirm_address(*, actor: User, key: str) -> User:
    """Make the address that `key` proves the actor's; return the account.

    Raises `Conflict` when the key is old, was used, is somebody else's or no key at all.
    """
    locked = _lock(actor)
    address = address_in(key, locked)
    if not address or is_somebody_elses(address, locked):
        raise Conflict(gettext("This link does not hold any more. Ask for a new one."))
    return _move(actor, locked, address)


@transaction.atomic
def change_address(*, actor: User, user: User, address: str) -> User:
    """Change the address of any account, unproved: a superuser's business. Return the account.

    Raises `NotAllowed`, and `Invalid` when another account has it.
    """
    _require_superuser(actor)
    locked = _lock(user)
    if address and is_somebody_elses(address, locked):
        raise Invalid(email=gettext("Another account has this address."))
    return _move(actor, locked, address)


def _lock(user: User) -> User:
    return lock_row(_ACCOUNTS, user.pk)


def _move(actor: User, user: User, address: str) -> User:
    user.email = address
    user.save(update_fields=["email"])
    # What the sign-in keeps beside it: by an address that was left nobody signs in any more.
    EmailAddress.objects.filter(user=user).delete()
    # The history is kept for good and by many read: it does not hold the address itself.
    record(actor=actor, verb="change_address", subject=user)
    return user


@transaction.atomic
def turn_off_second_factor(*, actor: User, user: User, reason: str) -> User:
    """Let `user` sign in by the password alone, who lost phone and recovery codes.

    Returns the account. Raises `NotAllowed` (a superuser's business), `Invalid` without a reason,
    and `Conflict` when there is no second factor.
    """
    _require_superuser(actor)
    reason = require_reason(reason, "reason", gettext("Say why."))
    locked = _lock(user)
    removed, _by_model = Authenticator.objects.filter(user=locked).delete()
    if not removed:
        raise Conflict(gettext("There is no second factor."))
    record(actor=actor, verb="turn_off_second_factor", subject=locked, reason=reason)
    return locked


def _require_superuser(actor: User) -> None:
    if not actor.is_superuser:
        raise NotAllowed(gettext("Only who runs the desk changes other people's accounts."))
