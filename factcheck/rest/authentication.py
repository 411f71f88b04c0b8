"""Who is asking? A token, its user and their staff profile in one SELECT, compiled once.

Every request begins here: building and compiling the query anew each time would cost more than
running it.
"""

from collections.abc import Iterable
from hmac import compare_digest
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox import auth
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed

from claims.prepared import PreparedValues
from desk.models import StaffProfile

_BY_USER = {"user_id": OuterRef("user_id")}


class TokenAuthentication(auth.TokenAuthentication):  # type: ignore[misc]  # knox ships no types
    """Knox's tokens (hashed, expiring), read with everything a permission check will ask for."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, AuthToken]:
        """Return the user of `token` and its row. Raises `AuthenticationFailed`."""
        words = token.decode("ascii", "replace")
        if not words.isprintable():
            raise AuthenticationFailed("Invalid token.")
        digest = hash_token(words)
        for row in _tokens(words[: CONSTANTS.TOKEN_KEY_LENGTH]):
            if compare_digest(digest, row.digest) and not _has_expired(row):
                user: User
                user, _ = self.validate_user(row)
                return user, row
        raise AuthenticationFailed("Invalid token.")


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]  # spectacular registers it
    """How the OpenAPI document describes the token."""

    target_class = "factcheck.rest.authentication.TokenAuthentication"
    name = "token"


def _has_expired(row: AuthToken) -> bool:
    """Return whether the token's time is over; a token that is no good any more is removed."""
    if row.expiry is None or row.expiry >= timezone.now():
        return False
    row.delete()
    return True


# --- The statement --------------------------------------------------------------------------------


def _of_tokens(key: str) -> QuerySet[AuthToken, Any]:
    own = User.user_permissions.through._default_manager.filter(**_BY_USER)
    by_group = Group.user_set.through._default_manager.filter(**_BY_USER)
    rows: QuerySet[AuthToken, Any] = AuthToken.objects.filter(token_key=key).values_list(
        *_columns(AuthToken),
        *_columns(User, "user__"),
        *_columns(StaffProfile, "user__staff__"),
        Q(Exists(own)) | Q(Exists(by_group)),
    )
    return rows


_TOKENS = PreparedValues(_of_tokens, str)


def _columns(model: type[Model], path: str = "") -> list[str]:
    return [f"{path}{field.attname}" for field in model._meta.concrete_fields]


def _tokens(key: str) -> Iterable[AuthToken]:
    """Return the tokens that begin with `key`, each with its user and their staff profile."""
    for row in _TOKENS.tuples(key):
        values = list(row)
        has_grants = values.pop()
        token, user, staff = (_taken(model, values) for model in (AuthToken, User, StaffProfile))
        token.user = user
        User._meta.get_field("staff").set_cached_value(user, staff if staff.pk else None)
        _note_without_grants(user, has_grants)
        yield token


def _taken(model: type[Model], values: list[Any]) -> Any:
    """Take the columns of `model` from the front of `values` and return its row."""
    names = [field.attname for field in model._meta.concrete_fields]
    mine, values[:] = values[: len(names)], values[len(names) :]
    return model.from_db(DEFAULT_DB_ALIAS, names, mine)


def _note_without_grants(user: User, has_grants: bool) -> None:
    """Spare those whom roles alone give permissions the two queries for single grants.

    This is the cache that Django's `ModelBackend` fills when it is first asked for permissions.
    """
    if not has_grants and not user.is_superuser:
        user.__dict__["_perm_cache"] = set()
