"""Who is asking? A token, its user and their staff profile in one SELECT."""

from hmac import compare_digest
from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox import auth
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed

_BY_USER = {"user_id": OuterRef("user_id")}


class TokenAuthentication(auth.TokenAuthentication):  # type: ignore[misc]  # knox ships no types
    """Knox's tokens (hashed, expiring), read with everything a permission check will ask for."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, AuthToken]:
        """Return the user of `token` and its row. Raises `AuthenticationFailed`."""
        try:
            words = token.decode("ascii")
        except UnicodeDecodeError:
            raise AuthenticationFailed("Invalid token.") from None
        digest = hash_token(words)
        for row in _tokens().filter(token_key=words[: CONSTANTS.TOKEN_KEY_LENGTH]):
            if compare_digest(digest, row.digest) and not _has_expired(row):
                user, _ = self.validate_user(row)
                _note_without_grants(user, row.user_has_grants)
                return user, row
        raise AuthenticationFailed("Invalid token.")


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]  # spectacular registers it
    """How the OpenAPI document describes the token."""

    target_class = "factcheck.rest.authentication.TokenAuthentication"
    name = "token"


def _tokens() -> QuerySet[Any]:
    own = User.user_permissions.through._default_manager.filter(**_BY_USER)
    by_group = Group.user_set.through._default_manager.filter(**_BY_USER)
    rows: QuerySet[Any] = AuthToken.objects.annotate(user_has_grants=Exists(own) | Exists(by_group))
    return rows.select_related("user__staff")


def _has_expired(row: AuthToken) -> bool:
    """Return whether the token's time is over; a token that is no good any more is removed."""
    if row.expiry is None or row.expiry >= timezone.now():
        return False
    row.delete()
    return True


def _note_without_grants(user: User, has_grants: bool) -> None:
    """Spare those whom roles alone give permissions the two queries for single grants.

    This is the cache that Django's `ModelBackend` fills when it is first asked for permissions.
    """
    if not has_grants and not user.is_superuser:
        user.__dict__["_perm_cache"] = set()
