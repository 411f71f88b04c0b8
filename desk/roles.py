"""Which role may do what, and the authentication backend that answers by it.

One table for admin, REST, pages and actions. A newsroom that needs a finer cut can still give
permissions to a user or a group in the admin; they add to what the roles allow.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

from desk.models import StaffProfile
from desk.models.staff import Role


def _view(app: str, *models: str) -> frozenset[str]:
    return frozenset(f"{app}.view_{model}" for model in models)


_CHECKED = _view("claims", "beat", "article", "claim", "source", "evidence", "verdict", "event")
_SCALES = _view("claims", "ratingscale", "rating")
_OUT = _view("claims", "factcheck")
"""What is out: outside the desk nothing else of it is seen."""
_DESK_ROOM = (
    _CHECKED
    | _SCALES
    | _view("claims", "articleversion", "passage", "attribution", "appearance", "approval")
    | _view("claims", "citedevidence", "sentence", "reanchoring", "versionreading")
    | _view("claims", "requiredchange", "ruling", "clearanceoverride")
    | _view("claims", "factcheck", "edition", "correction", "reviewdate")
    | _view("claims", "importedcheck", "checkimport")
    | _view("claims", "message", "mention", "replyrequest")
    | _view("claims", "intakerequest", "feed", "spottingsettings", "learnedmodel")
    | _view("desk", "verificationtask", "assignment", "staffprofile", "shift", "notice")
    | {"claims.view_all_articles"}
)
_TALKING = frozenset({"claims.view_message", "claims.add_message"})
_GATHERING = _TALKING | {
    "claims.add_claim",
    "claims.change_claim",
    "claims.triage_claim",
    "claims.add_evidence",
    "claims.add_replyrequest",
    "claims.require_change",
}
_INTAKE = frozenset({"claims.add_article", "claims.change_article"})
_CONNECTING = frozenset({"claims.add_claim", "claims.use_webhook"})
_WORKING = frozenset({"claims.propose_verdict", "desk.take_task"})
_PUBLISHING = frozenset(
    {
        "claims.review_verdict",
        "claims.let_stand",
        "claims.publish_factcheck",
        "claims.correct_factcheck",
    }
)
_LEADING = frozenset(
    {
        "claims.use_webhook",
        "claims.manage_webhook",
        "claims.view_webhook",
        "claims.view_webhookdelivery",
        "desk.assign_task",
        "claims.override_clearance",
        "claims.follow_feed",
        "claims.import_checks",
        "claims.change_spottingsettings",
        "desk.manage_staff",
        "desk.change_staffprofile",
        "desk.add_shift",
        "desk.change_shift",
        "desk.add_conflictofinterest",
        "desk.change_conflictofinterest",
        "desk.delete_conflictofinterest",
        "desk.view_conflictofinterest",
        "claims.add_beat",
        "claims.change_beat",
        "claims.add_ratingscale",
        "claims.change_ratingscale",
        "claims.add_rating",
        "claims.change_rating",
    }
)

ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    Role.CHECKER: _DESK_ROOM | _GATHERING | _WORKING,
    Role.EDITOR: _DESK_ROOM | _GATHERING | _INTAKE | _PUBLISHING,
    Role.LEAD: _DESK_ROOM | _GATHERING | _INTAKE | _PUBLISHING | _LEADING,
    Role.REPORTER: _CHECKED | _SCALES | _OUT | _INTAKE | _TALKING,
    Role.INTEGRATION: _CHECKED | _SCALES | _OUT | _INTAKE | _CONNECTING,
}


def permissions_of(roles: list[str]) -> set[str]:
    """Return what somebody with these roles may do, as `app.codename`."""
    return set().union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in roles))


class RoleBackend(BaseBackend):
    """Answers by the person's roles; signing in and single grants are other backends' business."""

    def get_user(self, user_id: int) -> User | None:
        """Return the active user of a session, with staff profile and preferences."""
        people = User.objects.filter(is_active=True).select_related("staff", "preferences")
        return people.filter(pk=user_id).first()

    def get_all_permissions(
        self, user_obj: AbstractBaseUser | AnonymousUser, obj: Any = None
    ) -> set[str]:
        """Return what the roles of `user_obj` allow; nothing for the inactive and anonymous."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        cached: set[str] | None = getattr(user_obj, "_role_permissions", None)
        if cached is None:
            cached = permissions_of(_roles_of(user_obj))
            # Kept on the user object, as Django keeps its own: a request asks many times.
            user_obj.__dict__["_role_permissions"] = cached
        return cached

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        """Return whether the roles allow anything in the app: the admin asks this."""
        allowed = self.get_all_permissions(user_obj)
        return any(name.partition(".")[0] == app_label for name in allowed)


def _roles_of(user: Any) -> list[str]:
    try:
        staff: StaffProfile = user.staff
    except StaffProfile.DoesNotExist:
        return []
    return list(staff.roles)
